/**
 * The rules that everyone of a country has behind those of her tenant (documented: Microsoft,
 * what-are-dial-plans: the service country dial plan of the user's usage location). Microsoft does not
 * publish them; what stands here is how people of these countries dial (assumed), so that rules exported
 * from a tenant win, and option `assumedServiceCountryDialPlans` turns them off.
 *
 * @module
 */
import { nameKey } from "./name-key.ts";
import type { NormalizationRule } from "./number-rules.ts";
import type { Tenant } from "./tenant.ts";

/** Where a country's rules come from: the tenant file, here, or nowhere. */
export type CountryRulesOrigin = "exported" | "assumed" | "none";

/** The rules of one country for one tenant. */
export interface CountryRules {
  /** As it is asked for; `null` = the caller has no usage location. */
  readonly country: string | null;
  readonly origin: CountryRulesOrigin;
  readonly rules: readonly NormalizationRule[];
}

function rule(name: string, pattern: string, translation: string): NormalizationRule {
  return { name, pattern, translation, description: null, isInternalExtension: false };
}

/** `00` and an E.164 number. */
function behindZeros(country: string): NormalizationRule {
  return rule(`${country} International`, "^00([1-9]\\d{6,14})$", "+$1");
}

/** The North American Numbering Plan: ten digits, with or without 1 before them. */
function northAmerican(country: string): readonly NormalizationRule[] {
  return [
    rule(`${country} International`, "^011([1-9]\\d{6,14})$", "+$1"),
    rule(`${country} Long Distance`, "^1([2-9]\\d{2}[2-9]\\d{6})$", "+1$1"),
    rule(`${country} National`, "^([2-9]\\d{2}[2-9]\\d{6})$", "+1$1"),
  ];
}

/** By country, ISO 3166-1 alpha-2 in upper case. */
export const ASSUMED_COUNTRY_RULES: Readonly<Record<string, readonly NormalizationRule[]>> = {
  US: northAmerican("US"),
  CA: northAmerican("CA"),
  GB: [behindZeros("GB"), rule("GB National", "^0([1-9]\\d{8,9})$", "+44$1")],
  FR: [behindZeros("FR"), rule("FR National", "^0([1-9]\\d{8})$", "+33$1")],
  DE: [behindZeros("DE"), rule("DE National", "^0([1-9]\\d{2,10})$", "+49$1")],
  NO: [behindZeros("NO"), rule("NO National", "^([2-9]\\d{7})$", "+47$1")],
};

/** The rules that count for a caller of this usage location. O(exported countries). */
export function countryRules(tenant: Tenant, usageLocation: string | null): CountryRules {
  const none: CountryRules = { country: usageLocation, origin: "none", rules: [] };
  if (usageLocation === null) return none;
  const exported = tenant.serviceCountryDialPlans.find(
    (plan) => nameKey(plan.country) === nameKey(usageLocation),
  );
  if (exported !== undefined) {
    return { country: usageLocation, origin: "exported", rules: exported.normalizationRules };
  }
  const assumed = ASSUMED_COUNTRY_RULES[usageLocation.toUpperCase()];
  if (assumed === undefined || !tenant.options.assumedServiceCountryDialPlans) return none;
  return { country: usageLocation, origin: "assumed", rules: assumed };
}
