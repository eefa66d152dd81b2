import { SYMBOL_COUNT } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";

/**
 * The automaton with its states numbered breadth-first from `start`, which becomes state 0; states that
 * cannot be reached fall away. Minimal automata of equal languages become equal in this way.
 */
export function renumberDfa(
  stateCount: number,
  transitions: Int32Array,
  labels: Int32Array,
  start: number,
): Dfa {
  const numbers = new Int32Array(stateCount).fill(-1);
  const order = new Int32Array(stateCount);
  let found = 1;
  numbers[start] = 0;
  order[0] = start;
  for (let i = 0; i < found; i++) {
    const base = (order[i] ?? 0) * SYMBOL_COUNT;
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = transitions[base + symbol] ?? 0;
      if (numbers[to] !== -1) continue;
      numbers[to] = found;
      order[found++] = to;
    }
  }
  const renumbered = new Int32Array(found * SYMBOL_COUNT);
  const renumberedLabels = new Int32Array(found);
  for (let i = 0; i < found; i++) {
    const state = order[i] ?? 0;
    renumberedLabels[i] = labels[state] ?? 0;
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = transitions[state * SYMBOL_COUNT + symbol] ?? 0;
      renumbered[i * SYMBOL_COUNT + symbol] = numbers[to] ?? 0;
    }
  }
  return { stateCount: found, transitions: renumbered, labels: renumberedLabels };
}
