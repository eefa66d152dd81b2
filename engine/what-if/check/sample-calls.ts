import { callingCodeOf } from "../../compile/calling-codes.ts";
import { homeCountry } from "../../compile/calling-restriction.ts";
import { emergencyNumbersOf } from "../../model/emergency-numbers.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { User } from "../../model/user.ts";

/** A number on which a user's calls are tried. */
export interface SampleCall {
  readonly what: "domestic" | "international" | "emergency";
  readonly dialed: string;
}

/** Numbers of ranges that are kept for fiction, by country. */
const FICTION: Readonly<Record<string, string>> = {
  AU: "+61255500123",
  CA: "+16135550123",
  DE: "+493023125999",
  FR: "+33199009999",
  GB: "+442079460999",
  IE: "+353209100123",
  US: "+12125550199",
};

/** National digits for countries without such a range: dialable, and nobody is called. */
const ANY_DIGITS = "212345678";

/** A domestic, an international and an emergency number for a user, as far as her country is known. */
export function sampleCalls(user: User, tenant: Tenant): readonly SampleCall[] {
  const country = homeCountry(user, tenant)?.toUpperCase() ?? "";
  const code = callingCodeOf(country);
  const domestic = FICTION[country] ?? (code === null ? null : `+${code}${ANY_DIGITS}`);
  const abroad = code === "44" ? FICTION["US"] : FICTION["GB"];
  const [emergency] = emergencyNumbersOf(country);
  const calls: SampleCall[] = [];
  if (domestic !== null) calls.push({ what: "domestic", dialed: domestic });
  if (abroad !== undefined) calls.push({ what: "international", dialed: abroad });
  if (emergency !== undefined) calls.push({ what: "emergency", dialed: emergency });
  return calls;
}
