/**
 * Finds where the string literals of PowerShell end. Only extents are decided here; what a string
 * means is `evaluate-string.ts`.
 *
 * @module
 */

import { MAX_SCRIPT_NESTING } from "../budgets.ts";
import { isBlank, isDoubleQuote, isNewline, isSingleQuote } from "./powershell-characters.ts";

/** How a literal is written. */
export type StringForm = "single" | "double" | "single-here" | "double-here";

/** A string literal: its extent with quotes, the extent of its content, and its form. */
export interface StringExtent {
  readonly form: StringForm;
  readonly start: number;
  readonly end: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** `open` = the text ended first; `deep` = too many `$( … )` inside each other. */
  readonly fault: "open" | "deep" | null;
}

interface ContentEnd {
  readonly contentEnd: number;
  readonly end: number;
  readonly fault: "open" | "deep" | null;
}

/** The literal that begins at `start`, or `null` when none does. */
export function scanString(text: string, start: number, level = 0): StringExtent | null {
  const first = text[start];
  if (first === "@") return scanHereString(text, start, level);
  const contentStart = start + 1;
  if (isSingleQuote(first)) {
    return { form: "single", start, contentStart, ...endOfSingle(text, contentStart) };
  }
  if (isDoubleQuote(first)) {
    return { form: "double", start, contentStart, ...endOfDouble(text, contentStart, level) };
  }
  return null;
}

function endOfSingle(text: string, from: number): ContentEnd {
  for (let i = from; i < text.length; i++) {
    if (!isSingleQuote(text[i])) continue;
    if (isSingleQuote(text[i + 1])) i++;
    else return { contentEnd: i, end: i + 1, fault: null };
  }
  return { contentEnd: text.length, end: text.length, fault: "open" };
}

function endOfDouble(text: string, from: number, level: number): ContentEnd {
  for (let i = from; i < text.length; i++) {
    if (text[i] === "`") i++;
    else if (text[i] === "$" && text[i + 1] === "(") {
      const inner = endOfSubExpression(text, i + 2, level + 1);
      if (inner.fault !== null) return inner;
      i = inner.end - 1;
    } else if (isDoubleQuote(text[i])) {
      if (isDoubleQuote(text[i + 1])) i++;
      else return { contentEnd: i, end: i + 1, fault: null };
    }
  }
  return { contentEnd: text.length, end: text.length, fault: "open" };
}

/** From just behind `$(` to just behind its `)`, passing over strings and brackets inside. */
export function endOfSubExpression(text: string, from: number, level: number): ContentEnd {
  if (level > MAX_SCRIPT_NESTING)
    return { contentEnd: text.length, end: text.length, fault: "deep" };
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    const literal = scanString(text, i, level);
    if (literal?.fault != null) return literal;
    if (literal !== null) i = literal.end - 1;
    else if (text[i] === "`") i++;
    else depth += depthChange(text[i]);
    if (depth === 0) return { contentEnd: i, end: i + 1, fault: null };
  }
  return { contentEnd: text.length, end: text.length, fault: "open" };
}

function depthChange(char: string | undefined): number {
  if (char === "(") return 1;
  return char === ")" ? -1 : 0;
}

function scanHereString(text: string, start: number, level: number): StringExtent | null {
  const quote = text[start + 1];
  const double = isDoubleQuote(quote);
  if (!double && !isSingleQuote(quote)) return null;
  let header = start + 2;
  while (isBlank(text[header])) header++;
  if (!isNewline(text[header])) return null;
  const contentStart = header + (text.startsWith("\r\n", header) ? 2 : 1);
  const form = double ? "double-here" : "single-here";
  const end = double
    ? endOfDoubleHere(text, contentStart, level)
    : endOfSingleHere(text, contentStart);
  return { form, start, contentStart, ...end };
}

/** The footer counts only at the start of a line (about_Quoting_Rules). */
function closesHere(text: string, from: number, at: number): boolean {
  return text[at + 1] === "@" && (at === from || isNewline(text[at - 1]));
}

function hereEnd(text: string, from: number, at: number): ContentEnd {
  const newline = text.startsWith("\r\n", at - 2) ? 2 : 1;
  return { contentEnd: Math.max(from, at - newline), end: at + 2, fault: null };
}

function endOfSingleHere(text: string, from: number): ContentEnd {
  for (let i = from; i < text.length; i++) {
    if (isSingleQuote(text[i]) && closesHere(text, from, i)) return hereEnd(text, from, i);
  }
  return { contentEnd: text.length, end: text.length, fault: "open" };
}

function endOfDoubleHere(text: string, from: number, level: number): ContentEnd {
  for (let i = from; i < text.length; i++) {
    if (isDoubleQuote(text[i]) && closesHere(text, from, i)) return hereEnd(text, from, i);
    if (text[i] === "`") i++;
    else if (text[i] === "$" && text[i + 1] === "(") {
      const inner = endOfSubExpression(text, i + 2, level + 1);
      if (inner.fault !== null) return inner;
      i = inner.end - 1;
    }
  }
  return { contentEnd: text.length, end: text.length, fault: "open" };
}
