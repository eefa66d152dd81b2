/**
 * Lookarounds that do not do what they are there for: without effect, or going round what they forbid.
 *
 * @module
 */
import { compileTree } from "./compile-pattern.ts";
import type { Dfa } from "./dfa.ts";
import { both, numbersOnly } from "./number-space.ts";
import { MAX_JUDGED_LOOKS, MAX_JUDGING_STEPS } from "./pattern-budget.ts";
import type { PatternProblem } from "./pattern-problem.ts";
import { type LookNode, nodesOf, type PatternNode, replaceNode } from "./pattern-tree.ts";
import { shortestAccepted } from "./sample-numbers.ts";

/** @problem REGEX_LOOKAHEAD_NOOP for the first {@link MAX_JUDGED_LOOKS} lookarounds */
export function lookaroundFindings(
  source: string,
  tree: PatternNode,
  dfa: Dfa,
): readonly PatternProblem[] {
  const looks = [...nodesOf(tree)].filter((node) => node.kind === "look");
  return looks.slice(0, MAX_JUDGED_LOOKS).flatMap((look) => {
    const what = faultOf(source, tree, dfa, look);
    if (what === null) return [];
    const hint = "put it where every alternative passes it, or remove it";
    const place = { offset: look.start, length: look.end - look.start };
    return [{ code: "REGEX_LOOKAHEAD_NOOP" as const, what, hint, ...place }];
  });
}

function faultOf(source: string, tree: PatternNode, dfa: Dfa, look: LookNode): string | null {
  const text = source.slice(look.start, look.end);
  const { start, end } = look;
  const without = replaceNode(tree, look, { kind: "empty", start, end });
  if (isEqual(compileTree(without, MAX_JUDGING_STEPS), dfa)) {
    return `${text} has no effect: the same numbers match without it`;
  }
  const escaped = forbiddenButMatched(tree, dfa, look);
  return escaped === null
    ? null
    : `${text} does not keep out what it names: ${escaped} matches all the same`;
}

/** Whether both match the same of what can be dialed. */
function isEqual(other: ReturnType<typeof compileTree>, dfa: Dfa): boolean {
  if (!other.ok) return false;
  const a = numbersOnly(other.dfa);
  const b = numbersOnly(dfa);
  // WHY: minimal automata of the same numbers are equal, array for array.
  return (
    a !== null &&
    b !== null &&
    String(a.transitions) === String(b.transitions) &&
    String(a.labels) === String(b.labels)
  );
}

/**
 * For a negative lookahead, a number that has what it forbids, in its place, and matches by another way:
 * `^\+1((?!425)|\d{3})\d{7}$` does not block +1 425.
 */
function forbiddenButMatched(tree: PatternNode, dfa: Dfa, look: LookNode): string | null {
  if (look.direction === "behind" || !look.negative || look.body.kind === "empty") return null;
  const before = nodesBefore(tree, look);
  if (before === null) return null;
  const { start, end } = tree;
  const body: PatternNode = { kind: "group", capture: null, body: look.body, start, end };
  const named = compileTree(
    { kind: "sequence", nodes: [...before, body], start, end },
    MAX_JUDGING_STEPS,
  );
  const matched = named.ok ? both(named.dfa, dfa) : null;
  const numbers = matched === null ? null : numbersOnly(matched);
  return numbers === null ? null : shortestAccepted(numbers);
}

/** What has to match before `target` is reached; null when it stands in a repetition or lookaround. */
function nodesBefore(tree: PatternNode, target: PatternNode): readonly PatternNode[] | null {
  if (tree === target) return [];
  switch (tree.kind) {
    case "group":
      return nodesBefore(tree.body, target);
    case "alternation":
      return (
        tree.branches.map((branch) => nodesBefore(branch, target)).find((way) => way !== null) ??
        null
      );
    case "sequence": {
      for (const [i, part] of tree.nodes.entries()) {
        const way = nodesBefore(part, target);
        if (way !== null) return [...tree.nodes.slice(0, i), ...way];
      }
      return null;
    }
    case "repeat":
    case "look":
    case "empty":
    case "set":
    case "anchor":
      return null;
  }
}
