import type { Problem } from "../model/problem.ts";
import type { RoutingPolicy, VoiceRoute } from "../model/voice-routing.ts";
import type { Dfa } from "../pattern/dfa.ts";
import { isRe2Pattern } from "../pattern/re2-pattern-set.ts";
import type { RoutePattern } from "./compile-route-pattern.ts";
import { type FlatTable, flattenDfa } from "./flat-table.ts";
import { MatchSets, NO_MATCH } from "./match-sets.ts";
import { mergeDfas } from "./merge-patterns.ts";
import { type PolicyEntry, policyReader } from "./policy-entries.ts";

/** The sizes of all match sets of one policy together; past it, patterns stay in separate banks. */
const MAX_SET_ENTRIES = 2_000_000;

/**
 * Which matcher decides: `dfa` tables only; `re2` wherever RE2 takes the pattern; `auto` tables, with
 * RE2 for the patterns whose automata are too large.
 */
export type MatcherEngine = "auto" | "dfa" | "re2";

/** A part of a policy's patterns that is matched in one go. */
export type Bank =
  | { readonly kind: "flat"; readonly table: FlatTable }
  /** `matchSets[i]` is the id of the match set of `sources[i]`. */
  | {
      readonly kind: "re2";
      readonly sources: readonly string[];
      readonly matchSets: readonly number[];
    };

/** What decides which entries a number matches; equal for all policies with the same patterns. */
export interface MatchBanks {
  /**
   * Entries, ascending, by match set id; id 0 is the empty set. Only the entries of the first usage
   * that has any, unless the tenant fails over across usages.
   */
  readonly matchSets: readonly (readonly number[])[];
  /** Rank of each entry's usage, by which sets are cut; all 0 with failover across usages. */
  readonly usageOf: readonly number[];
  readonly banks: readonly Bank[];
}

/** The patterns of a policy, in order of attempt: all that its match sets depend on. */
export interface PatternList {
  readonly sources: readonly string[];
  /** Rank of the usage of each; see {@link MatchBanks.usageOf}. */
  readonly ranks: readonly number[];
}

/**
 * One policy, compiled. Plain data that can be posted to worker threads, which then share its tables;
 * `createRouteMatcher` makes it work.
 */
export interface PolicyTable extends MatchBanks {
  readonly entries: readonly PolicyEntry[];
}

/** A route of the policy that matches nothing because its pattern cannot be used, and why. */
export interface UnusableRoute {
  /** Position in the tenant's list of voice routes. */
  readonly route: number;
  readonly problems: readonly Problem[];
}

/** A compiled policy, and what of it could not be compiled. */
export interface CompiledPolicy {
  readonly table: PolicyTable;
  readonly unusable: readonly UnusableRoute[];
}

export interface PolicyCompilerOptions {
  readonly engine: MatcherEngine;
  /** A match set holds the entries of all usages, not of the first one only. */
  readonly crossUsageFailover: boolean;
  /** {@link compileRoutePattern}, or a function that answers like it. */
  readonly compilePattern: (numberPattern: string) => RoutePattern;
}

/** Compiles policies over one list of routes. */
export type PolicyCompiler = (policy: RoutingPolicy) => CompiledPolicy;

/** Compiles patterns, each once, and what decides between several. */
export interface BankCompiler {
  readonly patternOf: (source: string) => RoutePattern;
  /** The banks of patterns, ranked as in {@link MatchBanks.usageOf}. */
  readonly banksOf: (sources: readonly string[], ranks: readonly number[]) => MatchBanks;
}

/** Patterns in the same ranks share their banks. */
export function createBankCompiler(
  options: Pick<PolicyCompilerOptions, "engine" | "compilePattern">,
): BankCompiler {
  const patterns = new Map<string, RoutePattern>();
  const known = new Map<string, MatchBanks>();
  const patternOf = (source: string): RoutePattern => {
    const before = patterns.get(source);
    if (before !== undefined) return before;
    const pattern = patternFor(options.engine, options.compilePattern(source));
    patterns.set(source, pattern);
    return pattern;
  };
  return {
    patternOf,
    banksOf(sources, ranks) {
      const key = JSON.stringify([ranks, sources]);
      const banks = known.get(key) ?? compileBanks(sources, ranks, patternOf);
      known.set(key, banks);
      return banks;
    },
  };
}

/**
 * A compiler of the policies of one tenant. Each pattern is compiled once, and policies with the same
 * patterns in the same usages share their tables, whatever their names.
 *
 * Cost of a policy: measured 0.1 s for 100 routes and 1 s for 1000, mostly in merging automata.
 */
export function createPolicyCompiler(
  routes: readonly VoiceRoute[],
  options: PolicyCompilerOptions,
): PolicyCompiler {
  const { patternOf, banksOf } = createBankCompiler(options);
  const entriesOf = policyReader(routes);
  return (policy) => {
    const entries = entriesOf(policy);
    const sources = entries.map((entry) => routes[entry.route]?.numberPattern ?? "");
    const usageOf = entries.map((entry) => (options.crossUsageFailover ? 0 : entry.usageIndex));
    const banks = banksOf(sources, usageOf);
    const routesInUse = [...new Set(entries.map((entry) => entry.route))];
    const unusable = routesInUse.flatMap((route) => {
      const pattern = patternOf(routes[route]?.numberPattern ?? "");
      const isUsable = pattern.dfa !== null || pattern.re2Source !== null;
      return isUsable ? [] : [{ route, problems: pattern.problems }];
    });
    return { table: { entries, ...banks }, unusable };
  };
}

/** The pattern with an RE2 source only if it is to be matched by RE2. */
export function patternFor(engine: MatcherEngine, pattern: RoutePattern): RoutePattern {
  const { dfa, re2Source } = pattern;
  const isWanted = engine === "re2" || (engine === "auto" && dfa === null);
  const isUsed = isWanted && re2Source !== null && isRe2Pattern(re2Source);
  return isUsed ? pattern : { ...pattern, re2Source: null };
}

/**
 * What decides between patterns, ranked as in {@link MatchBanks.usageOf}. Equal patterns in equal ranks
 * give equal banks, with the same match set ids.
 *
 * @param patternOf - Gives a pattern with an RE2 source only if it is to be matched by RE2.
 */
export function compileBanks(
  sources: readonly string[],
  usageOf: readonly number[],
  patternOf: (source: string) => RoutePattern,
): MatchBanks {
  const sets = new MatchSets(usageOf);
  const dfas: Dfa[] = [];
  const re2Sources: string[] = [];
  const re2Sets: number[] = [];
  for (const [source, entries] of entriesBySource(sources)) {
    const { dfa, re2Source } = patternOf(source);
    const matchSet = sets.idOfEntries(entries);
    if (re2Source !== null) {
      re2Sources.push(re2Source);
      re2Sets.push(matchSet);
    } else if (dfa !== null) {
      dfas.push({ ...dfa, labels: dfa.labels.map((label) => (label === 0 ? NO_MATCH : matchSet)) });
    }
  }
  const combine = (a: number, b: number): number =>
    sets.totalEntries > MAX_SET_ENTRIES ? -1 : sets.combine(a, b);
  const merged = mergeDfas(dfas, combine);
  const numbering = numberUsedSets([...merged.map((dfa) => dfa.labels), re2Sets]);
  const renumbered = (id: number): number => numbering.get(id) ?? NO_MATCH;
  const banks: Bank[] = merged.map((dfa) => ({
    kind: "flat",
    table: flattenDfa({ ...dfa, labels: dfa.labels.map(renumbered) }),
  }));
  if (re2Sources.length > 0) {
    banks.push({ kind: "re2", sources: re2Sources, matchSets: re2Sets.map(renumbered) });
  }
  return { matchSets: [...numbering.keys()].map((id) => sets.set(id)), usageOf, banks };
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
function numberUsedSets(labels: readonly Iterable<number>[]): ReadonlyMap<number, number> {
  const numbering = new Map([[NO_MATCH, 0]]);
  for (const ids of labels) {
    for (const id of ids) if (!numbering.has(id)) numbering.set(id, numbering.size);
  }
  return numbering;
}
