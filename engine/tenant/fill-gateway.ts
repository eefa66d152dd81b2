/**
 * What is given to New- and Set-CsOnlinePSTNGateway (documented: Microsoft, New-CsOnlinePSTNGateway).
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem } from "../model/problem.ts";
import { parseResponseCodes } from "../model/response-codes.ts";
import type { Tenant } from "../model/tenant.ts";
import type { PstnGateway } from "../model/voice-routing.ts";
import { changeNames, type Vocabulary } from "./change-names.ts";
import { parameter } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter } from "./cmdlet-invocation.ts";
import { checkBounds } from "./gateway-values.ts";

const MAX_PORT = 65_535;
const MAX_SESSIONS = 100_000;
const MAX_FAILOVER_SECONDS = 86_400;

/** The gateway with what was given; what cannot be is pushed on `problems`. */
export function fillGateway(
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
  const text = (name: string, old: string | null): string | null => {
    const value = args.text(name);
    return value === undefined ? old : value || null;
  };
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
    ...mediaValues(base, args, problems),
    pidfLoSupported: args.flag("PidfLoSupported") ?? base.pidfLoSupported,
    gatewaySiteId: text("GatewaySiteId", base.gatewaySiteId),
    gatewaySiteLbrEnabled: args.flag("GatewaySiteLbrEnabled") ?? base.gatewaySiteLbrEnabled,
    gatewayLbrEnabledUserOverride:
      args.flag("GatewayLbrEnabledUserOverride") ?? base.gatewayLbrEnabledUserOverride,
    mediaRelayRoutingLocationOverride: text(
      "MediaRelayRoutingLocationOverride",
      base.mediaRelayRoutingLocationOverride,
    ),
    proxySbc: text("ProxySbc", base.proxySbc),
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

const BYPASS_MODES = ["None", "Always", "OnlyForLocalUsers"] as const;
const IP_VERSIONS = ["IPv4", "IPv6"] as const;

/**
 * How media passes: IPv6 is there only without media bypass (documented: Microsoft,
 * New-CsOnlinePSTNGateway).
 */
function mediaValues(
  base: PstnGateway,
  args: CmdletArguments,
  problems: Problem[],
): Pick<PstnGateway, "mediaBypass" | "bypassMode" | "ipAddressVersion"> {
  const values = {
    mediaBypass: args.flag("MediaBypass") ?? base.mediaBypass,
    bypassMode: wordOf("BypassMode", BYPASS_MODES, base.bypassMode, args, problems),
    ipAddressVersion: wordOf(
      "IPAddressVersion",
      IP_VERSIONS,
      base.ipAddressVersion,
      args,
      problems,
    ),
  };
  const given = args.has("MediaBypass") || args.has("IPAddressVersion");
  if (given && values.mediaBypass && values.ipAddressVersion === "IPv6")
    problems.push(
      problem(
        "CMDLET_CONFLICTING_PARAMETERS",
        `PSTN gateway "${base.identity}": IPAddressVersion IPv6 works only without media bypass`,
        "give -MediaBypass $false, or -IPAddressVersion IPv4",
        args.at,
      ),
    );
  return values;
}

/** One of a few words, in any case; `$null` means the first. */
function wordOf<Word extends string>(
  name: string,
  words: readonly [Word, ...Word[]],
  old: Word,
  args: CmdletArguments,
  problems: Problem[],
): Word {
  const written = args.text(name);
  if (written === undefined) return old;
  if (written === null || written === "") return words[0];
  const known = words.find((word) => nameKey(word) === nameKey(written));
  if (known !== undefined) return known;
  problems.push(
    problem(
      "CMDLET_INVALID_VALUE",
      `-${name} cannot be "${written}"`,
      didYouMean(written, words) ?? `use ${words.join(", ")}`,
      args.at,
    ),
  );
  return old;
}

function responseCodes(
  base: PstnGateway,
  args: CmdletArguments,
  problems: Problem[],
): readonly number[] {
  const written = args.text("FailoverResponseCodes");
  if (written === undefined) return base.failoverResponseCodes;
  const codes = parseResponseCodes(written ?? "");
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

/** Parameters of a gateway beside its name. */
export const GATEWAY_VALUES: readonly CmdletParameter[] = [
  parameter("SipSignalingPort", "int", null, ["SipSignallingPort"]),
  parameter("Enabled", "bool"),
  parameter("FailoverResponseCodes", "string"),
  parameter("FailoverTimeSeconds", "int"),
  parameter("MaxConcurrentSessions", "int"),
  parameter("ForwardCallHistory", "bool"),
  parameter("ForwardPai", "bool"),
  parameter("SendSipOptions", "bool"),
  parameter("MediaBypass", "bool"),
  parameter("BypassMode", "string"),
  parameter("IPAddressVersion", "string"),
  parameter("PidfLoSupported", "bool"),
  parameter("GatewaySiteId", "string"),
  parameter("GatewaySiteLbrEnabled", "bool"),
  parameter("GatewayLbrEnabledUserOverride", "bool"),
  parameter("MediaRelayRoutingLocationOverride", "string"),
  parameter("ProxySbc", "string"),
  parameter("Description", "string"),
  parameter("InboundTeamsNumberTranslationRules", "list"),
  parameter("InboundPstnNumberTranslationRules", "list"),
  parameter("OutboundTeamsNumberTranslationRules", "list", null, [
    "OutbundTeamsNumberTranslationRules",
  ]),
  parameter("OutboundPstnNumberTranslationRules", "list"),
];
