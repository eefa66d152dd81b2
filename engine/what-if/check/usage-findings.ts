import { nameKey } from "../../model/name-key.ts";
import { mixturesIn } from "../../tenant/bridge-source-rules.ts";
import { type CheckFinding, command, fewQuoted, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * PSTN usages that lead nowhere, or that nothing leads to, and those that mix operators with gateways
 * (Microsoft: New-CsOnlineVoiceRoute, parameter BridgeSourcePhoneNumber).
 *
 * @problem USAGE_UNUSED, USAGE_NO_ROUTE, USAGE_MIXED_BRIDGE, USAGE_BRIDGE_IN_OVRP
 */
export function usageFindings(ground: CheckGround): readonly CheckFinding[] {
  const users = usersOfUsages(ground);
  const unused = ground.tenant.onlinePstnUsages.flatMap((usage, index) => {
    const routes = ground.routesByUsage.get(nameKey(usage)) ?? [];
    const policies = users.get(nameKey(usage)) ?? [];
    if (policies.length === 0) return [unusedUsage(usage, index, routes.length)];
    return routes.length === 0 ? [withoutRoute(usage, index, policies)] : [];
  });
  return [...unused, ...mixtures(ground)];
}

/** Names of the policies that have each usage. */
function usersOfUsages({ tenant }: CheckGround): ReadonlyMap<string, readonly string[]> {
  const byUsage = new Map<string, string[]>();
  const add = (usage: string | null, policy: string): void => {
    if (usage === null) return;
    const policies = byUsage.get(nameKey(usage));
    if (policies === undefined) byUsage.set(nameKey(usage), [policy]);
    else policies.push(policy);
  };
  const routing = [
    ...tenant.onlineVoiceRoutingPolicies,
    ...tenant.onlineAudioConferencingRoutingPolicies,
  ];
  for (const { identity, onlinePstnUsages } of routing) {
    for (const usage of onlinePstnUsages) add(usage, identity);
  }
  for (const { identity, emergencyNumbers } of tenant.teamsEmergencyCallRoutingPolicies) {
    for (const { onlinePstnUsage } of emergencyNumbers) add(onlinePstnUsage, identity);
  }
  return byUsage;
}

function unusedUsage(usage: string, index: number, routes: number): CheckFinding {
  const what =
    routes === 0
      ? `PSTN usage "${usage}" stands in no policy and in no voice route`
      : `PSTN usage "${usage}" stands in no policy: nothing leads to its ${routes} voice route${routes === 1 ? "" : "s"} by it`;
  const cure =
    routes === 0
      ? [
          command("Set-CsOnlinePstnUsage", {
            Identity: "Global",
            Usage: { kind: "table", entries: [["Remove", usage]] },
          }),
        ]
      : [];
  return finding(
    "USAGE_UNUSED",
    what,
    routes === 0 ? "remove it" : "put it into the policies that should use it, or remove it",
    ["onlinePstnUsages", index],
    { cure },
  );
}

function withoutRoute(usage: string, index: number, policies: readonly string[]): CheckFinding {
  return finding(
    "USAGE_NO_ROUTE",
    `PSTN usage "${usage}" of policy ${fewQuoted(policies)} has no voice route: it leads nowhere`,
    "give the usage to a voice route, or take it out of the policies",
    ["onlinePstnUsages", index],
  );
}

function mixtures({ tenant }: CheckGround): readonly CheckFinding[] {
  return mixturesIn(tenant).map(({ problem: { code, what, hint }, route }) =>
    finding(code, what, hint, [
      "onlineVoiceRoutes",
      tenant.onlineVoiceRoutes.indexOf(route),
      "onlinePstnUsages",
    ]),
  );
}
