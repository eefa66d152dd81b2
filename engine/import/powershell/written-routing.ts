/**
 * The commands that make PSTN usages, gateways with their translation rules, and voice routes.
 *
 * @module
 */
import type { Tenant } from "../../model/tenant.ts";
import { GATEWAY_DEFAULTS, type PstnGateway, type VoiceRoute } from "../../model/voice-routing.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { call, listOrNone, type ObjectKind, unless } from "./written-kind.ts";

export const USAGES: ObjectKind = {
  name: "usages",
  title: "PSTN usages",
  needs: [],
  parts: ["onlinePstnUsages"],
  without: (tenant) => ({ ...tenant, onlinePstnUsages: [] }),
  calls: (tenant) =>
    tenant.onlinePstnUsages.map((usage) =>
      call("Set-CsOnlinePstnUsage", {
        Identity: "Global",
        Usage: { kind: "table", entries: [["Add", usage]] },
      }),
    ),
};

export const TRANSLATION_RULES: ObjectKind = {
  name: "translation rules",
  title: "Number translation rules of gateways",
  needs: [],
  parts: ["teamsTranslationRules"],
  without: (tenant) => ({ ...tenant, teamsTranslationRules: [] }),
  calls: (tenant) =>
    tenant.teamsTranslationRules.map((rule) =>
      call("New-CsTeamsTranslationRule", {
        Identity: rule.identity,
        Pattern: rule.pattern,
        Translation: rule.translation,
        Description: rule.description ?? undefined,
      }),
    ),
};

export const GATEWAYS: ObjectKind = {
  name: "gateways",
  title: "PSTN gateways",
  needs: ["translation rules"],
  parts: ["onlinePstnGateways"],
  without: (tenant) => ({
    ...tenant,
    onlinePstnGateways: tenant.onlinePstnGateways.slice(0, gatewaysToKeep(tenant)),
  }),
  calls: (tenant) => tenant.onlinePstnGateways.slice(gatewaysToKeep(tenant)).map(newGateway),
};

/** How many of the first gateways stay: all up to the last derived trunk, which no cmdlet makes. */
function gatewaysToKeep(tenant: Tenant): number {
  return tenant.onlinePstnGateways.findLastIndex((gateway) => gateway.derived) + 1;
}

function newGateway(gateway: PstnGateway): CmdletInvocation {
  const usual = GATEWAY_DEFAULTS;
  return call("New-CsOnlinePSTNGateway", {
    Identity: gateway.identity,
    SipSignalingPort: gateway.sipSignalingPort,
    Enabled: gateway.enabled,
    FailoverResponseCodes: gateway.failoverResponseCodes.join(", "),
    FailoverTimeSeconds: gateway.failoverTimeSeconds,
    MaxConcurrentSessions: gateway.maxConcurrentSessions ?? undefined,
    ForwardCallHistory: gateway.forwardCallHistory,
    ForwardPai: gateway.forwardPai,
    SendSipOptions: gateway.sendSipOptions,
    MediaBypass: gateway.mediaBypass,
    BypassMode: unless(gateway.bypassMode, usual.bypassMode),
    IPAddressVersion: unless(gateway.ipAddressVersion, usual.ipAddressVersion),
    PidfLoSupported: unless(gateway.pidfLoSupported, usual.pidfLoSupported),
    GatewaySiteId: gateway.gatewaySiteId ?? undefined,
    GatewaySiteLbrEnabled: unless(gateway.gatewaySiteLbrEnabled, usual.gatewaySiteLbrEnabled),
    GatewayLbrEnabledUserOverride: unless(
      gateway.gatewayLbrEnabledUserOverride,
      usual.gatewayLbrEnabledUserOverride,
    ),
    MediaRelayRoutingLocationOverride: gateway.mediaRelayRoutingLocationOverride ?? undefined,
    ProxySbc: gateway.proxySbc ?? undefined,
    Description: gateway.description ?? undefined,
    InboundTeamsNumberTranslationRules: listOrNone(gateway.inboundTeamsNumberTranslationRules),
    InboundPstnNumberTranslationRules: listOrNone(gateway.inboundPstnNumberTranslationRules),
    OutboundTeamsNumberTranslationRules: listOrNone(gateway.outboundTeamsNumberTranslationRules),
    OutboundPstnNumberTranslationRules: listOrNone(gateway.outboundPstnNumberTranslationRules),
  });
}

export const ROUTES: ObjectKind = {
  name: "routes",
  title: "Voice routes",
  needs: ["usages", "gateways"],
  parts: ["onlineVoiceRoutes"],
  without: (tenant) => ({ ...tenant, onlineVoiceRoutes: [] }),
  calls: (tenant) => tenant.onlineVoiceRoutes.map(newRoute),
};

function newRoute(route: VoiceRoute): CmdletInvocation {
  return call("New-CsOnlineVoiceRoute", {
    Identity: route.identity,
    NumberPattern: route.numberPattern,
    Priority: route.priority,
    OnlinePstnUsages: listOrNone(route.onlinePstnUsages),
    OnlinePstnGatewayList: listOrNone(route.onlinePstnGatewayList),
    BridgeSourcePhoneNumber: route.bridgeSourcePhoneNumber ?? undefined,
    Description: route.description ?? undefined,
  });
}
