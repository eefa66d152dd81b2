import { nameKey } from "../model/name-key.ts";
import { hasErrors, type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { GATEWAY_DEFAULTS, type PstnGateway } from "../model/voice-routing.ts";
import {
  type Cmdlet,
  changed,
  created,
  outputObject,
  parameter,
  printed,
  refused,
} from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { fillGateway, GATEWAY_VALUES } from "./fill-gateway.ts";
import {
  alreadyExists,
  findNamed,
  fitsWildcard,
  missingParameter,
  notFound,
} from "./find-named.ts";
import { checkGatewayName } from "./gateway-values.ts";

const KIND = "PSTN gateway";

/** The gateways that the tenant itself manages; a carrier's derived trunks are not listed. */
function ownGateways(tenant: Tenant): readonly PstnGateway[] {
  return tenant.onlinePstnGateways.filter((gateway) => !gateway.derived);
}

function identityOf(args: CmdletArguments): string {
  return (args.text("Identity") ?? args.text("Fqdn") ?? "").trim();
}

/**
 * `New-CsOnlinePSTNGateway`.
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_CONFLICTING_PARAMETERS, CMDLET_ALREADY_EXISTS,
 * CMDLET_INVALID_VALUE, GATEWAY_UNKNOWN_DOMAIN, CMDLET_NOT_FOUND for a translation rule
 */
function newGateway(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = identityOf(args);
  const cmdlet = "New-CsOnlinePSTNGateway";
  if (args.has("Identity") && args.has("Fqdn"))
    return refused(tenant, [
      problem(
        "CMDLET_CONFLICTING_PARAMETERS",
        "-Identity and -Fqdn are the same thing and cannot both be given",
        "leave -Identity out",
        args.at,
      ),
    ]);
  if (identity === "") return refused(tenant, [missingParameter("Identity", cmdlet, args.at)]);
  if (findNamed(tenant.onlinePstnGateways, identity) !== undefined)
    return refused(tenant, [alreadyExists(KIND, identity, "Set-CsOnlinePSTNGateway", args.at)]);
  const badName = checkGatewayName(tenant, identity, args.at);
  if (badName !== null) return refused(tenant, [badName]);
  if (!args.has("SipSignalingPort"))
    return refused(tenant, [missingParameter("SipSignalingPort", cmdlet, args.at)]);
  const problems: Problem[] = [];
  const gateway = fillGateway(
    tenant,
    { ...GATEWAY_DEFAULTS, identity, sipSignalingPort: 0 },
    args,
    problems,
  );
  if (hasErrors(problems)) return refused(tenant, problems);
  const after = { ...tenant, onlinePstnGateways: [...tenant.onlinePstnGateways, gateway] };
  return created(after, asOutput(gateway), problems);
}

function setGateway(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = findOwn(tenant, args, "Set-CsOnlinePSTNGateway");
  if ("code" in old) return refused(tenant, [old]);
  const problems: Problem[] = [];
  const gateway = fillGateway(tenant, old, args, problems);
  if (hasErrors(problems)) return refused(tenant, problems);
  const gateways = tenant.onlinePstnGateways.map((g) => (g === old ? gateway : g));
  return changed({ ...tenant, onlinePstnGateways: gateways }, problems);
}

function findOwn(tenant: Tenant, args: CmdletArguments, cmdlet: string): PstnGateway | Problem {
  const identity = identityOf(args);
  if (identity === "") return missingParameter("Identity", cmdlet, args.at);
  const own = ownGateways(tenant);
  return findNamed(own, identity) ?? notFound(KIND, identity, own, args.at);
}

/** @problem GATEWAY_IN_USE a voice route names the gateway; the text is the service's own (observed) */
function removeGateway(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = findOwn(tenant, args, "Remove-CsOnlinePSTNGateway");
  if ("code" in old) return refused(tenant, [old]);
  const routes = tenant.onlineVoiceRoutes
    .filter((route) =>
      route.onlinePstnGatewayList.some((g) => nameKey(g) === nameKey(old.identity)),
    )
    .map((route) => `"${route.identity}"`);
  if (routes.length > 0)
    return refused(tenant, [
      problem(
        "GATEWAY_IN_USE",
        `Can not remove 'OnlinePSTNGateway' "${old.identity}", linked 'OnlineVoiceRoute' exists. Use 'Remove-CsOnlineVoiceRoute'`,
        `take it out of voice route ${routes.slice(0, 5).join(", ")} first`,
        args.at,
      ),
    ]);
  const gateways = tenant.onlinePstnGateways.filter((gateway) => gateway !== old);
  return changed({ ...tenant, onlinePstnGateways: gateways });
}

function getGateway(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const own = ownGateways(tenant);
  const identity = args.text("Identity")?.trim();
  if (identity === undefined) {
    const filter = args.text("Filter") ?? "*";
    return printed(tenant, own.filter((g) => fitsWildcard(g.identity, filter)).map(asOutput));
  }
  const found = findNamed(own, identity);
  if (found === undefined) return refused(tenant, [notFound(KIND, identity, own, args.at)]);
  return printed(tenant, [asOutput(found)]);
}

function asOutput(gateway: PstnGateway): OutputObject {
  return outputObject({
    Identity: gateway.identity,
    Fqdn: gateway.identity,
    SipSignalingPort: gateway.sipSignalingPort,
    FailoverTimeSeconds: gateway.failoverTimeSeconds,
    ForwardCallHistory: gateway.forwardCallHistory,
    ForwardPai: gateway.forwardPai,
    SendSipOptions: gateway.sendSipOptions,
    MaxConcurrentSessions: gateway.maxConcurrentSessions,
    Enabled: gateway.enabled,
    MediaBypass: gateway.mediaBypass,
    BypassMode: gateway.bypassMode,
    IPAddressVersion: gateway.ipAddressVersion,
    PidfLoSupported: gateway.pidfLoSupported,
    GatewaySiteId: gateway.gatewaySiteId,
    GatewaySiteLbrEnabled: gateway.gatewaySiteLbrEnabled,
    GatewayLbrEnabledUserOverride: gateway.gatewayLbrEnabledUserOverride,
    MediaRelayRoutingLocationOverride: gateway.mediaRelayRoutingLocationOverride,
    ProxySbc: gateway.proxySbc,
    FailoverResponseCodes: gateway.failoverResponseCodes.join(", "),
    Description: gateway.description,
    InboundTeamsNumberTranslationRules: gateway.inboundTeamsNumberTranslationRules,
    InboundPstnNumberTranslationRules: gateway.inboundPstnNumberTranslationRules,
    OutboundTeamsNumberTranslationRules: gateway.outboundTeamsNumberTranslationRules,
    OutboundPstnNumberTranslationRules: gateway.outboundPstnNumberTranslationRules,
  });
}

const IDENTITY = parameter("Identity", "string", 0);
const FORCE = parameter("Force", "switch");
const VALUES: readonly CmdletParameter[] = [IDENTITY, ...GATEWAY_VALUES, FORCE];

function cmdlet(verb: string, parameters: readonly CmdletParameter[], run: Cmdlet["run"]): Cmdlet {
  return {
    signature: { name: `${verb}-CsOnlinePSTNGateway`, parameters },
    notKept: [],
    run,
  };
}

/** The cmdlets of Direct Routing gateways. */
export const GATEWAY_CMDLETS: readonly Cmdlet[] = [
  cmdlet("New", [...VALUES, parameter("Fqdn", "string")], newGateway),
  cmdlet("Set", VALUES, setGateway),
  cmdlet("Get", [IDENTITY, parameter("Filter", "string")], getGateway),
  cmdlet("Remove", [IDENTITY, FORCE], removeGateway),
];
