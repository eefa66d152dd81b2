import type { Dfa } from "../pattern/dfa.ts";
import { hasOnlySelfLoops } from "../pattern/minimise-dfa.ts";
import type { RoutePattern } from "./compile-route-pattern.ts";
import { flattenDfa } from "./flat-table.ts";
import { NO_MATCH } from "./match-sets.ts";
import { MergeMemory, type MergeNode } from "./merge-memory.ts";
import { mergeNodes } from "./merge-patterns.ts";
import { mixBits } from "./number-hash.ts";
import type { Bank, MatchBanks } from "./policy-table.ts";
import { RankedSets } from "./ranked-sets.ts";

/** Memory for what compiling has come to so far; past it, all of it is forgotten. */
const MAX_REMEMBERED_BYTES = 48 * 1024 * 1024;

/** What a member of a set takes. */
const MEMBER_BYTES = 16;

/** One pattern in one rank. */
interface Leaf {
  /** Its number in the sets, and the set of it alone. */
  readonly member: number;
  readonly set: number;
  /** Matches it by RE2. */
  readonly re2Source: string | null;
  /** Its automaton; `null` where RE2 matches it, or nothing does. */
  readonly node: MergeNode | null;
}

/**
 * Compiles lists of patterns to what decides between them, and remembers the automata on the way: a list that was changed in one place
 * costs what merging along one branch of a tree costs, and lists that have much in common share it.
 *
 * Labels on the way are sets of patterns in ranks, not of places in one list, so that they keep their
 * meaning when a list changes. What comes out does not depend on what was compiled before.
 */
export class TableCompiler {
  private readonly patternOf: (source: string) => RoutePattern;
  private readonly maxBytes: number;
  private leaves = new Map<string, Leaf>();
  private sets = new RankedSets();
  private memory = this.newMemory();

  /** @param patternOf - Gives a pattern with an RE2 source only if it is to be matched by RE2. */
  constructor(
    patternOf: (source: string) => RoutePattern,
    maxBytes: number = MAX_REMEMBERED_BYTES,
  ) {
    this.patternOf = patternOf;
    this.maxBytes = maxBytes;
  }

  /** What is remembered takes so much memory. */
  get bytes(): number {
    return this.memory.bytes + this.sets.totalMembers * MEMBER_BYTES;
  }

  /** Products of automata that were made and are remembered. */
  get products(): number {
    return this.memory.products;
  }

  /**
   * The banks of patterns, ranked as in {@link MatchBanks.usageOf}. Equal patterns in equal ranks give
   * equal banks, with the same match set ids.
   */
  compile(sources: readonly string[], ranks: readonly number[]): MatchBanks {
    if (this.bytes > this.maxBytes) this.forget();
    const nodes: MergeNode[] = [];
    const re2Sources: string[] = [];
    const re2Sets: number[] = [];
    const entriesOf = new Map<number, readonly number[]>();
    for (const [source, entries] of entriesBySource(sources)) {
      const rank = ranks[entries[0] ?? 0] ?? 0;
      const { member, set, re2Source, node } = this.leafOf(source, rank);
      entriesOf.set(
        member,
        entries.filter((entry) => ranks[entry] === rank),
      );
      if (node !== null) nodes.push(node);
      if (re2Source === null) continue;
      re2Sources.push(re2Source);
      re2Sets.push(set);
    }
    const merged = mergeNodes(nodes, this.memory);
    const used = numberUsedSets([...merged.map(({ dfa }) => dfa.labels), re2Sets], this.sets.size);
    const renumbered = (id: number): number => used.numbers[id] ?? NO_MATCH;
    const banks: Bank[] = merged.map(({ dfa }) => ({
      kind: "flat",
      table: flattenDfa({ ...dfa, labels: dfa.labels.map(renumbered) }),
    }));
    if (re2Sources.length > 0) {
      banks.push({ kind: "re2", sources: re2Sources, matchSets: re2Sets.map(renumbered) });
    }
    const matchSets = used.sets.map((id) =>
      this.sets
        .set(id)
        .flatMap((member) => entriesOf.get(member) ?? [])
        .sort((a, b) => a - b),
    );
    return { matchSets, usageOf: ranks, banks };
  }

  private leafOf(source: string, rank: number): Leaf {
    const key = `${rank} ${source}`;
    const known = this.leaves.get(key);
    if (known !== undefined) return known;
    const { dfa, re2Source } = this.patternOf(source);
    const set = this.sets.add(rank);
    const [member = 0] = this.sets.set(set);
    const node = dfa === null || re2Source !== null ? null : this.nodeOf(dfa, set, key);
    const leaf = { member, set, re2Source, node };
    this.leaves.set(key, leaf);
    return leaf;
  }

  private nodeOf(dfa: Dfa, set: number, key: string): MergeNode {
    const labels = dfa.labels.map((label) => (label === 0 ? NO_MATCH : set));
    return this.memory.nodeOf({ ...dfa, labels }, hashOfText(key), hasOnlySelfLoops(dfa));
  }

  private newMemory(): MergeMemory {
    const { sets } = this;
    return new MergeMemory(
      (a, b) => sets.combine(a, b),
      (id) => sets.set(id).length,
    );
  }

  private forget(): void {
    this.leaves = new Map();
    this.sets = new RankedSets();
    this.memory = this.newMemory();
  }
}

function hashOfText(text: string): number {
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixBits(hash);
}

/**
 * The entries of each distinct pattern, ordered by pattern: neighbours share prefixes, which keeps the
 * products of their automata small.
 */
function entriesBySource(sources: readonly string[]): [source: string, entries: number[]][] {
  const bySource = new Map<string, number[]>();
  sources.forEach((source, entry) => {
    const entries = bySource.get(source);
    if (entries === undefined) bySource.set(source, [entry]);
    else entries.push(entry);
  });
  return [...bySource].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** New ids for the sets that automata ended up with; merging makes many more on its way. */
function numberUsedSets(
  labels: readonly ArrayLike<number>[],
  setCount: number,
): { readonly numbers: Int32Array; readonly sets: readonly number[] } {
  const numbers = new Int32Array(setCount);
  const sets = [NO_MATCH];
  for (const ids of labels) {
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? NO_MATCH;
      if (id !== NO_MATCH && numbers[id] === 0) numbers[id] = sets.push(id) - 1;
    }
  }
  return { numbers, sets };
}
