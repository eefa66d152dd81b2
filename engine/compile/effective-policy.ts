import type { PolicySource } from "../model/decision.ts";
import { nameKey } from "../model/name-key.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { User } from "../model/user.ts";
import type { RoutingPolicy, RoutingPolicyType } from "../model/voice-routing.ts";

/**
 * Which policy counts for whom: the one granted to the user directly, else the one of smallest rank
 * among the user's groups (direct membership only), else the one that counts globally (documented:
 * Microsoft, policy-assignment-overview and assign-policies-users-and-groups).
 *
 * @module
 */

/** A policy and how it came to count. */
export interface EffectivePolicy {
  /** Index into {@link PolicyDirectory.policies}. */
  readonly index: number;
  readonly policySource: PolicySource;
  /** The group by whose assignment it counts. */
  readonly group: string | null;
}

interface GroupGrant {
  readonly group: string;
  /** Place in the tenant file: decides between equal ranks, which Teams does not have. */
  readonly at: number;
  readonly rank: number;
  readonly policyName: string;
}

/** All policies of one kind, ready to be looked up. */
export interface PolicyDirectory {
  readonly policyType: RoutingPolicyType;
  readonly policies: readonly RoutingPolicy[];
  readonly global: EffectivePolicy;
  readonly indexByName: ReadonlyMap<string, number>;
  /** By group; in tenant-file order. */
  readonly grantsByGroup: ReadonlyMap<string, readonly GroupGrant[]>;
  readonly problems: readonly Problem[];
}

const GLOBAL = "Global";

/** Collects the policies of one kind. @problem POLICY_UNKNOWN */
export function policyDirectory(tenant: Tenant, policyType: RoutingPolicyType): PolicyDirectory {
  const isVoice = policyType === "OnlineVoiceRoutingPolicy";
  const declared = isVoice
    ? tenant.onlineVoiceRoutingPolicies
    : tenant.onlineAudioConferencingRoutingPolicies;
  const hasGlobal = declared.some((policy) => nameKey(policy.identity) === nameKey(GLOBAL));
  const policies = hasGlobal
    ? declared
    : [...declared, { identity: GLOBAL, onlinePstnUsages: [], description: null }];
  const indexByName = new Map<string, number>();
  for (const [index, policy] of policies.entries()) {
    if (!indexByName.has(nameKey(policy.identity)))
      indexByName.set(nameKey(policy.identity), index);
  }
  const problems: Problem[] = [];
  const pointer = isVoice
    ? tenant.globalPolicies.onlineVoiceRoutingPolicy
    : tenant.globalPolicies.onlineAudioConferencingRoutingPolicy;
  const instance = indexByName.get(nameKey(GLOBAL)) ?? 0;
  const pointed = pointer === null ? instance : indexByName.get(nameKey(pointer));
  if (pointed === undefined) problems.push(unknownPolicy("the whole tenant", policyType, pointer));
  return {
    policyType,
    policies,
    global: { index: pointed ?? instance, policySource: "global", group: null },
    indexByName,
    grantsByGroup: groupGrants(tenant, policyType),
    problems,
  };
}

function groupGrants(
  tenant: Tenant,
  policyType: RoutingPolicyType,
): ReadonlyMap<string, readonly GroupGrant[]> {
  const byGroup = new Map<string, GroupGrant[]>();
  for (const [at, assignment] of tenant.groupPolicyAssignments.entries()) {
    const { groupId, policyType: type, policyName, rank } = assignment;
    if (nameKey(type) !== nameKey(policyType)) continue;
    const grants = byGroup.get(nameKey(groupId)) ?? [];
    grants.push({ group: groupId, at, rank, policyName });
    byGroup.set(nameKey(groupId), grants);
  }
  return byGroup;
}

/**
 * The policy that counts for a user. A reference to a policy that does not exist counts as Global
 * (assumed). @problem POLICY_UNKNOWN
 */
export function effectivePolicy(
  directory: PolicyDirectory,
  user: User,
  problems: Problem[],
): EffectivePolicy {
  const direct =
    directory.policyType === "OnlineVoiceRoutingPolicy"
      ? user.onlineVoiceRoutingPolicy
      : user.onlineAudioConferencingRoutingPolicy;
  const grant = direct === null ? smallestRank(directory, user) : null;
  const name = direct ?? grant?.policyName ?? null;
  if (name === null) return directory.global;
  const index = directory.indexByName.get(nameKey(name));
  if (index === undefined) {
    problems.push(unknownPolicy(`user "${user.userPrincipalName}"`, directory.policyType, name));
    return directory.global;
  }
  const policySource = direct === null ? "group" : "direct";
  return { index, policySource, group: grant?.group ?? null };
}

function smallestRank(directory: PolicyDirectory, user: User): GroupGrant | null {
  let best: GroupGrant | null = null;
  for (const group of user.groups) {
    for (const grant of directory.grantsByGroup.get(nameKey(group)) ?? []) {
      const order = best === null ? -1 : grant.rank - best.rank || grant.at - best.at;
      if (order < 0) best = grant;
    }
  }
  return best;
}

function unknownPolicy(who: string, policyType: RoutingPolicyType, name: string | null): Problem {
  return problem(
    "POLICY_UNKNOWN",
    `${who} has the ${policyType} "${name ?? ""}", which does not exist; Global counts instead`,
    "create the policy or grant another",
  );
}
