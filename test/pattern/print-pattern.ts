import { SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { AnchorNode, PatternNode } from "../../engine/pattern/pattern-tree.ts";

/**
 * A pattern text with the same tree, except that every repetition is greedy.
 *
 * @param alphabet - The one for which the pattern was parsed.
 */
export function printPattern(node: PatternNode, alphabet = SYMBOLS): string {
  const printed = (part: PatternNode): string => printPattern(part, alphabet);
  switch (node.kind) {
    case "empty":
      return "";
    case "set":
      return printSet(node.symbols, alphabet);
    case "anchor":
      return printAnchor(node);
    case "sequence":
      return node.nodes.map((part) => `(?:${printed(part)})`).join("");
    case "alternation":
      return node.branches.map(printed).join("|");
    case "group":
      return `(?:${printed(node.body)})`;
    case "look": {
      const direction = node.direction === "ahead" ? "" : "<";
      return `(?${direction}${node.negative ? "!" : "="}${printed(node.body)})`;
    }
    case "repeat": {
      const max = node.max === Number.POSITIVE_INFINITY ? "" : node.max;
      return `(?:${printed(node.body)}){${node.min},${max}}`;
    }
  }
}

function printAnchor(node: AnchorNode): string {
  if (!("lineBreaks" in node)) return node.anchor === "word-boundary" ? "\\b" : "\\B";
  const isStart = node.anchor === "start";
  if (node.lineBreaks === "every") return isStart ? "(?m:^)" : "(?m:$)";
  if (node.lineBreaks === "last") return "\\Z";
  return isStart ? "\\A" : "\\z";
}

function printSet(symbols: number, alphabet: string): string {
  const members = alphabet
    .split("")
    .filter((_, symbol) => (symbols >> symbol) & 1)
    .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
  return members === "" ? "[^\\s\\S]" : `[${members}]`;
}

/**
 * Whether some lazy repetition is of something that can be empty, as `(?:)+?`. There the interpreter of
 * the .NET Framework leaves a mark too many on its stack, and a counted repetition around it goes wrong:
 * `(?:(?:)+?1){2}` does not do what `(?:(?:)+1){2}` does.
 */
export function hasLazyRepetitionOfEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case "repeat":
      return (node.lazy && canBeEmpty(node.body)) || hasLazyRepetitionOfEmpty(node.body);
    case "sequence":
      return node.nodes.some(hasLazyRepetitionOfEmpty);
    case "alternation":
      return node.branches.some(hasLazyRepetitionOfEmpty);
    case "group":
    case "look":
      return hasLazyRepetitionOfEmpty(node.body);
    case "empty":
    case "set":
    case "anchor":
      return false;
  }
}

function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "sequence":
      return node.nodes.every(canBeEmpty);
    case "alternation":
      return node.branches.some(canBeEmpty);
    case "group":
      return canBeEmpty(node.body);
    case "repeat":
      return node.min === 0 || canBeEmpty(node.body);
    case "empty":
    case "anchor":
    case "look":
      return true;
  }
}
