/**
 * How the voice routes of a tenant cover each other in each of its routing policies, exactly: over all
 * strings `\+?[0-9*#]{1,20}`.
 *
 * @module
 */
import { entriesOfPolicy, type PolicyEntry } from "../../compile/policy-entries.ts";
import type { RoutingPolicy, RoutingPolicyType, VoiceRoute } from "../../model/voice-routing.ts";
import type { Dfa } from "../../pattern/dfa.ts";
import type { CheckGround } from "./check-ground.ts";
import { type CoverBudget, coverByDifference, newCoverBudget } from "./cover-by-difference.ts";
import { minimalHittingSet, numberClasses } from "./number-classes.ts";

/** What becomes of a route in one policy, over all numbers that its pattern matches. */
export type RouteStanding = "first" | "backup" | "shadowed" | "not-decided";

/** One route in one policy. */
export interface RouteInPolicy {
  readonly policy: MappedPolicy;
  /** Position in the tenant's list of voice routes. */
  readonly route: number;
  /**
   * `first`: some number takes it first. `backup`: never first, but behind others of its usage.
   * `shadowed`: earlier usages take every number it matches.
   */
  readonly standing: RouteStanding;
  /**
   * Entries before it that together take every number it matches, none of them superfluous; empty when it
   * is first. Cost: a walk over all classes of numbers.
   */
  readonly coveredBy: () => readonly PolicyEntry[];
}

/** A routing policy, and whether anybody has it. */
export interface MappedPolicy {
  readonly type: RoutingPolicyType;
  readonly policy: RoutingPolicy;
  readonly isAssigned: boolean;
}

export interface RouteMap {
  /** Every route of every policy, policy by policy. */
  readonly standings: readonly RouteInPolicy[];
  /** For each class of numbers the routes that match it; `null` when the automata are too large. */
  readonly classes: readonly (readonly number[])[] | null;
  /** Whether the routes' patterns match exactly the same numbers; false when that is not known. */
  readonly matchSame: (routeA: number, routeB: number) => boolean;
  /** Whether a route's pattern matches any dialable number. */
  readonly matchesAny: (route: number) => boolean;
}

const TYPES: readonly RoutingPolicyType[] = [
  "OnlineVoiceRoutingPolicy",
  "OnlineAudioConferencingRoutingPolicy",
];

/** Patterns in short: each distinct one once. */
interface Patterns {
  /** For each route its pattern's number; -1 when it does not compile. */
  readonly ofRoute: readonly number[];
  readonly dfas: readonly Dfa[];
  /** Numbers of patterns that match together; `null` when not known. */
  readonly classes: readonly (readonly number[])[] | null;
  readonly budget: CoverBudget;
}

/**
 * Cost: about 1 s for 1,000 routes, mostly in merging their automata; bounded for hostile ones.
 *
 * @param classesOf - {@link numberClasses}; one that answers `null` has everything decided step by step.
 */
export function routeMap(ground: CheckGround, classesOf = numberClasses): RouteMap {
  const patterns = distinctPatterns(ground, classesOf);
  const { onlineVoiceRoutes } = ground.tenant;
  const signatures = patternSignatures(patterns);
  const signatureOf = (route: number): string => signatures[patterns.ofRoute[route] ?? -1] ?? "";
  return {
    standings: mappedPolicies(ground).flatMap((policy) =>
      standingsIn(policy, onlineVoiceRoutes, patterns),
    ),
    classes: routeClasses(patterns),
    matchSame: (a, b) => signatureOf(a) !== "" && signatureOf(a) === signatureOf(b),
    matchesAny: (route) => signatureOf(route) !== "",
  };
}

function distinctPatterns(
  { tenant, patternOf }: CheckGround,
  classesOf: typeof numberClasses,
): Patterns {
  const numberOf = new Map<string, number>();
  const dfas: Dfa[] = [];
  const ofRoute = tenant.onlineVoiceRoutes.map(({ numberPattern }) => {
    const known = numberOf.get(numberPattern);
    if (known !== undefined) return known;
    const compiled = patternOf(numberPattern);
    const number = compiled.ok ? dfas.push(compiled.dfa) - 1 : -1;
    numberOf.set(numberPattern, number);
    return number;
  });
  return { ofRoute, dfas, classes: classesOf(dfas), budget: newCoverBudget() };
}

/** Equal texts for patterns that match the same numbers; "" for those that match none. */
function patternSignatures({ dfas, classes, budget }: Patterns): readonly string[] {
  if (classes === null) return dfas.map((dfa) => budget.signatureOf(dfa));
  const signatures: string[][] = dfas.map(() => []);
  for (const [id, patterns] of classes.entries()) {
    for (const pattern of patterns) signatures[pattern]?.push(String(id));
  }
  return signatures.map((ids) => ids.join(","));
}

/** The classes with the numbers of routes in the place of those of patterns. */
function routeClasses({ ofRoute, classes }: Patterns): readonly (readonly number[])[] | null {
  if (classes === null) return null;
  const routesOf = new Map<number, number[]>();
  for (const [route, pattern] of ofRoute.entries()) {
    const routes = routesOf.get(pattern);
    if (routes === undefined) routesOf.set(pattern, [route]);
    else routes.push(route);
  }
  return classes.map((patterns) => patterns.flatMap((pattern) => routesOf.get(pattern) ?? []));
}

function mappedPolicies(ground: CheckGround): readonly MappedPolicy[] {
  return TYPES.flatMap((type) => {
    const holding = ground.holding(type);
    return holding.policies.map((policy, index) => {
      const holders =
        (holding.usersOf[index]?.length ?? 0) + (holding.accountsOf[index]?.length ?? 0);
      return { type, policy, isAssigned: holders > 0 };
    });
  });
}

/** Entries of a policy by what they match. */
function standingsIn(
  policy: MappedPolicy,
  routes: readonly VoiceRoute[],
  patterns: Patterns,
): readonly RouteInPolicy[] {
  const entries = entriesOfPolicy(policy.policy, routes);
  const usable = entries.filter(({ route }) => (patterns.ofRoute[route] ?? -1) >= 0);
  const judged =
    patterns.classes === null
      ? judgeByDifference(usable, patterns)
      : judgeByClasses(usable, patterns, patterns.classes);
  return bestOfEachRoute(judged).map((standing) => ({ policy, ...standing }));
}

/** An entry in its policy. */
type Judged = Omit<RouteInPolicy, "policy">;

const nothing = (): readonly PolicyEntry[] => [];

/** In each class the first usage with an entry takes the number, and its first entry takes it first. */
function judgeByClasses(
  entries: readonly PolicyEntry[],
  { ofRoute }: Patterns,
  classes: readonly (readonly number[])[],
): readonly Judged[] {
  const entriesOfPattern: number[][] = [];
  for (const [at, { route }] of entries.entries()) {
    const pattern = ofRoute[route] ?? -1;
    entriesOfPattern[pattern] ??= [];
    entriesOfPattern[pattern].push(at);
  }
  const isFirst = new Uint8Array(entries.length);
  const isReached = new Uint8Array(entries.length);
  for (const patterns of classes) {
    const found = entriesIn(patterns, entriesOfPattern);
    const first = smallest(found);
    if (first === undefined) continue;
    isFirst[first] = 1;
    const usage = entries[first]?.usageIndex;
    for (const at of found) if (entries[at]?.usageIndex === usage) isReached[at] = 1;
  }
  return entries.map(({ route }, at): Judged => {
    if (isFirst[at] === 1) return { route, standing: "first", coveredBy: nothing };
    const standing = isReached[at] === 1 ? "backup" : "shadowed";
    const pattern = ofRoute[route] ?? -1;
    const coveredBy = (): readonly PolicyEntry[] => {
      const before = classes
        .filter((patterns) => patterns.includes(pattern))
        .map((patterns) =>
          entriesIn(patterns, entriesOfPattern).filter((other) =>
            isBefore(entries, other, at, standing),
          ),
        );
      return minimalHittingSet(before).flatMap((other) => entries[other] ?? []);
    };
    return { route, standing, coveredBy };
  });
}

/** Entries with one of the patterns, in no order. A loop, as it runs for every class of every policy. */
function entriesIn(
  patterns: readonly number[],
  entriesOfPattern: readonly (readonly number[] | undefined)[],
): readonly number[] {
  const found: number[] = [];
  for (const pattern of patterns) {
    const entries = entriesOfPattern[pattern];
    if (entries !== undefined) for (const entry of entries) found.push(entry);
  }
  return found;
}

function smallest(numbers: readonly number[]): number | undefined {
  let least = numbers[0];
  for (const number of numbers) if (least !== undefined && number < least) least = number;
  return least;
}

/** A shadowed entry is covered by earlier usages alone; a backup by what stands before it in its own too. */
function isBefore(
  entries: readonly PolicyEntry[],
  other: number,
  at: number,
  standing: RouteStanding,
): boolean {
  if (other >= at) return false;
  return standing === "backup" || entries[other]?.usageIndex !== entries[at]?.usageIndex;
}

function judgeByDifference(
  entries: readonly PolicyEntry[],
  { ofRoute, dfas, budget }: Patterns,
): readonly Judged[] {
  const dfaOf = (entry: PolicyEntry): Dfa | undefined => dfas[ofRoute[entry.route] ?? -1];
  return entries.map((entry, at): Judged => {
    const { route } = entry;
    const own = dfaOf(entry);
    if (own === undefined) return { route, standing: "not-decided", coveredBy: nothing };
    const before = entries.slice(0, at);
    const earlier = before.filter(({ usageIndex }) => usageIndex !== entry.usageIndex);
    const inUsage = before.filter(({ usageIndex }) => usageIndex === entry.usageIndex);
    const covered = coverByDifference(own, earlier, dfaOf, budget);
    if (covered.rest === null) return { route, standing: "not-decided", coveredBy: nothing };
    if (covered.isWhole) return { route, standing: "shadowed", coveredBy: () => covered.by };
    const further = coverByDifference(covered.rest, inUsage, dfaOf, budget);
    if (further.rest === null) return { route, standing: "not-decided", coveredBy: nothing };
    if (!further.isWhole) return { route, standing: "first", coveredBy: nothing };
    const by = [...covered.by, ...further.by];
    return { route, standing: "backup", coveredBy: () => by };
  });
}

const RANK: Readonly<Record<RouteStanding, number>> = {
  first: 0,
  backup: 1,
  "not-decided": 2,
  shadowed: 3,
};

/** A route that stands in several usages of a policy counts where it stands best. */
function bestOfEachRoute(judged: readonly Judged[]): readonly Judged[] {
  const best = new Map<number, Judged>();
  for (const one of judged) {
    const known = best.get(one.route);
    if (known === undefined || RANK[one.standing] < RANK[known.standing]) best.set(one.route, one);
  }
  return [...best.values()];
}
