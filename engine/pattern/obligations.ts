/**
 * Obligations: what a lookahead, a `$` or a `\b` has promised about the rest of the number. Each is a
 * state of a finished automaton and whether that automaton must accept or must not; every symbol read
 * moves it on, until it is met, broken, or the number ends and decides.
 *
 * A thread of the pattern carries a set of obligations. Sets are interned: a set is a small integer, and 0
 * is the empty one.
 *
 * @module
 */
import { SYMBOL_COUNT } from "./alphabet.ts";
import type { CompileEffort } from "./compile-effort.ts";
import type { Dfa } from "./dfa.ts";

/** The set without obligations. */
export const NO_OBLIGATIONS = 0;

/** Instead of a set: one of its obligations can no longer be met. */
export const BROKEN = -1;

const MET = -2;

interface Obligation {
  readonly dfa: Dfa;
  readonly state: number;
  readonly mustAccept: boolean;
}

export class Obligations {
  private readonly effort: CompileEffort;
  private readonly obligations: Obligation[] = [];
  private readonly obligationIds = new Map<string, number>();
  private readonly dfaIds = new Map<Dfa, number>();
  private readonly sets: (readonly number[])[] = [[]];
  private readonly setIds = new Map<string, number>([["", NO_OBLIGATIONS]]);
  private readonly steps = new Map<number, number>();
  private readonly unions = new Map<string, number>();

  constructor(effort: CompileEffort) {
    this.effort = effort;
  }

  /**
   * The set with the one obligation that `dfa`, a minimal automaton, accepts the rest of the number from
   * its state 0 on, or does not.
   */
  fromStart(dfa: Dfa, mustAccept: boolean): number {
    const id = this.intern({ dfa, state: 0, mustAccept });
    if (id === MET) return NO_OBLIGATIONS;
    return id === BROKEN ? BROKEN : this.internSet([id]);
  }

  /** Both sets together; {@link BROKEN} when they contradict each other outright. */
  union(a: number, b: number): number {
    if (a === BROKEN || b === BROKEN) return BROKEN;
    if (a === NO_OBLIGATIONS || a === b) return b;
    if (b === NO_OBLIGATIONS) return a;
    const key = a < b ? `${a},${b}` : `${b},${a}`;
    const known = this.unions.get(key);
    if (known !== undefined) return known;
    const both = new Set([...this.membersOf(a), ...this.membersOf(b)]);
    const contradicts = [...both].some((id) => both.has(this.oppositeOf(id)));
    const set = contradicts ? BROKEN : this.internSet([...both]);
    this.unions.set(key, set);
    return set;
  }

  /** For each obligation of the set, the set that holds only its opposite. */
  oppositesOf(set: number): readonly number[] {
    return this.membersOf(set).map((id) => this.internSet([this.oppositeOf(id)]));
  }

  /** The set after one more symbol. */
  step(set: number, symbol: number): number {
    if (set === NO_OBLIGATIONS) return set;
    const key = set * SYMBOL_COUNT + symbol;
    const known = this.steps.get(key);
    if (known !== undefined) return known;
    const after = this.stepUnknown(set, symbol);
    this.steps.set(key, after);
    return after;
  }

  /** Whether all obligations are met by a number that ends here. */
  areMetAtEnd(set: number): boolean {
    return this.membersOf(set).every((id) => {
      const obligation = this.obligations[id];
      if (obligation === undefined) return false;
      return (obligation.dfa.labels[obligation.state] === 1) === obligation.mustAccept;
    });
  }

  /** Whether every obligation of `smaller` is one of `larger`. */
  isSubset(smaller: number, larger: number): boolean {
    const of = this.membersOf(larger);
    return this.membersOf(smaller).every((id) => of.includes(id));
  }

  private membersOf(set: number): readonly number[] {
    const members = this.sets[set] ?? [];
    this.effort.countSteps(members.length);
    return members;
  }

  private oppositeOf(id: number): number {
    return id ^ 1;
  }

  private stepUnknown(set: number, symbol: number): number {
    const after: number[] = [];
    for (const id of this.membersOf(set)) {
      const obligation = this.obligations[id];
      if (obligation === undefined) continue;
      const state = obligation.dfa.transitions[obligation.state * SYMBOL_COUNT + symbol] ?? 0;
      const next = this.intern({ ...obligation, state });
      if (next === BROKEN) return BROKEN;
      if (next !== MET) after.push(next);
    }
    const contradicts = after.some((id) => after.includes(this.oppositeOf(id)));
    return contradicts ? BROKEN : this.internSet(after);
  }

  private intern({ dfa, state, mustAccept }: Obligation): number {
    if (isSink(dfa, state)) return (dfa.labels[state] === 1) === mustAccept ? MET : BROKEN;
    const key = `${this.dfaId(dfa)},${state}`;
    let id = this.obligationIds.get(key);
    if (id === undefined) {
      // INVARIANT: an obligation and its opposite have neighbouring ids, the accepting one even.
      id = this.obligations.push({ dfa, state, mustAccept: true }) - 1;
      this.obligations.push({ dfa, state, mustAccept: false });
      this.obligationIds.set(key, id);
    }
    return mustAccept ? id : id + 1;
  }

  private dfaId(dfa: Dfa): number {
    let id = this.dfaIds.get(dfa);
    if (id === undefined) {
      id = this.dfaIds.size;
      this.dfaIds.set(dfa, id);
    }
    return id;
  }

  private internSet(members: readonly number[]): number {
    const sorted = [...new Set(members)].sort((a, b) => a - b);
    const key = sorted.join(",");
    let set = this.setIds.get(key);
    if (set === undefined) {
      this.effort.countSteps(sorted.length);
      set = this.sets.push(sorted) - 1;
      this.setIds.set(key, set);
    }
    return set;
  }
}

/** In a minimal automaton, a state that nothing leaves is where the answer no longer changes. */
function isSink(dfa: Dfa, state: number): boolean {
  const row = state * SYMBOL_COUNT;
  for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
    if (dfa.transitions[row + symbol] !== state) return false;
  }
  return true;
}
