/**
 * The instances of each policy type in a tenant. Every type has an instance `Global`, whether or not the
 * tenant lists it: what it then is stands here (documented: the New- and Get- cmdlets of each type).
 *
 * @module
 */
import {
  DIAL_OUT_POLICIES,
  type DialOutPolicy,
  GLOBAL_DIAL_OUT_POLICY,
} from "./dial-out-policies.ts";
import { nameKey } from "./name-key.ts";
import type {
  CallingLineIdentity,
  TeamsEmergencyCallRoutingPolicy,
  TeamsSharedCallingRoutingPolicy,
  TenantDialPlan,
} from "./number-rules.ts";
import type { PolicyType } from "./policy-types.ts";
import type { Tenant } from "./tenant.ts";
import type { RoutingPolicy } from "./voice-routing.ts";

/** The instance that everyone without another has. It cannot be created or removed. */
export const GLOBAL = "Global";

/** What an instance of each type is. */
export interface PolicyOfType {
  readonly OnlineVoiceRoutingPolicy: RoutingPolicy;
  readonly OnlineAudioConferencingRoutingPolicy: RoutingPolicy;
  readonly TenantDialPlan: TenantDialPlan;
  readonly OnlineDialOutPolicy: DialOutPolicy;
  readonly CallingLineIdentity: CallingLineIdentity;
  readonly TeamsEmergencyCallRoutingPolicy: TeamsEmergencyCallRoutingPolicy;
  readonly TeamsSharedCallingRoutingPolicy: TeamsSharedCallingRoutingPolicy;
}

/** `Global` of each type as long as nobody has changed it. */
export const FRESH_GLOBAL: PolicyOfType = {
  OnlineVoiceRoutingPolicy: { identity: GLOBAL, onlinePstnUsages: [], description: null },
  OnlineAudioConferencingRoutingPolicy: {
    identity: GLOBAL,
    onlinePstnUsages: [],
    description: null,
  },
  TenantDialPlan: {
    identity: GLOBAL,
    simpleName: null,
    description: null,
    externalAccessPrefix: null,
    optimizeDeviceDialing: false,
    normalizationRules: [],
  },
  OnlineDialOutPolicy: GLOBAL_DIAL_OUT_POLICY,
  CallingLineIdentity: {
    identity: GLOBAL,
    callingIdSubstitute: "LineUri",
    resourceAccount: null,
    enableUserOverride: false,
    companyName: null,
    description: null,
  },
  TeamsEmergencyCallRoutingPolicy: {
    identity: GLOBAL,
    allowEnhancedEmergencyServices: false,
    emergencyNumbers: [],
    description: null,
  },
  TeamsSharedCallingRoutingPolicy: {
    identity: GLOBAL,
    resourceAccount: null,
    emergencyNumbers: [],
    description: null,
  },
};

type Declared = { readonly [T in PolicyType]: (tenant: Tenant) => readonly PolicyOfType[T][] };

const DECLARED: Declared = {
  OnlineVoiceRoutingPolicy: (tenant) => tenant.onlineVoiceRoutingPolicies,
  OnlineAudioConferencingRoutingPolicy: (tenant) => tenant.onlineAudioConferencingRoutingPolicies,
  TenantDialPlan: (tenant) => tenant.tenantDialPlans,
  OnlineDialOutPolicy: () => DIAL_OUT_POLICIES,
  CallingLineIdentity: (tenant) => tenant.callingLineIdentities,
  TeamsEmergencyCallRoutingPolicy: (tenant) => tenant.teamsEmergencyCallRoutingPolicies,
  TeamsSharedCallingRoutingPolicy: (tenant) => tenant.teamsSharedCallingRoutingPolicies,
};

/** All instances of a type in tenant-file order; `Global` is there even when it is not listed. */
export function policiesOfType<T extends PolicyType>(
  tenant: Tenant,
  type: T,
): readonly PolicyOfType[T][] {
  const declared: readonly PolicyOfType[T][] = DECLARED[type](tenant);
  const hasGlobal = declared.some((policy) => nameKey(policy.identity) === nameKey(GLOBAL));
  return hasGlobal ? declared : [...declared, FRESH_GLOBAL[type]];
}
