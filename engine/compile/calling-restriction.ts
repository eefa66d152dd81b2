import type { PolicySource } from "../model/decision.ts";
import type { DialOutScope } from "../model/dial-out-policies.ts";
import { GLOBAL } from "../model/policies-of-type.ts";
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { ZONE_A_COUNTRIES } from "../model/zone-a.ts";
import { NANP_COUNTRIES } from "./destination-country.ts";
import { effectivePolicy, type PolicyHolder, policyDirectory } from "./effective-policy.ts";

/** Where the calls of a class may go, by the outbound calling restriction that counts for the caller. */
export interface CallingRestriction {
  readonly dialOutPolicy: string;
  readonly policySource: PolicySource;
  readonly scope: DialOutScope;
  /** The caller's own country, where domestic calls go; `null` = not known. */
  readonly home: string | null;
  /** Whether calls to the own country are allowed although the scope does not name it. */
  readonly allowsHome: boolean;
  /** Toll-free numbers of +1 are in every country of +1: whether the own one is among them. */
  readonly ownsNanpTollFree: boolean;
}

/** Whoever makes calls: a user or a resource account. */
export interface RestrictedCaller extends PolicyHolder {
  readonly usageLocation: string | null;
}

/** Which part of a policy counts: for calls out of meetings, or for the caller's own. */
export type RestrictedSide = "meetings" | "ownCalls";

/** Tells whose calls may go where. */
export type CallingRestrictionRule = (
  caller: RestrictedCaller,
  side: RestrictedSide,
) => CallingRestriction;

/**
 * Outbound calling restrictions (documented: Microsoft, outbound-calling-restriction-policies and
 * Grant-CsDialoutPolicy): the policy granted to the caller, or to the organizer of the meeting, else the
 * one that counts globally. Domestic is the country of her usage location; without one it is the
 * tenant's country (assumed). @problem POLICY_UNKNOWN
 */
export function callingRestrictionRule(
  tenant: Tenant,
  problems: Problem[],
): CallingRestrictionRule {
  const directory = policyDirectory(tenant, "OnlineDialOutPolicy");
  problems.push(...directory.problems);
  return (caller, side) => {
    const { index, policySource } = effectivePolicy(directory, caller, problems);
    const policy = directory.policies[index];
    const scope = policy?.[side] ?? "international";
    const home = homeCountry(caller, tenant);
    return {
      dialOutPolicy: policy?.identity ?? GLOBAL,
      policySource,
      scope,
      home,
      allowsHome: scope === "domestic" || allowsHomeInZoneA(scope, home, tenant),
      ownsNanpTollFree: home !== null && NANP_COUNTRIES.includes(home),
    };
  };
}

/** The country in which numbers without `+` lie, and to which domestic calls go. */
export function homeCountry(
  { usageLocation }: { readonly usageLocation: string | null },
  tenant: Tenant,
): string | null {
  return usageLocation ?? tenant.tenant.country;
}

function allowsHomeInZoneA(scope: DialOutScope, home: string | null, tenant: Tenant): boolean {
  if (scope !== "zone-a") return false;
  if (tenant.options.zoneAIncludesOwnCountry) return true;
  return home !== null && ZONE_A_COUNTRIES.includes(home);
}
