/**
 * What an automaton has to know of the text already read in order to judge `^`, `\b`, lookbehinds, and
 * the lookaheads that hold any of these: a deterministic automaton beside the threads, whose state is
 * known wherever an assertion stands.
 *
 * @module
 */
import { SYMBOL_COUNT } from "./alphabet.ts";
import { DIGITS } from "./character-sets.ts";
import type { CompileEffort } from "./compile-effort.ts";

/** Follows one lookbehind through the text, from the start of the number on. */
export interface BehindTracker {
  readonly start: number;
  step(state: number, symbol: number): number;
  /** The sets of obligations under which its body matches up to here; empty when it does not. */
  matchesAt(state: number): readonly number[];
}

/** What is known in one state of a context. */
export interface Known {
  readonly atStart: boolean;
  readonly afterWord: boolean;
  /** The state of each lookbehind's tracker. */
  readonly behind: readonly number[];
  /** The state of each lookahead's own context, from which it would begin here. */
  readonly ahead: readonly number[];
}

export interface ContextParts {
  readonly tracksStart: boolean;
  readonly tracksWord: boolean;
  readonly behind: readonly BehindTracker[];
  readonly ahead: readonly TextContext[];
}

export class TextContext {
  /** Whether nothing needs to be known: there is one state only. */
  readonly isTrivial: boolean;
  private readonly parts: ContextParts;
  private readonly effort: CompileEffort;
  private readonly states: Known[] = [];
  private readonly ids = new Map<string, number>();
  private readonly steps = new Map<number, number>();

  constructor(parts: ContextParts, effort: CompileEffort) {
    this.parts = parts;
    this.effort = effort;
    this.isTrivial =
      !parts.tracksStart &&
      !parts.tracksWord &&
      parts.behind.length === 0 &&
      parts.ahead.every((context) => context.isTrivial);
    // INVARIANT: state 0 is the start of the number.
    this.intern({
      atStart: parts.tracksStart,
      afterWord: false,
      behind: parts.behind.map((tracker) => tracker.start),
      ahead: parts.ahead.map(() => 0),
    });
  }

  known(state: number): Known {
    return this.states[state] ?? { atStart: false, afterWord: false, behind: [], ahead: [] };
  }

  step(state: number, symbol: number): number {
    if (this.isTrivial) return 0;
    const key = state * SYMBOL_COUNT + symbol;
    let next = this.steps.get(key);
    if (next === undefined) {
      next = this.intern(this.after(this.known(state), symbol));
      this.steps.set(key, next);
    }
    return next;
  }

  private after({ behind, ahead }: Known, symbol: number): Known {
    const { parts } = this;
    this.effort.countSteps(1 + behind.length + ahead.length);
    return {
      atStart: false,
      afterWord: parts.tracksWord && ((DIGITS >> symbol) & 1) === 1,
      behind: parts.behind.map((tracker, i) => tracker.step(behind[i] ?? 0, symbol)),
      ahead: parts.ahead.map((context, i) => context.step(ahead[i] ?? 0, symbol)),
    };
  }

  private intern(known: Known): number {
    const key = [
      known.atStart ? 1 : 0,
      known.afterWord ? 1 : 0,
      ...known.behind,
      ...known.ahead,
    ].join(",");
    let id = this.ids.get(key);
    if (id === undefined) {
      this.effort.countState();
      id = this.states.push(known) - 1;
      this.ids.set(key, id);
    }
    return id;
  }
}
