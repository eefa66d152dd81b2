/**
 * Rules that rewrite numbers: a pattern and a translation, as in dial plans and in the translation rules of
 * gateways (documented: Microsoft, what-are-dial-plans, direct-routing-translate-numbers).
 *
 * Applied as .NET's `Regex.Replace`: every match is replaced, what stands around it stays. Microsoft's
 * pages say "translation" and anchor every pattern, with which it makes no difference; the evaluators that
 * administrators use for patterns without anchors replace (observed: PowerShell's `-replace`).
 *
 * @module
 */
import { NO_SYMBOL } from "./alphabet.ts";
import { CaptureMachine } from "./capture-machine.ts";
import { buildCaptureProgram, type CaptureProgram } from "./capture-program.ts";
import { CompileEffort } from "./compile-effort.ts";
import {
  hasLetters,
  letterAlphabetOf,
  NUMBER_ALPHABET,
  type RewriteAlphabet,
} from "./letter-alphabet.ts";
import { parsePattern } from "./parse-pattern.ts";
import { parseReplacement } from "./parse-replacement.ts";
import { MAX_RESULT_LENGTH, MAX_REWRITTEN_LENGTH } from "./pattern-budget.ts";
import { type PatternProblem, stopped } from "./pattern-problem.ts";
import type { PatternNode } from "./pattern-tree.ts";

/** What a translation is made of: text, or a part of the number by the index of its group. */
type Piece =
  | { readonly kind: "text"; readonly codes: Uint16Array }
  | { readonly kind: "group"; readonly group: number }
  | { readonly kind: "before" }
  | { readonly kind: "behind" }
  | { readonly kind: "whole" };

/** A rule, ready to be applied. */
export interface NumberRewrite {
  readonly tree: PatternNode;
  readonly program: CaptureProgram;
  readonly pieces: readonly Piece[];
  /** Symbol of each byte of a number. */
  readonly symbolOfByte: Uint8Array;
}

export type CompiledRewrite =
  | { readonly ok: true; readonly rewrite: NumberRewrite }
  | { readonly ok: false; readonly problems: readonly PatternProblem[] };

/**
 * Compiles a rule.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX (the pattern, as for routes; also a
 *   translation that is too long)
 */
export function compileRewrite(pattern: string, translation: string): CompiledRewrite {
  return compileFor(NUMBER_ALPHABET, pattern, translation);
}

/**
 * Compiles a rule for numbers in which letters stand, in any case; case counts, as for .NET (assumed).
 * `null` = the rule does not compile, or tells more letters apart than `MAX_LETTER_CLASSES`: it matches no
 * such number.
 */
export function compileRewriteOfLetters(
  pattern: string,
  translation: string,
): NumberRewrite | null {
  const alphabet = letterAlphabetOf(pattern);
  if (alphabet === null) return null;
  const compiled = compileFor(alphabet, pattern, translation);
  return compiled.ok ? compiled.rewrite : null;
}

/** Compiles a rule for a number that was typed; `null` = it does not match that. */
export function compileRewriteOf(
  number: string,
  { pattern, translation }: RewriteRule,
): NumberRewrite | null {
  if (hasLetters(number)) return compileRewriteOfLetters(pattern, translation);
  const compiled = compileRewrite(pattern, translation);
  return compiled.ok ? compiled.rewrite : null;
}

function compileFor(
  { characters, symbolOfByte, words }: RewriteAlphabet,
  pattern: string,
  translation: string,
): CompiledRewrite {
  const parsed = parsePattern(pattern, characters);
  if (!parsed.ok) return parsed;
  const { tree, groups } = parsed;
  const replacement = parseReplacement(translation, groups);
  if (!replacement.ok) return replacement;
  const numbers = [...groups.numbers].sort((a, b) => a - b);
  const built = stopped(() =>
    buildCaptureProgram(tree, numbers, new CompileEffort(pattern.length), words),
  );
  if (!built.ok) return { ok: false, problems: [built.problem] };
  const pieces = replacement.parts.map((part): Piece => {
    if (part.kind === "text") return { kind: "text", codes: codesOf(part.text) };
    return part.kind === "group" ? { kind: "group", group: numbers.indexOf(part.number) } : part;
  });
  return { ok: true, rewrite: { tree, program: built.value, pieces, symbolOfByte } };
}

function codesOf(text: string): Uint16Array {
  return Uint16Array.from(text.split(""), (character) => character.charCodeAt(0));
}

/** What {@link NumberRewriter.rewriteBytes} returns when the pattern does not match. */
export const NOT_REWRITTEN = -1;

/** Applies rules to one number after the other; holds what it works on, and allocates nothing for bytes. */
export class NumberRewriter {
  /** UTF-16 units of the last result. */
  readonly result = new Uint16Array(MAX_RESULT_LENGTH);
  private readonly machine = new CaptureMachine();
  private readonly symbols = new Uint8Array(MAX_REWRITTEN_LENGTH);
  private readonly codes = new Uint16Array(MAX_REWRITTEN_LENGTH);
  private length = 0;
  private written = 0;

  /** What the rule makes of a number, cut off past `MAX_RESULT_LENGTH`; `null` = it does not match. */
  rewrite(rewrite: NumberRewrite, number: string): string | null {
    for (let i = 0; i < number.length; i++) {
      if (!this.take(rewrite, i, number.charCodeAt(i))) return null;
    }
    const length = this.apply(rewrite, number.length);
    return length < 0 ? null : String.fromCharCode(...this.result.subarray(0, length));
  }

  /**
   * The same for the ASCII of a number in `bytes[start .. end)`: leaves what it comes to in `result` and
   * returns how long that is; {@link NOT_REWRITTEN} when the rule does not match.
   */
  rewriteBytes(rewrite: NumberRewrite, bytes: Uint8Array, start: number, end: number): number {
    for (let at = start; at < end; at++) {
      if (!this.take(rewrite, at - start, bytes[at] ?? 0)) return NOT_REWRITTEN;
    }
    return this.apply(rewrite, end - start);
  }

  /** Whether it is a symbol, and not one too many. */
  private take({ symbolOfByte }: NumberRewrite, index: number, code: number): boolean {
    const symbol = symbolOfByte[code] ?? NO_SYMBOL;
    if (index >= MAX_REWRITTEN_LENGTH || symbol === NO_SYMBOL) return false;
    this.symbols[index] = symbol;
    this.codes[index] = code;
    return true;
  }

  private apply({ program, pieces }: NumberRewrite, length: number): number {
    const { machine } = this;
    this.length = length;
    this.written = 0;
    machine.read(program, this.symbols, length);
    let copied = 0;
    let from = 0;
    let isMatched = false;
    while (from <= length && machine.find(from)) {
      const start = machine.slots[0] ?? 0;
      const end = machine.slots[1] ?? 0;
      this.copy(copied, start);
      for (const piece of pieces) this.write(piece, start, end);
      copied = end;
      // An empty match is not found again.
      from = end === start ? end + 1 : end;
      isMatched = true;
    }
    if (!isMatched) return NOT_REWRITTEN;
    this.copy(copied, length);
    return this.written;
  }

  private write(piece: Piece, start: number, end: number): void {
    switch (piece.kind) {
      case "text":
        for (const code of piece.codes) this.put(code);
        break;
      case "group":
        this.copy(
          this.machine.slots[piece.group * 2] ?? 0,
          this.machine.slots[piece.group * 2 + 1] ?? 0,
        );
        break;
      case "before":
        this.copy(0, start);
        break;
      case "behind":
        this.copy(end, this.length);
        break;
      case "whole":
        this.copy(0, this.length);
        break;
    }
  }

  private copy(from: number, to: number): void {
    for (let at = Math.max(0, from); at < to; at++) this.put(this.codes[at] ?? 0);
  }

  private put(code: number): void {
    if (this.written < MAX_RESULT_LENGTH) this.result[this.written++] = code;
  }
}

/** A rule as it is set up. */
export interface RewriteRule {
  readonly pattern: string;
  readonly translation: string;
}

/** A rule with what it was compiled to. */
export interface ReadyRule<R extends RewriteRule> {
  readonly rule: R;
  /** `null` = it does not compile, and never matches. */
  readonly rewrite: NumberRewrite | null;
}

/** Makes rules ready; those that do not compile stay in their places. */
export function readyRules<R extends RewriteRule>(rules: readonly R[]): readonly ReadyRule<R>[] {
  return rules.map((rule) => {
    const compiled = compileRewrite(rule.pattern, rule.translation);
    return { rule, rewrite: compiled.ok ? compiled.rewrite : null };
  });
}

/** What the first rule that matches makes of a number; `null` = none matches. */
export function applyFirstRule<R extends RewriteRule>(
  rules: readonly ReadyRule<R>[],
  number: string,
  rewriter = new NumberRewriter(),
): { readonly rule: R; readonly result: string } | null {
  for (const { rule, rewrite } of rules) {
    const result = rewrite === null ? null : rewriter.rewrite(rewrite, number);
    if (result !== null) return { rule, result };
  }
  return null;
}
