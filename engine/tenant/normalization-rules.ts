/**
 * Rules of dial plans, made in memory by New-CsVoiceNormalizationRule and put into a plan by
 * New- and Set-CsTenantDialPlan.
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import type { NormalizationRule } from "../model/number-rules.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { compilePattern } from "../pattern/compile-pattern.ts";
import { type Cmdlet, outputObject, parameter, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { ArgumentValue, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { missingParameter } from "./find-named.ts";
import { type ElementWords, propertyOf, textProperty } from "./object-list.ts";

/** Rules of one dial plan; present documentation says 50, older says 25. */
export const MAX_RULES_OF_A_PLAN = 50;
const MAX_DESCRIPTION = 512;

/** What a rule is when nothing is said (documented: Microsoft, New-CsVoiceNormalizationRule). */
export const DEFAULT_PATTERN = "^(\\d{11})$";
export const DEFAULT_TRANSLATION = "+$1";

/** How rules stand in -NormalizationRules. */
export const RULE_WORDS: ElementWords<NormalizationRule> = {
  parameter: "NormalizationRules",
  noun: "normalization rule",
  maker: "New-CsVoiceNormalizationRule -InMemory",
  read: readRule,
  nameOf: (rule) => rule.name,
};

function readRule(value: ArgumentValue): NormalizationRule | null {
  const name = textProperty(value, "Name");
  const pattern = textProperty(value, "Pattern");
  const translation = propertyOf(value, "Translation");
  if (name === null || pattern === null || typeof translation !== "string") return null;
  const internal = propertyOf(value, "IsInternalExtension");
  return {
    name,
    pattern,
    translation,
    description: textProperty(value, "Description"),
    isInternalExtension: internal === true || internal === "True",
  };
}

/** A rule as New-CsVoiceNormalizationRule and Get-CsTenantDialPlan print it. */
export function ruleOutput(rule: NormalizationRule): OutputObject {
  return outputObject({
    Description: rule.description,
    Pattern: rule.pattern,
    Translation: rule.translation,
    Name: rule.name,
    IsInternalExtension: rule.isInternalExtension,
  });
}

/**
 * What is wrong with the rules of a plan: too many of them, two of one name, a pattern
 * that .NET refuses; the patterns of the `old` rules were judged before.
 *
 * @problem CMDLET_INVALID_VALUE, CMDLET_ALREADY_EXISTS, REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function judgeRules(
  plan: string,
  rules: readonly NormalizationRule[],
  old: readonly NormalizationRule[],
  at: SourcePlace | null,
): readonly Problem[] {
  if (rules.length > MAX_RULES_OF_A_PLAN) {
    const what = `Tenant dial plan "${plan}" would have ${rules.length} normalization rules`;
    return [problem("CMDLET_INVALID_VALUE", what, `keep at most ${MAX_RULES_OF_A_PLAN}`, at)];
  }
  const problems: Problem[] = [];
  const names = new Set<string>();
  for (const rule of rules) {
    if (names.has(nameKey(rule.name)))
      problems.push(
        problem(
          "CMDLET_ALREADY_EXISTS",
          `Tenant dial plan "${plan}" would have two normalization rules named "${rule.name}"`,
          "remove the other one first, or give this one another name",
          at,
        ),
      );
    names.add(nameKey(rule.name));
    if (!old.includes(rule))
      problems.push(...judgePattern(`Normalization rule "${rule.name}"`, rule.pattern, at));
  }
  return problems;
}

/**
 * What is wrong with the pattern of a rule.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function judgePattern(
  owner: string,
  pattern: string,
  at: SourcePlace | null,
): readonly Problem[] {
  const compiled = compilePattern(pattern);
  if (compiled.ok) return [];
  return compiled.problems.map(({ code, what, hint, offset }) =>
    problem(code, `${owner}: in Pattern at character ${offset + 1}: ${what}`, hint, at),
  );
}

/**
 * `New-CsVoiceNormalizationRule`: a rule in memory, for a dial plan. Teams has no rules of their own, so
 * -InMemory is needed (documented: Microsoft, New-CsVoiceNormalizationRule).
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_INVALID_VALUE, REGEX_INVALID
 */
function newRule(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "New-CsVoiceNormalizationRule";
  const identity = args.text("Identity") ?? "";
  const name = (args.text("Name") ?? identity.slice(identity.lastIndexOf("/") + 1)).trim();
  if (name === "") return refused(tenant, [missingParameter("Name", cmdlet, args.at)]);
  if (args.flag("InMemory") !== true) {
    const what = `${cmdlet} needs -InMemory: a rule exists only inside a tenant dial plan`;
    const hint = "add -InMemory and give the rule to Set-CsTenantDialPlan -NormalizationRules";
    return refused(tenant, [problem("CMDLET_MISSING_PARAMETER", what, hint, args.at)]);
  }
  const rule: NormalizationRule = {
    name,
    pattern: args.text("Pattern") ?? DEFAULT_PATTERN,
    translation: args.text("Translation") ?? DEFAULT_TRANSLATION,
    description: args.text("Description") || null,
    isInternalExtension: args.flag("IsInternalExtension") ?? false,
  };
  const problems = [...judgePattern(`Normalization rule "${name}"`, rule.pattern, args.at)];
  const length = rule.description?.length ?? 0;
  if (length > MAX_DESCRIPTION)
    problems.push(tooLong("Description", length, MAX_DESCRIPTION, args.at));
  if (problems.length > 0) return refused(tenant, problems);
  return { tenant, problems: [], output: [ruleOutput(rule)] };
}

/** @problem CMDLET_INVALID_VALUE */
export function tooLong(
  name: string,
  length: number,
  most: number,
  at: SourcePlace | null,
): Problem {
  return problem(
    "CMDLET_INVALID_VALUE",
    `-${name} has ${length} characters`,
    `give at most ${most}`,
    at,
  );
}

/** The cmdlet that makes rules. */
export const NORMALIZATION_RULE_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "New-CsVoiceNormalizationRule",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("Parent", "string"),
        parameter("Name", "string"),
        parameter("Pattern", "string"),
        parameter("Translation", "string"),
        parameter("Description", "string"),
        parameter("IsInternalExtension", "bool"),
        parameter("Priority", "int"),
        parameter("InMemory", "switch"),
        parameter("Tenant", "string"),
        parameter("Force", "switch"),
      ],
    },
    notKept: ["Priority"],
    run: newRule,
  },
];
