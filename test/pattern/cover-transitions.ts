import { SYMBOL_COUNT, SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { Dfa } from "../../engine/pattern/dfa.ts";
import { distancesToMatch, NEVER } from "../../engine/pattern/live-states.ts";

/**
 * Numbers that together take every transition of an automaton: for each, the shortest way to its state,
 * its symbol, and from there on the shortest way to a match, where there is one.
 */
export function coverTransitions(dfa: Dfa): readonly string[] {
  const access = new Map([[0, ""]]);
  const numbers = new Set([""]);
  for (const [state, way] of access) {
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
      const taken = way + SYMBOLS.charAt(symbol);
      if (!access.has(to)) access.set(to, taken);
      numbers.add(taken + shortestEnd(dfa, to));
    }
  }
  return [...numbers];
}

function shortestEnd(dfa: Dfa, from: number): string {
  const distances = distancesToMatch(dfa);
  if (distances[from] === NEVER) return "";
  let text = "";
  let state = from;
  while ((distances[state] ?? 0) > 0) {
    const row = dfa.transitions.subarray(state * SYMBOL_COUNT, (state + 1) * SYMBOL_COUNT);
    const symbol = row.findIndex((to) => distances[to] === (distances[state] ?? 0) - 1);
    text += SYMBOLS.charAt(symbol);
    state = row[symbol] ?? 0;
  }
  return text;
}
