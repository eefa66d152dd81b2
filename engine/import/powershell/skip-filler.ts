/**
 * What stands between the statements of a script and means nothing: blanks, comments, prompts of a
 * copied session, and attributes such as `[CmdletBinding()]`.
 *
 * @module
 */
import { isBlank, isNewline } from "./powershell-characters.ts";

const PROMPT = /PS[ \t]*[^\r\n>|;'"$]{0,200}>+[ \t]?/uy;
const ATTRIBUTE =
  /\[\s*(?:CmdletBinding|OutputType|Alias|(?:System\.)?Diagnostics\.CodeAnalysis\.SuppressMessage(?:Attribute)?)\s*\((?:[^()'"]|'[^']{0,500}'|"[^"]{0,500}"){0,500}\)\s*\]/iuy;

/** What `pattern`, a sticky one, matches at `at`. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Passes over blanks, line endings, `;`, comments, prompts and attributes. */
export function skipToStatement(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const next = endOfFiller(text, at, to);
    if (next === at) return at;
    at = next;
  }
  return at;
}

/** Passes over blanks, line endings and comments. */
export function skipComments(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const char = text[at];
    const next = isBlank(char) || isNewline(char) ? at + 1 : (endOfComment(text, at, to) ?? at);
    if (next === at) return at;
    at = next;
  }
  return at;
}

/** Behind one piece of what stands between statements; `at` itself when a statement begins there. */
function endOfFiller(text: string, at: number, to: number): number {
  const char = text[at];
  if (isBlank(char) || isNewline(char) || char === ";" || char === "\ufeff") return at + 1;
  if (char === "`" && isNewline(text[at + 1])) return at + 2;
  const comment = endOfComment(text, at, to);
  if (comment !== null) return comment;
  if (char === "[") return Math.min(to, at + (matchAt(ATTRIBUTE, text, at)?.[0].length ?? 0));
  return Math.min(to, at + (matchAt(PROMPT, text, at)?.[0].length ?? 0));
}

/** Behind the comment that begins at `at`; `null` when none does, or it is never closed. */
function endOfComment(text: string, at: number, to: number): number | null {
  if (text[at] === "#") return endOfLine(text, at, to);
  if (!text.startsWith("<#", at)) return null;
  const close = text.indexOf("#>", at + 2);
  return close < 0 || close + 2 > to ? null : close + 2;
}

/** Where the line of `from` ends. */
export function endOfLine(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isNewline(text[at])) at++;
  return at;
}
