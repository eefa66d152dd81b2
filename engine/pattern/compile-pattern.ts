/**
 * Compiles a NumberPattern to the minimal automaton of the numbers in which it matches: anywhere in the
 * number, as .NET's `Regex.IsMatch` (documented: Microsoft, direct-routing-voice-routing; patterns are
 * anchored only by their own `^` and `$`).
 *
 * ```
 * text ── parse-pattern ──▶ tree ── nfa ──▶ nodes ── thread-machine ──▶ states ── minimise-dfa ──▶ Dfa
 *                             └─ each lookaround: a machine of its own, obligations or a tracker
 * ```
 *
 * @module
 */
import { CompileEffort } from "./compile-effort.ts";
import type { Dfa } from "./dfa.ts";
import { minimiseDfa } from "./minimise-dfa.ts";
import { buildNfa, type Nfa } from "./nfa.ts";
import { Obligations } from "./obligations.ts";
import { parsePattern } from "./parse-pattern.ts";
import { type PatternProblem, stopped } from "./pattern-problem.ts";
import { type LookNode, nodesOf, type PatternNode } from "./pattern-tree.ts";
import { symbolClassesOf } from "./symbol-classes.ts";
import { type BehindTracker, TextContext } from "./text-context.ts";
import {
  exploreMachine,
  type Look,
  type MachineKind,
  ThreadMachine,
  type Workshop,
} from "./thread-machine.ts";

export type CompiledPattern =
  | { readonly ok: true; readonly tree: PatternNode; readonly dfa: Dfa }
  | { readonly ok: false; readonly problems: readonly PatternProblem[] };

/**
 * Parses and compiles a pattern. The automaton's label is 1 in the states in which a number that ends
 * there matches, else 0; it is minimal, and equal patterns have equal automata.
 *
 * Cost: bounded by `pattern-budget.ts`; a usual pattern takes well under a millisecond.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function compilePattern(source: string): CompiledPattern {
  const parsed = parsePattern(source);
  return parsed.ok ? compileTree(parsed.tree) : parsed;
}

/**
 * Compiles a syntax tree, as {@link compilePattern} does.
 *
 * @param maxSteps - A smaller budget, for a question that may stay unanswered.
 * @problem REGEX_TOO_COMPLEX
 */
export function compileTree(tree: PatternNode, maxSteps?: number): CompiledPattern {
  const compiled = stopped(() => {
    const effort = new CompileEffort(tree.end - tree.start, maxSteps);
    const shop = { effort, obligations: new Obligations(effort), classes: symbolClassesOf(tree) };
    return automatonOf(buildMachine("whole", tree, shop), 0, shop);
  });
  return compiled.ok
    ? { ok: true, tree, dfa: compiled.value }
    : { ok: false, problems: [compiled.problem] };
}

function automatonOf(machine: ThreadMachine, context: number, shop: Workshop): Dfa {
  const start = machine.startIn(context);
  return minimiseDfa(exploreMachine(machine, start, (state) => machine.acceptsAtEnd(state), shop));
}

function buildMachine(kind: MachineKind, body: PatternNode, shop: Workshop): ThreadMachine {
  const nfa = buildNfa(body, shop.effort);
  const trackers: BehindTracker[] = [];
  const contexts: TextContext[] = [];
  const looks = nfa.looks.map((node): Look => {
    const { negative } = node;
    if (node.direction === "behind") {
      const tracker = trackBehind(node, shop);
      return { direction: "behind", negative, tracker, part: trackers.push(tracker) - 1 };
    }
    const machine = buildMachine("rest", node.body, shop);
    const automatonFrom = automataOf(machine, shop);
    return {
      direction: "ahead",
      negative,
      automatonFrom,
      part: contexts.push(machine.context) - 1,
    };
  });
  const context = new TextContext(
    { ...textDependence(nfa), behind: trackers, ahead: contexts },
    shop.effort,
  );
  return new ThreadMachine(kind, nfa, looks, context, shop);
}

/** Which conditions of the automaton itself look at what has been read. */
function textDependence({ nodes }: Nfa): { tracksStart: boolean; tracksWord: boolean } {
  const conditions = nodes.flatMap((node) => (node.op === "condition" ? [node.condition] : []));
  return {
    tracksStart: conditions.includes("start"),
    tracksWord: conditions.includes("word-boundary") || conditions.includes("not-word-boundary"),
  };
}

/** A lookahead's automata, one for each state of its context, made when first asked for. */
function automataOf(machine: ThreadMachine, shop: Workshop): (context: number) => Dfa {
  const byContext = new Map<number, Dfa>();
  const byContent = new Map<string, Dfa>();
  return (context) => {
    let dfa = byContext.get(context);
    if (dfa === undefined) {
      const made = automatonOf(machine, context, shop);
      const content = `${made.labels};${made.transitions}`;
      dfa = byContent.get(content) ?? made;
      byContent.set(content, dfa);
      byContext.set(context, dfa);
    }
    return dfa;
  };
}

/** Follows a lookbehind: by a minimal automaton when its body never looks ahead, else by its machine. */
function trackBehind({ body }: LookNode, shop: Workshop): BehindTracker {
  const machine = buildMachine("behind", body, shop);
  const start = machine.startIn(0);
  if (looksAhead(body)) {
    return {
      start,
      step: (state, symbol) => machine.step(state, symbol),
      matchesAt: (state) => machine.matchesAt(state),
    };
  }
  const matches = (state: number): boolean => machine.matchesAt(state).length > 0;
  const { transitions, labels } = minimiseDfa(exploreMachine(machine, start, matches, shop));
  const { length } = shop.classes.representative;
  return {
    start: 0,
    step: (state, symbol) => transitions[state * length + symbol] ?? 0,
    matchesAt: (state) => (labels[state] === 1 ? [0] : []),
  };
}

function looksAhead(body: PatternNode): boolean {
  for (const node of nodesOf(body)) {
    if (node.kind === "look" && node.direction === "ahead") return true;
    if (node.kind === "anchor" && node.anchor !== "start") return true;
  }
  return false;
}
