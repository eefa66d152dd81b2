/**
 * Random tenants in which everything happens: every licence, every outcome, overlapping patterns, names
 * written in other cases, things down, suspended, disabled, missing. The same seed gives the same tenants.
 *
 * @module
 */
import { POLICY_TYPES } from "../../engine/model/policy-types.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import {
  type GlobalPolicies,
  type GroupPolicyAssignment,
  NO_GLOBAL_POLICIES,
} from "../../engine/model/voice-routing.ts";
import type { Chance } from "./random/chance.ts";
import { FAMILIES, type Family } from "./random/families.ts";
import { NUMBER_TYPES, randomAccounts, randomUsers } from "./random/random-people.ts";
import {
  randomCallingLineIdentities,
  randomCountryPlans,
  randomDialOutPolicy,
  randomDialPlans,
  randomEmergencyPolicies,
  randomPolicyName,
  randomRoutingPolicies,
  randomSharedCallingPolicies,
} from "./random/random-policies.ts";
import {
  randomGateways,
  randomNumbers,
  randomOperators,
  randomRoutes,
  randomTranslationRules,
} from "./random/random-trunks.ts";
import { GROUPS, SITES, USAGES } from "./random/vocabulary.ts";

type Families = ReadonlySet<Family>;

/** The family to which each type of policy belongs. */
const FAMILY_OF: Readonly<Record<(typeof POLICY_TYPES)[number]["type"], Family>> = {
  OnlineVoiceRoutingPolicy: "voice-routing",
  OnlineAudioConferencingRoutingPolicy: "voice-routing",
  TenantDialPlan: "dial-plans",
  OnlineDialOutPolicy: "restrictions",
  CallingLineIdentity: "caller-id-grants",
  TeamsEmergencyCallRoutingPolicy: "emergency",
  TeamsSharedCallingRoutingPolicy: "shared-calling",
};

function randomGlobals(chance: Chance, families: Families): GlobalPolicies {
  const pointed = POLICY_TYPES.filter(
    ({ type }) => families.has(FAMILY_OF[type]) && chance.once(4),
  );
  const names = pointed.map(({ type, property }) => [
    property,
    type === "OnlineDialOutPolicy"
      ? randomDialOutPolicy(chance)
      : randomPolicyName(chance, families),
  ]);
  return { ...NO_GLOBAL_POLICIES, ...(Object.fromEntries(names) as Partial<GlobalPolicies>) };
}

function randomGrants(chance: Chance, families: Families): GroupPolicyAssignment[] {
  const types = POLICY_TYPES.filter(
    ({ type, forGroups }) => forGroups && families.has(FAMILY_OF[type]),
  );
  return types.flatMap(({ type }) =>
    chance.some(GROUPS, GROUPS.length).map((groupId) => ({
      groupId,
      policyType: type,
      policyName: randomPolicyName(chance, families),
      rank: 1 + chance.below(4),
    })),
  );
}

/** A tenant of about ten users, routes and numbers, with objects of the given families. */
export function randomTenant(chance: Chance, families: Families = FAMILIES): Tenant {
  const withFamily = <T>(family: Family, make: () => T[]): T[] =>
    families.has(family) ? make() : [];
  return {
    ...EMPTY_TENANT,
    tenant: {
      ...EMPTY_TENANT.tenant,
      country: chance.once(2) ? "GB" : null,
      environment: chance.once(10) ? chance.pick(["gcc", "gcchigh", "dod"] as const) : "commercial",
      coexistenceMode: chance.once(2) ? "Islands" : "TeamsOnly",
    },
    options: {
      ...EMPTY_TENANT.options,
      nationalEmergencyNumbers: families.has("emergency") && chance.once(2),
      emergencyFallsThrough: chance.once(2),
      emergencyFromMeetings: chance.once(3),
      crossUsageFailover: chance.once(3),
      assumedServiceCountryDialPlans: families.has("dial-plans") && chance.once(2),
      normalizeE164: chance.once(4),
      onNetForMeetings: !chance.once(3),
      bridgeSourceFallbackToMicrosoft: chance.once(3),
      suspendedOperatorCarriesCalls: chance.once(2),
      zoneAIncludesOwnCountry: chance.once(2),
      sharedCallingBeatsOwnNumber: chance.once(3),
      operatorConnectConferencingWins: chance.once(3),
      numberTypeWhenUntold: chance.once(2) ? chance.pick(NUMBER_TYPES) : "DirectRouting",
    },
    operators: randomOperators(chance),
    phoneNumbers: randomNumbers(chance),
    conferencingBridge: chance.once(6)
      ? null
      : { name: "Bridge", defaultServiceNumber: "+14255550199", serviceNumbers: [] },
    users: randomUsers(chance, families),
    resourceAccounts: randomAccounts(chance, families),
    onlinePstnUsages: USAGES,
    onlineVoiceRoutes: randomRoutes(chance),
    onlineVoiceRoutingPolicies: randomRoutingPolicies(chance),
    onlineAudioConferencingRoutingPolicies: randomRoutingPolicies(chance),
    globalPolicies: randomGlobals(chance, families),
    groupPolicyAssignments: randomGrants(chance, families),
    onlinePstnGateways: randomGateways(chance, families),
    tenantDialPlans: withFamily("dial-plans", () => randomDialPlans(chance)),
    serviceCountryDialPlans: withFamily("dial-plans", () => randomCountryPlans(chance)),
    teamsTranslationRules: withFamily("translations", () => randomTranslationRules(chance)),
    callingLineIdentities: withFamily("caller-id", () => randomCallingLineIdentities(chance)),
    teamsEmergencyCallRoutingPolicies: withFamily("emergency", () =>
      randomEmergencyPolicies(chance),
    ),
    teamsSharedCallingRoutingPolicies: withFamily("shared-calling", () =>
      randomSharedCallingPolicies(chance),
    ),
    networkSites: withFamily("emergency", () =>
      SITES.slice(0, 2).map((identity) => ({
        identity,
        description: null,
        networkRegionId: null,
        teamsEmergencyCallRoutingPolicy: chance.once(3) ? null : randomPolicyName(chance, families),
      })),
    ),
  };
}
