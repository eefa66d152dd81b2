import { NO_SYMBOL, SYMBOL_COUNT, symbolOf } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";

/** Instead of a distance: no number that leads through the state can match any more. */
export const NEVER = -1;

const known = new WeakMap<Dfa, Int32Array>();

/**
 * For each state, how many symbols are missing until a number matches: 0 where it does, {@link NEVER}
 * where none can. Kept with the automaton: O(states) the first time, then free.
 */
export function distancesToMatch(dfa: Dfa): Int32Array {
  let distances = known.get(dfa);
  if (distances === undefined) {
    distances = computeDistances(dfa);
    known.set(dfa, distances);
  }
  return distances;
}

function computeDistances({ stateCount, transitions, labels }: Dfa): Int32Array {
  const cameFrom: number[][] = Array.from({ length: stateCount }, () => []);
  for (let i = 0; i < stateCount * SYMBOL_COUNT; i++) {
    cameFrom[transitions[i] ?? 0]?.push(Math.floor(i / SYMBOL_COUNT));
  }
  const distances = new Int32Array(stateCount).fill(NEVER);
  const queue: number[] = [];
  for (let state = 0; state < stateCount; state++) {
    if (labels[state] === 0) continue;
    distances[state] = 0;
    queue.push(state);
  }
  for (const state of queue) {
    for (const before of cameFrom[state] ?? []) {
      if (distances[before] !== NEVER) continue;
      distances[before] = (distances[state] ?? 0) + 1;
      queue.push(before);
    }
  }
  return distances;
}

/**
 * The digit where a pattern failed: the index of the first symbol of `number` after which no
 * continuation can match.
 *
 * `number.length` when it is too short: more symbols could still make it match. `-1` when it matches.
 * 0 also when the pattern matches no number at all. O(length).
 */
export function failingPosition(dfa: Dfa, number: string): number {
  const distances = distancesToMatch(dfa);
  if (distances[0] === NEVER) return 0;
  let state = 0;
  for (let i = 0; i < number.length; i++) {
    const symbol = symbolOf(number.charCodeAt(i));
    if (symbol === NO_SYMBOL) return i;
    state = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
    if (distances[state] === NEVER) return i;
  }
  return distances[state] === 0 ? -1 : number.length;
}
