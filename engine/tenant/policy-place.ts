/**
 * What the cmdlets of every policy type share: their nouns, the tags before names, and reading and
 * writing the instances, so that granting, removing and assigning to groups are written once.
 *
 * @module
 */
import { invariant } from "../model/engine-error.ts";
import { nameKey } from "../model/name-key.ts";
import { GLOBAL, type PolicyOfType, policiesOfType } from "../model/policies-of-type.ts";
import {
  POLICY_TYPES,
  type PolicyList,
  type PolicyType,
  type PolicyTypePlace,
} from "../model/policy-types.ts";
import type { Tenant } from "../model/tenant.ts";

/** A policy type with what follows `New-`, `Set-`, `Grant-`… in the names of its cmdlets. */
export interface PolicyPlace extends PolicyTypePlace {
  readonly noun: string;
}

/** Types whose instances administrators make; the outbound calling restrictions are built in. */
export type KeptPolicyType = Exclude<PolicyType, "OnlineDialOutPolicy">;

const NOUNS: Readonly<Record<PolicyType, string>> = {
  OnlineVoiceRoutingPolicy: "CsOnlineVoiceRoutingPolicy",
  OnlineAudioConferencingRoutingPolicy: "CsOnlineAudioConferencingRoutingPolicy",
  TenantDialPlan: "CsTenantDialPlan",
  OnlineDialOutPolicy: "CsDialoutPolicy",
  CallingLineIdentity: "CsCallingLineIdentity",
  TeamsEmergencyCallRoutingPolicy: "CsTeamsEmergencyCallRoutingPolicy",
  TeamsSharedCallingRoutingPolicy: "CsTeamsSharedCallingRoutingPolicy",
};

/** Every policy type, in the order of the model. */
export const POLICY_PLACES: readonly PolicyPlace[] = POLICY_TYPES.map((place) => ({
  ...place,
  noun: NOUNS[place.type],
}));

const LISTS: Readonly<Record<KeptPolicyType, PolicyList>> = {
  OnlineVoiceRoutingPolicy: "onlineVoiceRoutingPolicies",
  OnlineAudioConferencingRoutingPolicy: "onlineAudioConferencingRoutingPolicies",
  TenantDialPlan: "tenantDialPlans",
  CallingLineIdentity: "callingLineIdentities",
  TeamsEmergencyCallRoutingPolicy: "teamsEmergencyCallRoutingPolicies",
  TeamsSharedCallingRoutingPolicy: "teamsSharedCallingRoutingPolicies",
};

/** The place of a type; every type has one. */
export function placeOf(type: PolicyType): PolicyPlace {
  const place = POLICY_PLACES.find((each) => each.type === type);
  invariant(place !== undefined, `${type} has a place`);
  return place;
}

/**
 * The tenant with one instance put in the place of `old`, or added at the end when `old` is not listed:
 * a new one, or a `Global` that was never changed. `null` takes it away.
 */
export function withPolicy<T extends KeptPolicyType>(
  tenant: Tenant,
  type: T,
  old: PolicyOfType[T] | null,
  policy: PolicyOfType[T] | null,
): Tenant {
  const list = LISTS[type];
  const listed: readonly { readonly identity: string }[] = tenant[list];
  const without = policy === null ? [] : [policy];
  const replaced = listed.flatMap((each) => (each === old ? without : [each]));
  const isListed = old !== null && listed.includes(old);
  return { ...tenant, [list]: isListed ? replaced : [...listed, ...without] };
}

/** The instances that can be granted: all but `Global`. */
export function grantable(tenant: Tenant, type: PolicyType): readonly { identity: string }[] {
  return policiesOfType(tenant, type).filter((policy) => !isGlobal(policy.identity));
}

/** `Tag:Name`, `tag:"Name"` and `Name` are one policy. */
export function withoutTag(identity: string): string {
  return identity
    .trim()
    .replace(/^(?:tag:\s*)+/i, "")
    .replace(/^"([^"]*)"$/, "$1")
    .trim();
}

/** `Global` or `Tag:Name`, as the Get cmdlets print it. */
export function withTag(identity: string): string {
  return isGlobal(identity) ? GLOBAL : `Tag:${identity}`;
}

export function isGlobal(identity: string): boolean {
  return nameKey(identity) === nameKey(GLOBAL);
}
