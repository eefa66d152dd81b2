import { NO_SYMBOL, SYMBOL_COUNT, symbolOf } from "./alphabet.ts";

/**
 * A complete deterministic automaton over the symbols of `alphabet.ts`. State 0 is the start.
 *
 * ```
 * transitions   state 0: to(0) to(1) … to(#) | state 1: …      stateCount × 13, no holes
 * labels        what a number that ends in the state has matched; 0 = nothing
 * ```
 * For one pattern the label is 1 where it accepts; products give labels their own meaning.
 */
export interface Dfa {
  readonly stateCount: number;
  readonly transitions: Int32Array;
  readonly labels: Int32Array;
}

/**
 * The label of the state in which the whole of `number` ends; 0 when it holds a character that is no
 * symbol. O(length), allocates nothing.
 */
export function runDfa(dfa: Dfa, number: string): number {
  let state = 0;
  for (let i = 0; i < number.length; i++) {
    const symbol = symbolOf(number.charCodeAt(i));
    if (symbol === NO_SYMBOL) return 0;
    state = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
  }
  return dfa.labels[state] ?? 0;
}
