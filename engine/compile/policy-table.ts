import type { Problem } from "../model/problem.ts";
import type { RoutingPolicy, VoiceRoute } from "../model/voice-routing.ts";
import { isRe2Pattern } from "../pattern/re2-pattern-set.ts";
import type { RoutePattern } from "./compile-route-pattern.ts";
import type { FlatTable } from "./flat-table.ts";
import { type PolicyEntry, policyReader } from "./policy-entries.ts";
import { TableCompiler } from "./table-compiler.ts";

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
  const tables = new TableCompiler(patternOf);
  return {
    patternOf,
    banksOf(sources, ranks) {
      const key = JSON.stringify([ranks, sources]);
      const banks = known.get(key) ?? tables.compile(sources, ranks);
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
