import type { PolicySource } from "../model/decision.ts";
import { dialOutPolicyKey } from "../model/dial-out-policies.ts";
import { invariant } from "../model/engine-error.ts";
import { nameKey } from "../model/name-key.ts";
import { GLOBAL, type PolicyOfType, policiesOfType } from "../model/policies-of-type.ts";
import {
  POLICY_TYPES,
  type PolicyProperty,
  type PolicyType,
  type PolicyTypePlace,
} from "../model/policy-types.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";

/**
 * Which policy counts for whom, of every type: the one granted to the user directly, else the one of
 * smallest rank among the user's groups (direct membership only), else the one that counts globally
 * (documented: Microsoft, policy-assignment-overview and assign-policies-users-and-groups). Outbound
 * calling restrictions are not assigned to groups (documented: Grant-CsDialoutPolicy).
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

/** Whoever can have policies: a user, or a resource account, which is in no group. */
export interface PolicyHolder extends Readonly<Partial<Record<PolicyProperty, string | null>>> {
  readonly userPrincipalName: string;
  readonly groups?: readonly string[];
}

interface GroupGrant {
  readonly group: string;
  /** Place in the tenant file: decides between equal ranks, which Teams does not have. */
  readonly at: number;
  readonly rank: number;
  readonly policyName: string;
}

/** All policies of one type, ready to be looked up. */
export interface PolicyDirectory<T extends PolicyType = PolicyType> {
  readonly policyType: T;
  readonly property: PolicyProperty;
  readonly policies: readonly PolicyOfType[T][];
  readonly global: EffectivePolicy;
  readonly keyOf: (name: string) => string;
  readonly indexByName: ReadonlyMap<string, number>;
  /** By group; in tenant-file order. */
  readonly grantsByGroup: ReadonlyMap<string, readonly GroupGrant[]>;
  readonly problems: readonly Problem[];
}

/** Collects the policies of one type. @problem POLICY_UNKNOWN */
export function policyDirectory<T extends PolicyType>(
  tenant: Tenant,
  policyType: T,
): PolicyDirectory<T> {
  const place = placeOf(policyType);
  const policies = policiesOfType(tenant, policyType);
  const keyOf = policyType === "OnlineDialOutPolicy" ? dialOutPolicyKey : nameKey;
  const indexByName = new Map<string, number>();
  for (const [index, { identity }] of policies.entries()) {
    if (!indexByName.has(keyOf(identity))) indexByName.set(keyOf(identity), index);
  }
  const problems: Problem[] = [];
  const pointer = tenant.globalPolicies[place.property];
  const instance = indexByName.get(keyOf(GLOBAL)) ?? 0;
  const pointed = pointer === null ? instance : indexByName.get(keyOf(pointer));
  if (pointed === undefined) problems.push(unknownPolicy("the whole tenant", policyType, pointer));
  return {
    policyType,
    property: place.property,
    policies,
    global: { index: pointed ?? instance, policySource: "global", group: null },
    keyOf,
    indexByName,
    grantsByGroup: place.forGroups ? groupGrants(tenant, policyType) : new Map(),
    problems,
  };
}

function placeOf(policyType: PolicyType): PolicyTypePlace {
  const place = POLICY_TYPES.find(({ type }) => type === policyType);
  invariant(place !== undefined, `no policy type ${policyType}`);
  return place;
}

function groupGrants(
  tenant: Tenant,
  policyType: PolicyType,
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
  holder: PolicyHolder,
  problems: Problem[],
): EffectivePolicy {
  const direct = holder[directory.property] ?? null;
  const grant = direct === null ? smallestRank(directory, holder.groups ?? []) : null;
  const name = direct ?? grant?.policyName ?? null;
  if (name === null) return directory.global;
  const index = directory.indexByName.get(directory.keyOf(name));
  if (index === undefined) {
    problems.push(unknownPolicy(`user "${holder.userPrincipalName}"`, directory.policyType, name));
    return directory.global;
  }
  const policySource = direct === null ? "group" : "direct";
  return { index, policySource, group: grant?.group ?? null };
}

function smallestRank(directory: PolicyDirectory, groups: readonly string[]): GroupGrant | null {
  let best: GroupGrant | null = null;
  for (const group of groups) {
    for (const grant of directory.grantsByGroup.get(nameKey(group)) ?? []) {
      const order = best === null ? -1 : grant.rank - best.rank || grant.at - best.at;
      if (order < 0) best = grant;
    }
  }
  return best;
}

function unknownPolicy(who: string, policyType: PolicyType, name: string | null): Problem {
  return problem(
    "POLICY_UNKNOWN",
    `${who} has the ${policyType} "${name ?? ""}", which does not exist; Global counts instead`,
    "create the policy or grant another",
  );
}
