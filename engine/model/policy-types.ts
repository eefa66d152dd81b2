/**
 * The kinds of policy that users and groups can have, and where a tenant keeps them. Everything that is
 * the same for all of them (precedence, grants, removal, references) is written once over this table.
 *
 * @module
 */
import type { Tenant } from "./tenant.ts";
import type { User } from "./user.ts";

/** Policy types by the names that `New-CsGroupPolicyAssignment -PolicyType` takes (documented). */
export type PolicyType =
  | "OnlineVoiceRoutingPolicy"
  | "OnlineAudioConferencingRoutingPolicy"
  | "TenantDialPlan"
  | "OnlineDialOutPolicy"
  | "CallingLineIdentity"
  | "TeamsEmergencyCallRoutingPolicy"
  | "TeamsSharedCallingRoutingPolicy";

/** Properties of a user, and of what Grant -Global points at, that name a policy. */
export type PolicyProperty =
  | "onlineVoiceRoutingPolicy"
  | "onlineAudioConferencingRoutingPolicy"
  | "tenantDialPlan"
  | "onlineDialOutPolicy"
  | "callingLineIdentity"
  | "teamsEmergencyCallRoutingPolicy"
  | "teamsSharedCallingRoutingPolicy";

/** Lists of a tenant that hold policies. */
export type PolicyList =
  | "onlineVoiceRoutingPolicies"
  | "onlineAudioConferencingRoutingPolicies"
  | "tenantDialPlans"
  | "callingLineIdentities"
  | "teamsEmergencyCallRoutingPolicies"
  | "teamsSharedCallingRoutingPolicies";

/** Where the parts of a policy type are kept, and what can be done with it. */
export interface PolicyTypePlace {
  readonly type: PolicyType;
  /** In words, for problems. */
  readonly words: string;
  readonly property: PolicyProperty & keyof User & keyof Tenant["globalPolicies"];
  /** `null`: the instances are built in. */
  readonly list: PolicyList | null;
  /** Whether groups can have it (documented: all but the outbound calling restrictions). */
  readonly forGroups: boolean;
}

/** Every policy type, once. */
export const POLICY_TYPES: readonly PolicyTypePlace[] = [
  {
    type: "OnlineVoiceRoutingPolicy",
    words: "voice routing policy",
    property: "onlineVoiceRoutingPolicy",
    list: "onlineVoiceRoutingPolicies",
    forGroups: true,
  },
  {
    type: "OnlineAudioConferencingRoutingPolicy",
    words: "audio conferencing routing policy",
    property: "onlineAudioConferencingRoutingPolicy",
    list: "onlineAudioConferencingRoutingPolicies",
    forGroups: true,
  },
  {
    type: "TenantDialPlan",
    words: "tenant dial plan",
    property: "tenantDialPlan",
    list: "tenantDialPlans",
    forGroups: true,
  },
  {
    type: "OnlineDialOutPolicy",
    words: "dial-out policy",
    property: "onlineDialOutPolicy",
    list: null,
    forGroups: false,
  },
  {
    type: "CallingLineIdentity",
    words: "calling line identity",
    property: "callingLineIdentity",
    list: "callingLineIdentities",
    forGroups: true,
  },
  {
    type: "TeamsEmergencyCallRoutingPolicy",
    words: "emergency call routing policy",
    property: "teamsEmergencyCallRoutingPolicy",
    list: "teamsEmergencyCallRoutingPolicies",
    forGroups: true,
  },
  {
    type: "TeamsSharedCallingRoutingPolicy",
    words: "shared calling policy",
    property: "teamsSharedCallingRoutingPolicy",
    list: "teamsSharedCallingRoutingPolicies",
    forGroups: true,
  },
];
