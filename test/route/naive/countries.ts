import {
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";

/** The country of what is no valid number, of which libphonenumber says nothing. */
export type OddCountryOf = (number: string) => string | null;

/** Where a number lies: in a country, in every country of +1, or nowhere. */
export type Destination = string | null;

const TOLL_FREE_OF_1 = "toll-free of +1";
const TOLL_FREE = /^\+18(00|22|33|44|55|66|77|88)/;

const known = new Map<string, string | undefined>();

/** Where a number that begins with + lies, asked of libphonenumber. */
function destinationOf(number: string, oddCountryOf: OddCountryOf): Destination {
  if (TOLL_FREE.test(number)) return TOLL_FREE_OF_1;
  if (!known.has(number)) {
    const parsed = parsePhoneNumberFromString(number);
    // WHY: libphonenumber drops a trunk prefix behind the calling code (+1 1 780 …); here such a number
    // is what it is, and no valid one.
    known.set(number, parsed?.number === number ? parsed.country : undefined);
  }
  return known.get(number) ?? oddCountryOf(number);
}

function isInCountryOf1(home: string | null): boolean {
  return getCountries().some((one) => one === home && getCountryCallingCode(one) === "1");
}

/** Whether a number lies in somebody's own country. Without + it always does. */
export function isDomestic(
  home: string | null,
  number: string,
  oddCountryOf: OddCountryOf,
): boolean {
  if (!number.startsWith("+")) return true;
  const destination = destinationOf(number, oddCountryOf);
  if (destination === TOLL_FREE_OF_1) return isInCountryOf1(home);
  return destination !== null && destination === home;
}

/** Countries of Audio Conferencing Zone A, as Microsoft lists them. */
const ZONE_A =
  "AU AT BE BR BG CA CN HR CZ DK EE FI FR DE GR HK HU IN IE IT JP LU MY MX NL NZ NO PL PT PR RO RU SG SK SI ZA KR ES SE CH TW TH GB US".split(
    " ",
  );

/** Whether a number lies in a country of Zone A. */
export function isInZoneA(
  home: string | null,
  number: string,
  oddCountryOf: OddCountryOf,
): boolean {
  const destination = number.startsWith("+") ? destinationOf(number, oddCountryOf) : home;
  if (destination === TOLL_FREE_OF_1) return true;
  return destination !== null && ZONE_A.includes(destination);
}
