import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import metadata from "libphonenumber-js/max/metadata";
import examples from "libphonenumber-js/mobile/examples";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import {
  createCountryOf,
  destinationTables,
  NANP_COUNTRIES,
} from "../../engine/compile/destination-country.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS, type User } from "../../engine/model/user.ts";
import { Chance } from "../route/random/chance.ts";

const tables = suite("destination tables");

const isLong = process.env["LONG"] !== undefined;
const SEED = isLong ? Date.now() >>> 0 : 20_261_121;
/** Random numbers tried for each country and each NANP area code. */
const TRIES = isLong ? 2_000 : 60;

const countryOfBytes = createCountryOf(destinationTables());

function countryOf(number: string): string | null {
  const bytes = Buffer.from(number);
  return countryOfBytes(bytes, 0, bytes.length);
}

/** The national numbers of a country by their possible lengths, as libphonenumber's metadata tells. */
function lengthsOf(country: string): readonly number[] {
  const plan: readonly unknown[] =
    Object.entries(metadata.countries).find(([name]) => name === country)?.[1] ?? [];
  const lengths = plan[3];
  return Array.isArray(lengths) ? lengths.map(Number) : [];
}

function randomDigits(chance: Chance, length: number): string {
  return Array.from({ length }, () => chance.below(10)).join("");
}

/** Whether libphonenumber-js takes it for a valid number, and if so, that we know the same country. */
function compared(number: string): boolean {
  const parsed = parsePhoneNumberFromString(number);
  if (parsed?.isValid() !== true || parsed.number !== number) return false;
  assert.is(countryOf(number), parsed.country ?? null, number);
  return true;
}

tables(`random numbers of every country are where libphonenumber-js says (seed ${SEED})`, () => {
  const chance = new Chance(SEED);
  let valid = 0;
  const seen = new Set<string>();
  for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
    for (const country of countries) {
      assert.ok(isSupportedCountry(country));
      const lengths = lengthsOf(country);
      assert.ok(lengths.length > 0, country);
      for (let i = 0; i < TRIES; i++) {
        const number = `+${code}${randomDigits(chance, chance.pick(lengths))}`;
        if (!compared(number)) continue;
        valid++;
        seen.add(countryOf(number) ?? "");
      }
    }
  }
  assert.ok(valid > 2_000, `only ${valid} valid numbers`);
  assert.ok(seen.size > 150, `only ${seen.size} countries`);
});

tables("all 800 area codes of +1 are where libphonenumber-js says", () => {
  const chance = new Chance(SEED);
  let valid = 0;
  const seen = new Set<string>();
  for (let area = 200; area < 1000; area++) {
    for (let i = 0; i < 5; i++) {
      const number = `+1${area}${2 + chance.below(8)}${randomDigits(chance, 6)}`;
      if (!compared(number)) continue;
      valid++;
      seen.add(countryOf(number) ?? "");
    }
  }
  assert.ok(valid > 1_500, `only ${valid} valid numbers`);
  // Small countries have few numbers: neighbours of an example are among them.
  for (const country of NANP_COUNTRIES) {
    const example = Object.entries(examples).find(([name]) => name === country)?.[1] ?? "";
    for (let i = 0; i < 20; i++) {
      const number = `+1${example.slice(0, -2)}${randomDigits(chance, 2)}`;
      if (compared(number)) seen.add(countryOf(number) ?? "");
    }
  }
  assert.equal([...seen].sort(), [...NANP_COUNTRIES].sort());
});

const MEGAN: User = {
  ...USER_DEFAULTS,
  userPrincipalName: "megan@contoso.com",
  usageLocation: "US",
  licenses: ["TeamsPhone"],
  enterpriseVoiceEnabled: true,
  lineUri: "tel:+14255550101",
  numberType: "CallingPlan",
};

function compiledFor(change: Partial<User>, options: Partial<Tenant> = {}) {
  return compileTenant({ ...EMPTY_TENANT, ...options, users: [{ ...MEGAN, ...change }] }).compiled;
}

tables("a tenant has tables only when the calls of somebody depend on the country", () => {
  assert.is(compiledFor({}).destinations, null);
  assert.is(compiledFor({ licenses: ["TeamsPhone", "CallingPlan"] }).destinations, null);
  assert.is(compiledFor({ onlineDialOutPolicy: "DialoutCPCandPSTNDisabled" }).destinations, null);
  for (const change of [
    { licenses: ["TeamsPhone", "CallingPlanDomestic"] },
    { onlineDialOutPolicy: "DialoutCPCandPSTNDomestic" },
    { onlineDialOutPolicy: "DialoutCPCZoneAPSTNInternational" },
  ] as const satisfies readonly Partial<User>[]) {
    const { destinations } = compiledFor(change);
    assert.ok(destinations !== null);
    assert.is(compiledFor(change).destinations, destinations, "made once a process");
  }
});

tables("they stand on shared memory, and a copy of them says the same", () => {
  for (const { steps, fallback } of destinationTables()) {
    assert.ok(steps.buffer instanceof SharedArrayBuffer);
    assert.ok(fallback.buffer instanceof SharedArrayBuffer);
  }
  const copy = createCountryOf(structuredClone(destinationTables()));
  for (const number of ["+14165550123", "+441534960123", "+77175550100", "+33142685300"]) {
    const bytes = Buffer.from(number);
    assert.is(copy(bytes, 0, bytes.length), countryOf(number));
  }
});

tables.run();
