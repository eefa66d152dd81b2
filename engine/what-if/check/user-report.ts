import { compileTenant } from "../../compile/compile-tenant.ts";
import type { EffectivePolicy } from "../../compile/effective-policy.ts";
import { EVERYTHING_UP } from "../../model/call.ts";
import type { RouteDecision } from "../../model/decision.ts";
import { parseLineUri } from "../../model/line-uri.ts";
import { nameKey } from "../../model/name-key.ts";
import { POLICY_TYPES } from "../../model/policy-types.ts";
import type { Tenant } from "../../model/tenant.ts";
import { recordingTracer } from "../../model/trace.ts";
import type { User } from "../../model/user.ts";
import { createRouter } from "../../route/create-router.ts";
import { callerFactsRule } from "../caller-facts.ts";
import { whyInWords } from "../why-in-words.ts";
import type { CheckFinding } from "./check-finding.ts";
import { type CheckGround, checkGround } from "./check-ground.ts";
import type { CheckedFamily } from "./check-tenant.ts";
import { type SampleCall, sampleCalls } from "./sample-calls.ts";

/** What becomes of one sample call. */
export interface TriedCall extends SampleCall {
  readonly decision: RouteDecision;
  readonly why: string;
}

/** A policy that counts for a user. */
export interface UserPolicy {
  readonly type: string;
  readonly words: string;
  readonly policy: string;
  readonly source: EffectivePolicy["policySource"];
  readonly group: string | null;
}

/** Why a user can or cannot call. */
export interface UserReport {
  readonly user: string;
  readonly number: string | null;
  readonly numberType: string | null;
  readonly operator: string | null;
  readonly licenses: readonly string[];
  readonly mode: string;
  readonly enterpriseVoiceEnabled: boolean;
  readonly policies: readonly UserPolicy[];
  readonly calls: readonly TriedCall[];
  readonly findings: readonly CheckFinding[];
  /** One plain sentence. */
  readonly conclusion: string;
}

/**
 * Why exists: "she cannot call" is the most frequent thing an administrator hears, and the cause may be a
 * licence, a number, a policy of any of seven types, a route or a gateway.
 * How: what she is entitled to and by which policies; sample calls through the very walk that decides;
 * and of all findings those that name her, or a policy, route, gateway or number of hers.
 * Cost: compiles the tenant once.
 */
export function userReport(
  tenant: Tenant,
  user: User,
  families: readonly CheckedFamily[],
): UserReport {
  const ground = checkGround(tenant);
  const number = parseLineUri(user.lineUri)?.number ?? null;
  const policies = policiesOf(ground, user);
  const calls = triedCalls(tenant, user);
  const isHers = concerns(ground, user, policies);
  const findings = families.flatMap((family) => family.findings.filter(isHers));
  const record = number === null ? undefined : ground.numbers.get(number)?.record;
  return {
    user: user.userPrincipalName,
    number,
    numberType: ground.numberTypeOf(user),
    operator: record?.operator ?? null,
    licenses: user.licenses,
    mode:
      tenant.tenant.coexistenceMode === "TeamsOnly" ? "TeamsOnly" : user.teamsUpgradeEffectiveMode,
    enterpriseVoiceEnabled: user.enterpriseVoiceEnabled,
    policies,
    calls,
    findings,
    conclusion: conclusionOf(user, calls, findings),
  };
}

function policiesOf(ground: CheckGround, user: User): readonly UserPolicy[] {
  return POLICY_TYPES.map(({ type, words }) => {
    const holding = ground.holding(type);
    const { index, policySource, group } = holding.of(user);
    const policy = holding.policies[index]?.identity ?? "";
    return { type, words, policy, source: policySource, group };
  });
}

function triedCalls(tenant: Tenant, user: User): readonly TriedCall[] {
  const { compiled, problems } = compileTenant(tenant);
  const factsOf = callerFactsRule(tenant);
  const router = createRouter(compiled, EVERYTHING_UP);
  return sampleCalls(user, tenant).map((sample) => {
    const call = {
      dialed: sample.dialed,
      user: user.userPrincipalName,
      kind: "user-call",
      site: null,
      ingressTrunk: null,
      hideCallerId: false,
    } as const;
    const tracer = recordingTracer();
    const decision = router.decide(call, tracer);
    const numbered = tracer.steps.find((step) => step.step === "number");
    const number = numbered?.step === "number" ? numbered.number : null;
    const decided = { call, decision, number, steps: tracer.steps };
    const caller = factsOf(call);
    const explanation = { ...decided, caller, revision: "", wire: [], notConsidered: [], problems };
    return { ...sample, decision, why: whyInWords(explanation) };
  });
}

/** Whether a finding is about the user or about anything that her calls go through. */
function concerns(
  { tenant }: CheckGround,
  user: User,
  policies: readonly UserPolicy[],
): (finding: CheckFinding) => boolean {
  const places = new Set([`users ${tenant.users.indexOf(user)}`]);
  const usages = addPolicies(places, tenant, policies);
  const gateways = addRoutes(places, tenant, usages);
  addNamed(places, "onlinePstnUsages", tenant.onlinePstnUsages, usages);
  const names = tenant.onlinePstnGateways.map(({ identity }) => identity);
  addNamed(places, "onlinePstnGateways", names, gateways);
  const own = parseLineUri(user.lineUri)?.number;
  const number = tenant.phoneNumbers.findIndex((one) => one.telephoneNumber === own);
  if (number !== -1) places.add(`phoneNumbers ${number}`);
  return ({ path, users }) =>
    users.includes(user.userPrincipalName) ||
    // WHY: what names other users at a policy of hers is about them.
    (users.length === 0 && places.has(`${path[0]} ${path[1]}`));
}

/** The places of her policies; answers the usages they lead to. */
function addPolicies(
  places: Set<string>,
  tenant: Tenant,
  policies: readonly UserPolicy[],
): ReadonlySet<string> {
  const usages: string[] = [];
  for (const { type, list } of POLICY_TYPES) {
    const name = nameKey(policies.find((one) => one.type === type)?.policy ?? "");
    if (list === null) continue;
    const index = tenant[list].findIndex(({ identity }) => nameKey(identity) === name);
    const policy = tenant[list][index];
    if (policy === undefined) continue;
    places.add(`${list} ${index}`);
    if ("onlinePstnUsages" in policy) usages.push(...policy.onlinePstnUsages);
  }
  return new Set(usages.map(nameKey));
}

/** The places of routes with one of the usages; answers their gateways. */
function addRoutes(
  places: Set<string>,
  { onlineVoiceRoutes }: Tenant,
  usages: ReadonlySet<string>,
): ReadonlySet<string> {
  const gateways: string[] = [];
  for (const [index, route] of onlineVoiceRoutes.entries()) {
    if (!route.onlinePstnUsages.some((usage) => usages.has(nameKey(usage)))) continue;
    places.add(`onlineVoiceRoutes ${index}`);
    gateways.push(...route.onlinePstnGatewayList);
  }
  return new Set(gateways.map(nameKey));
}

function addNamed(
  places: Set<string>,
  list: string,
  names: readonly string[],
  wanted: ReadonlySet<string>,
): void {
  for (const [index, name] of names.entries()) {
    if (wanted.has(nameKey(name))) places.add(`${list} ${index}`);
  }
}

function conclusionOf(
  { userPrincipalName: upn }: User,
  calls: readonly TriedCall[],
  findings: readonly CheckFinding[],
): string {
  const blocked = calls.filter(({ decision }) => decision.outcome === "blocked");
  const [first] = blocked;
  const found =
    findings.length === 0
      ? ""
      : `; ${findings.length} finding${findings.length === 1 ? "" : "s"} above concern her`;
  if (first === undefined) return `${upn} can call: none of the sample numbers is blocked${found}.`;
  const reason = first.why.replace(/^Blocked: /, "").replace(/\.$/, "");
  if (blocked.length === calls.length) return `${upn} cannot call: ${reason}${found}.`;
  const kinds = blocked.map(({ what }) => what).join(" and ");
  return `${upn} can call, but not to ${kinds} numbers: ${reason}${found}.`;
}
