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

/** `{ … }` of code: cut out of its statement, and cut into statements of its own. */
export interface ScriptBlock {
  /** Offset of `{`. */
  readonly start: number;
  /** Behind `}`. */
  readonly end: number;
  readonly statements: readonly ScriptStatement[];
}

/**
 * One statement of a script, cut out before parsing so that a broken one cannot spoil the next.
 *
 * `masked()` has the length of the source: comments, prompts and the insides of blocks are blanks, every
 * string literal is `'aaa…'`, typographic dashes are `-`. INVARIANT: offset i of it is offset `start + i`
 * of the file, so every place the parser names is a place of the file.
 */
export interface ScriptStatement {
  readonly start: number;
  readonly end: number;
  /** The word it begins with, in lower case; "" when it begins otherwise. */
  readonly head: string;
  readonly masked: () => string;
  /** By offset in the file. */
  readonly literals: ReadonlyMap<number, MaskedLiteral>;
  /** By offset of `{` in the file. */
  readonly blocks: ReadonlyMap<number, ScriptBlock>;
  readonly faults: readonly StatementFault[];
}
