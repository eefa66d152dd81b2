/**
 * Makes an automaton deterministic. A state is the set of threads that could be running, each a node of
 * the nondeterministic automaton with the obligations it has taken on, beside what the context knows of
 * the text read so far.
 *
 * @module
 */
import { SYMBOL_COUNT } from "./alphabet.ts";
import { DIGITS } from "./character-sets.ts";
import type { CompileEffort } from "./compile-effort.ts";
import type { Dfa } from "./dfa.ts";
import type { Condition, Nfa } from "./nfa.ts";
import { BROKEN, NO_OBLIGATIONS, type Obligations } from "./obligations.ts";
import type { SymbolClasses } from "./symbol-classes.ts";
import type { BehindTracker, Known, TextContext } from "./text-context.ts";

/**
 * - `whole`: a pattern: begins at every place of the number, and one match decides it.
 * - `rest`: a lookahead: begins where it stands, and one match decides it.
 * - `behind`: a lookbehind: begins at every place, and asks at each place which matches end there.
 */
export type MachineKind = "whole" | "rest" | "behind";

/** What the automata of one pattern share. */
export interface Workshop {
  readonly effort: CompileEffort;
  readonly obligations: Obligations;
  readonly classes: SymbolClasses;
}

/** A lookaround as the machine around it uses it; index as in {@link Nfa.looks}. */
export type Look =
  | {
      readonly direction: "behind";
      readonly negative: boolean;
      readonly part: number;
      readonly tracker: BehindTracker;
    }
  | {
      readonly direction: "ahead";
      readonly negative: boolean;
      /** Index in {@link Known.ahead}. */
      readonly part: number;
      /** The minimal automaton of its body when it begins in a state of its context. */
      automatonFrom(context: number): Dfa;
    };

interface MachineState {
  readonly context: number;
  /** {@link ThreadMachine.threadOf}, ascending. */
  readonly threads: readonly number[];
  readonly isDecided: boolean;
}

/** Accepts where nothing more follows: `$`. */
const AT_END: Dfa = {
  stateCount: 2,
  transitions: new Int32Array(2 * SYMBOL_COUNT).fill(1),
  labels: Int32Array.of(1, 0),
};

/** Accepts where a word character follows: one half of `\b`. */
const BEFORE_WORD: Dfa = {
  stateCount: 3,
  transitions: Int32Array.from({ length: 3 * SYMBOL_COUNT }, (_, i) =>
    i >= SYMBOL_COUNT ? Math.floor(i / SYMBOL_COUNT) : (DIGITS >> i) & 1 ? 2 : 1,
  ),
  labels: Int32Array.of(0, 0, 1),
};

export class ThreadMachine {
  readonly context: TextContext;
  private readonly kind: MachineKind;
  private readonly nfa: Nfa;
  private readonly looks: readonly Look[];
  private readonly shop: Workshop;
  private readonly states: MachineState[] = [];
  private readonly ids = new Map<string, number>();

  constructor(
    kind: MachineKind,
    nfa: Nfa,
    looks: readonly Look[],
    context: TextContext,
    shop: Workshop,
  ) {
    this.kind = kind;
    this.nfa = nfa;
    this.looks = looks;
    this.context = context;
    this.shop = shop;
  }

  /** The state before anything is read, in a state of the context. */
  startIn(context: number): number {
    return this.settle([this.threadOf(this.nfa.start, NO_OBLIGATIONS)], context);
  }

  step(id: number, symbol: number): number {
    const state = this.states[id];
    if (state === undefined || state.isDecided) return id;
    const seeds = state.threads.flatMap((thread) => this.move(thread, symbol));
    if (this.kind !== "rest") seeds.push(this.threadOf(this.nfa.start, NO_OBLIGATIONS));
    return this.settle(seeds, this.context.step(state.context, symbol));
  }

  /** The thread after it has read a symbol; none when it cannot. A match stays, while it may still fail. */
  private move(thread: number, symbol: number): readonly number[] {
    const node = this.nfa.nodes[this.nodeOf(thread)];
    const set = this.shop.obligations.step(this.setOf(thread), symbol);
    if (node?.op === "read") {
      return ((node.symbols >> symbol) & 1) === 1 ? this.threadsTo(node.to, set) : [];
    }
    return this.kind === "behind" ? [] : this.threadsTo(this.nodeOf(thread), set);
  }

  /** Whether a text that ends in the state has matched. */
  acceptsAtEnd(id: number): boolean {
    const state = this.states[id];
    if (state === undefined || state.isDecided) return state !== undefined;
    return this.matchesAt(id).some((set) => this.shop.obligations.areMetAtEnd(set));
  }

  /** The sets of obligations of the matches in a state. */
  matchesAt(id: number): readonly number[] {
    const threads = this.states[id]?.threads ?? [];
    return threads
      .filter((thread) => this.nfa.nodes[this.nodeOf(thread)]?.op === "match")
      .map((thread) => this.setOf(thread));
  }

  private threadOf(node: number, set: number): number {
    return set * this.nfa.nodes.length + node;
  }

  private nodeOf(thread: number): number {
    return thread % this.nfa.nodes.length;
  }

  private setOf(thread: number): number {
    return Math.floor(thread / this.nfa.nodes.length);
  }

  /** The state of all threads that come of `seeds` without reading. */
  private settle(seeds: readonly number[], context: number): number {
    const known = this.context.known(context);
    const seen = new Set(seeds);
    const open = [...seen];
    const settled: number[] = [];
    for (let thread = open.pop(); thread !== undefined; thread = open.pop()) {
      this.shop.effort.countSteps();
      for (const next of this.follow(thread, known, settled)) {
        if (seen.has(next)) continue;
        seen.add(next);
        open.push(next);
      }
    }
    return this.intern(this.withoutWeaker(settled), context);
  }

  /** The threads one step on without reading; a thread that waits for a symbol goes to `settled`. */
  private follow(thread: number, known: Known, settled: number[]): readonly number[] {
    const node = this.nfa.nodes[this.nodeOf(thread)];
    const set = this.setOf(thread);
    switch (node?.op) {
      case "split":
        return node.to.map((to) => this.threadOf(to, set));
      case "condition":
        return this.threadsTo(
          node.to,
          this.shop.obligations.union(set, this.demand(node.condition, known)),
        );
      case "look": {
        const sets = this.demandsOf(node.look, known).map((demand) =>
          this.shop.obligations.union(set, demand),
        );
        return sets.flatMap((each) => this.threadsTo(node.to, each));
      }
      case "read":
        if (this.canRead(node.symbols, set)) settled.push(thread);
        return [];
      case "match":
        settled.push(thread);
        return [];
      case undefined:
        return [];
    }
  }

  private threadsTo(node: number, set: number): readonly number[] {
    return set === BROKEN ? [] : [this.threadOf(node, set)];
  }

  private demand(condition: Condition, { atStart, afterWord }: Known): number {
    const { obligations } = this.shop;
    switch (condition) {
      case "start":
        return atStart ? NO_OBLIGATIONS : BROKEN;
      case "end":
        return obligations.fromStart(AT_END, true);
      case "word-boundary":
        return obligations.fromStart(BEFORE_WORD, !afterWord);
      case "not-word-boundary":
        return obligations.fromStart(BEFORE_WORD, afterWord);
    }
  }

  /** The sets of obligations under each of which the lookaround holds here. */
  private demandsOf(index: number, known: Known): readonly number[] {
    const look = this.looks[index];
    if (look === undefined) return [];
    if (look.direction === "ahead") {
      const automaton = look.automatonFrom(known.ahead[look.part] ?? 0);
      return [this.shop.obligations.fromStart(automaton, !look.negative)];
    }
    const matches = look.tracker.matchesAt(known.behind[look.part] ?? 0);
    return look.negative ? this.waysToFail(matches) : matches;
  }

  /** A negative lookbehind holds when each match fails one of its obligations. */
  private waysToFail(matches: readonly number[]): readonly number[] {
    const { obligations, effort } = this.shop;
    let ways: readonly number[] = [NO_OBLIGATIONS];
    for (const match of matches) {
      const opposites = obligations.oppositesOf(match);
      effort.countSteps(ways.length * opposites.length);
      const next = ways.flatMap((way) =>
        opposites.map((opposite) => obligations.union(way, opposite)),
      );
      ways = [...new Set(next)].filter((way) => way !== BROKEN);
    }
    return ways;
  }

  /** Whether some symbol of `symbols` leaves the obligations unbroken. */
  private canRead(symbols: number, set: number): boolean {
    if (set === NO_OBLIGATIONS) return symbols !== 0;
    const { classes, obligations } = this.shop;
    return classes.representatives.some(
      (symbol) => ((symbols >> symbol) & 1) === 1 && obligations.step(set, symbol) !== BROKEN,
    );
  }

  /** Drops each thread beside which another does the same under fewer obligations. */
  private withoutWeaker(threads: number[]): readonly number[] {
    threads.sort((a, b) => a - b);
    if ((threads.at(-1) ?? 0) < this.nfa.nodes.length) return threads;
    const setsByNode = new Map<number, number[]>();
    for (const thread of threads) {
      const sets = setsByNode.get(this.nodeOf(thread)) ?? [];
      sets.push(this.setOf(thread));
      setsByNode.set(this.nodeOf(thread), sets);
    }
    const { obligations } = this.shop;
    return threads.filter((thread) => {
      const set = this.setOf(thread);
      const others = setsByNode.get(this.nodeOf(thread)) ?? [];
      return !others.some((other) => other !== set && obligations.isSubset(other, set));
    });
  }

  private intern(threads: readonly number[], context: number): number {
    const isDecided =
      this.kind !== "behind" && threads.some((thread) => this.isUnconditionalMatch(thread));
    const isDead = this.kind === "rest" && threads.length === 0;
    this.shop.effort.countSteps(threads.length);
    const key = isDecided ? "matched" : isDead ? "failed" : `${context};${threads.join(",")}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      this.shop.effort.countState();
      id = this.states.push({ context, threads, isDecided }) - 1;
      this.ids.set(key, id);
    }
    return id;
  }

  private isUnconditionalMatch(thread: number): boolean {
    return thread < this.nfa.nodes.length && this.nfa.nodes[thread]?.op === "match";
  }
}

/**
 * The complete automaton of everything that `machine` can come to from `start`; a label is 1 where
 * `accepts` says so.
 */
export function exploreMachine(
  machine: ThreadMachine,
  start: number,
  accepts: (state: number) => boolean,
  { classes }: Workshop,
): Dfa {
  const ids = new Map([[start, 0]]);
  const order = [start];
  const transitions: number[] = [];
  for (const state of order) {
    const row = new Map<number, number>();
    for (const symbol of classes.representatives) {
      const to = machine.step(state, symbol);
      if (!ids.has(to)) ids.set(to, order.push(to) - 1);
      row.set(symbol, ids.get(to) ?? 0);
    }
    for (const symbol of classes.representative) transitions.push(row.get(symbol) ?? 0);
  }
  return {
    stateCount: order.length,
    transitions: Int32Array.from(transitions),
    labels: Int32Array.from(order, (state) => (accepts(state) ? 1 : 0)),
  };
}
