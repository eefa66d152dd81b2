import type { TenantDialPlan } from "../model/number-rules.ts";
import { FRESH_GLOBAL } from "../model/policies-of-type.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, outputObject, parameter } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import {
  DEFAULT_PATTERN,
  DEFAULT_TRANSLATION,
  judgeRules,
  RULE_WORDS,
  ruleOutput,
  tooLong,
} from "./normalization-rules.ts";
import { changeElements } from "./object-list.ts";
import { type FilledPolicy, type PolicyFamily, policyCmdlets } from "./policy-family.ts";
import { isGlobal, withTag } from "./policy-place.ts";

/** Documented: Microsoft, New-CsTenantDialPlan. */
const MAX_NAME = 49;
const NAME = /^[A-Za-z0-9.-]+$/;
const MAX_DESCRIPTION = 1040;
const MAX_PREFIX = 4;

/**
 * A new plan is empty, as public scripts expect; with the option newDialPlanHasDefaultRule it has the rule
 * "Prefix All" that New-CsTenantDialPlan documents.
 */
function blankPlan(identity: string, tenant: Tenant): TenantDialPlan {
  const plan = { ...FRESH_GLOBAL.TenantDialPlan, identity };
  if (!tenant.options.newDialPlanHasDefaultRule) return plan;
  const rule = {
    name: "Prefix All",
    pattern: DEFAULT_PATTERN,
    translation: DEFAULT_TRANSLATION,
    description: null,
    isInternalExtension: false,
  };
  return { ...plan, normalizationRules: [rule] };
}

/**
 * What was given to New- or Set-CsTenantDialPlan. -ExternalAccessPrefix and -OptimizeDeviceDialing are
 * legacy: the present cmdlet has neither, older scripts and exports do.
 *
 * @problem CMDLET_INVALID_VALUE, CMDLET_ALREADY_EXISTS, REGEX_INVALID; warnings LIST_DUPLICATE, LIST_NOT_PRESENT
 */
function fillPlan(
  base: TenantDialPlan,
  args: CmdletArguments,
  isNew: boolean,
): FilledPolicy<"TenantDialPlan"> {
  const given = args.object("NormalizationRules");
  const rules = changeElements(base.normalizationRules, given, RULE_WORDS, args.at);
  const text = (name: string, old: string | null): string | null => {
    const value = args.text(name);
    return value === undefined ? old : value || null;
  };
  const policy: TenantDialPlan = {
    identity: base.identity,
    simpleName: text("SimpleName", base.simpleName),
    description: text("Description", base.description),
    externalAccessPrefix: text("ExternalAccessPrefix", base.externalAccessPrefix),
    optimizeDeviceDialing: args.flag("OptimizeDeviceDialing") ?? base.optimizeDeviceDialing,
    normalizationRules: rules.elements,
  };
  const judged =
    given === undefined
      ? []
      : judgeRules(base.identity, rules.elements, base.normalizationRules, args.at);
  const problems = [
    ...rules.problems,
    ...judged,
    ...judgeTexts(policy, args),
    ...(isNew ? judgeName(policy.identity, args.at) : []),
  ];
  return { policy, problems };
}

function judgeName(identity: string, at: SourcePlace | null): readonly Problem[] {
  if (isGlobal(identity) || (identity.length <= MAX_NAME && NAME.test(identity))) return [];
  const what = `Tenant dial plan "${identity}" cannot have this name`;
  const hint = `use at most ${MAX_NAME} letters, digits, hyphens and dots`;
  return [problem("CMDLET_INVALID_VALUE", what, hint, at)];
}

function judgeTexts(plan: TenantDialPlan, args: CmdletArguments): readonly Problem[] {
  const limits: readonly (readonly [name: string, value: string | null, most: number])[] = [
    ["SimpleName", plan.simpleName, MAX_NAME],
    ["Description", plan.description, MAX_DESCRIPTION],
    ["ExternalAccessPrefix", plan.externalAccessPrefix, MAX_PREFIX],
  ];
  return limits
    .filter(([name, value, most]) => args.has(name) && (value?.length ?? 0) > most)
    .map(([name, value, most]) => tooLong(name, value?.length ?? 0, most, args.at));
}

const DIAL_PLANS: PolicyFamily<"TenantDialPlan"> = {
  type: "TenantDialPlan",
  values: [
    parameter("Description", "string"),
    parameter("NormalizationRules", "object"),
    parameter("SimpleName", "string"),
    parameter("ExternalAccessPrefix", "string"),
    parameter("OptimizeDeviceDialing", "bool"),
  ],
  notKept: [],
  blank: blankPlan,
  fill: (_, base, args, isNew) => fillPlan(base, args, isNew),
  output: (plan) =>
    outputObject({
      Identity: withTag(plan.identity),
      Description: plan.description,
      NormalizationRules: plan.normalizationRules.map(ruleOutput),
      SimpleName: plan.simpleName,
      ExternalAccessPrefix: plan.externalAccessPrefix,
      OptimizeDeviceDialing: plan.optimizeDeviceDialing,
    }),
};

/** New, Set, Get and Remove of tenant dial plans. */
export const DIAL_PLAN_CMDLETS: readonly Cmdlet[] = policyCmdlets(DIAL_PLANS);
