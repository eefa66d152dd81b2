import type { NodePath } from "../../import/tenant-file/source-document.ts";
import type { NormalizationRule, TenantDialPlan } from "../../model/number-rules.ts";
import { beginsWithPlus } from "../../pattern/begins-with-plus.ts";
import type { Dfa } from "../../pattern/dfa.ts";
import { namesLetters } from "../../pattern/letter-alphabet.ts";
import { distancesToMatch, NEVER } from "../../pattern/live-states.ts";
import { type CheckFinding, fewQuoted, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";
import { type CoverBudget, coverByDifference, newCoverBudget } from "./cover-by-difference.ts";
import { unknownGroups } from "./unknown-groups.ts";

/**
 * Dial plans (Microsoft: what-are-dial-plans, New-CsTenantDialPlan).
 *
 * @problem DIALPLAN_LIMIT, DIALPLAN_RULE_SHADOWED, DIALPLAN_LEGACY_PREFIX, REPLACEMENT_UNKNOWN_GROUP
 */
export function dialPlanFindings(ground: CheckGround): readonly CheckFinding[] {
  const budget = newCoverBudget();
  return ground.tenant.tenantDialPlans.flatMap((plan, index) => [
    ...planLimits(plan, index, ground.tenant.options.dialPlanRuleLimit),
    ...legacyPrefix(plan, index),
    ...plan.normalizationRules.flatMap((rule, at) => {
      const owner = `Dial plan "${plan.identity}", rule "${rule.name}"`;
      const path = ["tenantDialPlans", index, "normalizationRules", at];
      const takers = rulesBefore(ground, plan, at, budget);
      const shadowed = takers.length === 0 ? [] : [shadowedRule(owner, takers, path)];
      return [...unknownGroups(owner, rule, [...path, "translation"]), ...shadowed];
    }),
  ]);
}

/** Characters of names and texts of dial plans (documented: New-CsTenantDialPlan). */
const MAX_PLAN_NAME = 49;
const MAX_PLAN_DESCRIPTION = 1040;
/** Digits of a legacy external access prefix. */
const MAX_PREFIX = 4;

function planLimits(
  plan: TenantDialPlan,
  index: number,
  mostRules: number,
): readonly CheckFinding[] {
  const findings: CheckFinding[] = [];
  const limit = (what: string, key: string): void => {
    const hint = "shorten it: Teams does not take more";
    const path = ["tenantDialPlans", index, key];
    findings.push(finding("DIALPLAN_LIMIT", `Dial plan "${plan.identity}" ${what}`, hint, path));
  };
  const rules = plan.normalizationRules.length;
  if (rules > mostRules) {
    limit(`has ${rules} rules; ${mostRules} are the most`, "normalizationRules");
  }
  for (const [key, most] of [
    ["identity", MAX_PLAN_NAME],
    ["simpleName", MAX_PLAN_NAME],
    ["description", MAX_PLAN_DESCRIPTION],
  ] as const) {
    const { length } = plan[key] ?? "";
    if (length > most) limit(`has a ${key} of ${length} characters; ${most} are the most`, key);
  }
  return findings;
}

function legacyPrefix(
  { identity, externalAccessPrefix }: TenantDialPlan,
  index: number,
): readonly CheckFinding[] {
  if (externalAccessPrefix === null) return [];
  const tooLong =
    externalAccessPrefix.length > MAX_PREFIX ? `, and longer than ${MAX_PREFIX} digits` : "";
  return [
    finding(
      "DIALPLAN_LEGACY_PREFIX",
      `Dial plan "${identity}" has the external access prefix ${externalAccessPrefix}, which Teams no longer takes from the cmdlet${tooLong}`,
      "write a rule that strips the prefix instead",
      ["tenantDialPlans", index, "externalAccessPrefix"],
    ),
  ];
}

/**
 * The rules before one that together take every number it matches: the first rule that matches is
 * applied, so that this one never is. Empty when it is applied, or not known to be useless.
 */
function rulesBefore(
  ground: CheckGround,
  plan: TenantDialPlan,
  at: number,
  budget: CoverBudget,
): readonly NormalizationRule[] {
  const rules = plan.normalizationRules;
  const rule = rules[at];
  const numbers = rule === undefined ? null : ground.numbersOf(rule.pattern);
  if (numbers === null || distancesToMatch(numbers)[0] === NEVER) return [];
  // WHY: the letters that may be left to it are in no automaton.
  if (rule === undefined || namesLetters(rule.pattern)) return [];
  const earlier = rules.slice(0, at).filter((one) => isTriedWhere(ground, plan, one, rule));
  const dfaOf = ({ pattern }: NormalizationRule): Dfa | undefined =>
    ground.numbersOf(pattern) ?? undefined;
  const { isWhole, by } = coverByDifference(numbers, earlier, dfaOf, budget);
  return isWhole ? by : [];
}

/**
 * Whether one rule is tried on all that another is: numbers with `+` are for rules that begin with one, and
 * what is behind an external access prefix is not for internal extensions.
 */
function isTriedWhere(
  ground: CheckGround,
  { externalAccessPrefix, optimizeDeviceDialing }: TenantDialPlan,
  one: NormalizationRule,
  other: NormalizationRule,
): boolean {
  const isForPlus = ({ pattern }: NormalizationRule): boolean => {
    const compiled = ground.patternOf(pattern);
    return ground.tenant.options.normalizeE164 || (compiled.ok && beginsWithPlus(compiled.tree));
  };
  const hasPrefix = optimizeDeviceDialing && (externalAccessPrefix ?? "") !== "";
  const isPassedOver = hasPrefix && one.isInternalExtension && !other.isInternalExtension;
  return !isPassedOver && (isForPlus(one) || !isForPlus(other));
}

function shadowedRule(
  owner: string,
  takers: readonly NormalizationRule[],
  path: NodePath,
): CheckFinding {
  const names = fewQuoted(takers.map(({ name }) => name));
  return finding(
    "DIALPLAN_RULE_SHADOWED",
    `${owner} is never applied: ${names} before it take${takers.length === 1 ? "s" : ""} every number it matches`,
    "move it before the other rules, or remove it",
    path,
  );
}
