/**
 * Emergency numbers that everybody of a country can dial, without any policy (assumed: which ones Teams
 * itself knows is not published). Where they come from: 911 of the FCC and CRTC; 999, 112, 110 … of the
 * national numbering plans of Ofcom, ARCEP, Bundesnetzagentur, Nkom, ComReg, ACMA; 112 in all of the
 * European Union by Directive (EU) 2018/1972.
 */
const NUMBERS_BY_COUNTRY: Readonly<Record<string, readonly string[]>> = {
  AU: ["000", "112"],
  CA: ["911"],
  DE: ["110", "112"],
  FR: ["15", "17", "18", "112"],
  GB: ["999", "112"],
  IE: ["999", "112"],
  NO: ["110", "112", "113"],
  US: ["911"],
};

/** Elsewhere: what every mobile phone takes for an emergency number (documented: 3GPP TS 22.101, 10.1.1). */
const NUMBERS_ELSEWHERE: readonly string[] = ["112", "911"];

/** The emergency numbers of a country, ISO 3166-1 alpha-2; `null` = the country is not known. */
export function nationalEmergencyNumbers(country: string | null): readonly string[] {
  return (country === null ? undefined : NUMBERS_BY_COUNTRY[country]) ?? NUMBERS_ELSEWHERE;
}

/** The strings of a dial mask, which are separated by `;`. */
export function emergencyDialMasks(mask: string | null): readonly string[] {
  return (mask ?? "")
    .split(";")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
