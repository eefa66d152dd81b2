import type { CompiledDialPlan, DialPlanRule } from "../compile/dial-plans.ts";
import type { DialPlanTrial, RuleStanding, RuleTrial } from "../model/trace.ts";
import { compileRewriteOf, NumberRewriter } from "../pattern/rewrite-number.ts";

/**
 * Tries the rules of a dial plan one after the other, for the trace: what the table of the silent half says
 * at once. Compiles each rule; for one call, not for many.
 *
 * @param typed - Without separators and extension.
 */
export function dialPlanTrial(plan: CompiledDialPlan, typed: string): DialPlanTrial {
  const { prefix } = plan;
  const isBehindPrefix =
    prefix !== null && typed.length > prefix.length && typed.startsWith(prefix);
  const dialed = isBehindPrefix ? typed.slice(prefix.length) : typed;
  const rewriter = new NumberRewriter();
  const rules: RuleTrial[] = [];
  for (const rule of plan.rules) {
    const { source, name, pattern, translation } = rule;
    const passedOver = passedOverAs(rule, dialed, isBehindPrefix);
    const result = passedOver === null ? resultOf(rule, dialed, rewriter) : null;
    const standing = passedOver ?? (result === null ? "no-match" : "applied");
    rules.push({ source, rule: name, pattern, translation, standing, result });
    if (standing === "applied") break;
  }
  return {
    plan: plan.identity,
    policySource: plan.policySource,
    group: plan.group,
    country: plan.country,
    countryRules: plan.countryRules,
    dialed,
    prefix: isBehindPrefix ? prefix : null,
    rules,
  };
}

function passedOverAs(
  rule: DialPlanRule,
  dialed: string,
  isBehindPrefix: boolean,
): RuleStanding | null {
  if (rule.isFlawed) return "flawed";
  if (isBehindPrefix) return rule.isInternalExtension ? "not-external" : null;
  return dialed.startsWith("+") && !rule.forPlus ? "not-for-plus" : null;
}

function resultOf(rule: DialPlanRule, dialed: string, rewriter: NumberRewriter): string | null {
  const rewrite = compileRewriteOf(dialed, rule);
  return rewrite === null ? null : rewriter.rewrite(rewrite, dialed);
}
