import { callerNames } from "../model/callers.ts";
import { invariant } from "../model/engine-error.ts";
import { parseLineUri } from "../model/line-uri.ts";
import type { Problem } from "../model/problem.ts";
import { revisionOf } from "../model/revision.ts";
import type { Tenant } from "../model/tenant.ts";
import type { RoutedPolicyType, RoutingPolicy, RoutingPolicyType } from "../model/voice-routing.ts";
import { callerTables } from "./caller-classes.ts";
import { compileRoutePattern } from "./compile-route-pattern.ts";
import type { CompiledRoutingPolicy, CompiledTenant, RoutingClass } from "./compiled-tenant.ts";
import { destinationTables } from "./destination-country.ts";
import { compileDialPlans } from "./dial-plans.ts";
import { type PolicyDirectory, policyDirectory } from "./effective-policy.ts";
import { emergencyCompiler } from "./emergency-calls.ts";
import { compileOnNetTable } from "./on-net-table.ts";
import { PatternCache } from "./pattern-cache.ts";
import { type PolicyEntry, policyReader } from "./policy-entries.ts";
import { createBankCompiler, type MatcherEngine, type PatternList } from "./policy-table.ts";
import { policyTablesOf } from "./policy-tables.ts";
import { compileOperator, compileRoute, gatewayIndex, numberOwners } from "./route-targets.ts";
import { TableCompiler } from "./table-compiler.ts";

/** A compiled tenant and what was found wrong with the tenant on the way; both always come. */
export interface CompileResult {
  readonly compiled: CompiledTenant;
  readonly problems: readonly Problem[];
}

/**
 * Settles everything about a tenant's calls that depends neither on the number nor on the moment. Only
 * policies that count for somebody are looked at; the table of each is made by the first call that needs
 * it.
 *
 * Pure; O(size of the tenant). Problems do not stop it: what they are about is passed over, as each says.
 *
 * @param engine - Which matcher the tables are made for.
 * @problem POLICY_UNKNOWN, REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function compileTenant(tenant: Tenant, engine: MatcherEngine = "auto"): CompileResult {
  return createTenantCompiler(engine)(tenant);
}

/** Compiles tenants as {@link compileTenant} does. */
export type TenantCompiler = (tenant: Tenant) => CompileResult;

/**
 * A compiler that remembers the automata of the tenants it has compiled, within bounds: for a tenant that
 * is edited again and again. After a change of one route, the table of its policy is merged anew only
 * around that route.
 */
export function createTenantCompiler(engine: MatcherEngine = "auto"): TenantCompiler {
  const patterns = new PatternCache(engine);
  const compiler = new TableCompiler(patterns.patternOf);
  return (tenant) => {
    const result = compileWith(tenant, patterns);
    policyTablesOf(result.compiled, { compiler });
    return result;
  };
}

function compileWith(tenant: Tenant, patterns: PatternCache): CompileResult {
  const { engine } = patterns;
  const voice = policyDirectory(tenant, "OnlineVoiceRoutingPolicy");
  const conferencing = policyDirectory(tenant, "OnlineAudioConferencingRoutingPolicy");
  const problems: Problem[] = [...voice.problems, ...conferencing.problems];
  const owners = numberOwners(tenant);
  const gateways = gatewayIndex(tenant);
  const inUse = policiesInUse(tenant, patterns, problems);
  const { policies, patternLists, compiledIndex, compiledUsage } = inUse;
  const emergency = emergencyCompiler(tenant, compiledUsage, problems);
  const given = { tenant, voice, conferencing, owners, compiledIndex, emergency, problems };
  const callers = callerTables(given);
  const banks = createBankCompiler({ engine, compilePattern: compileRoutePattern });
  const dialPlans = compileDialPlans(tenant, banks, problems);
  const compiled: CompiledTenant = {
    revision: revisionOf(tenant),
    options: tenant.options,
    callers: callerNames(tenant),
    ...callers,
    ...dialPlans,
    policies,
    patternLists,
    matcher: engine,
    routes: tenant.onlineVoiceRoutes.map((route) => compileRoute(route, owners, gateways)),
    operators: tenant.operators.map((operator) => compileOperator(operator, tenant)),
    gateways: [...gateways.values()].map((gateway) => gateway.name),
    defaultServiceNumber: tenant.conferencingBridge?.defaultServiceNumber ?? null,
    onNet: compileOnNetTable(onNetNumbers(tenant)),
    emergency: emergency.compile(),
    destinations: callers.classes.some(asksForCountry) ? destinationTables() : null,
  };
  return { compiled, problems: [...new Map(problems.map((p) => [p.what, p])).values()] };
}

/** Whether the calls of a class depend on the country that they go to. */
function asksForCountry(routing: RoutingClass): boolean {
  if (routing.refusal !== null) return false;
  const { noMatch, restriction } = routing;
  const isDomesticPlan =
    noMatch.to === "calling-plan" && noMatch.domestic && !noMatch.international;
  return isDomesticPlan || restriction?.scope === "domestic" || restriction?.scope === "zone-a";
}

interface PoliciesInUse {
  /** Both grow as policies are asked for. */
  readonly policies: readonly CompiledRoutingPolicy[];
  readonly patternLists: readonly PatternList[];
  readonly compiledIndex: (directory: PolicyDirectory<RoutingPolicyType>, index: number) => number;
  /** The usage of an emergency number as a policy of its own. */
  readonly compiledUsage: (identity: string, usage: string) => number;
}

function policiesInUse(tenant: Tenant, patterns: PatternCache, problems: Problem[]): PoliciesInUse {
  const { onlineVoiceRoutes: routes, options } = tenant;
  const entriesOf = policyReader(routes);
  const tell = routeJudge(tenant, patterns, problems);
  const policies: CompiledRoutingPolicy[] = [];
  const patternLists: PatternList[] = [];
  const known = new Map<string, number>();
  const knownLists = new Map<string, number>();
  const listOf = (entries: readonly PolicyEntry[]): number => {
    const sources = entries.map((entry) => routes[entry.route]?.numberPattern ?? "");
    const ranks = entries.map((entry) => (options.crossUsageFailover ? 0 : entry.usageIndex));
    const key = JSON.stringify([ranks, sources]);
    const list = knownLists.get(key) ?? patternLists.push({ sources, ranks }) - 1;
    knownLists.set(key, list);
    return list;
  };
  const indexOf = (policyType: RoutedPolicyType, policy: RoutingPolicy, key: string): number => {
    const at = known.get(key);
    if (at !== undefined) return at;
    const entries = entriesOf(policy);
    for (const { route } of entries) tell(route);
    known.set(key, policies.length);
    const { identity, onlinePstnUsages: usages } = policy;
    const compiled = { policyType, identity, usages, entries, patterns: listOf(entries) };
    return policies.push(compiled) - 1;
  };
  return {
    policies,
    patternLists,
    compiledIndex({ policyType, policies: all }, index) {
      const policy = all[index];
      invariant(policy !== undefined, `no policy ${index}`);
      return indexOf(policyType, policy, `${policyType} ${index}`);
    },
    compiledUsage(identity, usage) {
      const policy = { identity, onlinePstnUsages: [usage], description: null };
      const key = JSON.stringify(["emergency", identity, usage]);
      return indexOf("TeamsEmergencyCallRoutingPolicy", policy, key);
    },
  };
}

/** Tells once of each route whose pattern cannot be used, naming the route that matches nothing. */
function routeJudge(
  { onlineVoiceRoutes }: Tenant,
  patterns: PatternCache,
  problems: Problem[],
): (route: number) => void {
  const judged = new Set<number>();
  return (route) => {
    if (judged.has(route)) return;
    judged.add(route);
    const { identity, numberPattern } = onlineVoiceRoutes[route] ?? {};
    for (const p of patterns.problemsOf(numberPattern ?? "")) {
      problems.push({ ...p, what: `voice route "${identity}" matches nothing: ${p.what}` });
    }
  };
}

/**
 * Numbers that never leave the tenant: line URIs of users and resource accounts, with their extension
 * where they have one, and every assigned telephone number (documented: Microsoft, reverse number
 * lookup of dial-plans-routing-overview).
 */
function onNetNumbers(tenant: Tenant): string[] {
  const numbers = new Set<string>();
  for (const { lineUri } of [...tenant.users, ...tenant.resourceAccounts]) {
    const parsed = parseLineUri(lineUri);
    if (parsed === null) continue;
    const { number, extension } = parsed;
    numbers.add(extension === null ? number : `${number};ext=${extension}`);
  }
  for (const { telephoneNumber, pstnAssignmentStatus } of tenant.phoneNumbers) {
    if (pstnAssignmentStatus !== "Unassigned") numbers.add(telephoneNumber);
  }
  return [...numbers];
}
