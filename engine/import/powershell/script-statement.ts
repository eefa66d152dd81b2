import type { ProblemCode } from "../../model/problem.ts";
import type { StringExtent } from "./scan-string.ts";

/** A literal that the parser sees only as `'aaa'` of the same length. */
export type MaskedLiteral =
  | { readonly kind: "string"; readonly extent: StringExtent }
  | { readonly kind: "placeholder"; readonly name: string }
  | { readonly kind: "word"; readonly text: string };

/** Something wrong that needs no parser to be seen. Offsets count from the start of the file. */
export interface StatementFault {
  readonly code: ProblemCode;
  readonly offset: number;
  readonly what: string;
  readonly hint: string;
}

/**
 * One statement of a script, cut out before parsing so that a broken one cannot spoil the next.
 *
 * `masked` has the length of the source: comments and prompts are blanks, every string literal is
 * `'aaa…'`, typographic dashes are `-`. INVARIANT: offset i of `masked` is offset `start + i` of the
 * file, so every place the parser names is a place of the file.
 */
export interface ScriptStatement {
  readonly start: number;
  readonly end: number;
  readonly masked: string;
  /** By offset in the file. */
  readonly literals: ReadonlyMap<number, MaskedLiteral>;
  readonly faults: readonly StatementFault[];
}
