import { z } from "zod";
import type {
  CallingLineIdentity,
  EmergencyAddress,
  NetworkSite,
  ServiceCountryDialPlan,
  TeamsEmergencyCallRoutingPolicy,
  TeamsSharedCallingRoutingPolicy,
  TeamsTranslationRule,
  TenantDialPlan,
} from "../../../model/number-rules.ts";
import { country, e164, flag, list, name, oneOf, optional, policyName, text } from "./values.ts";

const normalizationRule = z.strictObject({
  name: name(),
  pattern: text().describe("A .NET regular expression"),
  translation: text().describe("A .NET replacement such as +1425$1"),
  description: optional(text()),
  isInternalExtension: flag(false),
});

/** A dial plan (Microsoft: New-CsTenantDialPlan). */
export const tenantDialPlanSchema: z.ZodType<TenantDialPlan> = z.strictObject({
  identity: policyName(),
  simpleName: optional(name()),
  description: optional(text()),
  externalAccessPrefix: optional(text()).describe("Legacy; at most 4 characters"),
  optimizeDeviceDialing: flag(false),
  normalizationRules: list(normalizationRule).describe("In the order they are tried"),
});

/** The rules that Microsoft has for a country (Microsoft: Get-CsEffectiveTenantDialPlan). */
export const serviceCountryDialPlanSchema: z.ZodType<ServiceCountryDialPlan> = z.strictObject({
  country: country(),
  normalizationRules: list(normalizationRule).describe("In the order they are tried"),
});

/** A translation rule (Microsoft: New-CsTeamsTranslationRule). */
export const teamsTranslationRuleSchema: z.ZodType<TeamsTranslationRule> = z.strictObject({
  identity: name(),
  pattern: text().describe("A .NET regular expression"),
  translation: text().describe("A .NET replacement"),
  description: optional(text()),
});

/** What the called party is shown (Microsoft: New-CsCallingLineIdentity). */
export const callingLineIdentitySchema: z.ZodType<CallingLineIdentity> = z.strictObject({
  identity: policyName(),
  callingIdSubstitute: oneOf(["LineUri", "Anonymous", "Resource"]).default("LineUri"),
  resourceAccount: optional(name()).describe("UPN of the resource account; needed with Resource"),
  enableUserOverride: flag(false),
  companyName: optional(text()),
  description: optional(text()),
});

/** Calling by the number of a resource account (Microsoft: New-CsTeamsSharedCallingRoutingPolicy). */
export const teamsSharedCallingRoutingPolicySchema: z.ZodType<TeamsSharedCallingRoutingPolicy> =
  z.strictObject({
    identity: policyName(),
    resourceAccount: optional(name()).describe("UPN of the resource account"),
    emergencyNumbers: list(e164()).describe("Shown on emergency calls"),
    description: optional(text()),
  });

/** Emergency call routing (Microsoft: New-CsTeamsEmergencyCallRoutingPolicy). */
export const teamsEmergencyCallRoutingPolicySchema: z.ZodType<TeamsEmergencyCallRoutingPolicy> =
  z.strictObject({
    identity: policyName(),
    allowEnhancedEmergencyServices: flag(false),
    emergencyNumbers: list(
      z.strictObject({
        emergencyDialString: name(),
        emergencyDialMask: optional(text()).describe("Numbers separated by ; that mean the same"),
        onlinePstnUsage: optional(name()).describe("One of onlinePstnUsages"),
      }),
    ),
    description: optional(text()),
  });

/** A network site and the emergency policy that counts there. */
export const networkSiteSchema: z.ZodType<NetworkSite> = z.strictObject({
  identity: name(),
  description: optional(text()),
  networkRegionId: optional(name()),
  teamsEmergencyCallRoutingPolicy: optional(policyName()),
});

/** A civic address with its locations (Microsoft: New-CsOnlineLisCivicAddress). */
export const emergencyAddressSchema: z.ZodType<EmergencyAddress> = z.strictObject({
  civicAddressId: name(),
  companyName: name(),
  countryOrRegion: country(),
  houseNumber: optional(text()),
  streetName: optional(text()),
  city: optional(text()),
  stateOrProvince: optional(text()),
  postalCode: optional(text()),
  description: optional(text()),
  locations: list(z.strictObject({ locationId: name(), location: optional(text()) })),
});
