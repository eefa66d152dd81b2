/**
 * Calling codes of countries, as libphonenumber's metadata has them.
 *
 * @module
 */
import metadata from "libphonenumber-js/max/metadata";
import { destinationCountry } from "./destination-country.ts";

const ENCODER = new TextEncoder();

const codeOfCountry = new Map<string, string>();
const mainCountryOfCode = new Map<string, string>();
for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
  for (const country of countries) codeOfCountry.set(country, code);
  const [main] = countries;
  if (main !== undefined) mainCountryOfCode.set(code, main);
}

/** The calling code of a country (ISO 3166-1 alpha-2), without `+`; `null` for what is no country. */
export function callingCodeOf(country: string | null): string | null {
  return codeOfCountry.get(country?.toUpperCase() ?? "") ?? null;
}

/** The main country of a calling code; `null` for what is no calling code of a country. */
export function mainCountryOf(callingCode: string): string | null {
  return mainCountryOfCode.get(callingCode) ?? null;
}

/** The country of an E.164 number; `null` when it is in none. */
export function countryOfNumber(number: string): string | null {
  const bytes = ENCODER.encode(number);
  return destinationCountry(bytes, 0, bytes.length);
}
