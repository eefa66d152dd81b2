/**
 * Emergency numbers that everybody of a country can dial, without any policy (assumed: which ones Teams
 * itself knows is not published). Where they come from: 911 of the FCC and CRTC; 999, 112, 110 … of the
 * national numbering plans of Ofcom, ARCEP, Bundesnetzagentur, Nkom, ComReg, ACMA; 112 in all of the
 * European Union by Directive (EU) 2018/1972. The main number stands first.
 */
const NUMBERS_BY_COUNTRY: Readonly<Record<string, readonly string[]>> = {
  AU: ["000", "112"],
  CA: ["911"],
  DE: ["112", "110"],
  FR: ["112", "15", "17", "18"],
  GB: ["999", "112"],
  IE: ["112", "999"],
  NO: ["112", "110", "113"],
  US: ["911"],
};

/**
 * The main numbers of countries whose numbering plans were not read (assumed: common knowledge, written down
 * for the countries most seen in Teams tenants). There may be others.
 */
const MAIN_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  AE: ["999", "112"],
  AT: ["112"],
  BE: ["112"],
  BR: ["190", "192", "193"],
  CH: ["112"],
  CZ: ["112"],
  DK: ["112"],
  ES: ["112"],
  FI: ["112"],
  GR: ["112"],
  HK: ["999"],
  HU: ["112"],
  IN: ["112"],
  IT: ["112"],
  JP: ["110", "119"],
  LU: ["112"],
  MX: ["911"],
  NL: ["112"],
  NZ: ["111"],
  PL: ["112"],
  PT: ["112"],
  RO: ["112"],
  SE: ["112"],
  SG: ["999", "995"],
  ZA: ["112", "10111"],
};

/** What every mobile phone takes for an emergency number (documented: 3GPP TS 22.101, 10.1.1). */
const NUMBERS_ELSEWHERE: readonly string[] = ["112", "911"];

/**
 * Emergency numbers of a country (ISO 3166-1 alpha-2, in any case), the main one first; empty when none is
 * known of it.
 */
export function emergencyNumbersOf(country: string | null): readonly string[] {
  const code = country?.toUpperCase() ?? "";
  return NUMBERS_BY_COUNTRY[code] ?? MAIN_NUMBERS[code] ?? [];
}

/**
 * What counts as an emergency number of a country in a call: its own numbers, and unless these are known to
 * be all, what mobile phones take. `null` = the country is not known.
 */
export function nationalEmergencyNumbers(country: string | null): readonly string[] {
  const known = emergencyNumbersOf(country);
  const isWhole = Object.hasOwn(NUMBERS_BY_COUNTRY, country?.toUpperCase() ?? "");
  return isWhole ? known : [...new Set([...known, ...NUMBERS_ELSEWHERE])];
}

/** Countries of which emergency numbers are known, with these. */
export function countriesWithEmergencyNumbers(): readonly (readonly [string, readonly string[]])[] {
  return Object.entries({ ...NUMBERS_BY_COUNTRY, ...MAIN_NUMBERS });
}

/** The strings of a dial mask, which are separated by `;`. */
export function emergencyDialMasks(mask: string | null): readonly string[] {
  return (mask ?? "")
    .split(";")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

/**
 * All that means an emergency number: its dial string and its masks. Without `+`, since what is dialed is
 * compared without it and older tenants have +911 as dial string. A blank one means nothing that is dialed.
 */
export function emergencyStrings(dialString: string, mask: string | null): readonly string[] {
  return [dialString.trim(), ...emergencyDialMasks(mask)]
    .map((text) => text.replace(/^\+/, ""))
    .filter((text) => text !== "");
}
