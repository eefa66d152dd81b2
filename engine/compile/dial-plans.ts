import { type Caller, callersOf } from "../model/callers.ts";
import type { PolicySource } from "../model/decision.ts";
import type { NormalizationRule, TenantDialPlan } from "../model/number-rules.ts";
import { type Problem, problem } from "../model/problem.ts";
import { type CountryRulesOrigin, countryRules } from "../model/service-country-dial-plans.ts";
import type { Tenant } from "../model/tenant.ts";
import type { RuleSource } from "../model/trace.ts";
import { beginsWithPlus } from "../pattern/begins-with-plus.ts";
import { compileRewrite, type NumberRewrite } from "../pattern/rewrite-number.ts";
import { effectivePolicy, policyDirectory } from "./effective-policy.ts";
import type { BankCompiler, MatchBanks } from "./policy-table.ts";

/**
 * The dial plan that counts for each caller: the rules of her tenant dial plan, then those of her country
 * (documented: Microsoft, what-are-dial-plans; the tenant's come first), compiled so that one walk through
 * a table says which rule is the first that matches.
 *
 * @module
 */

/** One rule of a plan. */
export interface DialPlanRule {
  readonly source: RuleSource;
  readonly name: string;
  readonly pattern: string;
  readonly translation: string;
  readonly isInternalExtension: boolean;
  /** Applies to numbers that begin with a `+`. */
  readonly forPlus: boolean;
  /** It does not compile, and never matches. */
  readonly isFlawed: boolean;
}

/** Says which of some rules is the first that matches. */
export interface RuleTable extends MatchBanks {
  /** Index of each entry's rule in the plan. */
  readonly rules: readonly number[];
}

/** The dial plan of a population of callers. */
export interface CompiledDialPlan {
  readonly identity: string;
  readonly policySource: PolicySource;
  readonly group: string | null;
  readonly country: string | null;
  readonly countryRules: CountryRulesOrigin;
  /**
   * The legacy prefix for an outside line; `null` = none acts. It is ignored by the rules, which are applied
   * to what is behind it, and counts only with OptimizeDeviceDialing (documented: New-CsDialPlan of Skype
   * for Business). When no rule takes the rest, what was dialed stays as it is (assumed).
   */
  readonly prefix: string | null;
  /** In the order they are tried. */
  readonly rules: readonly DialPlanRule[];
  /** For numbers without `+`; `null` = no rule can apply. */
  readonly local: RuleTable | null;
  /** For numbers with `+`. */
  readonly plus: RuleTable | null;
  /**
   * For what is behind the prefix. An internal extension is not dialed through an outside line, so rules
   * marked IsInternalExtension are passed over (assumed); elsewhere the mark changes nothing.
   */
  readonly external: RuleTable | null;
}

/** The dial plans of a tenant. */
export interface DialPlans {
  /** `callerDialPlans[caller]` = index into `dialPlans`. */
  readonly callerDialPlans: Int32Array;
  readonly dialPlans: readonly CompiledDialPlan[];
}

/**
 * Compiles the dial plans that count for somebody, each once. Problems name the plan and the rule; such a
 * rule never matches.
 *
 * @problem POLICY_UNKNOWN, REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function compileDialPlans(
  tenant: Tenant,
  compiler: BankCompiler,
  problems: Problem[],
): DialPlans {
  const directory = policyDirectory(tenant, "TenantDialPlan");
  problems.push(...directory.problems);
  const callers = callersOf(tenant);
  const shared = new SharedArrayBuffer(callers.length * Int32Array.BYTES_PER_ELEMENT);
  const callerDialPlans = new Int32Array(shared);
  const compile = planCompiler(tenant, compiler, problems);
  const dialPlans: CompiledDialPlan[] = [];
  const known = new Map<string, number>();
  for (const [index, caller] of callers.entries()) {
    const holder = caller.kind === "user" ? caller.user : caller.account;
    const { index: at, policySource, group } = effectivePolicy(directory, holder, problems);
    const plan = directory.policies[at];
    const location = usageLocationOf(caller);
    const key = JSON.stringify([at, policySource, group, location]);
    let place = known.get(key);
    if (place === undefined && plan !== undefined) {
      place = dialPlans.push({ ...compile(plan, location), policySource, group }) - 1;
      known.set(key, place);
    }
    callerDialPlans[index] = place ?? 0;
  }
  return { callerDialPlans, dialPlans };
}

function usageLocationOf(caller: Caller): string | null {
  return caller.kind === "user" ? caller.user.usageLocation : caller.account.usageLocation;
}

type PlanOfSomebody = Omit<CompiledDialPlan, "policySource" | "group">;

function planCompiler(
  tenant: Tenant,
  compiler: BankCompiler,
  problems: Problem[],
): (plan: TenantDialPlan, usageLocation: string | null) => PlanOfSomebody {
  const judge = ruleJudge(tenant, compiler, problems);
  return (plan, usageLocation) => {
    const { country, origin, rules: countrys } = countryRules(tenant, usageLocation);
    const rules = [
      ...plan.normalizationRules.map((rule) =>
        judge(rule, "tenant", `dial plan "${plan.identity}"`),
      ),
      ...countrys.map((rule) =>
        judge(rule, "service-country", `the dial plan of country ${country ?? ""}`),
      ),
    ];
    const tableOf = (isIn: (rule: DialPlanRule) => boolean): RuleTable | null => {
      const chosen = rules.flatMap((rule, index) => (!rule.isFlawed && isIn(rule) ? [index] : []));
      if (chosen.length === 0) return null;
      const sources = chosen.map((index) => rules[index]?.pattern ?? "");
      // Each rule has a rank of its own, so that match sets are cut to the first one.
      return {
        ...compiler.banksOf(
          sources,
          sources.map((_, rank) => rank),
        ),
        rules: chosen,
      };
    };
    const prefix = plan.optimizeDeviceDialing ? (plan.externalAccessPrefix ?? "") : "";
    return {
      identity: plan.identity,
      country,
      countryRules: origin,
      prefix: prefix === "" ? null : prefix,
      rules,
      local: tableOf(() => true),
      plus: tableOf((rule) => rule.forPlus),
      external: prefix === "" ? null : tableOf((rule) => !rule.isInternalExtension),
    };
  };
}

/** Compiles rules, each pattern and translation once. */
function ruleJudge(
  { options }: Tenant,
  compiler: BankCompiler,
  problems: Problem[],
): (rule: NormalizationRule, source: RuleSource, plan: string) => DialPlanRule {
  const known = new Map<string, NumberRewrite | readonly Problem[]>();
  return ({ name, pattern, translation, isInternalExtension }, source, plan) => {
    const key = JSON.stringify([pattern, translation]);
    const compiled = known.get(key) ?? judged(pattern, translation, compiler);
    known.set(key, compiled);
    const isFlawed = !("program" in compiled);
    if (isFlawed) {
      const who = `rule "${name}" of ${plan} matches nothing`;
      problems.push(...compiled.map((p) => ({ ...p, what: `${who}: ${p.what}` })));
    }
    const forPlus = options.normalizeE164 || (!isFlawed && beginsWithPlus(compiled.tree));
    return { source, name, pattern, translation, isInternalExtension, forPlus, isFlawed };
  };
}

function judged(
  pattern: string,
  translation: string,
  { patternOf }: BankCompiler,
): NumberRewrite | readonly Problem[] {
  const compiled = compileRewrite(pattern, translation);
  if (!compiled.ok) {
    return compiled.problems.map(({ code, what, hint }) =>
      problem(code, `"${pattern}" → "${translation}": ${what}`, hint),
    );
  }
  const { dfa, re2Source, problems } = patternOf(pattern);
  return dfa === null && re2Source === null ? problems : compiled.rewrite;
}
