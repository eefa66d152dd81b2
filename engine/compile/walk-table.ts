import { SYMBOL_COUNT } from "../pattern/alphabet.ts";
import type { Dfa } from "../pattern/dfa.ts";
import { type Cells, largestOf, sharedCells } from "./shared-cells.ts";

/** Cells of a state in which only the number of digits counts: next state by any digit, `+`, `*`, `#`. */
export const TAIL_CELLS = 4;

/** What is taken off a symbol that is no digit to find its cell in such a state. */
export const TAIL_OFFSET = 9;

/**
 * A whole automaton, symbol by symbol: right for every number, and small.
 *
 * ```
 * next     coreStates × 13: next state by symbol | other states × 4: by any digit, + * #
 * labels   state: what a number that ends here matches
 * ```
 */
export interface WalkTable {
  readonly start: number;
  readonly coreStates: number;
  readonly next: Cells;
  readonly labels: Cells;
}

/** Lays out an automaton. Cost: O(states); mostly 10 bytes a state, 28 for core states. */
export function walkTable(dfa: Dfa, lengthOnly: Uint8Array): WalkTable {
  const { stateCount } = dfa;
  const { ids, coreStates } = numberStates(lengthOnly);
  const tails = coreStates * SYMBOL_COUNT;
  const next = sharedCells(tails + (stateCount - coreStates) * TAIL_CELLS, stateCount - 1);
  const labels = sharedCells(stateCount, largestOf(dfa.labels));
  for (let state = 0; state < stateCount; state++) {
    const id = ids[state] ?? 0;
    const row = dfa.transitions.subarray(state * SYMBOL_COUNT, (state + 1) * SYMBOL_COUNT);
    const targets = row.map((to) => ids[to] ?? 0);
    labels[id] = dfa.labels[state] ?? 0;
    if (id < coreStates) next.set(targets, id * SYMBOL_COUNT);
    else next.set(tailOf(targets), tails + (id - coreStates) * TAIL_CELLS);
  }
  return { start: ids[0] ?? 0, coreStates, next, labels };
}

function tailOf(targets: Int32Array): Int32Array {
  return targets.filter((_, symbol) => symbol === 0 || symbol > TAIL_OFFSET);
}

/** New numbers for the states, core states first. */
function numberStates(lengthOnly: Uint8Array): { ids: Uint32Array; coreStates: number } {
  const ids = new Uint32Array(lengthOnly.length);
  const coreStates = lengthOnly.filter((is) => is === 0).length;
  let core = 0;
  let other = coreStates;
  lengthOnly.forEach((is, state) => {
    ids[state] = is === 1 ? other++ : core++;
  });
  return { ids, coreStates };
}
