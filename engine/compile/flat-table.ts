import { SYMBOL_COUNT, SYMBOLS } from "../pattern/alphabet.ts";
import type { Dfa } from "../pattern/dfa.ts";

/** Bits of the column in an index into `transitions`: 13 symbols in rows of 16. */
export const COLUMN_BITS = 4;

/** Bits of the remaining length in an index into `lengthLabels`. */
export const LENGTH_BITS = 5;

/** State numbers are 16 bits wide. */
export const MAX_FLAT_STATES = 65_535;

/** Below this many states the first digits are walked one by one: the table fits the nearest cache. */
const MIN_STATES_FOR_PREFIXES = 64;

/** The first so many digits after a `+` are looked up at once. */
export const PREFIX_DIGITS = 4;

/**
 * An automaton laid out for speed, as plain data on shared memory: worker threads get it by reference.
 *
 * ```
 * transitions   state × 16 columns (0-9 + * #, three unused): next state
 * labels        state: what a number that ends here matches
 * lengthLabels  (state − coreStates) × 32: what a number with so many more digits matches
 * prefixes      four digits as a number 0–9999: the state after + and those digits, or null
 * ```
 * States below `coreStates` still look at digits; in all others only the *number* of further digits
 * counts, so that a number of digits need not be read to its end. The start is state `start`.
 */
export interface FlatTable {
  readonly start: number;
  readonly coreStates: number;
  readonly transitions: Uint16Array;
  readonly labels: Uint16Array | Uint32Array;
  readonly lengthLabels: Uint16Array | Uint32Array;
  readonly prefixes: Uint16Array | null;
}

/**
 * Lays out an automaton of at most {@link MAX_FLAT_STATES} states. Labels above 65,535 double the size
 * of the label arrays. Cost: O(states); about 100 bytes a state.
 */
export function flattenDfa(dfa: Dfa): FlatTable {
  const { stateCount } = dfa;
  const { ids, coreStates } = numberStates(lengthOnlyStates(dfa));
  const wide = dfa.labels.some((label) => label > 0xffff);
  const transitions = sharedUint16(stateCount << COLUMN_BITS);
  const labels = sharedLabels(wide, stateCount);
  const lengthLabels = sharedLabels(wide, (stateCount - coreStates) << LENGTH_BITS);
  for (let state = 0; state < stateCount; state++) {
    const id = ids[state] ?? 0;
    labels[id] = dfa.labels[state] ?? 0;
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
      transitions[(id << COLUMN_BITS) | symbol] = ids[to] ?? 0;
    }
    if (id >= coreStates) writeLengthLabels(dfa, state, lengthLabels, id - coreStates);
  }
  const start = ids[0] ?? 0;
  const prefixes = stateCount < MIN_STATES_FOR_PREFIXES ? null : prefixStates(transitions, start);
  return { start, coreStates, transitions, labels, lengthLabels, prefixes };
}

/** New numbers for the states, core states first. */
function numberStates(isLengthOnly: Uint8Array): { ids: Uint16Array; coreStates: number } {
  const ids = new Uint16Array(isLengthOnly.length);
  const coreStates = isLengthOnly.filter((lengthOnly) => lengthOnly === 0).length;
  let core = 0;
  let lengthOnly = coreStates;
  isLengthOnly.forEach((is, state) => {
    ids[state] = is === 1 ? lengthOnly++ : core++;
  });
  return { ids, coreStates };
}

/** 1 for every state from which all digits lead to the same state, and so on for ever. */
function lengthOnlyStates(dfa: Dfa): Uint8Array {
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

function writeLengthLabels(
  { transitions, labels }: Dfa,
  first: number,
  lengthLabels: Uint16Array | Uint32Array,
  row: number,
): void {
  let state = first;
  for (let length = 0; length < 1 << LENGTH_BITS; length++) {
    lengthLabels[(row << LENGTH_BITS) | length] = labels[state] ?? 0;
    state = transitions[state * SYMBOL_COUNT] ?? 0;
  }
}

function prefixStates(transitions: Uint16Array, start: number): Uint16Array {
  const plus = SYMBOLS.indexOf("+");
  const step = (state: number, symbol: number): number =>
    transitions[(state << COLUMN_BITS) | symbol] ?? 0;
  const prefixes = sharedUint16(10 ** PREFIX_DIGITS);
  const afterPlus = step(start, plus);
  for (let prefix = 0; prefix < prefixes.length; prefix++) {
    let state = afterPlus;
    for (let unit = 10 ** (PREFIX_DIGITS - 1); unit >= 1; unit /= 10) {
      state = step(state, Math.floor(prefix / unit) % 10);
    }
    prefixes[prefix] = state;
  }
  return prefixes;
}

function sharedUint16(length: number): Uint16Array {
  return new Uint16Array(new SharedArrayBuffer(length * 2));
}

function sharedLabels(wide: boolean, length: number): Uint16Array | Uint32Array {
  return wide ? new Uint32Array(new SharedArrayBuffer(length * 4)) : sharedUint16(length);
}
