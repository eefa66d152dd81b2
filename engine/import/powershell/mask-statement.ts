/**
 * The same-length copy of a statement that the parser will be shown.
 *
 * @module
 */
import type {
  MaskedLiteral,
  ScriptBlock,
  ScriptStatement,
  StatementFault,
} from "./script-statement.ts";

/** Faults told about one statement. */
const MAX_FAULTS = 10;

/** What is shown for a range: the text itself, or `null` for blanks. */
interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly shown: string | null;
}

/** Collects replacements from left to right; lengths never change. */
export class StatementMask {
  readonly start: number;
  readonly #text: string;
  readonly #literals = new Map<number, MaskedLiteral>();
  readonly #blocks = new Map<number, ScriptBlock>();
  readonly #faults: StatementFault[] = [];
  readonly #replacements: Replacement[] = [];

  constructor(text: string, start: number) {
    this.#text = text;
    this.start = start;
  }

  /** Shows blanks for a range, its line endings too: none of those that stand in it ends a statement. */
  blank(from: number, to: number): void {
    if (from < to) this.#replacements.push({ from, to, shown: null });
  }

  /** Shows `{` and `}` with blanks between them for a block. */
  block(block: ScriptBlock): void {
    this.#blocks.set(block.start, block);
    this.blank(block.start + 1, block.end - 1);
  }

  /** Shows one literal string for a range of at least two characters. */
  literal(from: number, to: number, literal: MaskedLiteral): void {
    this.#literals.set(from, literal);
    const shown = `'${"a".repeat(Math.max(0, to - from - 2))}'`;
    this.#replacements.push({ from, to, shown });
  }

  /** Shows `-` for a typographic dash. */
  dash(at: number): void {
    this.#replacements.push({ from: at, to: at + 1, shown: "-" });
  }

  /**
   * Shows a comma before the blanks that stand before it.
   * WHY: in `a , "b"` the grammar takes `, "b"` for an argument of its own; PowerShell does not.
   */
  pullComma(from: number, at: number): void {
    const free = from >= (this.#replacements.at(-1)?.to ?? this.start);
    if (from < at && free) {
      this.#replacements.push({ from, to: at + 1, shown: `,${" ".repeat(at - from)}` });
    }
  }

  fault(fault: StatementFault): void {
    if (this.#faults.length < MAX_FAULTS) this.#faults.push(fault);
  }

  /** The statement up to `end`. */
  finish(end: number, head: string): ScriptStatement {
    return {
      start: this.start,
      end,
      head,
      // WHY: rendered when it is parsed and not kept, as blocks in blocks would keep their blanks many times.
      masked: () => this.#render(end),
      literals: this.#literals,
      blocks: this.#blocks,
      faults: this.#faults,
    };
  }

  #render(end: number): string {
    const pieces: string[] = [];
    let copied = this.start;
    for (const { from, to, shown } of this.#replacements) {
      pieces.push(this.#text.slice(copied, from), shown ?? " ".repeat(to - from));
      copied = to;
    }
    pieces.push(this.#text.slice(copied, end));
    return pieces.join("").slice(0, end - this.start);
  }
}
