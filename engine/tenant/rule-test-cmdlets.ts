import { nameKey } from "../model/name-key.ts";
import type { NormalizationRule, TenantDialPlan } from "../model/number-rules.ts";
import { GLOBAL, policiesOfType } from "../model/policies-of-type.ts";
import { type Problem, problem } from "../model/problem.ts";
import { countryRules } from "../model/service-country-dial-plans.ts";
import type { Tenant } from "../model/tenant.ts";
import { beginsWithPlus } from "../pattern/begins-with-plus.ts";
import { applyFirstRule, compileRewriteOf, readyRules } from "../pattern/rewrite-number.ts";
import {
  invalidTranslation,
  NO_RULE_MATCHED,
  translateNumber,
} from "../pattern/translate-number.ts";
import { type Cmdlet, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult } from "./cmdlet-invocation.ts";
import { type Account, findAccount } from "./find-account.ts";
import { findNamed, missingParameter, notFound } from "./find-named.ts";
import { ruleOutput } from "./normalization-rules.ts";

/**
 * The cmdlets that try rules on a number, or show those that count, and change nothing.
 *
 * @module
 */

/** What is dialed, without what does not count; see `route/normalise-dialed-number.ts`. */
function typedNumber(dialed: string): string {
  const [number = ""] = dialed.trim().replace(/^tel:/i, "").split(";");
  return number.replace(/[ \-.()]/g, "");
}

/** What the result says where there is none. */
const NOTHING = { TranslatedNumber: "", MatchingRule: "" };

/**
 * `Test-CsEffectiveTenantDialPlan`: the first rule of a caller's dial plan that matches, and what it makes
 * (documented). `-TenantScopeOnly` leaves out the rules of the country. Both results are empty when no rule
 * matches; the call then keeps the number that was dialed.
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_CONFLICTING_PARAMETERS, USER_NOT_FOUND, CMDLET_NOT_FOUND
 */
function testDialPlan(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "Test-CsEffectiveTenantDialPlan";
  const dialed = args.text("DialedNumber") ?? "";
  if (dialed === "") return refused(tenant, [missingParameter("DialedNumber", cmdlet, args.at)]);
  const asked = askedPlan(tenant, args, cmdlet);
  if (!asked.ok) return refused(tenant, [asked.problem]);
  const { plan, usageLocation } = asked;
  const country = args.flag("TenantScopeOnly") === true ? null : usageLocation;
  const rules = [...plan.normalizationRules, ...countryRules(tenant, country).rules];
  const typed = typedNumber(dialed);
  const prefix = plan.optimizeDeviceDialing ? (plan.externalAccessPrefix ?? "") : "";
  const isOutside = prefix !== "" && typed.length > prefix.length && typed.startsWith(prefix);
  const number = isOutside ? typed.slice(prefix.length) : typed;
  const tried = readyRules(rules).filter(({ rule, rewrite }) => {
    if (isOutside) return !rule.isInternalExtension;
    if (!number.startsWith("+") || tenant.options.normalizeE164) return true;
    return rewrite !== null && beginsWithPlus(rewrite.tree);
  });
  const ready = tried.map(({ rule }) => ({ rule, rewrite: compileRewriteOf(number, rule) }));
  const applied = applyFirstRule(ready, number);
  if (applied === null) return printed(tenant, [outputObject(NOTHING)]);
  const found = { TranslatedNumber: applied.result, MatchingRule: ruleText(applied.rule) };
  return printed(tenant, [outputObject(found)]);
}

/** A rule in the form in which it is exported. */
function ruleText(rule: NormalizationRule): string {
  const { description, pattern, translation, name, isInternalExtension } = rule;
  const internal = isInternalExtension ? "True" : "False";
  return `Description=${description ?? ""};Pattern=${pattern};Translation=${translation};Name=${name};IsInternalExtension=${internal}`;
}

type AskedPlan =
  | { readonly ok: true; readonly plan: TenantDialPlan; readonly usageLocation: string | null }
  | { readonly ok: false; readonly problem: Problem };

/** The plan of `-Identity`, or the one that `-EffectiveTenantDialPlanName` names. */
function askedPlan(tenant: Tenant, args: CmdletArguments, cmdlet: string): AskedPlan {
  const identity = args.text("Identity")?.trim() ?? "";
  const name = args.text("EffectiveTenantDialPlanName")?.trim() ?? "";
  if (identity === "" && name === "") {
    return { ok: false, problem: missingParameter("Identity", cmdlet, args.at) };
  }
  if (identity !== "" && name !== "") {
    const what = "-Identity and -EffectiveTenantDialPlanName cannot both be given";
    const hint = "give the user, or the plan";
    return { ok: false, problem: problem("CMDLET_CONFLICTING_PARAMETERS", what, hint, args.at) };
  }
  return identity === "" ? namedPlan(tenant, name, args) : planOfAccount(tenant, identity, args);
}

/**
 * An effective plan is named after the tenant, the country and the tenant's plan, as in
 * `Contoso_US_London` (documented example: Get-CsEffectiveTenantDialPlan); the bare name of a tenant dial
 * plan is taken too, and then the tenant's country counts.
 */
function namedPlan(tenant: Tenant, name: string, args: CmdletArguments): AskedPlan {
  const plans = policiesOfType(tenant, "TenantDialPlan");
  const bare = findNamed(plans, name.replace(/^tag:/i, ""));
  if (bare !== undefined) return { ok: true, plan: bare, usageLocation: tenant.tenant.country };
  const parts = /^.*?_(?<country>[A-Za-z]{2})_(?<plan>.+)$/.exec(name)?.groups;
  const plan = findNamed(plans, parts?.["plan"] ?? "");
  if (plan === undefined) {
    return { ok: false, problem: notFound("tenant dial plan", name, plans, args.at) };
  }
  return { ok: true, plan, usageLocation: parts?.["country"]?.toUpperCase() ?? null };
}

function planOfAccount(tenant: Tenant, identity: string, args: CmdletArguments): AskedPlan {
  const found = findAccount(tenant, identity, args.at);
  if (!found.ok) return found;
  const plans = policiesOfType(tenant, "TenantDialPlan");
  const name = effectiveName(tenant, found.account);
  const plan = findNamed(plans, name) ?? findNamed(plans, GLOBAL);
  if (plan === undefined) {
    return { ok: false, problem: notFound("tenant dial plan", name, plans, args.at) };
  }
  const { account } = found;
  const holder = account.kind === "user" ? account.user : account.account;
  return { ok: true, plan, usageLocation: holder.usageLocation };
}

/** Direct, else by the group of smallest rank, else what counts globally (as `compile/effective-policy.ts`). */
function effectiveName(tenant: Tenant, account: Account): string {
  const direct =
    account.kind === "user" ? account.user.tenantDialPlan : account.account.tenantDialPlan;
  if (direct !== null) return direct;
  const groups = account.kind === "user" ? account.user.groups.map(nameKey) : [];
  const [first] = tenant.groupPolicyAssignments
    .filter(({ policyType }) => nameKey(policyType) === nameKey("TenantDialPlan"))
    .filter(({ groupId }) => groups.includes(nameKey(groupId)))
    .sort((a, b) => a.rank - b.rank);
  return first?.policyName ?? tenant.globalPolicies.tenantDialPlan ?? GLOBAL;
}

/**
 * `Test-CsTeamsTranslationRule`: the first of all translation rules of the tenant that matches, whatever
 * gateway has it, and what it makes (documented, with both texts).
 *
 * @problem CMDLET_MISSING_PARAMETER
 */
function testTranslationRule(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const number = args.text("PhoneNumber")?.trim() ?? "";
  if (number === "") {
    const missing = missingParameter("PhoneNumber", "Test-CsTeamsTranslationRule", args.at);
    return refused(tenant, [missing]);
  }
  const translated = translateNumber(readyRules(tenant.teamsTranslationRules), typedNumber(number));
  const { rule, invalid } = translated;
  if (rule === null) return printed(tenant, [outputObject({ Message: NO_RULE_MATCHED })]);
  if (invalid !== null) {
    return printed(tenant, [outputObject({ Message: invalidTranslation(rule, invalid) })]);
  }
  const found = findNamed(tenant.teamsTranslationRules, rule);
  return printed(tenant, [
    outputObject({
      Identity: rule,
      Pattern: found?.pattern ?? "",
      PhoneNumberTranslated: translated.number,
      Translation: found?.translation ?? "",
    }),
  ]);
}

/**
 * `Get-CsEffectiveTenantDialPlan`: the rules that count for a user, those of the country behind the tenant's
 * (documented), under the name by which `Test-CsEffectiveTenantDialPlan` takes them from a pipeline.
 *
 * @problem CMDLET_MISSING_PARAMETER, USER_NOT_FOUND
 */
function getDialPlan(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity")?.trim() ?? "";
  if (identity === "") {
    const missing = missingParameter("Identity", "Get-CsEffectiveTenantDialPlan", args.at);
    return refused(tenant, [missing]);
  }
  const asked = planOfAccount(tenant, identity, args);
  if (!asked.ok) return refused(tenant, [asked.problem]);
  const { plan, usageLocation } = asked;
  const rules = [...plan.normalizationRules, ...countryRules(tenant, usageLocation).rules];
  return printed(tenant, [
    outputObject({
      EffectiveTenantDialPlanName: effectivePlanName(tenant, plan, usageLocation),
      NormalizationRules: rules.map(ruleOutput),
    }),
  ]);
}

/** `Contoso_US_London`; without a country the plan's own name. */
function effectivePlanName(
  tenant: Tenant,
  { identity }: TenantDialPlan,
  country: string | null,
): string {
  return country === null ? identity : `${tenant.tenant.name}_${country}_${identity}`;
}

/** The cmdlets that try rules, and the one that shows them. */
export const RULE_TEST_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Get-CsEffectiveTenantDialPlan",
      parameters: [parameter("Identity", "string", 0)],
    },
    notKept: [],
    run: getDialPlan,
  },
  {
    signature: {
      name: "Test-CsEffectiveTenantDialPlan",
      parameters: [
        parameter("DialedNumber", "string"),
        parameter("Identity", "string", 0),
        parameter("EffectiveTenantDialPlanName", "string"),
        parameter("CallerNumber", "string"),
        parameter("TenantScopeOnly", "switch"),
      ],
    },
    notKept: [],
    run: testDialPlan,
  },
  {
    signature: {
      name: "Test-CsTeamsTranslationRule",
      parameters: [parameter("PhoneNumber", "string", 0)],
    },
    notKept: [],
    run: testTranslationRule,
  },
];
