import { entriesOfPolicy } from "../../compile/policy-entries.ts";
import { nameKey } from "../../model/name-key.ts";
import { GLOBAL } from "../../model/policies-of-type.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { ResourceAccount, User } from "../../model/user.ts";
import type { RoutingPolicy } from "../../model/voice-routing.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { type CheckFinding, command, counted, fewOf, fewQuoted, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Users half way between Direct Routing and what they have now: their policy still leads to gateways, and
 * a matching route of a policy takes a call whatever kind of number the caller has (documented:
 * Microsoft, direct-routing-voice-routing, "caution", and dial-plans-routing-overview).
 *
 * @problem POLICY_HITS_OC_OR_CP_USER, SHARED_CALLING_USAGES, NUMBER_ON_PREMISES
 */
export function migrationFindings(ground: CheckGround): readonly CheckFinding[] {
  const holding = ground.holding("OnlineVoiceRoutingPolicy");
  const captured = holding.policies.flatMap((policy, index) => {
    const routes = gatewayRoutes(ground.tenant, policy);
    if (routes.length === 0) return [];
    const users = holding.usersOf[index] ?? [];
    const holders = [...users, ...(holding.accountsOf[index] ?? [])];
    return [
      ...capturedUsers(ground, policy, routes, holders),
      ...sharedCallers(ground, policy, routes, users),
    ];
  });
  return [...captured, ...onPremises(ground)];
}

/** Names of the routes with gateways to which a policy leads, in the order they are tried. */
function gatewayRoutes(tenant: Tenant, policy: RoutingPolicy): readonly string[] {
  return entriesOfPolicy(policy, tenant.onlineVoiceRoutes).flatMap(({ route }) => {
    const { identity, onlinePstnGatewayList } = tenant.onlineVoiceRoutes[route] ?? {};
    return identity !== undefined && (onlinePstnGatewayList?.length ?? 0) > 0 ? [identity] : [];
  });
}

type Holder = User | ResourceAccount;

const SOURCES = {
  direct: "granted to them directly: what is left of Direct Routing",
  group: "assigned to their group",
  global: "which counts for everybody without another",
} as const;

function capturedUsers(
  ground: CheckGround,
  policy: RoutingPolicy,
  routes: readonly string[],
  holders: readonly Holder[],
): readonly CheckFinding[] {
  const holding = ground.holding("OnlineVoiceRoutingPolicy");
  return (["direct", "group", "global"] as const).flatMap((source) => {
    const captured = holders.filter(
      (user) => holding.of(user).policySource === source && isNotDirectRouting(ground, user),
    );
    if (captured.length === 0) return [];
    const names = captured.map((user) => user.userPrincipalName);
    const kinds = [...new Set(captured.map((user) => ground.numberTypeOf(user)))].join(", ");
    return [
      finding(
        "POLICY_HITS_OC_OR_CP_USER",
        `Voice routing policy "${policy.identity}", ${SOURCES[source]}, sends calls of ${counted(captured.length, "user")} with ${kinds} numbers (${fewOf(names)}) to Direct Routing by voice route ${fewQuoted([...new Set(routes)])}`,
        "grant them a voice routing policy without usages ($null would fall back to Global)",
        placeOf(ground.tenant, policy, captured, source),
        { users: names, cure: awayFromGateways(ground, names) },
      ),
    ];
  });
}

function isNotDirectRouting(ground: CheckGround, holder: Holder): boolean {
  const type = ground.numberTypeOf(holder);
  return type !== null && type !== "DirectRouting";
}

/** A single user's own grant, else the policy. */
function placeOf(
  tenant: Tenant,
  policy: RoutingPolicy,
  holders: readonly Holder[],
  source: keyof typeof SOURCES,
): readonly (string | number)[] {
  const [only] = holders;
  const user = tenant.users.findIndex((user) => Object.is(user, only));
  if (source === "direct" && holders.length === 1 && user !== -1) {
    return ["users", user, "onlineVoiceRoutingPolicy"];
  }
  return ["onlineVoiceRoutingPolicies", tenant.onlineVoiceRoutingPolicies.indexOf(policy)];
}

/** Name of the policy without usages that a cure makes when the tenant has none. */
const EMPTY_POLICY = "No Direct Routing";

/** Grants of a policy without usages: one that is there, else a new one. */
export function awayFromGateways(
  { tenant }: CheckGround,
  users: readonly string[],
): readonly CmdletInvocation[] {
  const empty = tenant.onlineVoiceRoutingPolicies.find(
    ({ identity, onlinePstnUsages }) =>
      onlinePstnUsages.length === 0 && nameKey(identity) !== nameKey(GLOBAL),
  );
  const name = empty?.identity ?? freeName(tenant);
  const made =
    empty === undefined ? [command("New-CsOnlineVoiceRoutingPolicy", { Identity: name })] : [];
  return [
    ...made,
    ...users.map((user) =>
      command("Grant-CsOnlineVoiceRoutingPolicy", { Identity: user, PolicyName: name }),
    ),
  ];
}

function freeName({ onlineVoiceRoutingPolicies }: Tenant): string {
  const taken = new Set(onlineVoiceRoutingPolicies.map(({ identity }) => nameKey(identity)));
  let name = EMPTY_POLICY;
  for (let i = 2; taken.has(nameKey(name)); i++) name = `${EMPTY_POLICY} ${i}`;
  return name;
}

/** Users of shared calling must not have usages (documented: Microsoft, shared-calling-plan). */
function sharedCallers(
  ground: CheckGround,
  policy: RoutingPolicy,
  routes: readonly string[],
  users: readonly User[],
): readonly CheckFinding[] {
  const shared = ground.holding("TeamsSharedCallingRoutingPolicy");
  const callers = users.filter(
    (user) =>
      user.lineUri === null &&
      user.enterpriseVoiceEnabled &&
      shared.policies[shared.of(user).index]?.resourceAccount != null,
  );
  if (callers.length === 0) return [];
  const names = callers.map((user) => user.userPrincipalName);
  return [
    finding(
      "SHARED_CALLING_USAGES",
      `Voice routing policy "${policy.identity}" has usages, and counts for ${counted(callers.length, "user")} of shared calling (${fewOf(names)}): their calls go to Direct Routing by voice route ${fewQuoted([...new Set(routes)])} instead of by the shared number`,
      "grant them a voice routing policy without usages",
      ["onlineVoiceRoutingPolicies", ground.tenant.onlineVoiceRoutingPolicies.indexOf(policy)],
      { users: names, cure: awayFromGateways(ground, names) },
    ),
  ];
}

/** Numbers that are still written on premises stand in the way of what is assigned online. */
function onPremises(ground: CheckGround): readonly CheckFinding[] {
  return ground.tenant.users.flatMap((user, index) => {
    if (user.onPremLineUri === null || !isNotDirectRouting(ground, user)) return [];
    return [
      finding(
        "NUMBER_ON_PREMISES",
        `The line URI of ${user.userPrincipalName} is still written on premises (${user.onPremLineUri}), although the number is of type ${ground.numberTypeOf(user)}`,
        `clear it on premises: Set-CsUser -Identity ${user.userPrincipalName} -OnPremLineURI $null`,
        ["users", index, "onPremLineUri"],
        { users: [user.userPrincipalName] },
      ),
    ];
  });
}
