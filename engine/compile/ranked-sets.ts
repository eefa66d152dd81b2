import { NO_MATCH } from "./match-sets.ts";

/**
 * Interned sets of members of which each has a rank, cut to the members of the lowest rank that is in
 * them: what a number matches of the patterns of several usages. A set goes by its id; id 0 is the empty
 * one. Sets can be combined in any order and grouping with the same result.
 *
 * Unlike `MatchSets` it knows nothing of one policy's order: members are added as they come, and all sets
 * keep their meaning.
 */
export class RankedSets {
  private readonly sets: (readonly number[])[] = [[]];
  private readonly setRanks: number[] = [0];
  private readonly idOf = new Map<string, number>([["", NO_MATCH]]);
  private readonly combined = new Map<number, number>();
  private members = 0;
  private memberCount = 0;

  /** The set of one new member. */
  add(rank: number): number {
    return this.idOfSet([this.members++], rank);
  }

  /** How many sets there are, the empty one included. */
  get size(): number {
    return this.sets.length;
  }

  /** The sizes of all sets together: what they cost in memory. */
  get totalMembers(): number {
    return this.memberCount;
  }

  /** Members, ascending, numbered in the order in which they were added. */
  set(id: number): readonly number[] {
    return this.sets[id] ?? [];
  }

  /** What a number matches that matches both sets. Allocates nothing for a pair asked before. */
  combine(a: number, b: number): number {
    if (a === b || b === NO_MATCH) return a;
    if (a === NO_MATCH) return b;
    const rankOfA = this.setRanks[a] ?? 0;
    const rankOfB = this.setRanks[b] ?? 0;
    if (rankOfA !== rankOfB) return rankOfA < rankOfB ? a : b;
    const key = a < b ? a * 2 ** 26 + b : b * 2 ** 26 + a;
    const known = this.combined.get(key);
    if (known !== undefined) return known;
    const id = this.idOfSet(union(this.set(a), this.set(b)), rankOfA);
    this.combined.set(key, id);
    return id;
  }

  private idOfSet(members: readonly number[], rank: number): number {
    const key = members.join(",");
    const known = this.idOf.get(key);
    if (known !== undefined) return known;
    const id = this.sets.length;
    this.sets.push(members);
    this.setRanks.push(rank);
    this.memberCount += members.length;
    this.idOf.set(key, id);
    return id;
  }
}

/** Both are ascending. */
function union(a: readonly number[], b: readonly number[]): number[] {
  const all: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const ofA = a[i] ?? Number.POSITIVE_INFINITY;
    const ofB = b[j] ?? Number.POSITIVE_INFINITY;
    all.push(Math.min(ofA, ofB));
    if (ofA <= ofB) i++;
    if (ofB <= ofA) j++;
  }
  return all;
}
