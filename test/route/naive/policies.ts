import type { PolicySource } from "../../../engine/model/decision.ts";
import { DIAL_OUT_POLICIES } from "../../../engine/model/dial-out-policies.ts";
import { FRESH_GLOBAL, type PolicyOfType } from "../../../engine/model/policies-of-type.ts";
import type { PolicyProperty, PolicyType } from "../../../engine/model/policy-types.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import type { Caller } from "./callers.ts";
import { same } from "./names.ts";

type Instances = { readonly [T in PolicyType]: readonly PolicyOfType[T][] };

function instances(tenant: Tenant): Instances {
  return {
    OnlineVoiceRoutingPolicy: tenant.onlineVoiceRoutingPolicies,
    OnlineAudioConferencingRoutingPolicy: tenant.onlineAudioConferencingRoutingPolicies,
    TenantDialPlan: tenant.tenantDialPlans,
    OnlineDialOutPolicy: DIAL_OUT_POLICIES,
    CallingLineIdentity: tenant.callingLineIdentities,
    TeamsEmergencyCallRoutingPolicy: tenant.teamsEmergencyCallRoutingPolicies,
    TeamsSharedCallingRoutingPolicy: tenant.teamsSharedCallingRoutingPolicies,
  };
}

const PROPERTIES: Readonly<Record<PolicyType, PolicyProperty>> = {
  OnlineVoiceRoutingPolicy: "onlineVoiceRoutingPolicy",
  OnlineAudioConferencingRoutingPolicy: "onlineAudioConferencingRoutingPolicy",
  TenantDialPlan: "tenantDialPlan",
  OnlineDialOutPolicy: "onlineDialOutPolicy",
  CallingLineIdentity: "callingLineIdentity",
  TeamsEmergencyCallRoutingPolicy: "teamsEmergencyCallRoutingPolicy",
  TeamsSharedCallingRoutingPolicy: "teamsSharedCallingRoutingPolicy",
};

/** Names of dial-out policies are written with and without `tag:` and `Dialout`. */
function bare(type: PolicyType, name: string): string {
  if (type !== "OnlineDialOutPolicy") return name;
  return name
    .trim()
    .replace(/^(tag: *)+/i, "")
    .replace(/^dialout/i, "");
}

/** The instance of that name; `undefined` when nobody has made it. */
export function instance<T extends PolicyType>(
  tenant: Tenant,
  type: T,
  name: string,
): PolicyOfType[T] | undefined {
  const all: readonly PolicyOfType[T][] = instances(tenant)[type];
  const found = all.find((policy) => same(bare(type, policy.identity), bare(type, name)));
  return found ?? (same(name, "Global") ? FRESH_GLOBAL[type] : undefined);
}

/** A policy, and how it came to count. */
export interface Effective<T extends PolicyType> {
  readonly policy: PolicyOfType[T];
  readonly source: PolicySource;
}

/** What counts for everyone without another policy. */
export function globalPolicy<T extends PolicyType>(tenant: Tenant, type: T): PolicyOfType[T] {
  const pointer = tenant.globalPolicies[PROPERTIES[type]];
  const pointed = pointer === null ? undefined : instance(tenant, type, pointer);
  return pointed ?? instance(tenant, type, "Global") ?? FRESH_GLOBAL[type];
}

/** The policy that counts for a caller: granted directly, else to a group, else globally. */
export function effective<T extends PolicyType>(
  tenant: Tenant,
  type: T,
  caller: Caller,
): Effective<T> {
  const direct = caller.granted[PROPERTIES[type]];
  if (direct !== null) return named(tenant, type, direct, "direct");
  let best: { policyName: string; rank: number } | null = null;
  for (const grant of tenant.groupPolicyAssignments) {
    if (type === "OnlineDialOutPolicy" || !same(grant.policyType, type)) continue;
    if (!caller.groups.some((group) => same(group, grant.groupId))) continue;
    if (best === null || grant.rank < best.rank) best = grant;
  }
  if (best !== null) return named(tenant, type, best.policyName, "group");
  return { policy: globalPolicy(tenant, type), source: "global" };
}

/** A policy that is not there counts as Global. */
function named<T extends PolicyType>(
  tenant: Tenant,
  type: T,
  name: string,
  source: PolicySource,
): Effective<T> {
  const policy = instance(tenant, type, name);
  if (policy === undefined) return { policy: globalPolicy(tenant, type), source: "global" };
  return { policy, source };
}
