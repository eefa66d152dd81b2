/**
 * Which country a number is in. Most calling codes belong to one country; the others (+1, +7, +44 …) are
 * told apart by the digits behind them, as libphonenumber's metadata does.
 *
 * @module
 */
import metadata from "libphonenumber-js/max/metadata";
import { SYMBOL_COUNT } from "../pattern/alphabet.ts";
import { compilePattern } from "../pattern/compile-pattern.ts";
import type { Dfa } from "../pattern/dfa.ts";
import { firstLabel, productOfDfas } from "../pattern/product-dfa.ts";

/** Calling codes have one to three digits, and none begins with another. */
const MAX_CALLING_CODE_DIGITS = 3;

/** Far above what any shared code needs (+44 needs 400). */
const MAX_STATES = 50_000;

const PLUS = 43;
const ZERO = 48;

/** Where the metadata keeps a country's leading digits and its types of numbers (its METADATA.md). */
const LEADING_DIGITS = 10;
const TYPES = 11;

/**
 * Tells the countries of one calling code apart; rows of ten digits.
 *
 * ```
 * steps      row × 10 + digit → next row, or -1 - index of the country
 * fallback   row → index of the country of a number that ends there
 * ```
 */
interface SharedCode {
  readonly code: number;
  readonly countries: readonly string[];
  readonly steps: Int16Array;
  readonly fallback: Int16Array;
}

/**
 * The calling codes that several countries share, each with the table that tells them apart. Plain data on
 * shared memory: it can be posted to worker threads.
 */
export type DestinationTables = readonly SharedCode[];

/** Per calling code, as a number: its countries, the main one first. */
const countriesOfCode = new Map(
  Object.entries(metadata.country_calling_codes).map(
    ([code, countries]): [number, readonly string[]] => [Number(code), countries],
  ),
);

/** The countries of calling code +1, whose area codes tell them apart. */
export const NANP_COUNTRIES: readonly string[] = countriesOfCode.get(1) ?? [];

let madeTables: DestinationTables | null = null;

/** Makes the tables of all shared calling codes; once a process, which costs about 0.2 s. */
export function destinationTables(): DestinationTables {
  madeTables ??= [...countriesOfCode]
    .filter(([, countries]) => countries.length > 1)
    .map(([code, countries]) => compileSharedCode(code, countries));
  return madeTables;
}

/** Country of the E.164 number in `bytes[start .. end)`, ISO 3166-1 alpha-2; `null` = none or unknown. */
export type CountryOf = (bytes: Uint8Array, start: number, end: number) => string | null;

/**
 * Tells in which country an E.164 number lies: that of its calling code, and where several share that, as
 * far as the leading digits tell, else the code's main country. `null` for codes that belong to no country
 * (+800, +881 …) and for what is no `+` with digits. O(digits), allocates nothing.
 *
 * @param tables - `null` = made when the first number of a shared code is asked for.
 */
export function createCountryOf(tables: DestinationTables | null): CountryOf {
  const byCode: SharedCode[] = [];
  for (const shared of tables ?? []) byCode[shared.code] = shared;
  const sharedCode = (code: number): SharedCode | undefined => {
    const known = byCode[code];
    if (known !== undefined) return known;
    for (const shared of destinationTables()) byCode[shared.code] = shared;
    return byCode[code];
  };
  return (bytes, start, end) => countryOfNumber(bytes, start, end, sharedCode);
}

function countryOfNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  sharedCode: (code: number) => SharedCode | undefined,
): string | null {
  if (bytes[start] !== PLUS) return null;
  let code = 0;
  const last = Math.min(end, start + 1 + MAX_CALLING_CODE_DIGITS);
  for (let i = start + 1; i < last; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) return null;
    code = code * 10 + digit;
    // No calling code begins with 0: +064 is not +64.
    if (code === 0) return null;
    const countries = countriesOfCode.get(code);
    if (countries === undefined) continue;
    const shared = countries.length === 1 ? undefined : sharedCode(code);
    if (shared === undefined) return countries[0] ?? null;
    return countryByDigits(shared, bytes, i + 1, end);
  }
  return null;
}

/** {@link createCountryOf} with tables that are made when they are first needed. */
export const destinationCountry: CountryOf = createCountryOf(null);

function countryByDigits(
  { countries, steps, fallback }: SharedCode,
  bytes: Uint8Array,
  start: number,
  end: number,
): string | null {
  let row = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) break;
    row = steps[row * 10 + digit] ?? -1;
    if (row < 0) return countries[-1 - row] ?? null;
  }
  return countries[fallback[row] ?? 0] ?? null;
}

/**
 * Of the countries whose patterns accept a number the first counts, as in libphonenumber-js. Once only
 * one country is left whatever follows, no further digit is read.
 */
function compileSharedCode(code: number, countries: readonly string[]): SharedCode {
  const dfa = countries.map(numbersOfCountry).reduce((a, b) => {
    const product = productOfDfas(a, b, firstLabel, MAX_STATES);
    return product ?? a;
  });
  const outcome = onlyOutcomes(dfa);
  const steps = sharedInt16Array(dfa.stateCount * 10);
  const fallback = sharedInt16Array(dfa.stateCount);
  for (let state = 0; state < dfa.stateCount; state++) {
    for (let digit = 0; digit < 10; digit++) {
      const to = dfa.transitions[state * SYMBOL_COUNT + digit] ?? 0;
      const country = countryOfLabel(outcome[to] ?? 0);
      steps[state * 10 + digit] = outcome[to] === SEVERAL ? to : -1 - country;
    }
  }
  fallback.set(dfa.labels.map(countryOfLabel));
  return { code, countries, steps, fallback };
}

function sharedInt16Array(length: number): Int16Array {
  return new Int16Array(new SharedArrayBuffer(length * Int16Array.BYTES_PER_ELEMENT));
}

/** Labels are indices + 1; a number that no country claims belongs to the main one. */
function countryOfLabel(label: number): number {
  return Math.max(label - 1, 0);
}

/** The national numbers of a country, labelled with its index + 1. */
function numbersOfCountry(country: string, index: number): Dfa {
  const plan: readonly unknown[] =
    Object.entries(metadata.countries).find(([name]) => name === country)?.[1] ?? [];
  const leadingDigits = plan[LEADING_DIGITS];
  const source =
    typeof leadingDigits === "string"
      ? `^(?:${leadingDigits})`
      : `^(?:${typePatterns(plan[TYPES])})$`;
  const compiled = compilePattern(source);
  if (!compiled.ok) return NOTHING;
  return { ...compiled.dfa, labels: compiled.dfa.labels.map((label) => label * (index + 1)) };
}

/** Each type (fixed line, mobile, toll-free …) is an array that begins with its pattern, or absent. */
function typePatterns(types: unknown): string {
  if (!Array.isArray(types)) return "";
  return types
    .flatMap((type: unknown) => (Array.isArray(type) ? [String(type[0])] : []))
    .filter((pattern) => pattern !== "")
    .join("|");
}

const NOTHING: Dfa = {
  stateCount: 1,
  transitions: new Int32Array(SYMBOL_COUNT),
  labels: new Int32Array(1),
};

const SEVERAL = -1;

/** For each state the only label that can still come (0 = none), or {@link SEVERAL}. */
function onlyOutcomes({ stateCount, transitions, labels }: Dfa): Int32Array {
  const outcome = Int32Array.from(labels);
  const join = (a: number, b: number): number => {
    if (a === b || b === 0) return a;
    return a === 0 ? b : SEVERAL;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let state = stateCount - 1; state >= 0; state--) {
      let joined = outcome[state] ?? 0;
      for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
        joined = join(joined, outcome[transitions[state * SYMBOL_COUNT + symbol] ?? 0] ?? 0);
      }
      if (joined === outcome[state]) continue;
      outcome[state] = joined;
      changed = true;
    }
  }
  return outcome;
}
