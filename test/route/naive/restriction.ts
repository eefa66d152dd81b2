import type { Tenant } from "../../../engine/model/tenant.ts";
import type { Caller } from "./callers.ts";
import { effective } from "./policies.ts";

/** Countries of Audio Conferencing Zone A, as Microsoft lists them. */
const ZONE_A =
  "AU AT BE BR BG CA CN HR CZ DK EE FI FR DE GR HK HU IN IE IT JP LU MY MX NL NZ NO PL PT PR RO RU SG SK SI ZA KR ES SE CH TW TH GB US".split(
    " ",
  );

/** The country of a number; `null` when it is in none. */
export type CountryOf = (number: string) => string | null;

/** Whether the outbound calling restriction of the caller or organizer forbids a number. */
export function isRestricted(
  tenant: Tenant,
  caller: Caller,
  isMeeting: boolean,
  number: string,
  countryOf: CountryOf,
): boolean {
  const { policy } = effective(tenant, "OnlineDialOutPolicy", caller);
  const scope = isMeeting ? policy.meetings : policy.ownCalls;
  const country = countryOf(number);
  switch (scope) {
    case "international":
      return false;
    case "disabled":
      return true;
    case "domestic":
      return country === null || country !== (caller.usageLocation ?? tenant.tenant.country);
    case "zone-a":
      return country === null || !ZONE_A.includes(country);
  }
}
