import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { VoiceRoute } from "../model/voice-routing.ts";
import { compilePattern } from "../pattern/compile-pattern.ts";
import { changeNames, usageVocabulary, type Vocabulary } from "./change-names.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import { readTelephoneNumber } from "./telephone-number.ts";

/** A value with what was said on the way to it. */
interface Judged<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

/**
 * The route with what was given in place of what it had.
 *
 * @problem ROUTE_UNKNOWN_USAGE, ROUTE_UNKNOWN_GATEWAY, CMDLET_INVALID_VALUE, REGEX_INVALID,
 * REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX; warnings USAGE_DUPLICATE, USAGE_NOT_PRESENT, LIST_DUPLICATE, LIST_NOT_PRESENT
 */
export function fillInRoute(
  tenant: Tenant,
  base: VoiceRoute,
  args: CmdletArguments,
): Judged<VoiceRoute> {
  const holder = { words: `Voice route "${base.identity}"`, at: args.at };
  const usages = changeNames(
    base.onlinePstnUsages,
    args.list("OnlinePstnUsages"),
    usageVocabulary(tenant.onlinePstnUsages, "ROUTE_UNKNOWN_USAGE"),
    holder,
  );
  const gateways = changeNames(
    base.onlinePstnGatewayList,
    args.list("OnlinePstnGatewayList"),
    gatewayVocabulary(tenant),
    holder,
  );
  const bridge = bridgeSource(base, args);
  const pattern = numberPattern(base, args);
  const description = args.text("Description");
  return {
    value: {
      ...base,
      numberPattern: pattern.value,
      description: description === undefined ? base.description : description,
      onlinePstnUsages: usages.names,
      onlinePstnGatewayList: gateways.names,
      bridgeSourcePhoneNumber: bridge.value,
    },
    problems: [...pattern.problems, ...usages.problems, ...gateways.problems, ...bridge.problems],
  };
}

/**
 * A pattern must be one that .NET accepts and that is not past the budgets of the compiler. The empty
 * one is refused (assumed): it would match every number, and mostly comes from an empty variable.
 */
function numberPattern(base: VoiceRoute, args: CmdletArguments): Judged<string> {
  const written = args.text("NumberPattern");
  if (written === undefined) return { value: base.numberPattern, problems: [] };
  const pattern = written ?? "";
  if (pattern === "") return { value: pattern, problems: [emptyPattern(base, args.at)] };
  const compiled = compilePattern(pattern);
  const problems = compiled.ok ? [] : compiled.problems;
  return {
    value: pattern,
    problems: problems.map(({ code, what, hint, offset }) =>
      problem(
        code,
        `Voice route "${base.identity}": in NumberPattern at character ${offset + 1}: ${what}`,
        hint,
        args.at,
      ),
    ),
  };
}

function emptyPattern(base: VoiceRoute, at: SourcePlace | null): Problem {
  return problem(
    "CMDLET_INVALID_VALUE",
    `Voice route "${base.identity}": NumberPattern is empty`,
    "write a pattern such as '^\\+44', or '.*' for every number",
    at,
  );
}

function bridgeSource(base: VoiceRoute, args: CmdletArguments): Judged<string | null> {
  const written = args.text("BridgeSourcePhoneNumber");
  if (written === undefined) return { value: base.bridgeSourcePhoneNumber, problems: [] };
  if (written === null || written.trim() === "") return { value: null, problems: [] };
  const number = readTelephoneNumber(written);
  if (number !== null && number.extension === null) return { value: number.e164, problems: [] };
  const refusal = problem(
    "CMDLET_INVALID_VALUE",
    `Voice route "${base.identity}": BridgeSourcePhoneNumber "${written}" is no E.164 number`,
    "write it like +14255550199",
    args.at,
  );
  return { value: null, problems: [refusal] };
}

function gatewayVocabulary(tenant: Tenant): Vocabulary {
  return {
    noun: "PSTN gateway",
    known: tenant.onlinePstnGateways.map((gateway) => gateway.identity),
    unknown: "ROUTE_UNKNOWN_GATEWAY",
    duplicate: "LIST_DUPLICATE",
    absent: "LIST_NOT_PRESENT",
    create: (name) => `create it with New-CsOnlinePSTNGateway -Identity ${name}`,
  };
}

/** Warned about, not refused (Microsoft: direct-routing-voice-routing). */
export function emptyLists(route: VoiceRoute, at: SourcePlace | null): readonly Problem[] {
  const problems: Problem[] = [];
  if (route.onlinePstnUsages.length === 0)
    problems.push(
      problem(
        "ROUTE_NO_USAGE",
        `Voice route "${route.identity}" has no PSTN usage, so no policy leads to it`,
        'add one with -OnlinePstnUsages @{Add="…"}',
        at,
      ),
    );
  if (route.onlinePstnGatewayList.length === 0 && route.bridgeSourcePhoneNumber === null)
    problems.push(
      problem(
        "ROUTE_NO_TARGET",
        `Voice route "${route.identity}" has neither a gateway nor a BridgeSourcePhoneNumber`,
        "add -OnlinePstnGatewayList or -BridgeSourcePhoneNumber",
        at,
      ),
    );
  return problems;
}
