import { SYMBOLS } from "./alphabet.ts";
import type { PatternNode } from "./pattern-tree.ts";

const PLUS = 1 << SYMBOLS.indexOf("+");

/**
 * Whether a pattern begins with a literal `+`, behind `^` and opening parentheses: `^\+1`, `^(\+44|\+49)`,
 * `^[+]`, also `^\+?1`. Such a pattern is meant for numbers that are E.164 already.
 */
export function beginsWithPlus(node: PatternNode): boolean {
  switch (node.kind) {
    case "set":
      return node.symbols === PLUS;
    case "sequence": {
      const first = node.nodes.find((part) => !isStart(part));
      return first !== undefined && beginsWithPlus(first);
    }
    case "alternation":
      return node.branches.every(beginsWithPlus);
    case "group":
    case "repeat":
      return beginsWithPlus(node.body);
    case "empty":
    case "anchor":
    case "look":
      return false;
  }
}

function isStart(node: PatternNode): boolean {
  return node.kind === "anchor" && node.anchor === "start";
}
