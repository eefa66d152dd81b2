/**
 * The growing, same-length copy of a statement that the parser will be shown.
 *
 * @module
 */
import type { MaskedLiteral, ScriptStatement, StatementFault } from "./script-statement.ts";

/** Faults told about one statement. */
const MAX_FAULTS = 10;

/** Collects replacements from left to right; lengths never change. */
export class StatementMask {
  readonly start: number;
  readonly #text: string;
  readonly #literals = new Map<number, MaskedLiteral>();
  readonly #faults: StatementFault[] = [];
  readonly #pieces: string[] = [];
  #copied: number;

  constructor(text: string, start: number) {
    this.#text = text;
    this.start = start;
    this.#copied = start;
  }

  /** Shows blanks for a range, its line endings too: none of those that stand in it ends a statement. */
  blank(from: number, to: number): void {
    this.#replace(from, to, " ".repeat(to - from));
  }

  /** Shows one literal string for a range of at least two characters. */
  literal(from: number, to: number, literal: MaskedLiteral): void {
    this.#literals.set(from, literal);
    this.#replace(from, to, `'${"a".repeat(Math.max(0, to - from - 2))}'`);
  }

  /** Shows `-` for a typographic dash. */
  dash(at: number): void {
    this.#replace(at, at + 1, "-");
  }

  /**
   * Shows a comma before the blanks that stand before it.
   * WHY: in `a , "b"` the grammar takes `, "b"` for an argument of its own; PowerShell does not.
   */
  pullComma(from: number, at: number): void {
    if (from < at && from >= this.#copied) this.#replace(from, at + 1, `,${" ".repeat(at - from)}`);
  }

  fault(fault: StatementFault): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(fault);
  }

  /** The statement up to `end`. */
  finish(end: number): ScriptStatement {
    this.#pieces.push(this.#text.slice(this.#copied, end));
    this.#copied = end;
    const masked = this.#pieces.join("");
    return { start: this.start, end, masked, literals: this.#literals, faults: this.#faults };
  }

  #replace(from: number, to: number, shown: string): void {
    this.#pieces.push(this.#text.slice(this.#copied, from), shown);
    this.#copied = to;
  }
}
