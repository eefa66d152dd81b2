import type { NormalizationRule } from "../../../engine/model/number-rules.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import type { Caller } from "./callers.ts";
import { patternOf, same } from "./names.ts";
import { effective } from "./policies.ts";

/** What was typed, without separators: what rules are tried on, and the extension behind it. */
export interface Typed {
  readonly front: string;
  readonly extension: string;
}

const LONGEST = 40;

/** Takes `tel:`, separators and parameters away; `null` when more was typed than anybody dials. */
export function readTyped(dialed: string): Typed | null {
  if (dialed.length > LONGEST) return null;
  const [front = "", ...parameters] = dialed.split(";");
  const extension = parameters.find((parameter) => /^ext=/i.test(parameter))?.slice(4) ?? "";
  return { front: front.replace(/^ *tel:/i, "").replace(/[ .()-]/g, ""), extension };
}

/** Whether a number can be routed at all. */
export function isDialable(number: string): boolean {
  return /^\+?[0-9*#]{1,20}$/.test(number);
}

/** The number after the rules of the dial plan that counts for the caller. */
export function normalise(
  tenant: Tenant,
  caller: Caller,
  front: string,
  note: (what: string) => void,
): string {
  const { policy } = effective(tenant, "TenantDialPlan", caller);
  const country = tenant.serviceCountryDialPlans.find((plan) =>
    same(plan.country, caller.usageLocation ?? ""),
  );
  const plans = { tenant: policy.normalizationRules, country: country?.normalizationRules ?? [] };
  for (const [whose, rules] of Object.entries(plans)) {
    for (const rule of rules) {
      if (!applies(rule, front)) continue;
      note(`rule of the ${whose}'s dial plan`);
      return front.replace(patternOf(rule.pattern), replacementOf(rule.translation));
    }
  }
  note("no dial plan rule");
  return front;
}

/** A .NET replacement as JS writes it. */
export function replacementOf(translation: string): string {
  return translation.replace(/\$\{(\w+)\}/g, "$$<$1>").replace(/\$0/g, "$$&");
}

/** A number with a leading + is only for rules that begin with a literal +. */
function applies(rule: NormalizationRule, front: string): boolean {
  if (front.startsWith("+") && !/^\^?\\\+/.test(rule.pattern)) return false;
  return patternOf(rule.pattern).test(front);
}
