import { SYMBOL_COUNT } from "../pattern/alphabet.ts";
import type { Dfa } from "../pattern/dfa.ts";

/**
 * 1 for every state from which all digits lead to the same state, and so on for ever: only *how many*
 * digits follow can still matter. Most states of routing tables are such. Cost: O(states).
 */
export function lengthOnlyStates(dfa: Dfa): Uint8Array {
  const alike = treatsDigitsAlike(dfa);
  const UNKNOWN = 2;
  const verdict = new Uint8Array(dfa.stateCount).fill(UNKNOWN);
  const chain: number[] = [];
  for (let first = 0; first < dfa.stateCount; first++) {
    let state = first;
    while (verdict[state] === UNKNOWN) {
      // Good until its end is known: a chain that closes on itself is good.
      verdict[state] = alike[state] ?? 0;
      chain.push(state);
      if (alike[state] === 1) state = dfa.transitions[state * SYMBOL_COUNT] ?? 0;
    }
    if (verdict[state] === 0) for (const link of chain) verdict[link] = 0;
    chain.length = 0;
  }
  return verdict;
}

function treatsDigitsAlike({ stateCount, transitions }: Dfa): Uint8Array {
  const alike = new Uint8Array(stateCount);
  for (let state = 0; state < stateCount; state++) {
    const base = state * SYMBOL_COUNT;
    const digits = transitions.subarray(base, base + 10);
    alike[state] = digits.every((to) => to === digits[0]) ? 1 : 0;
  }
  return alike;
}
