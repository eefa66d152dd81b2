/**
 * Emergency numbers that the public dials, by country (ISO 3166-1 alpha-2). Assumed: common knowledge,
 * written down for the countries most seen in Teams tenants; a country that is not here is not judged.
 *
 * @module
 */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  AE: ["999", "112"],
  AT: ["112"],
  AU: ["000"],
  BE: ["112"],
  BR: ["190", "192", "193"],
  CA: ["911"],
  CH: ["112"],
  CZ: ["112"],
  DE: ["112", "110"],
  DK: ["112"],
  ES: ["112"],
  FI: ["112"],
  FR: ["112"],
  GB: ["999", "112"],
  GR: ["112"],
  HK: ["999"],
  HU: ["112"],
  IE: ["112", "999"],
  IN: ["112"],
  IT: ["112"],
  JP: ["110", "119"],
  LU: ["112"],
  MX: ["911"],
  NL: ["112"],
  NO: ["112"],
  NZ: ["111"],
  PL: ["112"],
  PT: ["112"],
  RO: ["112"],
  SE: ["112"],
  SG: ["999", "995"],
  US: ["911"],
  ZA: ["112", "10111"],
};

/** Emergency numbers of a country, the main one first; empty when none is known here. */
export function emergencyNumbersOf(country: string | null): readonly string[] {
  return NUMBERS[country?.toUpperCase() ?? ""] ?? [];
}

/** Countries with their emergency numbers. */
export function countriesWithEmergencyNumbers(): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(NUMBERS);
}
