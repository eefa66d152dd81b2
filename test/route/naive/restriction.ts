import type { DialOutScope } from "../../../engine/model/dial-out-policies.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import type { Caller } from "./callers.ts";
import { isDomestic, isInZoneA, type OddCountryOf } from "./countries.ts";
import { effective } from "./policies.ts";

/** What a restriction says of a call. */
export interface Judgement {
  readonly scope: DialOutScope;
  readonly isAllowed: boolean;
}

/** Whether the outbound calling restriction of the caller or organizer allows a number. */
export function judge(
  tenant: Tenant,
  caller: Caller,
  isMeeting: boolean,
  number: string,
  oddCountryOf: OddCountryOf,
): Judgement {
  const { policy } = effective(tenant, "OnlineDialOutPolicy", caller);
  const scope = isMeeting ? policy.meetings : policy.ownCalls;
  const home = caller.usageLocation ?? tenant.tenant.country;
  const isHome = isDomestic(home, number, oddCountryOf);
  switch (scope) {
    case "international":
      return { scope, isAllowed: true };
    case "disabled":
      return { scope, isAllowed: false };
    case "domestic":
      return { scope, isAllowed: isHome };
    case "zone-a": {
      const isOwn = isHome && tenant.options.zoneAIncludesOwnCountry;
      return { scope, isAllowed: isOwn || isInZoneA(home, number, oddCountryOf) };
    }
  }
}
