/**
 * The rules for a route with a BridgeSourcePhoneNumber, by which an operator carries the calls out of
 * meetings (Microsoft: New-CsOnlineVoiceRoute, operator-connect-conferencing-configure).
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { VoiceRoute } from "../model/voice-routing.ts";

/**
 * Whether the number may stand in a route.
 *
 * @problem ROUTE_BRIDGE_AND_GATEWAY, ROUTE_BRIDGE_NOT_OCC, ROUTE_BRIDGE_NOT_ON_BRIDGE
 */
export function checkBridgeSource(
  tenant: Tenant,
  route: VoiceRoute,
  at: SourcePlace | null,
): readonly Problem[] {
  const number = route.bridgeSourcePhoneNumber;
  if (number === null) return [];
  const problems: Problem[] = [];
  if (route.onlinePstnGatewayList.length > 0)
    problems.push(
      problem(
        "ROUTE_BRIDGE_AND_GATEWAY",
        `Voice route "${route.identity}" has both a BridgeSourcePhoneNumber and an OnlinePstnGatewayList`,
        "keep one of them and give the other $null",
        at,
      ),
    );
  return [...problems, ...checkBridgeNumber(tenant, route.identity, number, at)];
}

function checkBridgeNumber(
  tenant: Tenant,
  route: string,
  number: string,
  at: SourcePlace | null,
): readonly Problem[] {
  const candidates = conferencingNumbers(tenant);
  if (!candidates.includes(number)) {
    const others = candidates.slice(0, 3).join(", ");
    return [
      problem(
        "ROUTE_BRIDGE_NOT_OCC",
        `Voice route "${route}": ${number} is no Operator Connect Conferencing number of this tenant`,
        others === ""
          ? "have an operator upload a conferencing number first"
          : `use a conferencing number of an operator, such as ${others}`,
        at,
      ),
    ];
  }
  if (tenant.conferencingBridge?.serviceNumbers.includes(number)) return [];
  return [
    problem(
      "ROUTE_BRIDGE_NOT_ON_BRIDGE",
      `Voice route "${route}": ${number} is not on the audio conferencing bridge`,
      "add the number to the conference bridge first",
      at,
    ),
  ];
}

function conferencingNumbers(tenant: Tenant): readonly string[] {
  return tenant.phoneNumbers
    .filter((n) => n.numberType === "OperatorConnect")
    .filter((n) => n.capability.includes("ConferenceAssignment"))
    .map((n) => n.telephoneNumber);
}

/**
 * What a command would mix that was not mixed before: a usage shared by routes with a bridge number and
 * routes with gateways, or a usage of bridge routes in a policy for users' own calls. What was mixed
 * already (an imported tenant) does not stand in the way of other work. Cost: O(routes + policies).
 *
 * @problem USAGE_MIXED_BRIDGE, USAGE_BRIDGE_IN_OVRP
 */
export function newMixtures(
  before: Tenant,
  after: Tenant,
  at: SourcePlace | null,
): readonly Problem[] {
  const old = mixturesOf(before);
  return [...mixturesOf(after)].filter(([key]) => !old.has(key)).map(([, { tell }]) => tell(at));
}

/** What is mixed in a tenant as it is, each with the BridgeSource route that it is about. */
export function mixturesIn(
  tenant: Tenant,
): readonly { readonly route: VoiceRoute; readonly problem: Problem }[] {
  return [...mixturesOf(tenant).values()].map(({ route, tell }) => {
    const told = tell(null);
    const what = told.what.replace("would be shared", "is shared").replace("would stand", "stands");
    return { route, problem: { ...told, what } };
  });
}

interface Mixture {
  readonly route: VoiceRoute;
  readonly tell: (at: SourcePlace | null) => Problem;
}

type Mixtures = ReadonlyMap<string, Mixture>;

function mixturesOf(tenant: Tenant): Mixtures {
  const bridge = routeByUsage(tenant.onlineVoiceRoutes.filter((r) => r.bridgeSourcePhoneNumber));
  const gateway = routeByUsage(
    tenant.onlineVoiceRoutes.filter((r) => r.onlinePstnGatewayList.length > 0),
  );
  const found = new Map<string, Mixture>();
  for (const [key, route] of bridge) {
    const other = gateway.get(key);
    if (other !== undefined && other !== route)
      found.set(`mixed ${key}`, {
        route,
        tell: (at) => mixed(usageOf(route, key), route, other, at),
      });
  }
  for (const policy of tenant.onlineVoiceRoutingPolicies)
    for (const usage of policy.onlinePstnUsages) {
      const route = bridge.get(nameKey(usage));
      if (route !== undefined)
        found.set(`voice ${policy.identity} ${nameKey(usage)}`, {
          route,
          tell: (at) => inVoicePolicy(usage, route, policy.identity, at),
        });
    }
  return found;
}

function routeByUsage(routes: readonly VoiceRoute[]): ReadonlyMap<string, VoiceRoute> {
  return new Map(routes.flatMap((r) => r.onlinePstnUsages.map((u) => [nameKey(u), r] as const)));
}

/** The usage as the route spells it. */
function usageOf(route: VoiceRoute, key: string): string {
  return route.onlinePstnUsages.find((usage) => nameKey(usage) === key) ?? key;
}

function mixed(
  usage: string,
  bridge: VoiceRoute,
  gateway: VoiceRoute,
  at: SourcePlace | null,
): Problem {
  return problem(
    "USAGE_MIXED_BRIDGE",
    `PSTN usage "${usage}" would be shared by voice route "${bridge.identity}", which has a BridgeSourcePhoneNumber, and voice route "${gateway.identity}", which has gateways`,
    "give the routes with a BridgeSourcePhoneNumber a usage of their own",
    at,
  );
}

function inVoicePolicy(
  usage: string,
  route: VoiceRoute,
  policy: string,
  at: SourcePlace | null,
): Problem {
  return problem(
    "USAGE_BRIDGE_IN_OVRP",
    `PSTN usage "${usage}" of voice route "${route.identity}", which has a BridgeSourcePhoneNumber, would stand in voice routing policy "${policy}"`,
    "use it in an audio conferencing routing policy only",
    at,
  );
}
