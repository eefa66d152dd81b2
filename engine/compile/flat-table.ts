import type { Dfa } from "../pattern/dfa.ts";
import { type DigitTable, digitTable } from "./digit-table.ts";
import { lengthOnlyStates } from "./length-only-states.ts";
import { type WalkTable, walkTable } from "./walk-table.ts";

/** Beyond this many states an automaton is not merged any further: its tables would take 20 MB. */
export const MAX_FLAT_STATES = 500_000;

/** An automaton laid out for speed, as plain data on shared memory: threads get it by reference. */
export interface FlatTable {
  /** Right for every number. */
  readonly walk: WalkTable;
  /** Quicker, for digits with or without `+` before them; `null`: not worth its size. */
  readonly digits: DigitTable | null;
}

/** Lays out an automaton. Cost: O(states); about 30 bytes a state, and 20 KB. */
export function flattenDfa(dfa: Dfa): FlatTable {
  const lengthOnly = lengthOnlyStates(dfa);
  return { walk: walkTable(dfa, lengthOnly), digits: digitTable(dfa, lengthOnly) };
}

/** What a table takes of memory, in bytes. */
export function flatTableBytes({ walk, digits }: FlatTable): number {
  return walk.next.byteLength + walk.labels.byteLength + (digits?.cells.byteLength ?? 0);
}
