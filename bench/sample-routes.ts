/**
 * Route lists like those of real tenants: service and toll-free numbers first, then area codes and
 * exchanges of North America, areas and blocks of other countries, whole countries, extensions, and
 * catch-alls last. Large lists are mostly exchange level. No customer's list was available; the shapes
 * are those of published route lists.
 *
 * @module
 */
import { getCountries, getCountryCallingCode, isValidPhoneNumber } from "libphonenumber-js/max";
import { Random } from "./random.ts";

/** One route: its pattern, and how to dial a number for it. */
export interface SampleRoute {
  readonly numberPattern: string;
  /** Administrators put the specific before the general: 0 names exchanges, areas or numbers, 2 countries. */
  readonly generality: 0 | 1 | 2;
  readonly example: (random: Random) => string;
}

export interface RouteListShape {
  readonly routes: number;
  /** Share of the patterns that use negative lookahead, which RE2 has not. */
  readonly lookaheads: number;
}

export const CALLING_CODES: readonly string[] = [
  ...new Set(getCountries().map((country) => getCountryCallingCode(country).toString())),
]
  .filter((code) => code !== "1")
  .sort();

export const AREA_CODES: readonly string[] = Array.from(
  { length: 800 },
  (_, i) => `${200 + i}`,
).filter((code) => isValidPhoneNumber(`+1${code}2550100`, "US"));

/** Lists of this length and more have mostly exchange-level routes. */
const FINE_FROM = 1000;

/** A deterministic list: equal shapes give equal routes, the first one to be tried first. */
export function sampleRoutes({ routes, lookaheads }: RouteListShape): readonly SampleRoute[] {
  const random = new Random(1);
  const middle: SampleRoute[] = [];
  const count = Math.max(0, routes - FIRST.length - LAST.length);
  while (middle.length < count) {
    const isFine = routes >= FINE_FROM && random.chance(0.6);
    const shape = random.chance(lookaheads) ? exceptions : shapeOf(random.next());
    middle.push(shape(random, isFine));
  }
  middle.sort((a, b) => a.generality - b.generality);
  return [...FIRST, ...middle, ...LAST].slice(-routes);
}

type Shape = (random: Random, isFine: boolean) => SampleRoute;

function shapeOf(share: number): Shape {
  if (share < 0.4) return northAmerica;
  if (share < 0.75) return areasOfCountry;
  if (share < 0.85) return countries;
  if (share < 0.92) return rangeOfCountry;
  if (share < 0.96) return anyWayOfDialing;
  return extension;
}

const northAmerica: Shape = (random, isFine) => {
  if (!isFine) {
    const areas = random.pickSome(AREA_CODES, random.between(1, 8));
    return {
      numberPattern: `^\\+1(${areas.join("|")})(\\d{7})$`,
      generality: 0,
      example: (r) => `+1${r.pick(areas)}${r.digits(7)}`,
    };
  }
  const area = random.pick(AREA_CODES);
  const exchanges = random.pickSome(EXCHANGES, random.between(1, 6));
  return {
    numberPattern: `^\\+1${area}(${exchanges.join("|")})\\d{4}$`,
    generality: 0,
    example: (r) => `+1${area}${r.pick(exchanges)}${r.digits(4)}`,
  };
};

const areasOfCountry: Shape = (random, isFine) => {
  const code = random.pick(CALLING_CODES);
  const areas = isFine
    ? random.pickSome(EXCHANGES, random.between(1, 8))
    : random.pickSome(TWO_DIGITS, random.between(1, 5));
  const min = random.between(4, 6);
  const max = min + random.between(0, 2);
  return {
    numberPattern: `^\\+${code}(${areas.join("|")})\\d{${min},${max}}$`,
    generality: 0,
    example: (r) => `+${code}${r.pick(areas)}${r.digits(r.between(min, max))}`,
  };
};

const countries: Shape = (random) => {
  const codes = random.pickSome(CALLING_CODES, random.between(1, 6));
  return {
    numberPattern: `^\\+(${codes.join("|")})\\d{6,12}$`,
    generality: 2,
    example: (r) => `+${r.pick(codes)}${r.digits(r.between(6, 12))}`,
  };
};

const rangeOfCountry: Shape = (random) => {
  const code = random.pick(CALLING_CODES);
  const first = random.between(1, 4);
  const last = random.between(5, 9);
  return {
    numberPattern: `^\\+${code}[${first}-${last}]\\d{6,10}$`,
    generality: 1,
    example: (r) => `+${code}${r.between(first, last)}${r.digits(r.between(6, 10))}`,
  };
};

const anyWayOfDialing: Shape = (random) => {
  const start = `${random.pick(CALLING_CODES)}${random.pick(TWO_DIGITS)}`;
  return {
    numberPattern: `^(\\+|00|011)?${start}\\d+$`,
    generality: 1,
    example: (r) => `${r.pick(["+", "00", "011", ""])}${start}${r.digits(7)}`,
  };
};

const extension: Shape = (random) => {
  const number = `${random.pick(["", "9"])}${random.between(1000, 8999)}`;
  return { numberPattern: `^${number}$`, generality: 0, example: () => number };
};

const exceptions: Shape = (random) => {
  if (random.chance(0.5)) {
    const areas = random.pickSome(AREA_CODES, random.between(1, 3));
    return {
      numberPattern: `^\\+1(?!${areas.join("|")})\\d{10}$`,
      generality: 2,
      example: (r) => `+1${r.pick(AREA_CODES)}${r.digits(7)}`,
    };
  }
  const code = random.pick(CALLING_CODES);
  return {
    numberPattern: `^\\+${code}(?!9|80)\\d{6,11}$`,
    generality: 2,
    example: (r) => `+${code}${r.between(1, 7)}${r.digits(r.between(5, 10))}`,
  };
};

const TOLL_FREE = ["800", "833", "844", "855", "866", "877", "888"];
const EXCHANGES = Array.from({ length: 800 }, (_, i) => `${200 + i}`);
const TWO_DIGITS = Array.from({ length: 90 }, (_, i) => `${10 + i}`);

const FIRST: readonly SampleRoute[] = [
  {
    numberPattern: "^\\+?(911|112|933)$",
    generality: 0,
    example: (r) => r.pick(["911", "+112", "933"]),
  },
  {
    numberPattern: `^\\+1(${TOLL_FREE.join("|")})\\d{7}$`,
    generality: 0,
    example: (r) => `+1${r.pick(TOLL_FREE)}${r.digits(7)}`,
  },
  { numberPattern: "^\\+1900\\d{7}$", generality: 0, example: (r) => `+1900${r.digits(7)}` },
];

const LAST: readonly SampleRoute[] = [
  {
    numberPattern: "^\\+1[2-9]\\d{2}[2-9]\\d{6}$",
    generality: 2,
    example: (r) => `+1${r.pick(AREA_CODES)}${r.between(2, 9)}${r.digits(6)}`,
  },
  { numberPattern: "^\\+44\\d{9,10}$", generality: 2, example: (r) => `+44${r.digits(10)}` },
  {
    numberPattern: "^\\+[2-9]\\d{6,13}$",
    generality: 2,
    example: (r) => `+${r.pick(CALLING_CODES)}${r.digits(8)}`,
  },
  {
    numberPattern: "^\\+\\d{8,15}$",
    generality: 2,
    example: (r) => `+${r.digits(r.between(8, 15))}`,
  },
];
