import type { CallingRestriction } from "../compile/calling-restriction.ts";
import type { TraceStep } from "../model/trace.ts";
import { ZONE_A_COUNTRIES } from "../model/zone-a.ts";
import type { DialedNumber } from "./dialed-number.ts";

/**
 * Whether an outbound calling restriction lets a number be called.
 *
 * @module
 */

const zoneA: ReadonlySet<string> = new Set(ZONE_A_COUNTRIES);

/** Asked only where it matters. */
type Country = () => string | null;

/**
 * Whether the number may be called (documented: Microsoft, outbound-calling-restriction-policies; how
 * destinations are told apart is assumed):
 *
 * | scope | allowed |
 * |---|---|
 * | international | all |
 * | domestic | the caller's own country |
 * | Zone A | the countries of Zone A, the own one only if it is among them (option zoneAIncludesOwnCountry) |
 * | disabled | none |
 *
 * Numbers without `+` lie in the own country. Countries are those of ISO 3166-1, as libphonenumber tells
 * them apart: Toronto is not domestic for Seattle, nor Jersey for London. Toll-free numbers of +1 are
 * domestic in every country of +1. What lies in no country (satellites, +800) is neither domestic nor in
 * Zone A. Allocates nothing.
 */
export function allowsDestination(
  restriction: CallingRestriction,
  number: DialedNumber,
  country: Country,
): boolean {
  const { scope } = restriction;
  if (scope === "international") return true;
  if (scope === "disabled") return false;
  const { allowsHome, home } = restriction;
  if (isInOwnCountry(restriction, number)) return allowsHome;
  const destination = country();
  if (destination === null) return false;
  if (destination === home) return allowsHome;
  return scope === "zone-a" && zoneA.has(destination);
}

/** Without asking for the country. */
function isInOwnCountry(restriction: CallingRestriction, number: DialedNumber): boolean {
  if (!number.startsWithPlus) return true;
  return restriction.allowsHome && restriction.ownsNanpTollFree && isNanpTollFree(number);
}

const TOLL_FREE_START = Array.from("+18", (symbol) => symbol.charCodeAt(0));
const DIGIT_1 = 0x31;
const DIGIT_9 = 0x39;

/** +1 800, 822, 833, 844, 855, 866, 877, 888 (documented: NANPA, toll-free codes). */
export function isNanpTollFree({ bytes, start, end }: DialedNumber): boolean {
  if (end - start < TOLL_FREE_START.length + 2) return false;
  for (let i = 0; i < TOLL_FREE_START.length; i++) {
    if (bytes[start + i] !== TOLL_FREE_START[i]) return false;
  }
  const digit = bytes[start + TOLL_FREE_START.length];
  const isTollFree = digit !== DIGIT_1 && digit !== DIGIT_9;
  return isTollFree && digit === bytes[start + TOLL_FREE_START.length + 1];
}

/** The step that tells whose restriction counts and what it says of the number. */
export function restrictionStep(
  restriction: CallingRestriction,
  number: DialedNumber,
  country: Country,
): TraceStep {
  const { dialOutPolicy, policySource, scope, home } = restriction;
  const asks = scope === "domestic" || scope === "zone-a";
  const lies = isInOwnCountry(restriction, number) ? home : country();
  const refused = !allowsDestination(restriction, number, country);
  const destination = asks ? lies : null;
  return { step: "restriction", dialOutPolicy, policySource, scope, country: destination, refused };
}
