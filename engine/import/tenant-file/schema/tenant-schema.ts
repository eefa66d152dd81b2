import { z } from "zod";
import type { Tenant, TenantIdentity, TenantOptions } from "../../../model/tenant.ts";
import { DEFAULT_OPTIONS } from "../../../model/tenant.ts";
import {
  callingLineIdentitySchema,
  emergencyAddressSchema,
  networkSiteSchema,
  serviceCountryDialPlanSchema,
  teamsEmergencyCallRoutingPolicySchema,
  teamsSharedCallingRoutingPolicySchema,
  teamsTranslationRuleSchema,
  tenantDialPlanSchema,
} from "./number-rules-schema.ts";
import { operatorDirectoryEntrySchema, operatorSchema } from "./operator-schema.ts";
import {
  conferencingBridgeSchema,
  NUMBER_TYPES,
  phoneNumberSchema,
} from "./phone-number-schema.ts";
import { resourceAccountSchema, userSchema } from "./user-schema.ts";
import { country, flag, list, name, oneOf, optional, wholeNumber } from "./values.ts";
import type { WrittenVoiceRoute } from "./voice-routing-schema.ts";
import {
  globalPoliciesSchema,
  groupPolicyAssignmentSchema,
  pstnGatewaySchema,
  routingPolicySchema,
  voiceRouteSchema,
} from "./voice-routing-schema.ts";

const tenantIdentity: z.ZodType<TenantIdentity> = z.strictObject({
  id: optional(name()).describe("Tenant id, a GUID"),
  name: name().default("Untitled"),
  country: optional(country()),
  domains: list(name()).describe("Registered domains; empty = gateway domains are not checked"),
  environment: oneOf(["commercial", "gcc", "gcchigh", "dod"]).default("commercial"),
  coexistenceMode: oneOf(["TeamsOnly", "Islands"])
    .default("TeamsOnly")
    .describe("Islands leaves the mode to each user's teamsUpgradeEffectiveMode"),
});

type Flag = {
  [Key in keyof TenantOptions]: TenantOptions[Key] extends boolean ? Key : never;
}[keyof TenantOptions];

const option = (key: Flag, description: string) => flag(DEFAULT_OPTIONS[key]).describe(description);

const options: z.ZodType<TenantOptions> = z.strictObject({
  crossUsageFailover: option(
    "crossUsageFailover",
    "When all trunks of the matched usage failed, go on with later usages",
  ),
  onNetForMeetings: option(
    "onNetForMeetings",
    "A meeting that dials one of the tenant's own numbers stays inside",
  ),
  bridgeSourceFallbackToMicrosoft: option(
    "bridgeSourceFallbackToMicrosoft",
    "When no BridgeSource route is usable, an Audio Conferencing organizer's call goes to Microsoft",
  ),
  suspendedOperatorCarriesCalls: option(
    "suspendedOperatorCarriesCalls",
    "A suspended operator still carries calls over its existing numbers",
  ),
  removeAssignedPolicies: option(
    "removeAssignedPolicies",
    "Removing a policy that is still assigned is allowed and unassigns it",
  ),
  newDialPlanHasDefaultRule: option(
    "newDialPlanHasDefaultRule",
    "New-CsTenantDialPlan starts with the documented rule ^(\\d{11})$ → +$1",
  ),
  assumedServiceCountryDialPlans: option(
    "assumedServiceCountryDialPlans",
    "Built-in dial plan rules of US, CA, GB, FR, DE and NO count where none were exported",
  ),
  normalizeE164: option(
    "normalizeE164",
    "Every dial plan rule is tried on numbers with +, not only those that begin with a literal +",
  ),
  zoneAIncludesOwnCountry: option(
    "zoneAIncludesOwnCountry",
    "A dial-out policy that allows Zone A also allows the caller's own country where that is outside it",
  ),
  sharedCallingBeatsOwnNumber: option(
    "sharedCallingBeatsOwnNumber",
    "A shared calling policy also counts for users with a number of their own",
  ),
  operatorConnectConferencingWins: option(
    "operatorConnectConferencingWins",
    "An organizer with both conferencing licences dials out as with Operator Connect Conferencing alone",
  ),
  numberTypeWhenUntold: oneOf(NUMBER_TYPES)
    .default(DEFAULT_OPTIONS.numberTypeWhenUntold)
    .describe("What a caller's number is when neither the caller nor phoneNumbers tells"),
  nationalEmergencyNumbers: option(
    "nationalEmergencyNumbers",
    "The emergency numbers of the caller's country are known without a policy",
  ),
  emergencyFallsThrough: option(
    "emergencyFallsThrough",
    "An emergency call that no route of its usage takes goes by the voice routing policy",
  ),
  emergencyFromMeetings: option(
    "emergencyFromMeetings",
    "An emergency number dialed out of a meeting is the organizer's emergency call",
  ),
  dialPlanRuleLimit: wholeNumber(1, 10_000)
    .default(DEFAULT_OPTIONS.dialPlanRuleLimit)
    .describe("Rules of one dial plan, at most: outdial check tells of more"),
});

/** A tenant whose routes may lack a priority and whose policies `Global` may be missing. */
export type WrittenTenant = Omit<Tenant, "onlineVoiceRoutes"> & {
  readonly onlineVoiceRoutes: readonly WrittenVoiceRoute[];
};

/**
 * The canonical tenant file, format 1: its input is what a person writes, its output a tenant with all
 * defaults filled in, except those that depend on other entries: `completeTenant` adds them.
 */
export const tenantSchema: z.ZodType<WrittenTenant> = z
  .strictObject({
    outdial: z
      .literal(1, { error: "1, the only format version there is" })
      .describe("Format version"),
    tenant: tenantIdentity.prefault({}),
    options: options.prefault({}),
    operators: list(operatorSchema),
    operatorDirectory: list(operatorDirectoryEntrySchema).describe(
      "All operators on offer; empty = the built-in directory",
    ),
    phoneNumbers: list(phoneNumberSchema),
    conferencingBridge: optional(conferencingBridgeSchema),
    users: list(userSchema),
    resourceAccounts: list(resourceAccountSchema),
    onlinePstnUsages: list(name()),
    onlineVoiceRoutes: list(voiceRouteSchema),
    onlineVoiceRoutingPolicies: list(routingPolicySchema),
    onlineAudioConferencingRoutingPolicies: list(routingPolicySchema),
    globalPolicies: globalPoliciesSchema.prefault({}),
    groupPolicyAssignments: list(groupPolicyAssignmentSchema),
    onlinePstnGateways: list(pstnGatewaySchema),
    tenantDialPlans: list(tenantDialPlanSchema),
    serviceCountryDialPlans: list(serviceCountryDialPlanSchema).describe(
      "Exported rules of countries; the built-in ones are assumed",
    ),
    teamsTranslationRules: list(teamsTranslationRuleSchema),
    callingLineIdentities: list(callingLineIdentitySchema),
    teamsEmergencyCallRoutingPolicies: list(teamsEmergencyCallRoutingPolicySchema),
    teamsSharedCallingRoutingPolicies: list(teamsSharedCallingRoutingPolicySchema),
    networkSites: list(networkSiteSchema),
    emergencyAddresses: list(emergencyAddressSchema),
  })
  .meta({ title: "outdial tenant", description: "Everything an administrator has set up" });
