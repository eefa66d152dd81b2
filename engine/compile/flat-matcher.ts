import { NO_SYMBOL, SYMBOL_OF_BYTE, SYMBOLS } from "../pattern/alphabet.ts";
import { COLUMN_BITS, type FlatTable, LENGTH_BITS, PREFIX_DIGITS } from "./flat-table.ts";

/** `+` and the digits that one look-up covers. */
const PREFIX_LENGTH = 1 + PREFIX_DIGITS;

const PLUS = SYMBOLS.charCodeAt(SYMBOLS.indexOf("+"));
const ZERO = 48;

/** Set in the ASCII codes of the ten digits, clear in those of `+`, `*` and `#`. */
const DIGIT_BIT = 16;

/** An unused column: bytes that are no symbol lead to state 0 or stay harmless, never out of bounds. */
const COLUMN_OF_BYTE = SYMBOL_OF_BYTE.map((symbol) => (symbol === NO_SYMBOL ? 15 : symbol));

/** Digits of the prefix, weighted: what the ASCII codes add up to beyond the digits themselves. */
const PREFIX_OFFSET = ZERO * 1111;

/** The label of the number in `bytes[start .. end)`; 0 = it matches nothing. */
export type ByteMatcher = (bytes: Uint8Array, start: number, end: number) => number;

/**
 * The matcher of one table. Numbers must consist of symbols; for other bytes the answer means nothing.
 *
 * A number that starts with `+` and digits takes the quick way: one look-up for its first digits, then
 * one for each digit until only the length counts. All others are walked symbol by symbol. Allocates
 * nothing; cost: O(length), 10–25 ns for an E.164 number.
 */
export function createFlatMatcher(table: FlatTable): ByteMatcher {
  const { transitions, labels, lengthLabels, coreStates } = table;

  const walk = (bytes: Uint8Array, from: number, end: number, fromState: number): number => {
    let state = fromState;
    for (let i = from; i < end; i++) {
      const column = COLUMN_OF_BYTE[bytes[i] ?? 0] ?? 0;
      state = transitions[(state << COLUMN_BITS) | column] ?? 0;
    }
    return labels[state] ?? 0;
  };

  /** Answers for the digits left, of which only the number counts; a `*` or `#` among them is walked. */
  const byLength = (bytes: Uint8Array, from: number, end: number, state: number): number => {
    let bits = DIGIT_BIT;
    for (let i = from; i < end; i++) bits &= bytes[i] ?? 0;
    const left = end - from;
    if (bits === 0 || left >= 1 << LENGTH_BITS) return walk(bytes, from, end, state);
    return lengthLabels[((state - coreStates) << LENGTH_BITS) | left] ?? 0;
  };

  const readOn = (bytes: Uint8Array, from: number, end: number, fromState: number): number => {
    let state = fromState;
    for (let i = from; i < end; i++) {
      if (state >= coreStates) return byLength(bytes, i, end, state);
      const column = COLUMN_OF_BYTE[bytes[i] ?? 0] ?? 0;
      state = transitions[(state << COLUMN_BITS) | column] ?? 0;
    }
    return labels[state] ?? 0;
  };

  const { prefixes, start: startState } = table;
  if (prefixes === null) return (bytes, start, end) => readOn(bytes, start, end, startState);

  return (bytes, start, end) => {
    if (end - start < PREFIX_LENGTH || bytes[start] !== PLUS) {
      return readOn(bytes, start, end, startState);
    }
    const a = bytes[start + 1] ?? 0;
    const b = bytes[start + 2] ?? 0;
    const c = bytes[start + 3] ?? 0;
    const d = bytes[start + 4] ?? 0;
    if ((a & b & c & d & DIGIT_BIT) === 0) return readOn(bytes, start, end, startState);
    const state = prefixes[a * 1000 + b * 100 + c * 10 + d - PREFIX_OFFSET] ?? 0;
    return readOn(bytes, start + PREFIX_LENGTH, end, state);
  };
}
