import { compileRe2PatternSet, type Re2PatternSet } from "../pattern/re2-pattern-set.ts";
import { createFlatMatcher, type FlatMatcher } from "./flat-matcher.ts";
import { MatchSets, NO_MATCH } from "./match-sets.ts";
import type { Bank, MatchBanks } from "./policy-table.ts";

/** Slots of the cache of combined match sets; a power of two. */
const COMBINED_SLOTS = 4096;

/** Match sets made while matching beyond which they are forgotten: bounds memory under hostile input. */
const MAX_COMBINED_SETS = 65_536;
const MAX_COMBINED_ENTRIES = 2_000_000;

/** Answers with a match set id for the number in `bytes[start .. end)`. */
interface ByteMatcher {
  match(bytes: Uint8Array, start: number, end: number): number;
  matchDigits(bytes: Uint8Array, start: number, end: number): number;
}

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
  /** As `match`, but quicker, for at most 31 digits with or without `+` before them. */
  matchDigits(bytes: Uint8Array, start: number, end: number): number;
  /** Indices of the table's entries, in order of attempt. */
  matchSet(id: number): readonly number[];
  /** The first entry of a match set; -1 for id 0. */
  primary(id: number): number;
}

/**
 * The matcher of a policy or a dial plan. With one flat bank, the usual case, `match` is one table walk; otherwise every
 * bank is asked and the match sets are combined. Tables allocate nothing, RE2 does.
 */
export function createRouteMatcher(table: MatchBanks): RouteMatcher {
  const [first, second] = table.banks;
  return first?.kind === "flat" && second === undefined
    ? new TableRouteMatcher(table, createFlatMatcher(first.table))
    : new BanksRouteMatcher(table);
}

class TableRouteMatcher implements RouteMatcher {
  readonly stableIds: number;
  private readonly flat: FlatMatcher;
  private readonly matchSets: readonly (readonly number[])[];
  private readonly primaries: Int32Array;

  constructor({ matchSets }: MatchBanks, flat: FlatMatcher) {
    this.stableIds = matchSets.length;
    this.flat = flat;
    this.matchSets = matchSets;
    this.primaries = Int32Array.from(matchSets, (entries) => entries[0] ?? -1);
  }

  match(bytes: Uint8Array, start: number, end: number): number {
    return this.flat.match(bytes, start, end);
  }

  matchDigits(bytes: Uint8Array, start: number, end: number): number {
    return this.flat.matchDigits(bytes, start, end);
  }

  matchSet(id: number): readonly number[] {
    return this.matchSets[id] ?? [];
  }

  primary(id: number): number {
    return this.primaries[id] ?? -1;
  }
}

class BanksRouteMatcher implements RouteMatcher {
  readonly stableIds: number;
  private readonly combiner: SetCombiner;
  private readonly banks: readonly ByteMatcher[];

  constructor(table: MatchBanks) {
    this.stableIds = table.matchSets.length;
    const combiner = new SetCombiner(table);
    this.combiner = combiner;
    this.banks = table.banks.map((bank) =>
      bank.kind === "flat" ? createFlatMatcher(bank.table) : new Re2BankMatcher(bank, combiner),
    );
  }

  match(bytes: Uint8Array, start: number, end: number): number {
    this.combiner.forgetWhenFull();
    let id = NO_MATCH;
    for (const bank of this.banks) id = this.combiner.combine(id, bank.match(bytes, start, end));
    return id;
  }

  matchDigits(bytes: Uint8Array, start: number, end: number): number {
    this.combiner.forgetWhenFull();
    let id = NO_MATCH;
    for (const bank of this.banks) {
      id = this.combiner.combine(id, bank.matchDigits(bytes, start, end));
    }
    return id;
  }

  matchSet(id: number): readonly number[] {
    return this.combiner.set(id);
  }

  primary(id: number): number {
    return this.combiner.set(id)[0] ?? -1;
  }
}

class Re2BankMatcher implements ByteMatcher {
  private readonly patterns: Re2PatternSet;
  private readonly matchSets: readonly number[];
  private readonly combiner: SetCombiner;

  constructor(bank: Extract<Bank, { kind: "re2" }>, combiner: SetCombiner) {
    this.patterns = compileRe2PatternSet(bank.sources);
    this.matchSets = bank.matchSets;
    this.combiner = combiner;
  }

  match(bytes: Uint8Array, start: number, end: number): number {
    let id = NO_MATCH;
    for (const pattern of this.patterns.matches(bytes, start, end)) {
      id = this.combiner.combine(id, this.matchSets[pattern] ?? NO_MATCH);
    }
    return id;
  }

  matchDigits(bytes: Uint8Array, start: number, end: number): number {
    return this.match(bytes, start, end);
  }
}

/** Combines match sets of several banks; pairs seen lately cost one look-up and no memory. */
class SetCombiner {
  private readonly table: MatchBanks;
  private readonly ownEntries: number;
  private sets: MatchSets;
  private readonly slots = new Int32Array(COMBINED_SLOTS * 3);

  constructor(table: MatchBanks) {
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
