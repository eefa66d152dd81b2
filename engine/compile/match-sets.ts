/** The match set of a number that nothing matches. */
export const NO_MATCH = 0;

/**
 * Interned match sets. A match set is what a number matches in a policy: the entries (by index,
 * ascending, which is the order of attempt) whose route's pattern accepts it, cut to those of the first
 * usage that has any. It goes by its id; id 0 is the empty set.
 *
 * Sets can be combined in any order and grouping with the same result, so automata may be merged, and
 * banks asked, in any order.
 */
export class MatchSets {
  private readonly usageOf: readonly number[];
  private readonly sets: (readonly number[])[] = [[]];
  private readonly idOf = new Map<string, number>([["", NO_MATCH]]);
  private readonly combined = new Map<number, number>();
  private entryCount = 0;

  /**
   * @param usageOf - For each entry the rank of its usage, ascending. All equal: sets are never cut,
   * which is what failing over across usages needs.
   */
  constructor(usageOf: readonly number[], known: readonly (readonly number[])[] = [[]]) {
    this.usageOf = usageOf;
    for (const set of known) this.idOfSet(set);
  }

  /** How many sets there are, the empty one included. */
  get size(): number {
    return this.sets.length;
  }

  /** The sizes of all sets together: what they cost in memory. */
  get totalEntries(): number {
    return this.entryCount;
  }

  set(id: number): readonly number[] {
    return this.sets[id] ?? [];
  }

  /** The id of the set of these entries, which must be ascending. */
  idOfEntries(entries: readonly number[]): number {
    const first = entries[0];
    if (first === undefined) return NO_MATCH;
    const usage = this.usageOf[first];
    return this.idOfSet(entries.filter((entry) => this.usageOf[entry] === usage));
  }

  /** What a number matches that matches both sets. Allocates nothing for a pair asked before. */
  combine(a: number, b: number): number {
    if (a === b || b === NO_MATCH) return a;
    if (a === NO_MATCH) return b;
    const key = a < b ? a * 2 ** 26 + b : b * 2 ** 26 + a;
    const known = this.combined.get(key);
    if (known !== undefined) return known;
    const union = new Set([...this.set(a), ...this.set(b)]);
    const id = this.idOfEntries([...union].sort((x, y) => x - y));
    this.combined.set(key, id);
    return id;
  }

  private idOfSet(entries: readonly number[]): number {
    const key = entries.join(",");
    const known = this.idOf.get(key);
    if (known !== undefined) return known;
    const id = this.sets.length;
    this.sets.push(entries);
    this.entryCount += entries.length;
    this.idOf.set(key, id);
    return id;
  }
}
