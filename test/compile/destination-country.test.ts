import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import metadata from "libphonenumber-js/max/metadata";
import examples from "libphonenumber-js/mobile/examples";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { destinationCountry } from "../../engine/compile/destination-country.ts";

const destination = suite("destination-country");

function countryOf(number: string): string | null {
  const bytes = Buffer.from(`<${number}>`);
  return destinationCountry(bytes, 1, bytes.length - 1);
}

const ROWS: readonly (readonly [number: string, country: string | null])[] = [
  ["+14255550100", "US"],
  ["+14165550100", "CA"],
  ["+18765550100", "JM"],
  ["+18005550100", "US"],
  ["+442079460123", "GB"],
  ["+441481960123", "GG"],
  ["+441534960123", "JE"],
  ["+441624960123", "IM"],
  ["+74955550100", "RU"],
  ["+77175550100", "KZ"],
  ["+4722555010", "NO"],
  ["+4779555010", "SJ"],
  ["+358185501", "AX"],
  ["+33142685300", "FR"],
  ["+590590255501", "GP"],
  ["+80012345678", null],
  ["+881612345678", null],
  ["+999123", null],
  ["+1", "US"],
  ["+1416", "CA"],
  ["+44", "GB"],
  ["+", null],
  ["", null],
  ["4255550100", null],
  ["+*1425", null],
  ["+1*425", "US"],
];

for (const [number, country] of ROWS) {
  destination(`${number === "" ? "an empty number" : number} is in ${country}`, () => {
    assert.is(countryOf(number), country);
  });
}

/** Valid numbers of a calling code with their countries: every three leading digits, any tail. */
function* validNumbers(code: string): Generator<readonly [number: string, country: string]> {
  const tailLengths = code === "1" ? [7, 7, 7] : [5, 6, 7];
  for (let i = 0; i < 3000; i++) {
    const length = tailLengths[Math.floor(i / 1000)] ?? 7;
    const tail = String((i * 7_919 + i * i * 104_729) % 10 ** length).padStart(length, "3");
    const number = `+${code}${String(i % 1000).padStart(3, "0")}${tail}`;
    const parsed = parsePhoneNumberFromString(number);
    const isComparable = parsed?.isValid() === true && parsed.number === number;
    if (isComparable) yield [number, parsed.country ?? ""];
  }
}

const sharedCodes = Object.entries(metadata.country_calling_codes).filter(
  ([, countries]) => countries.length > 1,
);

destination("valid numbers of all shared codes are where libphonenumber-js says", () => {
  let compared = 0;
  for (const [code] of sharedCodes) {
    for (const [number, country] of validNumbers(code)) {
      assert.is(countryOf(number), country, number);
      compared++;
    }
  }
  assert.ok(compared > 3000, `only ${compared} numbers`);
});

destination("an example number of every country is in that country", () => {
  let compared = 0;
  for (const [country, nationalNumber] of Object.entries(examples)) {
    if (!isSupportedCountry(country)) continue;
    const number = `+${getCountryCallingCode(country)}${nationalNumber}`;
    assert.is(countryOf(number), parsePhoneNumberFromString(number)?.country, number);
    compared++;
  }
  assert.ok(compared > 230, `only ${compared} countries`);
});

destination("every country with a calling code of its own is found by it", () => {
  for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
    assert.is(
      countryOf(`+${code}2`),
      countries.length === 1 ? countries[0] : countryOf(`+${code}2`),
    );
    assert.ok(countries.some((country) => country === countryOf(`+${code}2`)));
  }
});

destination.run();
