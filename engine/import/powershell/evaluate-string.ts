/**
 * What a string literal means: escapes, doubled quotes, variables and `$( … )`, exactly as PowerShell
 * reads them (Microsoft: about_Quoting_Rules, about_Special_Characters).
 *
 * @module
 */

import { MAX_STRING_CHARS } from "../budgets.ts";
import { type Evaluation, refuse, refuseUnresolved } from "./evaluation.ts";
import { isDoubleQuote, isSingleQuote, VARIABLE_NAME } from "./powershell-characters.ts";
import { endOfSubExpression, type StringExtent } from "./scan-string.ts";
import { toText } from "./script-value.ts";
import { readVariable } from "./variables.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The string that a literal stands for, or `undefined` when it holds something unknown. */
export function evaluateString(extent: StringExtent, evaluation: Evaluation): string | undefined {
  const { text } = evaluation.script;
  const content = text.slice(extent.contentStart, extent.contentEnd);
  if (extent.form === "single-here") return content;
  if (extent.form === "single") return undouble(content);
  return expand(extent.contentStart, extent.contentEnd, extent.form === "double", evaluation);
}

/** Of two quotes in a row the second one stays, as in PowerShell's tokenizer. */
function undouble(content: string): string {
  let result = "";
  for (let i = 0; i < content.length; i++) {
    if (isSingleQuote(content[i])) i++;
    result += content[i] ?? "";
  }
  return result;
}

/** Expands the text between two offsets of the file; also used for words such as `tel:$number`. */
export function expand(
  from: number,
  to: number,
  quoted: boolean,
  evaluation: Evaluation,
): string | undefined {
  const pieces: string[] = [];
  let length = 0;
  let at = from;
  while (at < to) {
    const piece = nextPiece(at, to, quoted, evaluation);
    if (piece === undefined) return undefined;
    pieces.push(piece.shown);
    at = piece.end;
    length += piece.shown.length;
    if (length > MAX_STRING_CHARS) {
      const what = `this string grows beyond ${MAX_STRING_CHARS} characters`;
      return refuse(evaluation, "IMPORT_TOO_LARGE", from, what, "write a shorter string");
    }
  }
  return pieces.join("");
}

interface Piece {
  readonly shown: string;
  readonly end: number;
}

function nextPiece(
  at: number,
  to: number,
  quoted: boolean,
  evaluation: Evaluation,
): Piece | undefined {
  const { text } = evaluation.script;
  const char = text[at] ?? "";
  if (char === "`") return escaped(text, at, to);
  if (char === "$") return dollar(at, to, evaluation);
  if (quoted && isDoubleQuote(char)) return { shown: text[at + 1] ?? "", end: at + 2 };
  return { shown: char, end: at + 1 };
}

function escaped(text: string, at: number, to: number): Piece {
  if (at + 1 >= to) return { shown: "", end: at + 1 };
  const unicode = /^u\{([0-9a-f]{1,6})\}/i.exec(text.slice(at + 1, Math.min(to, at + 12)));
  const point = Number.parseInt(unicode?.[1] ?? "", 16);
  if (unicode !== null && point <= 0x10ffff) {
    return { shown: String.fromCodePoint(point), end: at + 1 + unicode[0].length };
  }
  const next = text[at + 1] ?? "";
  return { shown: ESCAPES[next] ?? next, end: at + 2 };
}

function dollar(at: number, to: number, evaluation: Evaluation): Piece | undefined {
  const { text } = evaluation.script;
  const next = text[at + 1] ?? "";
  if (at + 1 >= to) return { shown: "$", end: at + 1 };
  if (next === "(") return subExpression(at, evaluation);
  if (next === "{") return braced(at, to, evaluation);
  if (next === "$" || next === "^" || next === "?") {
    const what = `"$${next}" is a variable that PowerShell sets while it runs`;
    const hint = "use single quotes where a literal $ is meant";
    return refuseUnresolved(evaluation, at, what, hint);
  }
  return plainVariable(at, to, evaluation);
}

function subExpression(at: number, evaluation: Evaluation): Piece | undefined {
  const inner = endOfSubExpression(evaluation.script.text, at + 2, 0);
  const value = evaluation.run.range(at + 2, inner.contentEnd, evaluation);
  return value === undefined ? undefined : { shown: toText(value), end: inner.end };
}

function braced(at: number, to: number, evaluation: Evaluation): Piece | undefined {
  const close = evaluation.script.text.indexOf("}", at);
  if (close < 0 || close >= to) {
    const hint = "write } behind the variable's name";
    return refuse(evaluation, "IMPORT_SYNTAX", at, "${ is not closed inside this string", hint);
  }
  const name = evaluation.script.text.slice(at + 2, close);
  const value = readVariable(name, at, evaluation);
  return value === undefined ? undefined : { shown: toText(value), end: close + 1 };
}

function nameAt(text: string, at: number, to: number): string {
  VARIABLE_NAME.lastIndex = at;
  const name = VARIABLE_NAME.exec(text)?.[0] ?? "";
  return name.slice(0, Math.max(0, to - at));
}

function plainVariable(at: number, to: number, evaluation: Evaluation): Piece | undefined {
  const { text } = evaluation.script;
  let name = nameAt(text, at + 1, to);
  if (name === "") return { shown: "$", end: at + 1 };
  const colon = at + 1 + name.length;
  if (text[colon] === ":" && colon < to && text[colon + 1] !== ":") {
    const rest = nameAt(text, colon + 1, to);
    if (rest === "") {
      const what = `"$${name}:" is no variable: ":" must be followed by a name`;
      return refuse(evaluation, "IMPORT_SYNTAX", at, what, `write \${${name}}:`);
    }
    name = `${name}:${rest}`;
  }
  const end = at + 1 + name.length;
  // WHY: "+1$1" is "+1" in PowerShell, since nobody ever sets $1; translations need single quotes.
  if (/^\d+$/.test(name) && evaluation.variables.get(name) === undefined) return { shown: "", end };
  const value = readVariable(name, at, evaluation);
  return value === undefined ? undefined : { shown: toText(value), end };
}
