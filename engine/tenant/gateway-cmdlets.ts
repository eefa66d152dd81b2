import { nameKey } from "../model/name-key.ts";
import { hasErrors, type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { GATEWAY_DEFAULTS, type PstnGateway } from "../model/voice-routing.ts";
import { changeNames, type Vocabulary } from "./change-names.ts";
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
import {
  alreadyExists,
  findNamed,
  fitsWildcard,
  missingParameter,
  notFound,
} from "./find-named.ts";
import { checkBounds, checkGatewayName, readResponseCodes } from "./gateway-values.ts";

const KIND = "PSTN gateway";
const MAX_PORT = 65_535;
const MAX_SESSIONS = 100_000;
const MAX_FAILOVER_SECONDS = 86_400;

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
  const gateway = fillIn(
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
  const gateway = fillIn(tenant, old, args, problems);
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

/** The gateway with what was given; what cannot be is pushed on `problems`. */
function fillIn(
  tenant: Tenant,
  base: PstnGateway,
  args: CmdletArguments,
  problems: Problem[],
): PstnGateway {
  const bounded = (name: string, old: number, from: number, to: number): number => {
    const given = args.integer(name);
    const bad = given === undefined ? null : checkBounds(name, given, from, to, args.at);
    if (bad !== null) problems.push(bad);
    return given ?? old;
  };
  const rules = (name: string, old: readonly string[]): readonly string[] =>
    translationRules(tenant, name, old, args, problems);
  const description = args.text("Description");
  return {
    ...base,
    sipSignalingPort: bounded("SipSignalingPort", base.sipSignalingPort, 1, MAX_PORT),
    enabled: args.flag("Enabled") ?? base.enabled,
    failoverResponseCodes: responseCodes(base, args, problems),
    failoverTimeSeconds: bounded(
      "FailoverTimeSeconds",
      base.failoverTimeSeconds,
      1,
      MAX_FAILOVER_SECONDS,
    ),
    maxConcurrentSessions: maxSessions(base, args, problems),
    forwardCallHistory: args.flag("ForwardCallHistory") ?? base.forwardCallHistory,
    forwardPai: args.flag("ForwardPai") ?? base.forwardPai,
    sendSipOptions: args.flag("SendSipOptions") ?? base.sendSipOptions,
    mediaBypass: args.flag("MediaBypass") ?? base.mediaBypass,
    description: description === undefined ? base.description : description,
    inboundTeamsNumberTranslationRules: rules(
      "InboundTeamsNumberTranslationRules",
      base.inboundTeamsNumberTranslationRules,
    ),
    inboundPstnNumberTranslationRules: rules(
      "InboundPstnNumberTranslationRules",
      base.inboundPstnNumberTranslationRules,
    ),
    outboundTeamsNumberTranslationRules: rules(
      "OutboundTeamsNumberTranslationRules",
      base.outboundTeamsNumberTranslationRules,
    ),
    outboundPstnNumberTranslationRules: rules(
      "OutboundPstnNumberTranslationRules",
      base.outboundPstnNumberTranslationRules,
    ),
  };
}

function responseCodes(
  base: PstnGateway,
  args: CmdletArguments,
  problems: Problem[],
): readonly number[] {
  const written = args.text("FailoverResponseCodes");
  if (written === undefined) return base.failoverResponseCodes;
  const codes = readResponseCodes(written ?? "");
  if (codes !== null) return codes;
  problems.push(
    problem(
      "CMDLET_INVALID_VALUE",
      `-FailoverResponseCodes "${written}" is no list of SIP response codes`,
      'write codes from 400 to 699, like "408, 503, 504"',
      args.at,
    ),
  );
  return base.failoverResponseCodes;
}

/** `$null` means no limit. */
function maxSessions(base: PstnGateway, args: CmdletArguments, problems: Problem[]): number | null {
  const given = args.integer("MaxConcurrentSessions");
  if (given === undefined) return base.maxConcurrentSessions;
  const bad =
    given === null ? null : checkBounds("MaxConcurrentSessions", given, 1, MAX_SESSIONS, args.at);
  if (bad !== null) problems.push(bad);
  return given;
}

function translationRules(
  tenant: Tenant,
  name: string,
  old: readonly string[],
  args: CmdletArguments,
  problems: Problem[],
): readonly string[] {
  const vocabulary: Vocabulary = {
    noun: "translation rule",
    known: tenant.teamsTranslationRules.map((rule) => rule.identity),
    unknown: "CMDLET_NOT_FOUND",
    duplicate: "LIST_DUPLICATE",
    absent: "LIST_NOT_PRESENT",
    create: (rule) => `create it with New-CsTeamsTranslationRule -Identity ${rule}`,
  };
  const holder = { words: `-${name}`, at: args.at };
  const list = changeNames(old, args.list(name), vocabulary, holder);
  problems.push(...list.problems);
  return list.names;
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
    FailoverResponseCodes: gateway.failoverResponseCodes.join(", "),
    Description: gateway.description,
    InboundTeamsNumberTranslationRules: gateway.inboundTeamsNumberTranslationRules,
    InboundPstnNumberTranslationRules: gateway.inboundPstnNumberTranslationRules,
    OutboundTeamsNumberTranslationRules: gateway.outboundTeamsNumberTranslationRules,
    OutboundPstnNumberTranslationRules: gateway.outboundPstnNumberTranslationRules,
  });
}

/** Parameters of Teams that no routing depends on. */
const NOT_KEPT: readonly CmdletParameter[] = [
  parameter("PidfLoSupported", "bool"),
  parameter("GatewaySiteLbrEnabled", "bool"),
  parameter("GatewayLbrEnabledUserOverride", "bool"),
  parameter("GatewaySiteId", "string"),
  parameter("BypassMode", "string"),
  parameter("IPAddressVersion", "string"),
  parameter("MediaRelayRoutingLocationOverride", "string"),
  parameter("ProxySbc", "string"),
];
const IDENTITY = parameter("Identity", "string", 0);
const FORCE = parameter("Force", "switch");
const VALUES: readonly CmdletParameter[] = [
  IDENTITY,
  parameter("SipSignalingPort", "int", null, ["SipSignallingPort"]),
  parameter("Enabled", "bool"),
  parameter("FailoverResponseCodes", "string"),
  parameter("FailoverTimeSeconds", "int"),
  parameter("MaxConcurrentSessions", "int"),
  parameter("ForwardCallHistory", "bool"),
  parameter("ForwardPai", "bool"),
  parameter("SendSipOptions", "bool"),
  parameter("MediaBypass", "bool"),
  parameter("Description", "string"),
  parameter("InboundTeamsNumberTranslationRules", "list"),
  parameter("InboundPstnNumberTranslationRules", "list"),
  parameter("OutboundTeamsNumberTranslationRules", "list", null, [
    "OutbundTeamsNumberTranslationRules",
  ]),
  parameter("OutboundPstnNumberTranslationRules", "list"),
  ...NOT_KEPT,
  FORCE,
];

function cmdlet(verb: string, parameters: readonly CmdletParameter[], run: Cmdlet["run"]): Cmdlet {
  return {
    signature: { name: `${verb}-CsOnlinePSTNGateway`, parameters },
    notKept: NOT_KEPT.map((p) => p.name),
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
