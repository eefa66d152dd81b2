import { nameKey } from "../../model/name-key.ts";
import { didYouMean } from "../../model/nearest-name.ts";
import type { VoiceRoute } from "../../model/voice-routing.ts";
import { checkBridgeSource } from "../../tenant/bridge-source-rules.ts";
import { type CheckFinding, command, fewQuoted, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";
import { listDuplicates } from "./list-duplicates.ts";

/** The route of a fresh tenant, which stays without usages and gateways for good. */
const DEFAULT_ROUTE = "localroute";

/**
 * Voice routes that lead nowhere, or name what is not there (Microsoft: New-CsOnlineVoiceRoute).
 *
 * @problem ROUTE_NO_USAGE, ROUTE_NO_TARGET, ROUTE_UNKNOWN_USAGE, ROUTE_UNKNOWN_GATEWAY,
 * ROUTE_DERIVED_TRUNK, ROUTE_BRIDGE_AND_GATEWAY, ROUTE_BRIDGE_NOT_OCC, ROUTE_BRIDGE_NOT_ON_BRIDGE,
 * GATEWAY_ALL_DISABLED, LIST_DUPLICATE
 */
export function routeFindings(ground: CheckGround): readonly CheckFinding[] {
  const usages = new Set(ground.tenant.onlinePstnUsages.map(nameKey));
  const gateways = new Map(ground.tenant.onlinePstnGateways.map((g) => [nameKey(g.identity), g]));
  return ground.tenant.onlineVoiceRoutes.flatMap((route, index) => {
    if (isUntouchedDefault(route)) return [];
    return [
      ...emptyLists(route, index),
      ...unknownUsages(ground, route, index, usages),
      ...gatewayFindings(ground, route, index, gateways),
      ...bridgeFindings(ground, route, index),
      ...repeated(route, index),
    ];
  });
}

function isUntouchedDefault(route: VoiceRoute): boolean {
  return nameKey(route.identity) === DEFAULT_ROUTE && route.onlinePstnGatewayList.length === 0;
}

function emptyLists(route: VoiceRoute, index: number): readonly CheckFinding[] {
  const findings: CheckFinding[] = [];
  if (route.onlinePstnUsages.length === 0) {
    findings.push(
      finding(
        "ROUTE_NO_USAGE",
        `Voice route "${route.identity}" has no PSTN usage: no policy leads to it`,
        "give it a usage of the policies that should use it, or remove it",
        ["onlineVoiceRoutes", index, "onlinePstnUsages"],
      ),
    );
  }
  if (route.onlinePstnGatewayList.length === 0 && route.bridgeSourcePhoneNumber === null) {
    findings.push(
      finding(
        "ROUTE_NO_TARGET",
        `Voice route "${route.identity}" has neither gateways nor a BridgeSourcePhoneNumber: numbers that match it go nowhere`,
        "give it gateways, or remove it",
        ["onlineVoiceRoutes", index],
      ),
    );
  }
  return findings;
}

function unknownUsages(
  { tenant }: CheckGround,
  route: VoiceRoute,
  index: number,
  usages: ReadonlySet<string>,
): readonly CheckFinding[] {
  return route.onlinePstnUsages.flatMap((usage, at) => {
    if (usages.has(nameKey(usage))) return [];
    return [
      finding(
        "ROUTE_UNKNOWN_USAGE",
        `Voice route "${route.identity}" names PSTN usage "${usage}", which does not exist`,
        didYouMean(usage, tenant.onlinePstnUsages) ?? "create the usage, or take it out",
        ["onlineVoiceRoutes", index, "onlinePstnUsages", at],
      ),
    ];
  });
}

function gatewayFindings(
  { tenant }: CheckGround,
  route: VoiceRoute,
  index: number,
  gateways: ReadonlyMap<string, { readonly enabled: boolean; readonly derived: boolean }>,
): readonly CheckFinding[] {
  const list = route.onlinePstnGatewayList;
  const known = list.filter((name) => gateways.has(nameKey(name)));
  const findings: CheckFinding[] = [];
  for (const [at, name] of list.entries()) {
    const path = ["onlineVoiceRoutes", index, "onlinePstnGatewayList", at];
    const gateway = gateways.get(nameKey(name));
    if (gateway === undefined) {
      const hint =
        didYouMean(
          name,
          tenant.onlinePstnGateways.map((g) => g.identity),
        ) ?? "create the gateway, declare it as derived, or take it out of the route";
      const rest = known.length === 0 ? [] : [setList(route, "OnlinePstnGatewayList", known)];
      const what = `Voice route "${route.identity}" names gateway "${name}", which does not exist`;
      findings.push(finding("ROUTE_UNKNOWN_GATEWAY", what, hint, path, { cure: rest }));
    } else if (gateway.derived) {
      const what = `Voice route "${route.identity}" names "${name}", a derived trunk: Get-CsOnlinePSTNGateway of this tenant does not list it`;
      const hint = "nothing, as long as the carrier keeps the trunk in its own tenant";
      findings.push(finding("ROUTE_DERIVED_TRUNK", what, hint, path));
    }
  }
  if (known.length > 0 && known.every((name) => gateways.get(nameKey(name))?.enabled === false)) {
    findings.push(
      finding(
        "GATEWAY_ALL_DISABLED",
        `Voice route "${route.identity}" has no gateway that is enabled (${fewQuoted(known)}): calls that match it fail`,
        "enable one with Set-CsOnlinePSTNGateway -Enabled $true",
        ["onlineVoiceRoutes", index, "onlinePstnGatewayList"],
      ),
    );
  }
  return findings;
}

function setList(
  route: VoiceRoute,
  parameter: "OnlinePstnGatewayList" | "OnlinePstnUsages",
  list: readonly string[],
): ReturnType<typeof command> {
  return command("Set-CsOnlineVoiceRoute", { Identity: route.identity, [parameter]: list });
}

function bridgeFindings(
  { tenant }: CheckGround,
  route: VoiceRoute,
  index: number,
): readonly CheckFinding[] {
  return checkBridgeSource(tenant, route, null).map(({ code, what, hint }) =>
    finding(code, what, hint, ["onlineVoiceRoutes", index, "bridgeSourcePhoneNumber"]),
  );
}

function repeated(route: VoiceRoute, index: number): readonly CheckFinding[] {
  const owner = `Voice route "${route.identity}"`;
  return [
    ...listDuplicates(
      owner,
      "PSTN usage",
      route.onlinePstnUsages,
      ["onlineVoiceRoutes", index, "onlinePstnUsages"],
      (list) => [setList(route, "OnlinePstnUsages", list)],
    ),
    ...listDuplicates(
      owner,
      "gateway",
      route.onlinePstnGatewayList,
      ["onlineVoiceRoutes", index, "onlinePstnGatewayList"],
      (list) => [setList(route, "OnlinePstnGatewayList", list)],
    ),
  ];
}
