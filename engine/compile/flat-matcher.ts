import { NO_SYMBOL, SYMBOL_OF_BYTE, SYMBOLS } from "../pattern/alphabet.ts";
import { COLUMN_BITS, type FlatTable, LENGTH_BITS, PREFIX_DIGITS } from "./flat-table.ts";

const PLUS = SYMBOLS.charCodeAt(SYMBOLS.indexOf("+"));
const PLUS_COLUMN = SYMBOLS.indexOf("+");

/** `+`, the digits that one look-up covers, and two that are always stepped over. */
const SURE_LENGTH = 1 + PREFIX_DIGITS + 2;

/** What the ASCII codes of the first digits, weighted as a number, add up to beyond that number. */
const PREFIX_OFFSET = "0".charCodeAt(0) * 1111;

/** The low bits of a digit's ASCII code are its value, and its column. */
const DIGIT_MASK = 15;

/** Set in the ASCII codes of the ten digits, clear in those of `+`, `*` and `#`. */
const DIGIT_BIT = 16;

const MAX_DIGITS = 2 ** LENGTH_BITS - 1;

/** Bytes that are no symbol get an unused column: their answer means nothing, but does no harm. */
const COLUMN_OF_BYTE = SYMBOL_OF_BYTE.map((symbol) => (symbol === NO_SYMBOL ? 15 : symbol));

/**
 * Asks one table for the label of a number in `bytes[start .. end)`; 0 = it matches nothing. Allocates
 * nothing.
 */
export class FlatMatcher {
  // WHY fields and no closures: shared by many tables, their code is a fifth quicker.
  private readonly start: number;
  private readonly afterPlus: number;
  private readonly coreStates: number;
  private readonly transitions: Uint16Array;
  private readonly labels: Uint16Array | Uint32Array;
  private readonly lengthLabels: Uint16Array | Uint32Array;
  private readonly prefixes: Uint16Array | null;

  constructor(table: FlatTable) {
    this.start = table.start;
    this.afterPlus = table.transitions[(table.start << COLUMN_BITS) | PLUS_COLUMN] ?? 0;
    this.coreStates = table.coreStates;
    this.transitions = table.transitions;
    this.labels = table.labels;
    this.lengthLabels = table.lengthLabels;
    this.prefixes = table.prefixes;
  }

  /** For numbers of any symbols. */
  match(bytes: Uint8Array, start: number, end: number): number {
    const isPlain = end - start <= MAX_DIGITS && isOnlyDigits(bytes, start, end);
    return isPlain ? this.matchDigits(bytes, start, end) : this.walk(bytes, start, end);
  }

  /**
   * For numbers of at most 31 digits, with or without `+` before them: one look-up for the first digits,
   * then one for each digit until only the length counts.
   *
   * WHY two steps without asking whether they are needed: where a number is decided differs from number
   * to number, and a wrong guess of the processor costs more than both steps (measured: a third less).
   */
  matchDigits(bytes: Uint8Array, start: number, end: number): number {
    if (bytes[start] !== PLUS) return this.readOn(bytes, start, end, this.start);
    const { prefixes, transitions } = this;
    if (prefixes === null || end - start < SURE_LENGTH) {
      return this.readOn(bytes, start + 1, end, this.afterPlus);
    }
    const a = bytes[start + 1] ?? 0;
    const b = bytes[start + 2] ?? 0;
    const c = bytes[start + 3] ?? 0;
    const d = bytes[start + 4] ?? 0;
    const prefix = a * 1000 + b * 100 + c * 10 + d - PREFIX_OFFSET;
    let state = prefixes[prefix] ?? 0;
    state = transitions[(state << COLUMN_BITS) | ((bytes[start + 5] ?? 0) & DIGIT_MASK)] ?? 0;
    state = transitions[(state << COLUMN_BITS) | ((bytes[start + 6] ?? 0) & DIGIT_MASK)] ?? 0;
    return this.readOn(bytes, start + SURE_LENGTH, end, state);
  }

  private readOn(bytes: Uint8Array, from: number, end: number, fromState: number): number {
    const { transitions, coreStates } = this;
    let state = fromState;
    let i = from;
    while (state < coreStates && i < end) {
      state = transitions[(state << COLUMN_BITS) | ((bytes[i] ?? 0) & DIGIT_MASK)] ?? 0;
      i++;
    }
    if (state < coreStates) return this.labels[state] ?? 0;
    return this.lengthLabels[((state - coreStates) << LENGTH_BITS) + end - i] ?? 0;
  }

  private walk(bytes: Uint8Array, start: number, end: number): number {
    let state = this.start;
    for (let i = start; i < end; i++) {
      const column = COLUMN_OF_BYTE[bytes[i] ?? 0] ?? 0;
      state = this.transitions[(state << COLUMN_BITS) | column] ?? 0;
    }
    return this.labels[state] ?? 0;
  }
}

function isOnlyDigits(bytes: Uint8Array, start: number, end: number): boolean {
  let bits = DIGIT_BIT;
  for (let i = bytes[start] === PLUS ? start + 1 : start; i < end; i++) bits &= bytes[i] ?? 0;
  return bits !== 0;
}
