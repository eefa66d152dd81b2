/**
 * The two kinds of routing policy differ in nothing but where the tenant and its users keep them; this
 * file knows where, so that each cmdlet is written once.
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import type { Tenant } from "../model/tenant.ts";
import type { RoutingPolicy, RoutingPolicyType } from "../model/voice-routing.ts";

/** The instance that everyone without another policy has. It cannot be created or removed. */
export const GLOBAL = "Global";

const FRESH_GLOBAL: RoutingPolicy = { identity: GLOBAL, onlinePstnUsages: [], description: null };

/** Where the parts of a policy type are kept. */
export interface PolicyPlace {
  readonly type: RoutingPolicyType;
  /** What follows `New-`, `Set-`… in the cmdlet names. */
  readonly noun: string;
  /** In words, for problems. */
  readonly words: string;
  readonly list: "onlineVoiceRoutingPolicies" | "onlineAudioConferencingRoutingPolicies";
  readonly assigned: "onlineVoiceRoutingPolicy" | "onlineAudioConferencingRoutingPolicy";
}

export const VOICE_ROUTING_POLICY: PolicyPlace = {
  type: "OnlineVoiceRoutingPolicy",
  noun: "CsOnlineVoiceRoutingPolicy",
  words: "voice routing policy",
  list: "onlineVoiceRoutingPolicies",
  assigned: "onlineVoiceRoutingPolicy",
};

export const AUDIO_CONFERENCING_ROUTING_POLICY: PolicyPlace = {
  type: "OnlineAudioConferencingRoutingPolicy",
  noun: "CsOnlineAudioConferencingRoutingPolicy",
  words: "audio conferencing routing policy",
  list: "onlineAudioConferencingRoutingPolicies",
  assigned: "onlineAudioConferencingRoutingPolicy",
};

export const POLICY_PLACES: readonly PolicyPlace[] = [
  VOICE_ROUTING_POLICY,
  AUDIO_CONFERENCING_ROUTING_POLICY,
];

/** All policies of the type; `Global` is there even when the tenant's file does not list it. */
export function policiesOf(tenant: Tenant, place: PolicyPlace): readonly RoutingPolicy[] {
  const policies = tenant[place.list];
  return policies.some((policy) => isGlobal(policy.identity))
    ? policies
    : [FRESH_GLOBAL, ...policies];
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
  return nameKey(identity) === "global";
}
