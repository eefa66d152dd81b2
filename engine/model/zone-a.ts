/**
 * Countries and regions of Audio Conferencing Zone A, ISO 3166-1 alpha-2, in the order of the list
 * (documented: Microsoft, "Audio Conferencing Zone A countries and regions", read 2026-11).
 */
export const ZONE_A_COUNTRIES: readonly string[] = (
  "AU AT BE BR BG CA CN HR CZ DK EE FI FR DE GR HK HU IN IE IT JP LU MY MX NL NZ NO PL PT PR RO RU SG " +
  "SK SI ZA KR ES SE CH TW TH GB US"
).split(" ");
