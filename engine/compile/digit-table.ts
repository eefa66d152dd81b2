import { SYMBOL_COUNT, SYMBOLS } from "../pattern/alphabet.ts";
import type { Dfa } from "../pattern/dfa.ts";
import { ROW_CELLS, RowSet } from "./row-set.ts";
import { type Cells, largestOf, sharedCells } from "./shared-cells.ts";

/** The longest numbers that the table knows: E.164 allows no more digits. */
export const MAX_TABLE_DIGITS = ROW_CELLS - 1;

/** Where a deciding state's row says what a number that ends there matches. */
export const END_CELL = 10;

/** The first so many digits after a `+` are looked up at once. */
export const ROOT_DIGITS = 4;

/** Places in numbers that are worth laying out, if the automaton has no more states than that. */
const MIN_PLACES_ALLOWED = 4096;

/**
 * What numbers of up to 15 digits, with or without `+` before them, match; rows of 16 cells.
 *
 * ```
 * rows  0 …                   deciding states: next state by digit, what a number matches that ends here
 *       endStates …           end states: themselves, by every digit
 *       endStates + ends …    for each end state: what is matched, by the number of all digits
 * cells root …                the state after + and four digits, these read as a number 0–9999
 * ```
 * In an end state no digit can change anything any more, only how many there are: so it may be walked on
 * from without harm, and a reader need not ask after each digit whether it is there yet.
 */
export interface DigitTable {
  readonly cells: Cells;
  readonly start: number;
  readonly afterPlus: number;
  /** The first end state; all states from here on are. */
  readonly endStates: number;
  /** How many they are. */
  readonly ends: number;
  readonly root: number;
}

/**
 * Lays out what an automaton says of such numbers; `null` when that would take more room than the automaton
 * itself, as cycles may. A place in a number and a state together become a state of the table, and equal
 * ones become one, so that end states know how many digits went before. Cost: O(states).
 */
export function digitTable(dfa: Dfa, lengthOnly: Uint8Array): DigitTable | null {
  const places = new Places(dfa, lengthOnly, Math.max(MIN_PLACES_ALLOWED, dfa.stateCount));
  const afterPlus = places.at(dfa.transitions[SYMBOLS.indexOf("+")] ?? 0, 0);
  const start = places.at(0, 0);
  if (places.areTooMany) return null;
  return layOut(places, { start, afterPlus, largestLabel: largestOf(dfa.labels) });
}

/**
 * The states of the table, found by walking all digits from a state and place on: deciding states are
 * 0, 1, 2 …, end states −1, −2, −3 ….
 */
class Places {
  readonly deciding = new RowSet();
  readonly ends = new RowSet();
  areTooMany = false;
  private readonly dfa: Dfa;
  private readonly lengthOnly: Uint8Array;
  private readonly known = new Map<number, number>();
  private readonly maxPlaces: number;

  constructor(dfa: Dfa, lengthOnly: Uint8Array, maxPlaces: number) {
    this.dfa = dfa;
    this.lengthOnly = lengthOnly;
    this.maxPlaces = maxPlaces;
  }

  at(state: number, place: number): number {
    const key = state * ROW_CELLS + place;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.known.size > this.maxPlaces) this.areTooMany = true;
    if (this.areTooMany) return 0;
    const isEnd = place === MAX_TABLE_DIGITS || this.lengthOnly[state] === 1;
    const found = isEnd ? this.endFrom(state, place) : this.decide(state, place);
    this.known.set(key, found);
    return found;
  }

  private endFrom(from: number, place: number): number {
    const row = new Int32Array(ROW_CELLS);
    let state = from;
    for (let digits = place; digits <= MAX_TABLE_DIGITS; digits++) {
      row[digits] = this.dfa.labels[state] ?? 0;
      state = this.dfa.transitions[state * SYMBOL_COUNT] ?? 0;
    }
    return -1 - this.ends.intern(row);
  }

  private decide(state: number, place: number): number {
    const row = new Int32Array(ROW_CELLS);
    for (let digit = 0; digit < 10; digit++) {
      row[digit] = this.at(this.dfa.transitions[state * SYMBOL_COUNT + digit] ?? 0, place + 1);
    }
    const label = this.dfa.labels[state] ?? 0;
    const [first = 0] = row;
    if (first < 0 && row.subarray(0, 10).every((to) => to === first)) {
      const end = Int32Array.from(this.ends.row(-1 - first));
      end[place] = label;
      return -1 - this.ends.intern(end);
    }
    row[END_CELL] = label;
    return this.deciding.intern(row);
  }
}

interface Starts {
  readonly start: number;
  readonly afterPlus: number;
  readonly largestLabel: number;
}

function layOut(places: Places, { start, afterPlus, largestLabel }: Starts): DigitTable {
  const { deciding, ends } = places;
  const order = nearestFirst(deciding, [afterPlus, start]);
  const endStates = deciding.size;
  const idOf = (state: number): number => (state < 0 ? endStates - 1 - state : (order[state] ?? 0));
  const root = (endStates + 2 * ends.size) * ROW_CELLS;
  const largest = Math.max(endStates + ends.size, largestLabel);
  const cells = sharedCells(root + 10 ** ROOT_DIGITS, largest);
  for (let state = 0; state < endStates; state++) {
    const row = deciding.row(state);
    const base = idOf(state) * ROW_CELLS;
    for (let digit = 0; digit < 10; digit++) cells[base + digit] = idOf(row[digit] ?? 0);
    cells[base + END_CELL] = row[END_CELL] ?? 0;
  }
  for (let end = 0; end < ends.size; end++) {
    const id = endStates + end;
    cells.fill(id, id * ROW_CELLS, (id + 1) * ROW_CELLS);
    cells.set(ends.row(end), (id + ends.size) * ROW_CELLS);
  }
  const table = { cells, start: idOf(start), afterPlus: idOf(afterPlus), root };
  writeRoot(table);
  return { ...table, endStates, ends: ends.size };
}

type Rooted = Pick<DigitTable, "cells" | "afterPlus" | "root">;

function writeRoot({ cells, afterPlus, root }: Rooted): void {
  for (let digits = 0; digits < 10 ** ROOT_DIGITS; digits++) {
    let state = afterPlus;
    for (let unit = 10 ** (ROOT_DIGITS - 1); unit >= 1; unit /= 10) {
      state = cells[state * ROW_CELLS + (Math.floor(digits / unit) % 10)] ?? 0;
    }
    cells[root + digits] = state;
  }
}

/** New numbers for the deciding states, breadth first: what is read together stands together. */
function nearestFirst(deciding: RowSet, starts: readonly number[]): Int32Array {
  const order = new Int32Array(deciding.size).fill(-1);
  const queue: number[] = [];
  const add = (state: number): void => {
    if (state < 0 || order[state] !== -1) return;
    order[state] = queue.length;
    queue.push(state);
  };
  for (const state of starts) add(state);
  for (const state of queue) for (const to of deciding.row(state).subarray(0, 10)) add(to);
  return order;
}
