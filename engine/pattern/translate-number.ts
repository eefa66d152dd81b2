import type { TeamsTranslationRule } from "../model/number-rules.ts";
import { applyFirstRule, type NumberRewriter, type ReadyRule } from "./rewrite-number.ts";

/**
 * Number translation rules of gateways, on one number.
 *
 * @module
 */

/** What becomes of a number. */
export interface NumberTranslation {
  /** As it goes out. */
  readonly number: string;
  /** The rule that matched first; `null` = none did. */
  readonly rule: string | null;
  /** What the rule made of it when that is no number; the number then goes out as it was. */
  readonly invalid: string | null;
}

/** What may stand in a SIP URI as a number: as much as can be dialed. */
const NUMBER = /^\+?[0-9*#]{1,20}$/;

/**
 * Applies the first rule that matches, and no other (documented: Microsoft, direct-routing-translate-numbers).
 * What it makes must be a number: Teams tells of it only when the rule is tested, so the number goes out
 * unchanged (assumed).
 */
export function translateNumber(
  rules: readonly ReadyRule<TeamsTranslationRule>[],
  number: string,
  rewriter?: NumberRewriter,
): NumberTranslation {
  const applied = applyFirstRule(rules, number, rewriter);
  if (applied === null) return { number, rule: null, invalid: null };
  const { rule, result } = applied;
  const isNumber = NUMBER.test(result);
  return {
    number: isNumber ? result : number,
    rule: rule.identity,
    invalid: isNumber ? null : result,
  };
}

/** Says what Teams says of a rule that matched and made no number (documented: Test-CsTeamsTranslationRule). */
export function invalidTranslation(rule: string, value: string): string {
  return `Number translation rule ${rule} applied to phone number produced invalid phone number: ${value}`;
}

/** Says what Teams says when no rule matches. */
export const NO_RULE_MATCHED = "No number translation rule matched";
