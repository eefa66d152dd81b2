import { type DigitTable, END_CELL, MAX_TABLE_DIGITS, ROOT_DIGITS } from "./digit-table.ts";
import type { FlatTable } from "./flat-table.ts";
import { WalkMatcher } from "./walk-matcher.ts";
import type { WalkTable } from "./walk-table.ts";

const PLUS = "+".charCodeAt(0);

/** What the ASCII codes of the first digits, weighted as a number, add up to beyond that number. */
const ROOT_OFFSET = "0".charCodeAt(0) * 1111;

/** The digits that are looked up at once, and three that are always stepped over. */
const SURE_DIGITS = ROOT_DIGITS + 3;

/** Bits of a cell within its row. */
const ROW_BITS = 4;

/** The low bits of a digit's ASCII code are its value, and its cell. */
const DIGIT_MASK = 15;

/** Set in the ASCII codes of the ten digits, clear in those of `+`, `*` and `#`. */
const DIGIT_BIT = 16;

/**
 * Asks one table for the label of a number in `bytes[start .. end)`; 0 = it matches nothing. Allocates
 * nothing.
 */
export interface FlatMatcher {
  /** For numbers of any symbols. */
  match(bytes: Uint8Array, start: number, end: number): number;
  /** As `match`, but quicker, for digits with or without `+` before them. */
  matchDigits(bytes: Uint8Array, start: number, end: number): number;
}

export function createFlatMatcher({ walk, digits }: FlatTable): FlatMatcher {
  return digits === null ? new WalkMatcher(walk) : new DigitMatcher(digits, walk);
}

/**
 * WHY one class for tables of all sizes: with another for small ones, the code that calls either takes a
 * fifth more time for both (measured). WHY fields and no closures: shared by many tables, their code is a
 * fifth quicker.
 */
class DigitMatcher implements FlatMatcher {
  private readonly cells: DigitTable["cells"];
  /** Where the root begins, less the weight of the digits' codes. */
  private readonly root: number;
  private readonly endStates: number;
  /** From a cell of an end state to the cell of its answers. */
  private readonly toAnswers: number;
  private readonly start: number;
  private readonly afterPlus: number;
  private readonly walker: WalkMatcher;

  constructor(table: DigitTable, walk: WalkTable) {
    this.cells = table.cells;
    this.root = table.root - ROOT_OFFSET;
    this.endStates = table.endStates;
    this.toAnswers = table.ends << ROW_BITS;
    this.start = table.start;
    this.afterPlus = table.afterPlus;
    this.walker = new WalkMatcher(walk);
  }

  match(bytes: Uint8Array, start: number, end: number): number {
    return isOnlyDigits(bytes, start, end)
      ? this.matchDigits(bytes, start, end)
      : this.walker.match(bytes, start, end);
  }

  /**
   * Four digits are looked up at once, and three more are stepped over without asking whether they are
   * needed.
   *
   * WHY: where a number is decided differs from number to number, and a wrong guess of the processor costs
   * more than all three steps (measured: a quarter less).
   */
  matchDigits(bytes: Uint8Array, start: number, end: number): number {
    const { cells } = this;
    // WHY `| 0`: the compiler then knows it for a whole number, here and in all sums below.
    const digits = (end - start - 1) | 0;
    if (digits < SURE_DIGITS || digits > MAX_TABLE_DIGITS || bytes[start] !== PLUS) {
      return this.matchUnusual(bytes, start, end);
    }
    const a = bytes[start + 1] ?? 0;
    const b = bytes[start + 2] ?? 0;
    const c = bytes[start + 3] ?? 0;
    const d = bytes[start + 4] ?? 0;
    let state = cells[a * 1000 + b * 100 + c * 10 + d + this.root] ?? 0;
    const e = bytes[start + 5] ?? 0;
    state = cells[(state << ROW_BITS) | (e & DIGIT_MASK)] ?? 0;
    const f = bytes[start + 6] ?? 0;
    state = cells[(state << ROW_BITS) | (f & DIGIT_MASK)] ?? 0;
    const g = bytes[start + 7] ?? 0;
    state = cells[(state << ROW_BITS) | (g & DIGIT_MASK)] ?? 0;
    if (state >= this.endStates) return cells[(state << ROW_BITS) + this.toAnswers + digits] ?? 0;
    return this.readOn(bytes, start + 1 + SURE_DIGITS, end, state, digits);
  }

  /** Numbers without `+`, short and very long ones: nothing is taken for sure. */
  private matchUnusual(bytes: Uint8Array, start: number, end: number): number {
    const hasPlus = bytes[start] === PLUS;
    const from = hasPlus ? start + 1 : start;
    const digits = end - from;
    if (digits > MAX_TABLE_DIGITS) return this.walker.match(bytes, start, end);
    return this.readOn(bytes, from, end, hasPlus ? this.afterPlus : this.start, digits);
  }

  /** From a state that is reached before `bytes[from]`; the whole number has so many digits. */
  private readOn(
    bytes: Uint8Array,
    from: number,
    end: number,
    fromState: number,
    digits: number,
  ): number {
    const { cells, endStates } = this;
    let state = fromState;
    for (let i = from; state < endStates && i < end; i++) {
      state = cells[(state << ROW_BITS) | ((bytes[i] ?? 0) & DIGIT_MASK)] ?? 0;
    }
    if (state < endStates) return cells[(state << ROW_BITS) | END_CELL] ?? 0;
    return cells[(state << ROW_BITS) + this.toAnswers + digits] ?? 0;
  }
}

function isOnlyDigits(bytes: Uint8Array, start: number, end: number): boolean {
  let bits = DIGIT_BIT;
  for (let i = bytes[start] === PLUS ? start + 1 : start; i < end; i++) bits &= bytes[i] ?? 0;
  return bits !== 0;
}
