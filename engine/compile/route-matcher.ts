import { compileRe2PatternSet } from "../pattern/re2-pattern-set.ts";
import { type ByteMatcher, createFlatMatcher } from "./flat-matcher.ts";
import { MatchSets, NO_MATCH } from "./match-sets.ts";
import type { Bank, PolicyTable } from "./policy-table.ts";

/** Slots of the cache of combined match sets; a power of two. */
const COMBINED_SLOTS = 4096;

/** Match sets made while matching beyond which they are forgotten: bounds memory under hostile input. */
const MAX_COMBINED_SETS = 65_536;
const MAX_COMBINED_ENTRIES = 2_000_000;

/**
 * Answers which routes of one policy a number matches. All engines give the same match sets, though
 * not the same ids.
 */
export interface RouteMatcher {
  /**
   * Ids below this are those of the table's `matchSets` and mean the same for ever; higher ones are
   * valid until the next call of `match`. Every id of a policy with one bank is below.
   */
  readonly stableIds: number;
  /**
   * The match set id of the number in `bytes[start .. end)`, 0 when no route matches. The bytes must be
   * symbols (digits, `+`, `*`, `#`); the answer for others means nothing.
   */
  match(bytes: Uint8Array, start: number, end: number): number;
  /** Indices of the table's entries, in order of attempt. */
  matchSet(id: number): readonly number[];
  /** The first entry of a match set; -1 for id 0. */
  primary(id: number): number;
}

/**
 * The matcher of a policy. With one flat bank, the usual case, `match` is one table walk; otherwise every
 * bank is asked and the match sets are combined. Tables allocate nothing, RE2 does.
 */
export function createRouteMatcher(table: PolicyTable): RouteMatcher {
  const [first, second] = table.banks;
  if (first?.kind === "flat" && second === undefined) {
    return matcherOf(table, createFlatMatcher(first.table), (id) => table.matchSets[id] ?? []);
  }
  const combiner = new SetCombiner(table);
  const asks = table.banks.map((bank) => byteMatcherOf(bank, combiner));
  const match: ByteMatcher = (bytes, start, end) => {
    combiner.forgetWhenFull();
    let id = NO_MATCH;
    for (const ask of asks) id = combiner.combine(id, ask(bytes, start, end));
    return id;
  };
  return matcherOf(table, match, (id) => combiner.set(id));
}

function matcherOf(
  table: PolicyTable,
  match: ByteMatcher,
  matchSet: (id: number) => readonly number[],
): RouteMatcher {
  const primaries = Int32Array.from(table.matchSets, (entries) => entries[0] ?? -1);
  const primary = (id: number): number => primaries[id] ?? matchSet(id)[0] ?? -1;
  return { stableIds: table.matchSets.length, match, matchSet, primary };
}

function byteMatcherOf(bank: Bank, combiner: SetCombiner): ByteMatcher {
  if (bank.kind === "flat") return createFlatMatcher(bank.table);
  const patterns = compileRe2PatternSet(bank.sources);
  return (bytes, start, end) => {
    let id = NO_MATCH;
    for (const pattern of patterns.matches(bytes, start, end)) {
      id = combiner.combine(id, bank.matchSets[pattern] ?? NO_MATCH);
    }
    return id;
  };
}

/** Combines match sets of several banks; pairs seen lately cost one look-up and no memory. */
class SetCombiner {
  private readonly table: PolicyTable;
  private readonly ownEntries: number;
  private sets: MatchSets;
  private readonly slots = new Int32Array(COMBINED_SLOTS * 3);

  constructor(table: PolicyTable) {
    this.table = table;
    this.sets = new MatchSets(table.usageOf, table.matchSets);
    this.ownEntries = this.sets.totalEntries;
  }

  set(id: number): readonly number[] {
    return this.sets.set(id);
  }

  combine(a: number, b: number): number {
    if (b === NO_MATCH) return a;
    if (a === NO_MATCH) return b;
    const slot = ((Math.imul(a, 0x9e3779b1) ^ b) & (COMBINED_SLOTS - 1)) * 3;
    if (this.slots[slot] === a && this.slots[slot + 1] === b) return this.slots[slot + 2] ?? 0;
    const id = this.sets.combine(a, b);
    this.slots[slot] = a;
    this.slots[slot + 1] = b;
    this.slots[slot + 2] = id;
    return id;
  }

  /** Drops combined sets when there are too many; the table's own stay. */
  forgetWhenFull(): void {
    const { table, sets } = this;
    const isFull =
      sets.size - table.matchSets.length > MAX_COMBINED_SETS ||
      sets.totalEntries - this.ownEntries > MAX_COMBINED_ENTRIES;
    if (!isFull) return;
    this.sets = new MatchSets(table.usageOf, table.matchSets);
    this.slots.fill(0);
  }
}
