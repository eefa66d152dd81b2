import { SYMBOL_COUNT, SYMBOLS } from "./alphabet.ts";
import { ALL_SYMBOLS, DIGITS } from "./character-sets.ts";
import { childrenOf, isZeroWidth, type PatternNode, type RepeatNode } from "./pattern-tree.ts";

/** RE2's own limit, for one repetition and for those nested in each other together. */
const MAX_RE2_REPETITION = 1000;

/**
 * The pattern written for RE2: it matches the same numbers. `null` when RE2 has no such pattern: it
 * knows no lookaround, and repeats nothing more than 1000 times.
 *
 * RE2 reads `^`, `$`, `\b` as we do when the text is one line of number symbols; everything in which the
 * dialects differ (classes with subtraction, Unicode, quantified anchors, options, comments) is written
 * out.
 */
export function toRe2Source(tree: PatternNode): string | null {
  return isWithinRe2(tree, 1) ? write(tree) : null;
}

function isWithinRe2(node: PatternNode, repetition: number): boolean {
  if (node.kind === "look") return false;
  let inside = repetition;
  if (node.kind === "repeat" && !isZeroWidth(node.body)) {
    const bound = node.max === Number.POSITIVE_INFINITY ? node.min : node.max;
    inside = repetition * Math.max(1, bound);
  }
  return inside <= MAX_RE2_REPETITION && childrenOf(node).every((c) => isWithinRe2(c, inside));
}

const DIGIT_ORDER = "0123456789";

const ANCHORS = {
  start: "^",
  end: "$",
  "word-boundary": "\\b",
  "not-word-boundary": "\\B",
} as const;

function write(node: PatternNode): string {
  switch (node.kind) {
    case "empty":
    case "look":
      return "";
    case "set":
      return writeSet(node.symbols);
    case "anchor":
      return ANCHORS[node.anchor];
    case "sequence":
      return node.nodes
        .map((part) => (part.kind === "alternation" ? `(?:${write(part)})` : write(part)))
        .join("");
    case "alternation":
      return node.branches.map(write).join("|");
    case "group":
      return `(?:${write(node.body)})`;
    case "repeat":
      return writeRepeat(node);
  }
}

function writeRepeat({ min, max, body }: RepeatNode): string {
  const isUnit = body.kind === "set" || body.kind === "group" || body.kind === "anchor";
  const once = isUnit ? write(body) : `(?:${write(body)})`;
  // WHY: RE2 and .NET agree on a repeated anchor, but only the unrepeated one is plain to both.
  if (!isZeroWidth(body)) return once + quantifier(min, max);
  if (min > 0) return once;
  return max === 0 ? "" : `(?:${once}|)`;
}

function quantifier(min: number, max: number): string {
  const bounds = `${min},${max}`;
  switch (bounds) {
    case "0,Infinity":
      return "*";
    case "1,Infinity":
      return "+";
    case "0,1":
      return "?";
    default:
      return min === max ? `{${min}}` : `{${bounds.replace("Infinity", "")}}`;
  }
}

function writeSet(symbols: number): string {
  if (symbols === 0) return "[^\\s\\S]";
  if (symbols === ALL_SYMBOLS) return ".";
  if (symbols === DIGITS) return "\\d";
  let members = "";
  for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
    if ((symbols >> symbol) & 1) members += SYMBOLS.charAt(symbol);
  }
  if (members.length > 1) return `[${withRanges(members)}]`;
  return "+*".includes(members) ? `\\${members}` : members;
}

/** `0123789+` as `0-3789+`: neighbouring digits, from four on, become a range. */
function withRanges(members: string): string {
  let text = "";
  for (let from = 0; from < members.length; ) {
    let to = from + 1;
    while (to < members.length && DIGIT_ORDER.includes(members.slice(from, to + 1))) to++;
    const run = members.slice(from, to);
    text += run.length > 3 ? `${run.charAt(0)}-${run.charAt(run.length - 1)}` : run;
    from = to;
  }
  return text;
}
