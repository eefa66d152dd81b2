import { nameKey } from "../model/name-key.ts";
import type { TeamsTranslationRule } from "../model/number-rules.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { PstnGateway } from "../model/voice-routing.ts";
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
import { judgePattern, tooLong } from "./normalization-rules.ts";

const KIND = "translation rule";

/** Documented: Microsoft, direct-routing-translate-numbers. */
const MAX_RULES = 400;
const MAX_NAME = 100;
const MAX_PATTERN = 1024;
const MAX_TRANSLATION = 256;

function identityOf(args: CmdletArguments): string {
  return (args.text("Identity") ?? args.text("Name") ?? "").trim();
}

/**
 * `New-CsTeamsTranslationRule`.
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_ALREADY_EXISTS, CMDLET_INVALID_VALUE, REGEX_INVALID
 */
function newRule(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = identityOf(args);
  const cmdlet = "New-CsTeamsTranslationRule";
  if (identity === "") return refused(tenant, [missingParameter("Identity", cmdlet, args.at)]);
  const rules = tenant.teamsTranslationRules;
  if (findNamed(rules, identity) !== undefined)
    return refused(tenant, [alreadyExists(KIND, identity, "Set-CsTeamsTranslationRule", args.at)]);
  for (const name of ["Pattern", "Translation"])
    if (!args.has(name)) return refused(tenant, [missingParameter(name, cmdlet, args.at)]);
  const rule = fillIn({ identity, pattern: "", translation: "", description: null }, args);
  const problems = judge(rule, args);
  if (identity.length > MAX_NAME)
    problems.push(tooLong("Identity", identity.length, MAX_NAME, args.at));
  if (rules.length >= MAX_RULES)
    problems.push(
      problem(
        "CMDLET_INVALID_VALUE",
        `The tenant has ${rules.length} translation rules already`,
        `remove one first: there can be ${MAX_RULES}`,
        args.at,
      ),
    );
  if (problems.length > 0) return refused(tenant, problems);
  return created({ ...tenant, teamsTranslationRules: [...rules, rule] }, asOutput(rule), []);
}

function setRule(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = find(tenant, args, "Set-CsTeamsTranslationRule");
  if ("code" in old) return refused(tenant, [old]);
  const rule = fillIn(old, args);
  const problems = judge(rule, args);
  if (problems.length > 0) return refused(tenant, problems);
  return changed({
    ...tenant,
    teamsTranslationRules: tenant.teamsTranslationRules.map((r) => (r === old ? rule : r)),
  });
}

function find(
  tenant: Tenant,
  args: CmdletArguments,
  cmdlet: string,
): TeamsTranslationRule | Problem {
  const identity = identityOf(args);
  if (identity === "") return missingParameter("Identity", cmdlet, args.at);
  const rules = tenant.teamsTranslationRules;
  return findNamed(rules, identity) ?? notFound(KIND, identity, rules, args.at);
}

function fillIn(base: TeamsTranslationRule, args: CmdletArguments): TeamsTranslationRule {
  const description = args.text("Description");
  return {
    identity: base.identity,
    pattern: args.text("Pattern") ?? base.pattern,
    translation: args.text("Translation") ?? base.translation,
    description: description === undefined ? base.description : description,
  };
}

/** What was given and cannot be. */
function judge(rule: TeamsTranslationRule, args: CmdletArguments): Problem[] {
  const problems: Problem[] = [];
  const owner = `Translation rule "${rule.identity}"`;
  if (args.has("Pattern")) {
    if (rule.pattern.length > MAX_PATTERN)
      problems.push(tooLong("Pattern", rule.pattern.length, MAX_PATTERN, args.at));
    else if (rule.pattern === "")
      problems.push(
        problem(
          "CMDLET_INVALID_VALUE",
          `${owner}: -Pattern is empty`,
          "write a pattern such as '^\\+1(\\d{10})$'",
          args.at,
        ),
      );
    else problems.push(...judgePattern(owner, rule.pattern, args.at));
  }
  if (args.has("Translation") && rule.translation.length > MAX_TRANSLATION)
    problems.push(tooLong("Translation", rule.translation.length, MAX_TRANSLATION, args.at));
  return problems;
}

/** The lists of a gateway in which rules stand. */
const LISTS = [
  "inboundTeamsNumberTranslationRules",
  "inboundPstnNumberTranslationRules",
  "outboundTeamsNumberTranslationRules",
  "outboundPstnNumberTranslationRules",
] as const satisfies readonly (keyof PstnGateway)[];

/**
 * Refused while a gateway names the rule: a list that names nothing would be left (assumed, as the
 * service does for gateways that routes name).
 *
 * @problem TRANSLATION_RULE_IN_USE, CMDLET_NOT_FOUND, CMDLET_MISSING_PARAMETER
 */
function removeRule(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = find(tenant, args, "Remove-CsTeamsTranslationRule");
  if ("code" in old) return refused(tenant, [old]);
  const key = nameKey(old.identity);
  const users = tenant.onlinePstnGateways
    .filter((gateway) => LISTS.some((list) => gateway[list].some((r) => nameKey(r) === key)))
    .map((gateway) => gateway.identity);
  if (users.length > 0)
    return refused(tenant, [
      problem(
        "TRANSLATION_RULE_IN_USE",
        `Can not remove 'TeamsTranslationRule' "${old.identity}", linked 'OnlinePSTNGateway' exists`,
        `take it out of ${users.slice(0, 5).join(", ")} first with Set-CsOnlinePSTNGateway`,
        args.at,
      ),
    ]);
  return changed({
    ...tenant,
    teamsTranslationRules: tenant.teamsTranslationRules.filter((rule) => rule !== old),
  });
}

function getRules(tenant: Tenant, args: CmdletArguments): CmdletResult {
  if (identityOf(args) === "") {
    const filter = args.text("Filter") ?? "*";
    const fitting = tenant.teamsTranslationRules.filter((r) => fitsWildcard(r.identity, filter));
    return printed(tenant, fitting.map(asOutput));
  }
  const found = find(tenant, args, "Get-CsTeamsTranslationRule");
  if ("code" in found) return refused(tenant, [found]);
  return printed(tenant, [asOutput(found)]);
}

function asOutput(rule: TeamsTranslationRule): OutputObject {
  return outputObject({
    Identity: rule.identity,
    Name: rule.identity,
    Description: rule.description,
    Pattern: rule.pattern,
    Translation: rule.translation,
  });
}

const IDENTITY = parameter("Identity", "string", 0);
const NAME = parameter("Name", "string");
const FORCE = parameter("Force", "switch");
const VALUES: readonly CmdletParameter[] = [
  IDENTITY,
  NAME,
  parameter("Pattern", "string"),
  parameter("Translation", "string"),
  parameter("Description", "string"),
  FORCE,
];

function cmdlet(verb: string, parameters: readonly CmdletParameter[], run: Cmdlet["run"]): Cmdlet {
  return { signature: { name: `${verb}-CsTeamsTranslationRule`, parameters }, notKept: [], run };
}

/** The cmdlets of number translation rules of gateways. */
export const TRANSLATION_RULE_CMDLETS: readonly Cmdlet[] = [
  cmdlet("New", VALUES, newRule),
  cmdlet("Set", VALUES, setRule),
  cmdlet("Get", [IDENTITY, NAME, parameter("Filter", "string")], getRules),
  cmdlet("Remove", [IDENTITY, NAME, FORCE], removeRule),
];
