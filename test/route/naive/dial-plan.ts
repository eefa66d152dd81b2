import type { NormalizationRule, TenantDialPlan } from "../../../engine/model/number-rules.ts";
import { ASSUMED_COUNTRY_RULES } from "../../../engine/model/service-country-dial-plans.ts";
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

/**
 * Takes `tel:`, separators and parameters away; `null` when more was typed than anybody dials, or what is
 * neither a key of a phone nor a letter on one.
 */
export function readTyped(dialed: string): Typed | null {
  if (dialed.length > LONGEST) return null;
  const [front = "", ...parameters] = dialed.split(";");
  const extension = parameters.find((parameter) => /^ext=/i.test(parameter))?.slice(4) ?? "";
  const plain = front.replace(/^ *tel:/i, "").replace(/[ .()-]/g, "");
  return /^\+?[A-Za-z0-9*#]*$/.test(plain) ? { front: plain, extension } : null;
}

/** Whether a number can be routed at all. */
export function isDialable(number: string): boolean {
  return /^\+?[0-9*#]{1,20}$/.test(number);
}

/** A rule, and whose it is. */
interface OwnedRule {
  readonly whose: string;
  readonly rule: NormalizationRule;
}

/** The rules that are tried, in their order: the tenant's plan, then the country's. */
function rulesFor(tenant: Tenant, caller: Caller, own: TenantDialPlan): OwnedRule[] {
  const country = (caller.usageLocation ?? "").toUpperCase();
  const exported = tenant.serviceCountryDialPlans.find((plan) => same(plan.country, country));
  const assumed = tenant.options.assumedServiceCountryDialPlans
    ? (ASSUMED_COUNTRY_RULES[country] ?? [])
    : [];
  const countryRules = exported?.normalizationRules ?? assumed;
  const countrys = exported === undefined ? "assumed country's" : "exported country's";
  return [
    ...own.normalizationRules.map((rule) => ({ whose: "tenant's", rule })),
    ...countryRules.map((rule) => ({ whose: countrys, rule })),
  ];
}

/** The number after the rules of the dial plan that counts for the caller; a rule may write an extension. */
export function normalise(
  tenant: Tenant,
  caller: Caller,
  typed: Typed,
  note: (what: string) => void,
): Typed {
  const { policy } = effective(tenant, "TenantDialPlan", caller);
  const prefix = policy.optimizeDeviceDialing ? (policy.externalAccessPrefix ?? "") : "";
  const hasMore = typed.front.length > prefix.length;
  const isOutside = prefix !== "" && hasMore && typed.front.startsWith(prefix);
  const dialed = isOutside ? typed.front.slice(prefix.length) : typed.front;
  const first = rulesFor(tenant, caller, policy).find(
    ({ rule }) => !(isOutside && rule.isInternalExtension) && applies(tenant, rule, dialed),
  );
  const behind = isOutside ? " behind a prefix" : "";
  note(`${first === undefined ? "no" : `${first.whose} dial plan`} rule${behind}`);
  if (first === undefined) return typed;
  const { pattern, translation } = first.rule;
  return written(rewritten(pattern, translation, dialed), typed.extension);
}

function written(text: string, dialedExtension: string): Typed {
  const [front = "", ...parameters] = text.split(";");
  const own = parameters.find((parameter) => /^ext=/i.test(parameter))?.slice(4);
  return { front, extension: own ?? dialedExtension };
}

/** A number with a leading + is only for rules that begin with a literal +. */
function applies(tenant: Tenant, rule: NormalizationRule, dialed: string): boolean {
  const isForPlus = /^\^?\(*(\?:)?\\\+/.test(rule.pattern) || tenant.options.normalizeE164;
  if (dialed.startsWith("+") && !isForPlus) return false;
  return patternOf(rule.pattern).test(dialed);
}

/** As .NET's Regex.Replace: every match is replaced, the rest stays. */
export function rewritten(pattern: string, translation: string, text: string): string {
  const numbered = translation.replace(/\$\{(\d+)\}/g, "$$$1");
  const replacement = numbered.replace(/\$\{(\w+)\}/g, "$$<$1>").replace(/\$0/g, "$$&");
  return text.replace(new RegExp(pattern, "g"), replacement);
}
