import type { CallKind } from "../engine/model/call.ts";
import type { Tenant } from "../engine/model/tenant.ts";
import { Random } from "./random.ts";

/** One row of a stream of dialed numbers. */
export interface DialedRow {
  readonly dialed: string;
  readonly user: string;
  readonly kind: CallKind;
}

/** A national numbering range that the country's regulator keeps for fiction. */
interface FictionRange {
  readonly countryCode: string;
  /** National digits; `x` stands for any digit, `n` for one from 2 to 9. */
  readonly national: string;
  /** What is dialed before the national digits inside the country. */
  readonly trunkPrefix: string;
}

const range = (countryCode: string, national: string, trunkPrefix = "0"): FictionRange => ({
  countryCode,
  national,
  trunkPrefix,
});

/**
 * Sources: NANPA (555-0100 to 555-0199 in every area code), Ofcom (telephone numbers for drama use),
 * ARCEP (numéros pour les œuvres audiovisuelles), Bundesnetzagentur (Mitteilung 148/2021), ACMA
 * (numbers for use in radio, film and television), PTS (fiktiva telefonnummer).
 */
const NANP: readonly [FictionRange, ...FictionRange[]] = [
  range("1", "42555501xx", "1"),
  range("1", "20655501xx", "1"),
  range("1", "21255501xx", "1"),
  range("1", "64655501xx", "1"),
  range("1", "nxx55501xx", "1"),
  range("1", "nxx55501xx", "1"),
];
const EUROPE: readonly [FictionRange, ...FictionRange[]] = [
  range("44", "2079460xxx"),
  range("44", "1632960xxx"),
  range("44", "1214960xxx"),
  range("44", "7700900xxx"),
  range("44", "8081570xxx"),
  range("33", "19900xxxx"),
  range("33", "26191xxxx"),
  range("33", "63998xxxx"),
  range("49", "3023125xxx"),
  range("49", "6990009xxx"),
  range("49", "17139200xx"),
];
const WORLD: readonly [FictionRange, ...FictionRange[]] = [
  range("61", "25550xxxx"),
  range("61", "370105xxx"),
  range("61", "491570xxx"),
  range("46", "8465004xx"),
  range("46", "701740605"),
];
const PREMIUM: readonly [FictionRange, ...FictionRange[]] = [
  range("1", "90055501xx", "1"),
  range("44", "9098790xxx"),
];

const EMERGENCY = ["911", "112", "999", "+911", "9911"] as const;
const SERVICE = ["411", "611", "811", "101", "105", "111", "118118", "*67", "#31#", "0"] as const;
const GARBAGE = [
  "abc",
  "+",
  "++442079460123",
  "1-800-CONTOSO",
  "tel:",
  "42555501234255550123425555012342555501234255",
  "4255550123 or 4255550124",
  "n/a",
  "0x1F",
  "+1425555O123",
] as const;

type Source = (random: Random, onNet: readonly [string, ...string[]]) => string;

const SOURCES: readonly [readonly [Source, number], ...(readonly [Source, number])[]] = [
  [(random) => typed(random, random.pick(NANP)), 38],
  [(random) => typed(random, random.pick(EUROPE)), 27],
  [(random) => typed(random, random.pick(WORLD)), 8],
  [(random) => typed(random, random.pick(PREMIUM)), 2],
  [(random, onNet) => spaced(random, random.pick(onNet)), 11],
  [(random) => `01${random.digits(2)}`, 3],
  [(random) => `555${random.digits(4)}`, 2],
  [(random) => random.pick(EMERGENCY), 2],
  [(random) => random.pick(SERVICE), 4],
  [(random) => random.pick(GARBAGE), 3],
];

const KINDS: readonly [readonly [CallKind, number], ...(readonly [CallKind, number])[]] = [
  ["user-call", 70],
  ["dial-out", 15],
  ["call-me-at", 8],
  ["forward", 7],
];

/** One row in so many names a user that the tenant does not have. */
const STRANGER_EVERY = 500;

/**
 * Dialed numbers as people of the tenant would type them: national and international, with separators,
 * extensions and mistakes, among them emergency and service numbers and each other's own. All are from
 * ranges kept for fiction, so that no row rings anywhere. The same seed gives the same rows.
 */
export function* dialedNumbers(tenant: Tenant, count: number, seed: number): Generator<DialedRow> {
  const random = new Random(seed);
  const [first = "nobody@contoso.com", ...rest] = tenant.users.map((u) => u.userPrincipalName);
  const users: readonly [string, ...string[]] = [first, ...rest];
  const [one = "+14255550100", ...others] = tenant.phoneNumbers.map((n) => n.telephoneNumber);
  const onNet: readonly [string, ...string[]] = [one, ...others];
  for (let row = 0; row < count; row += 1) {
    const user = random.below(STRANGER_EVERY) === 0 ? "nobody@contoso.com" : random.pick(users);
    const dialed = random.weighted(SOURCES)(random, onNet);
    yield { dialed, user, kind: random.weighted(KINDS) };
  }
}

/** A number of the range in one of the forms in which people dial. */
function typed(random: Random, { countryCode, national, trunkPrefix }: FictionRange): string {
  const number = filled(random, national);
  const form = random.below(100);
  if (form < 55) return `+${countryCode}${number}`;
  if (form < 70) return spaced(random, `+${countryCode}${number}`);
  if (form < 82) return `${trunkPrefix}${number}`;
  if (form < 86) return `${countryCode === "1" ? "" : trunkPrefix}${number}`;
  if (form < 92) return `00${countryCode}${number}`;
  if (form < 95) return `011${countryCode}${number}`;
  if (form < 98) return `tel:+${countryCode}${number}`;
  return `+${countryCode}${number};ext=${random.digits(3)}`;
}

function filled(random: Random, national: string): string {
  return national.replace(/[xn]/g, (place) =>
    place === "x" ? random.digits(1) : String(2 + random.below(8)),
  );
}

const SPACED = /^(\+(?:1|33|44|46|49|61))(\d{3})(\d+)$/;

/** With the separators that people copy from letterheads. */
function spaced(random: Random, number: string): string {
  const separator = random.pick([" ", "-", "."]);
  const [, head = number, middle = "", tail = ""] = SPACED.exec(number) ?? [];
  if (middle === "") return number;
  const area = random.below(3) === 0 ? `(${middle})` : middle;
  return `${head} ${area}${separator}${tail.slice(0, 3)}${separator}${tail.slice(3)}`;
}
