import { SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { PatternNode } from "../../engine/pattern/pattern-tree.ts";

const ANCHORS = {
  start: "^",
  end: "$",
  "word-boundary": "\\b",
  "not-word-boundary": "\\B",
} as const;

/** A pattern text with the same tree, except that every repetition is greedy. */
export function printPattern(node: PatternNode): string {
  switch (node.kind) {
    case "empty":
      return "";
    case "set":
      return printSet(node.symbols);
    case "anchor":
      return ANCHORS[node.anchor];
    case "sequence":
      return node.nodes.map((part) => `(?:${printPattern(part)})`).join("");
    case "alternation":
      return node.branches.map(printPattern).join("|");
    case "group":
      return `(?:${printPattern(node.body)})`;
    case "look": {
      const direction = node.direction === "ahead" ? "" : "<";
      return `(?${direction}${node.negative ? "!" : "="}${printPattern(node.body)})`;
    }
    case "repeat": {
      const max = node.max === Number.POSITIVE_INFINITY ? "" : node.max;
      return `(?:${printPattern(node.body)}){${node.min},${max}}`;
    }
  }
}

function printSet(symbols: number): string {
  const members = [...SYMBOLS].filter((_, symbol) => (symbols >> symbol) & 1).join("");
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
