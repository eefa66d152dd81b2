/**
 * What looks wrong in the way a pattern is written: each rule looks at one place of the syntax tree.
 *
 * @module
 */

import { DIGITS } from "./character-sets.ts";
import type { PatternProblem } from "./pattern-problem.ts";
import {
  type AlternationNode,
  isZeroWidth,
  nodesOf,
  type PatternNode,
  type RepeatNode,
  type SequenceNode,
  type SetNode,
  withoutGroups,
} from "./pattern-tree.ts";

const BLANK = /^\s$/;

/**
 * @problem REGEX_QUANTIFIED_ANCHOR, REGEX_LITERAL_BRACE, REGEX_CLASS_SUSPECT, REGEX_ALTERNATION_ANCHOR,
 *   REGEX_BLANK
 */
export function writingFindings(source: string, tree: PatternNode): readonly PatternProblem[] {
  const findings = [...nodesOf(tree)].flatMap((node) => findingsAt(source, node));
  const top = withoutGroups(tree);
  if (top.kind === "alternation") findings.push(...partlyAnchored(top));
  return onlyFirstBraceOfPair(findings);
}

function findingsAt(source: string, node: PatternNode): readonly PatternProblem[] {
  if (node.kind === "repeat") return quantifiedAnchor(source, node);
  if (node.kind === "sequence") return classInsteadOfCount(source, node);
  if (node.kind !== "set") return [];
  return node.form === "class" ? suspectItems(node) : suspectLiteral(source, node);
}

/** `^+000$` means `^000$`: the `+` repeats the anchor. */
function quantifiedAnchor(source: string, node: RepeatNode): readonly PatternProblem[] {
  const anchor = withoutGroups(node.body);
  if (anchor.kind !== "anchor") return [];
  const written = source.slice(node.body.start, node.body.end);
  const quantifier = source.slice(node.body.end, node.end);
  const effect =
    node.min > 0 ? `is the same as ${written} alone` : `makes the anchor ${written} optional`;
  return [
    {
      code: "REGEX_QUANTIFIED_ANCHOR",
      what: `${written}${quantifier} ${effect}; it stands for no character`,
      hint: quantifier.startsWith("+")
        ? `write ${written}\\+ if a plus sign is meant`
        : `remove the ${quantifier}`,
      offset: node.start,
      length: node.end - node.start,
    },
  ];
}

function suspectLiteral(source: string, node: SetNode): readonly PatternProblem[] {
  if (node.form !== "literal") return [];
  const place = { offset: node.start, length: 1 };
  const character = source.charAt(node.start);
  if (character === "{" || character === "}") {
    return [
      {
        code: "REGEX_LITERAL_BRACE",
        what: `the ${character} begins or ends no repetition and stands for itself`,
        hint: "write {n}, {n,} or {n,m} with numbers to repeat what stands before it",
        ...place,
      },
    ];
  }
  if (character === "]") {
    return [suspect("the ] closes no set and stands for itself", "remove the ]", node)];
  }
  return BLANK.test(character) ? [blank(place.offset)] : [];
}

function blank(offset: number): PatternProblem {
  return {
    code: "REGEX_BLANK",
    what: "the pattern holds a blank, which no number has",
    hint: "remove the blank",
    offset,
    length: 1,
  };
}

function suspect(
  what: string,
  hint: string,
  { start, end }: { readonly start: number; readonly end: number },
): PatternProblem {
  return { code: "REGEX_CLASS_SUSPECT", what, hint, offset: start, length: end - start };
}

/** `[4,5,7]` and `[2|3]`: in a set, commas and bars are members like others. */
function suspectItems(node: SetNode): readonly PatternProblem[] {
  return node.items.flatMap((item) => {
    const { character } = item;
    if (character === "," || character === "|") {
      const what = `in a set, ${character} stands for itself and separates nothing`;
      return [suspect(what, `remove the ${character}`, item)];
    }
    return character !== null && BLANK.test(character) ? [blank(item.start)] : [];
  });
}

/** `\d[9]` where `\d{9}` was meant. */
function classInsteadOfCount(source: string, { nodes }: SequenceNode): readonly PatternProblem[] {
  return nodes.flatMap((node, i) => {
    const before = nodes[i - 1];
    if (before?.kind !== "set" || before.form === "literal" || before.symbols !== DIGITS) return [];
    if (node.kind !== "set" || node.form !== "class") return [];
    const text = source.slice(node.start, node.end);
    const count = /^\[(\d+)\]$/.exec(text)?.[1];
    if (count === undefined) return [];
    return [suspect(`${text} stands for one digit`, `write {${count}} if a count is meant`, node)];
  });
}

/** `^\+1|2$`: the anchors belong to one branch each. */
function partlyAnchored({ branches, start, end }: AlternationNode): readonly PatternProblem[] {
  const edges = (["start", "end"] as const).filter((edge) => {
    const anchored = branches.filter((branch) => isAnchoredAt(branch, edge)).length;
    return anchored > 0 && anchored < branches.length;
  });
  if (edges.length === 0) return [];
  const anchors = edges.map((edge) => (edge === "start" ? "^" : "$")).join(" and ");
  return [
    {
      code: "REGEX_ALTERNATION_ANCHOR",
      what: `${anchors} ${edges.length > 1 ? "hold" : "holds"} for some alternatives only: | binds weaker than anchors`,
      hint: "put the alternatives in parentheses, as in ^(…|…)$",
      offset: start,
      length: end - start,
    },
  ];
}

function isAnchoredAt(node: PatternNode, edge: "start" | "end"): boolean {
  switch (node.kind) {
    case "anchor":
      return node.anchor === edge;
    case "sequence": {
      const inwards = edge === "start" ? node.nodes : node.nodes.toReversed();
      const outer = inwards.findIndex((part) => !isZeroWidth(part));
      const reachable = outer === -1 ? inwards : inwards.slice(0, outer + 1);
      return reachable.some((part) => isAnchoredAt(part, edge));
    }
    case "alternation":
      return node.branches.every((branch) => isAnchoredAt(branch, edge));
    case "group":
      return isAnchoredAt(node.body, edge);
    case "repeat":
      return node.min > 0 && isAnchoredAt(node.body, edge);
    case "empty":
    case "set":
    case "look":
      return false;
  }
}

/** `{*}` is one mistake, not two. */
function onlyFirstBraceOfPair(findings: readonly PatternProblem[]): readonly PatternProblem[] {
  let braces = 0;
  return findings.filter((finding) => finding.code !== "REGEX_LITERAL_BRACE" || braces++ % 2 === 0);
}
