/**
 * The character classes of PowerShell's own tokenizer: typographic quotes and dashes count as their
 * ASCII forms (Microsoft: about_Quoting_Rules, and PowerShell's `CharTraits`).
 *
 * @module
 */

/** `'` and its typographic forms ‘ ’ ‚ ‛: each opens and closes a literal string. */
export function isSingleQuote(char: string | undefined): boolean {
  return char !== undefined && char !== "" && "'\u2018\u2019\u201a\u201b".includes(char);
}

/** `"` and its typographic forms “ ” „: each opens and closes an expandable string. */
export function isDoubleQuote(char: string | undefined): boolean {
  return char !== undefined && char !== "" && '"\u201c\u201d\u201e'.includes(char);
}

/** `-` and the en dash, em dash and horizontal bar. */
export function isDash(char: string | undefined): boolean {
  return char !== undefined && char !== "" && "-\u2013\u2014\u2015".includes(char);
}

/** White space inside a line: blanks, tabs, and what Unicode calls a separator (a non-breaking blank). */
export function isBlank(char: string | undefined): boolean {
  if (char === " " || char === "\t") return true;
  return char !== undefined && /^[\v\f\u0085\p{Z}]$/u.test(char);
}

/** A line ending, or half of one. */
export function isNewline(char: string | undefined): boolean {
  return char === "\n" || char === "\r";
}

/** Letters, digits, `_` and `?`: what a plain variable name is made of. */
export const VARIABLE_NAME = /[\p{L}\p{Nd}_?]+/uy;
