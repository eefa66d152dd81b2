import type {
  CallingLineIdentity,
  EmergencyAddress,
  NetworkSite,
  ServiceCountryDialPlan,
  TeamsEmergencyCallRoutingPolicy,
  TeamsSharedCallingRoutingPolicy,
  TeamsTranslationRule,
  TenantDialPlan,
} from "./number-rules.ts";
import type { Operator, OperatorDirectoryEntry } from "./operator.ts";
import type { ConferencingBridge, NumberType, PhoneNumber } from "./phone-number.ts";
import type { ResourceAccount, User } from "./user.ts";
import {
  type GlobalPolicies,
  type GroupPolicyAssignment,
  NO_GLOBAL_POLICIES,
  type PstnGateway,
  type RoutingPolicy,
  type VoiceRoute,
} from "./voice-routing.ts";

/** Which Microsoft 365 cloud the tenant lives in. */
export type CloudEnvironment = "commercial" | "gcc" | "gcchigh" | "dod";

/** Who the tenant is. */
export interface TenantIdentity {
  readonly id: string | null;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** Registered domains; empty = gateway domains are not checked. */
  readonly domains: readonly string[];
  readonly environment: CloudEnvironment;
  /** `TeamsOnly` makes every user TeamsOnly; `Islands` leaves it to each user's own mode. */
  readonly coexistenceMode: "TeamsOnly" | "Islands";
}

/** Rules on which the sources are silent or disagree; each is a choice of the tenant's. */
export interface TenantOptions {
  /** All trunks of the matched usage failed: go on with later usages. Documented: no. */
  readonly crossUsageFailover: boolean;
  /** A meeting dialing one of the tenant's own numbers stays inside. Assumed: yes. */
  readonly onNetForMeetings: boolean;
  /** Every BridgeSource route is unusable: a standard-licence organizer's call goes to Microsoft. */
  readonly bridgeSourceFallbackToMicrosoft: boolean;
  /** A suspended operator still carries calls over its existing numbers. Assumed: yes. */
  readonly suspendedOperatorCarriesCalls: boolean;
  /** Removing a policy that is still assigned is allowed and unassigns it. Observed: refused. */
  readonly removeAssignedPolicies: boolean;
  /** `New-CsTenantDialPlan` starts with the documented rule `^(\d{11})$` → `+$1`. */
  readonly newDialPlanHasDefaultRule: boolean;
  /** The built-in rules of six countries count where none were exported. Assumed: yes. */
  readonly assumedServiceCountryDialPlans: boolean;
  /** Every dial plan rule is tried on numbers with `+`. Assumed: only those that begin with one. */
  readonly normalizeE164: boolean;
  /** Who may call Zone A only may also call a country of her own outside it. Assumed: no. */
  readonly zoneAIncludesOwnCountry: boolean;
  /** A shared calling policy also counts for users with a number of their own. Assumed: no. */
  readonly sharedCallingBeatsOwnNumber: boolean;
  /** An organizer with both conferencing licences dials out as with Operator Connect's alone. Assumed: no. */
  readonly operatorConnectConferencingWins: boolean;
  /** What a caller's number is when neither the caller nor the inventory tells. Assumed: Direct Routing. */
  readonly numberTypeWhenUntold: NumberType;
  /** Emergency numbers of the caller's country are known without a policy. Assumed: yes. */
  readonly nationalEmergencyNumbers: boolean;
  /** An emergency call that no route of its usage takes goes by the voice routing policy. Assumed: yes. */
  readonly emergencyFallsThrough: boolean;
  /** An emergency number dialed out of a meeting is the organizer's emergency call. Assumed: no. */
  readonly emergencyFromMeetings: boolean;
  /** Rules of one dial plan, at most; `check` tells of more. Documented: 50, on older pages 25. */
  readonly dialPlanRuleLimit: number;
}

/**
 * Everything an administrator has set up, as one immutable value: all defaults filled in, so that two
 * tenants are equal exactly when their canonical JSON is. Changes are functions from tenant to tenant.
 */
export interface Tenant {
  /** Format version. */
  readonly outdial: 1;
  readonly tenant: TenantIdentity;
  readonly options: TenantOptions;
  readonly operators: readonly Operator[];
  readonly operatorDirectory: readonly OperatorDirectoryEntry[];
  readonly phoneNumbers: readonly PhoneNumber[];
  readonly conferencingBridge: ConferencingBridge | null;
  readonly users: readonly User[];
  readonly resourceAccounts: readonly ResourceAccount[];
  readonly onlinePstnUsages: readonly string[];
  readonly onlineVoiceRoutes: readonly VoiceRoute[];
  readonly onlineVoiceRoutingPolicies: readonly RoutingPolicy[];
  readonly onlineAudioConferencingRoutingPolicies: readonly RoutingPolicy[];
  readonly globalPolicies: GlobalPolicies;
  readonly groupPolicyAssignments: readonly GroupPolicyAssignment[];
  readonly onlinePstnGateways: readonly PstnGateway[];
  readonly tenantDialPlans: readonly TenantDialPlan[];
  readonly serviceCountryDialPlans: readonly ServiceCountryDialPlan[];
  readonly teamsTranslationRules: readonly TeamsTranslationRule[];
  readonly callingLineIdentities: readonly CallingLineIdentity[];
  readonly teamsEmergencyCallRoutingPolicies: readonly TeamsEmergencyCallRoutingPolicy[];
  readonly teamsSharedCallingRoutingPolicies: readonly TeamsSharedCallingRoutingPolicy[];
  readonly networkSites: readonly NetworkSite[];
  readonly emergencyAddresses: readonly EmergencyAddress[];
}

export const DEFAULT_OPTIONS: TenantOptions = {
  crossUsageFailover: false,
  onNetForMeetings: true,
  bridgeSourceFallbackToMicrosoft: false,
  suspendedOperatorCarriesCalls: true,
  removeAssignedPolicies: false,
  newDialPlanHasDefaultRule: false,
  assumedServiceCountryDialPlans: true,
  normalizeE164: false,
  zoneAIncludesOwnCountry: false,
  sharedCallingBeatsOwnNumber: false,
  operatorConnectConferencingWins: false,
  numberTypeWhenUntold: "DirectRouting",
  nationalEmergencyNumbers: true,
  emergencyFallsThrough: true,
  emergencyFromMeetings: false,
  dialPlanRuleLimit: 50,
};

/** A tenant in which nothing has been set up: what a script is applied to when none is given. */
export const EMPTY_TENANT: Tenant = {
  outdial: 1,
  tenant: {
    id: null,
    name: "Untitled",
    country: null,
    domains: [],
    environment: "commercial",
    coexistenceMode: "TeamsOnly",
  },
  options: DEFAULT_OPTIONS,
  operators: [],
  operatorDirectory: [],
  phoneNumbers: [],
  conferencingBridge: null,
  users: [],
  resourceAccounts: [],
  onlinePstnUsages: [],
  onlineVoiceRoutes: [],
  onlineVoiceRoutingPolicies: [{ identity: "Global", onlinePstnUsages: [], description: null }],
  onlineAudioConferencingRoutingPolicies: [
    { identity: "Global", onlinePstnUsages: [], description: null },
  ],
  globalPolicies: NO_GLOBAL_POLICIES,
  groupPolicyAssignments: [],
  onlinePstnGateways: [],
  tenantDialPlans: [],
  serviceCountryDialPlans: [],
  teamsTranslationRules: [],
  callingLineIdentities: [],
  teamsEmergencyCallRoutingPolicies: [],
  teamsSharedCallingRoutingPolicies: [],
  networkSites: [],
  emergencyAddresses: [],
};
