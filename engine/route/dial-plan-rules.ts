import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import type { CompiledDialPlan, RuleTable } from "../compile/dial-plans.ts";
import { createRouteMatcher, type RouteMatcher } from "../compile/route-matcher.ts";
import { invariant } from "../model/engine-error.ts";
import {
  compileRewrite,
  compileRewriteOfLetters,
  NOT_REWRITTEN,
  type NumberRewrite,
  NumberRewriter,
} from "../pattern/rewrite-number.ts";
import { type DialedNumber, MAX_EXTENDED_LENGTH } from "./dialed-number.ts";
import { appendExtension, hasLetter } from "./normalise-dialed-number.ts";

/**
 * Rewrites what was dialed by the first rule of the caller's dial plan that matches, once (documented:
 * Microsoft, what-are-dial-plans). A number with `+` is E.164 already: only rules that begin with a literal
 * `+` apply to it (assumed; option `normalizeE164`).
 *
 * @module
 */

/** Which rule of a table is the first that matches, and what it does. */
interface ReadyTable {
  readonly matcher: RouteMatcher;
  readonly rules: readonly number[];
}

interface ReadyPlan {
  readonly plan: CompiledDialPlan;
  readonly local: ReadyTable | null;
  readonly plus: ReadyTable | null;
  readonly external: ReadyTable | null;
  /** In ASCII; empty = none. */
  readonly prefix: Uint8Array;
  /** By rule, made when first needed. */
  readonly rewrites: (NumberRewrite | undefined)[];
  /** The same for numbers with letters; `null` = the rule matches none. */
  readonly letterRewrites: (NumberRewrite | null | undefined)[];
}

const SEMICOLON = 0x3b;

/** The dial plans of one router. Like it, not re-entrant: it holds what the last rule made. */
export class DialPlanRules {
  /** What the rule that was applied last made, with the extension that was dialed. */
  readonly bytes = new Uint8Array(MAX_EXTENDED_LENGTH);
  length = 0;
  private readonly plans: readonly ReadyPlan[];
  private readonly callerDialPlans: Int32Array;
  private readonly rewriter = new NumberRewriter();

  constructor({ dialPlans, callerDialPlans }: CompiledTenant) {
    this.callerDialPlans = callerDialPlans;
    const tables = new Map<RuleTable, ReadyTable>();
    const ready = (table: RuleTable | null): ReadyTable | null => {
      if (table === null) return null;
      const known = tables.get(table) ?? { matcher: createRouteMatcher(table), rules: table.rules };
      tables.set(table, known);
      return known;
    };
    this.plans = dialPlans.map((plan) => ({
      plan,
      local: ready(plan.local),
      plus: ready(plan.plus),
      external: ready(plan.external),
      prefix: Uint8Array.from(plan.prefix ?? "", (character) => character.charCodeAt(0)),
      rewrites: [],
      letterRewrites: [],
    }));
  }

  /** The plan that counts for a caller. */
  planOf(caller: number): CompiledDialPlan {
    return this.readyPlan(caller).plan;
  }

  private readyPlan(caller: number): ReadyPlan {
    const plan = this.plans[this.callerDialPlans[caller] ?? 0];
    invariant(plan !== undefined, "a caller has no dial plan");
    return plan;
  }

  /** Whether a rule could apply at all: what every number pays, also one that none does. */
  concerns(caller: number, number: DialedNumber): boolean {
    if (number.length === 0) return number.unroutable > 0;
    const { plus, local } = this.readyPlan(caller);
    return (number.startsWithPlus ? plus : local) !== null;
  }

  /** The same for all numbers of digits with `+` before them, and for all without. */
  concern(caller: number): { readonly plus: boolean; readonly local: boolean } {
    const { plus, local } = this.readyPlan(caller);
    return { plus: plus !== null, local: local !== null };
  }

  /**
   * Rewrites the number that was just read from `typed[start .. end)`. Whether a rule was applied; then
   * `number` is what it made, or empty when that cannot be routed. Allocates nothing for rules it has
   * applied before.
   */
  apply(
    caller: number,
    number: DialedNumber,
    typed: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const ready = this.readyPlan(caller);
    const to = number.length === 0 ? number.unroutable : number.end;
    const behind = startsWith(number.bytes, number.start, to, ready.prefix);
    const from = number.start + behind;
    const table = behind > 0 ? ready.external : number.startsWithPlus ? ready.plus : ready.local;
    if (table === null) return false;
    // WHY the length first: letters are in no number that can be routed, and this is the usual one.
    const length =
      number.length === 0 && hasLetter(number.bytes, from, to)
        ? this.rewriteLetters(ready, table, number.bytes, from, to)
        : this.rewriteSymbols(ready, table, number, from, to);
    if (length === NOT_REWRITTEN) return false;
    this.take(length, typed, start, end);
    number.readTranslated(this.bytes, this.length);
    return true;
  }

  /** By the table, which knows symbols only. The length of the result; NOT_REWRITTEN = no rule matches. */
  private rewriteSymbols(
    ready: ReadyPlan,
    { matcher, rules }: ReadyTable,
    number: DialedNumber,
    from: number,
    to: number,
  ): number {
    const rule = rules[matcher.primary(matchIn(matcher, number, from, to))];
    if (rule === undefined) return NOT_REWRITTEN;
    return this.rewriter.rewriteBytes(this.rewriteOf(ready, rule), number.bytes, from, to);
  }

  /** The same where letters stand: rule by rule. Cost: O(rules · that of a rule). */
  private rewriteLetters(
    ready: ReadyPlan,
    { rules }: ReadyTable,
    bytes: Uint8Array,
    from: number,
    to: number,
  ): number {
    for (const rule of rules) {
      const rewrite = letterRewriteOf(ready, rule);
      if (rewrite === null) continue;
      const length = this.rewriter.rewriteBytes(rewrite, bytes, from, to);
      if (length !== NOT_REWRITTEN) return length;
    }
    return NOT_REWRITTEN;
  }

  private rewriteOf({ rewrites, plan }: ReadyPlan, rule: number): NumberRewrite {
    const known = rewrites[rule];
    if (known !== undefined) return known;
    const { pattern = "", translation = "" } = plan.rules[rule] ?? {};
    const compiled = compileRewrite(pattern, translation);
    invariant(compiled.ok, "a rule that does not compile matches");
    rewrites[rule] = compiled.rewrite;
    return compiled.rewrite;
  }

  /** Copies the result; others than ASCII as 0, which no number holds. */
  private take(length: number, typed: Uint8Array, start: number, end: number): void {
    const { result } = this.rewriter;
    let hasParameters = false;
    for (let at = 0; at < length; at++) {
      const code = result[at] ?? 0;
      this.bytes[at] = code < 0x80 ? code : 0;
      if (code === SEMICOLON) hasParameters = true;
    }
    // An extension that was dialed stays, unless the rule gives one.
    this.length = hasParameters
      ? length
      : appendExtension(typed, start, end, this.bytes, Math.max(0, length));
  }
}

function letterRewriteOf({ letterRewrites, plan }: ReadyPlan, rule: number): NumberRewrite | null {
  const known = letterRewrites[rule];
  if (known !== undefined) return known;
  const { pattern = "", translation = "" } = plan.rules[rule] ?? {};
  const compiled = compileRewriteOfLetters(pattern, translation);
  letterRewrites[rule] = compiled;
  return compiled;
}

function matchIn(matcher: RouteMatcher, number: DialedNumber, from: number, to: number): number {
  const { bytes, isDigits } = number;
  return isDigits ? matcher.matchDigits(bytes, from, to) : matcher.match(bytes, from, to);
}

/** The length of `prefix` when the bytes begin with it and go on; else 0. */
function startsWith(bytes: Uint8Array, start: number, end: number, prefix: Uint8Array): number {
  if (prefix.length === 0 || end - start <= prefix.length) return 0;
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return 0;
  return prefix.length;
}
