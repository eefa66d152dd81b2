/**
 * A second implementation of deciding, as plain as it can be: loops over the tenant, JS regular
 * expressions, nothing looked up twice, nothing shared with the engine but the nouns of `model/`. It is
 * for patterns that JS and .NET read alike.
 *
 * @module
 */
import type { Call, DecisionContext } from "../../engine/model/call.ts";
import type { BlockReason, PolicySource, RouteDecision } from "../../engine/model/decision.ts";
import type { Operator } from "../../engine/model/operator.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import type { User } from "../../engine/model/user.ts";
import type { RoutingPolicy, VoiceRoute } from "../../engine/model/voice-routing.ts";

type CountryOf = (number: string) => string | null;

interface Fields {
  route: string | null;
  usage: string | null;
  policy: string | null;
  policySource: PolicySource | null;
}

const NO_FIELDS: Fields = { route: null, usage: null, policy: null, policySource: null };

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function blocked(reason: BlockReason, fields: Fields = NO_FIELDS): RouteDecision {
  return { outcome: "blocked", operator: null, trunks: [], callerId: null, ...fields, reason };
}

/** The number and its extension, or `null`. */
function dialable(dialed: string): { number: string; extension: string } | null {
  if (dialed.length > 40) return null;
  const [front = "", ...parameters] = dialed.split(";");
  const number = front.replace(/^ *tel:/i, "").replace(/[ .()-]/g, "");
  if (!/^\+?[0-9*#]{1,20}$/.test(number)) return null;
  let extension = "";
  for (const parameter of parameters.reverse()) {
    if (/^ext=/i.test(parameter)) extension = parameter.slice(4);
  }
  return { number, extension };
}

function numberOf(lineUri: string | null): string | null {
  return lineUri === null ? null : lineUri.replace(/^tel:/, "").replace(/;.*$/, "");
}

function isOwnNumber(tenant: Tenant, number: string, extension: string): boolean {
  const dialed = extension === "" ? [number] : [number, `${number};ext=${extension}`];
  for (const { lineUri } of [...tenant.users, ...tenant.resourceAccounts]) {
    if (lineUri !== null && dialed.includes(lineUri.replace(/^tel:/, ""))) return true;
  }
  return tenant.phoneNumbers.some(
    (p) => p.pstnAssignmentStatus !== "Unassigned" && p.telephoneNumber === number,
  );
}

/** The number's first and last eight symbols, the seed, and MurmurHash3's mixing, in exact arithmetic. */
function turnOf(seed: number, number: string): number {
  const mask = 0xffff_ffffn;
  const mix = (value: bigint): bigint => {
    let hash = ((value ^ (value >> 16n)) * 0x85ebca6bn) & mask;
    hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & mask;
    return hash ^ (hash >> 16n);
  };
  const padded = number.padEnd(8, "\0");
  const ends = padded.slice(0, 8) + padded.slice(-8);
  let hash = 0n;
  for (const [index, factor] of [0x9e3779b1n, 0x85ebca77n, 0xc2b2ae3dn, 0x27d4eb2fn].entries()) {
    let word = 0n;
    for (let i = 3; i >= 0; i--) word = word * 256n + BigInt(ends.charCodeAt(index * 4 + i));
    hash ^= (word * factor) & mask;
  }
  return Number(mix(mix(hash) ^ (BigInt(seed) & mask)) >> 24n);
}

interface Weighted {
  name: string;
  weight: number;
}

function turned(set: Weighted[], turn: number): string[] {
  const tickets: number[] = [];
  for (const [index, { weight }] of set.entries()) {
    for (let i = 0; i < weight; i++) tickets.push(index);
  }
  const first = tickets[Math.floor((turn * tickets.length) / 256)] ?? 0;
  return set.map((_, i) => set[(first + i) % set.length]?.name ?? "");
}

function operatorTrunks(
  operator: Operator | undefined,
  tenant: Tenant,
  down: ReadonlySet<string>,
  turn: number,
  taken: string[],
): string[] {
  if (operator === undefined || down.has(operator.id.toLowerCase())) return [];
  const carries =
    operator.status === "Active" ||
    (operator.status === "Suspended" && tenant.options.suspendedOperatorCarriesCalls);
  if (!carries) return [];
  const usable = operator.trunks.filter(
    (t) => t.enabled && !down.has(t.name.toLowerCase()) && !taken.some((n) => same(n, t.name)),
  );
  const result: string[] = [];
  for (let priority = 0; priority < 10; priority++) {
    const equal = usable.filter((t) => t.priority === priority);
    result.push(
      ...turned(
        equal.filter((t) => t.weight > 0),
        turn,
      ),
    );
    const idle = equal.filter((t) => t.weight === 0).map((t) => ({ name: t.name, weight: 1 }));
    result.push(...turned(idle, turn));
  }
  return result;
}

function ownerOf(tenant: Tenant, number: string): Operator | undefined {
  const id = tenant.phoneNumbers.find((p) => p.telephoneNumber === number)?.operator;
  return id === null || id === undefined ? undefined : tenant.operators.find((o) => same(o.id, id));
}

function suspendedNow(tenant: Tenant, operator: Operator | undefined): boolean {
  return operator?.status === "Suspended" && !tenant.options.suspendedOperatorCarriesCalls;
}

function policyOf(
  tenant: Tenant,
  user: User | null,
  isConferencing: boolean,
): { policy: RoutingPolicy; source: PolicySource } {
  const all = isConferencing
    ? tenant.onlineAudioConferencingRoutingPolicies
    : tenant.onlineVoiceRoutingPolicies;
  const type = isConferencing ? "OnlineAudioConferencingRoutingPolicy" : "OnlineVoiceRoutingPolicy";
  const find = (name: string): RoutingPolicy =>
    all.find((p) => same(p.identity, name)) ?? {
      identity: "Global",
      onlinePstnUsages: [],
      description: null,
    };
  if (user !== null) {
    const direct = isConferencing
      ? user.onlineAudioConferencingRoutingPolicy
      : user.onlineVoiceRoutingPolicy;
    if (direct !== null) return { policy: find(direct), source: "direct" };
    const grants = tenant.groupPolicyAssignments
      .filter(
        (g) => same(g.policyType, type) && user.groups.some((group) => same(group, g.groupId)),
      )
      .sort((a, b) => a.rank - b.rank);
    if (grants[0] !== undefined) return { policy: find(grants[0].policyName), source: "group" };
  }
  const pointer = isConferencing
    ? tenant.globalPolicies.onlineAudioConferencingRoutingPolicy
    : tenant.globalPolicies.onlineVoiceRoutingPolicy;
  return { policy: find(pointer ?? "Global"), source: "global" };
}

function ownCallerId(tenant: Tenant, user: User, hide: boolean): string | null {
  const named = tenant.callingLineIdentities.find((c) =>
    same(c.identity, user.callingLineIdentity ?? ""),
  );
  const rule = named ?? tenant.callingLineIdentities.find((c) => same(c.identity, "Global"));
  if (rule === undefined) return numberOf(user.lineUri);
  if (rule.enableUserOverride && hide) return "anonymous";
  switch (rule.callingIdSubstitute) {
    case "Anonymous":
      return "anonymous";
    case "LineUri":
      return numberOf(user.lineUri);
    case "Resource": {
      const account = tenant.resourceAccounts.find((a) =>
        same(a.userPrincipalName, rule.resourceAccount ?? ""),
      );
      return numberOf(account?.lineUri ?? null);
    }
  }
}

function covered(user: User, number: string, countryOf: CountryOf): boolean {
  const has = (license: string): boolean => user.licenses.some((l) => l === license);
  if (has("CallingPlan") || has("CallingPlanInternational") || has("CommunicationsCredits"))
    return true;
  if (!has("CallingPlanDomestic")) return false;
  return (
    !number.startsWith("+") ||
    (user.usageLocation !== null && countryOf(number) === user.usageLocation)
  );
}

type Mode = "own" | "standard" | "occ" | "sovereign";

/** Decides one call. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one walk from top to bottom, to be read beside the rules; cut up it would resemble what it checks
export function naiveDecide(
  tenant: Tenant,
  call: Call,
  { down, seed }: DecisionContext,
  countryOf: CountryOf,
): RouteDecision {
  const user = tenant.users.find((u) => same(u.userPrincipalName, call.user));
  if (user === undefined) return blocked("USER_UNKNOWN");
  const typed = dialable(call.dialed);
  if (typed === null) return blocked("NUMBER_NOT_DIALABLE");
  const { number, extension } = typed;
  const isMeeting = call.kind === "dial-out" || call.kind === "call-me-at";
  if (!isMeeting || tenant.options.onNetForMeetings) {
    if (isOwnNumber(tenant, number, extension)) {
      return { ...blocked("NO_MATCH"), outcome: "on-net", reason: null } as RouteDecision;
    }
  }

  const phone = user.licenses.includes("TeamsPhone") || user.licenses.includes("TeamsPhoneMobile");
  let mode: Mode = "own";
  if (isMeeting) {
    const standard = user.licenses.includes("AudioConferencing");
    const occ = user.licenses.includes("OperatorConnectConferencing");
    if (!standard && !occ && !phone) return blocked("NO_CONFERENCING_LICENSE");
    if (occ) mode = "occ";
    if (standard) mode = "standard";
    if (/gcchigh|dod/.test(tenant.tenant.environment)) mode = "sovereign";
  }
  if (mode === "own") {
    if (
      tenant.tenant.coexistenceMode === "Islands" &&
      user.teamsUpgradeEffectiveMode !== "TeamsOnly"
    ) {
      return blocked("NOT_TEAMS_ONLY");
    }
    if (!phone) return blocked("NO_TEAMS_PHONE");
    if (!user.enterpriseVoiceEnabled) return blocked("NOT_VOICE_ENABLED");
    if (user.lineUri === null) return blocked("NO_NUMBER");
  }

  const { policy, source } =
    mode === "sovereign"
      ? policyOf(tenant, null, false)
      : policyOf(tenant, user, mode === "standard" || mode === "occ");
  const fields: Fields = { ...NO_FIELDS, policy: policy.identity, policySource: source };
  const bridge = tenant.conferencingBridge?.defaultServiceNumber ?? null;
  const ordinaryId = isMeeting ? bridge : ownCallerId(tenant, user, call.hideCallerId);
  const microsoft: RouteDecision = {
    outcome: "microsoft",
    operator: null,
    trunks: [],
    callerId: ordinaryId,
    ...fields,
    reason: null,
  };

  const matched: { usage: string; route: VoiceRoute }[] = [];
  for (const usage of policy.onlinePstnUsages) {
    if (matched.length > 0 && !tenant.options.crossUsageFailover) break;
    const routes = tenant.onlineVoiceRoutes
      .filter((r) => r.onlinePstnUsages.some((u) => same(u, usage)))
      .filter((r) => new RegExp(r.numberPattern).test(number))
      .sort((a, b) => a.priority - b.priority);
    for (const route of routes) matched.push({ usage, route });
  }
  const turn = turnOf(seed, number);

  if (matched.length === 0) {
    if (mode === "standard") return microsoft;
    if (mode === "occ") return blocked("OCC_NO_MATCH", fields);
    if (mode === "sovereign") return blocked("NO_MATCH", fields);
    const own = numberOf(user.lineUri) ?? "";
    const inventory = tenant.phoneNumbers.find((p) => p.telephoneNumber === own);
    const type = user.numberType ?? inventory?.numberType ?? "DirectRouting";
    if (type === "OperatorConnect" || type === "TeamsPhoneMobile") {
      const operator = ownerOf(tenant, own);
      const trunks = operatorTrunks(operator, tenant, down, turn, []);
      if (operator === undefined || trunks.length === 0) {
        return blocked(suspendedNow(tenant, operator) ? "OPERATOR_SUSPENDED" : "NO_TRUNK", fields);
      }
      const callerId = ownCallerId(tenant, user, call.hideCallerId && !isMeeting);
      return {
        outcome: "operator",
        operator: operator.id,
        trunks,
        callerId,
        ...fields,
        reason: null,
      };
    }
    const hasPlan = user.licenses.some((l) => l.startsWith("CallingPlan"));
    if (type === "DirectRouting" && !hasPlan) return blocked("NO_MATCH", fields);
    return covered(user, number, countryOf)
      ? microsoft
      : blocked("CALLING_PLAN_DESTINATION", fields);
  }

  const trunks: string[] = [];
  let first: { usage: string; route: VoiceRoute } | null = null;
  const gatewayUsable = (name: string): boolean => {
    const gateway = tenant.onlinePstnGateways.find((g) => same(g.identity, name));
    return gateway?.enabled === true && !down.has(name.toLowerCase());
  };
  const gatewayName = (name: string): string =>
    tenant.onlinePstnGateways.find((g) => same(g.identity, name))?.identity ?? name;
  if (call.kind === "forward" && call.ingressTrunk !== null) {
    const ingress = call.ingressTrunk;
    const listing = matched.find(
      ({ route }) =>
        route.bridgeSourcePhoneNumber === null &&
        route.onlinePstnGatewayList.some((g) => same(g, ingress)),
    );
    if (listing !== undefined && gatewayUsable(ingress)) {
      trunks.push(gatewayName(ingress));
      first = listing;
    }
  }
  let sawSuspended = false;
  for (const entry of matched) {
    const { route } = entry;
    let more: string[] = [];
    if (route.bridgeSourcePhoneNumber !== null) {
      const operator = ownerOf(tenant, route.bridgeSourcePhoneNumber);
      sawSuspended ||= suspendedNow(tenant, operator);
      more = operatorTrunks(operator, tenant, down, turn, trunks);
    } else if (mode !== "occ") {
      const set: Weighted[] = [];
      for (const name of route.onlinePstnGatewayList) {
        const isNew = ![...trunks, ...set.map((t) => t.name)].some((n) => same(n, name));
        if (isNew && gatewayUsable(name)) set.push({ name: gatewayName(name), weight: 1 });
      }
      more = turned(set, turn);
    }
    if (more.length > 0) first ??= entry;
    trunks.push(...more);
  }

  if (first === null) {
    const bridges = matched.filter(({ route }) => route.bridgeSourcePhoneNumber !== null);
    const fallsBack = mode === "standard" && tenant.options.bridgeSourceFallbackToMicrosoft;
    if (fallsBack && bridges.length === matched.length) return microsoft;
    const top = matched[0];
    const at: Fields = { ...fields, route: top?.route.identity ?? null, usage: top?.usage ?? null };
    if (sawSuspended) return blocked("OPERATOR_SUSPENDED", at);
    const gateways = matched.filter(
      ({ route }) =>
        route.bridgeSourcePhoneNumber === null && route.onlinePstnGatewayList.length > 0,
    );
    if (mode === "occ" && gateways.length > 0 && bridges.length === 0) {
      return blocked("OCC_GATEWAY_NOT_ALLOWED", at);
    }
    return blocked("NO_TRUNK", at);
  }
  const { usage, route } = first;
  const at: Fields = { ...fields, route: route.identity, usage };
  const number2 = route.bridgeSourcePhoneNumber;
  if (number2 === null) {
    return {
      outcome: "gateway",
      operator: null,
      trunks,
      callerId: ordinaryId,
      ...at,
      reason: null,
    };
  }
  const operator = ownerOf(tenant, number2)?.id ?? "";
  return { outcome: "operator", operator, trunks, callerId: number2, ...at, reason: null };
}
