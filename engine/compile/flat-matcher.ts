import { type DigitTable, END_CELL, MAX_TABLE_DIGITS } from "./digit-table.ts";
import type { FlatTable } from "./flat-table.ts";
import { WalkMatcher } from "./walk-matcher.ts";
import type { WalkTable } from "./walk-table.ts";

const PLUS = "+".charCodeAt(0);

/** What the ASCII codes of the first digits, weighted as a number, add up to beyond that number. */
const DEEP_OFFSET = "0".charCodeAt(0) * 1111;
const SHALLOW_OFFSET = "0".charCodeAt(0) * 111;

/** Digits that are looked up at once, and three that are always stepped over. */
const DEEP_DIGITS = 4 + 3;
const SHALLOW_DIGITS = 3 + 3;

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
  if (digits === null) return new WalkMatcher(walk);
  return digits.rootDigits === 4
    ? new DeepMatcher(digits, walk, DEEP_OFFSET)
    : new ShallowMatcher(digits, walk, SHALLOW_OFFSET);
}

/**
 * What matchers of both depths have in common.
 *
 * WHY a class for each depth, not a question in one: asked for every number, it costs a fifth of the time
 * (measured); and WHY fields, not closures: shared by many tables, their code is a fifth quicker.
 *
 * WHY `| 0`: so the compiler knows that sums of places are whole numbers of 32 bits, and checks nothing.
 */
abstract class DigitMatcher {
  protected readonly cells: DigitTable["cells"];
  /** Where the root begins, less the weight of the digits' codes. */
  protected readonly root: number;
  protected readonly endStates: number;
  /** From a cell of an end state to the cell of its answers. */
  protected readonly toAnswers: number;
  private readonly start: number;
  private readonly afterPlus: number;
  private readonly walker: WalkMatcher;

  constructor(table: DigitTable, walk: WalkTable, offset: number) {
    this.cells = table.cells;
    this.root = table.root - offset;
    this.endStates = table.endStates;
    this.toAnswers = table.ends << ROW_BITS;
    this.start = table.start;
    this.afterPlus = table.afterPlus;
    this.walker = new WalkMatcher(walk);
  }

  abstract matchDigits(bytes: Uint8Array, start: number, end: number): number;

  match(bytes: Uint8Array, start: number, end: number): number {
    return isOnlyDigits(bytes, start, end)
      ? this.matchDigits(bytes, start, end)
      : this.walker.match(bytes, start, end);
  }

  /** Numbers without `+`, short and very long ones: nothing is taken for sure. */
  protected matchUnusual(bytes: Uint8Array, start: number, end: number): number {
    const hasPlus = bytes[start] === PLUS;
    const from = hasPlus ? start + 1 : start;
    const digits = end - from;
    if (digits > MAX_TABLE_DIGITS) return this.walker.match(bytes, start, end);
    return this.readOn(bytes, from, end, hasPlus ? this.afterPlus : this.start, digits);
  }

  /** From a state that is reached before `bytes[from]`; the whole number has so many digits. */
  protected readOn(
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

/**
 * For large tables: four digits are looked up at once, and three more are stepped over without asking
 * whether they are needed.
 *
 * WHY: where a number is decided differs from number to number, and a wrong guess of the processor costs
 * more than all three steps (measured: a quarter less).
 */
class DeepMatcher extends DigitMatcher {
  override matchDigits(bytes: Uint8Array, start: number, end: number): number {
    const { cells } = this;
    const digits = (end - start - 1) | 0;
    if (digits < DEEP_DIGITS || digits > MAX_TABLE_DIGITS || bytes[start] !== PLUS) {
      return this.matchUnusual(bytes, start, end);
    }
    const a = bytes[(start + 1) | 0] ?? 0;
    const b = bytes[(start + 2) | 0] ?? 0;
    const c = bytes[(start + 3) | 0] ?? 0;
    const d = bytes[(start + 4) | 0] ?? 0;
    let state = cells[(a * 1000 + b * 100 + c * 10 + d + this.root) | 0] ?? 0;
    const e = bytes[(start + 5) | 0] ?? 0;
    state = cells[(state << ROW_BITS) | (e & DIGIT_MASK)] ?? 0;
    const f = bytes[(start + 6) | 0] ?? 0;
    state = cells[(state << ROW_BITS) | (f & DIGIT_MASK)] ?? 0;
    const g = bytes[(start + 7) | 0] ?? 0;
    state = cells[(state << ROW_BITS) | (g & DIGIT_MASK)] ?? 0;
    if (state < this.endStates) return this.readOn(bytes, start + 8, end, state, digits);
    return cells[((state << ROW_BITS) + this.toAnswers + digits) | 0] ?? 0;
  }
}

/** For small tables, of which policies have many: three digits are looked up at once, three stepped over. */
class ShallowMatcher extends DigitMatcher {
  override matchDigits(bytes: Uint8Array, start: number, end: number): number {
    const { cells } = this;
    const digits = (end - start - 1) | 0;
    if (digits < SHALLOW_DIGITS || digits > MAX_TABLE_DIGITS || bytes[start] !== PLUS) {
      return this.matchUnusual(bytes, start, end);
    }
    const a = bytes[(start + 1) | 0] ?? 0;
    const b = bytes[(start + 2) | 0] ?? 0;
    const c = bytes[(start + 3) | 0] ?? 0;
    let state = cells[(a * 100 + b * 10 + c + this.root) | 0] ?? 0;
    const d = bytes[(start + 4) | 0] ?? 0;
    state = cells[(state << ROW_BITS) | (d & DIGIT_MASK)] ?? 0;
    const e = bytes[(start + 5) | 0] ?? 0;
    state = cells[(state << ROW_BITS) | (e & DIGIT_MASK)] ?? 0;
    const f = bytes[(start + 6) | 0] ?? 0;
    state = cells[(state << ROW_BITS) | (f & DIGIT_MASK)] ?? 0;
    if (state < this.endStates) return this.readOn(bytes, start + 7, end, state, digits);
    return cells[((state << ROW_BITS) + this.toAnswers + digits) | 0] ?? 0;
  }
}

function isOnlyDigits(bytes: Uint8Array, start: number, end: number): boolean {
  let bits = DIGIT_BIT;
  for (let i = bytes[start] === PLUS ? start + 1 : start; i < end; i++) bits &= bytes[i] ?? 0;
  return bits !== 0;
}
