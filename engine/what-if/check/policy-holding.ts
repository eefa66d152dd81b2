import {
  type EffectivePolicy,
  effectivePolicy,
  type PolicyDirectory,
  policyDirectory,
} from "../../compile/effective-policy.ts";
import { nameKey } from "../../model/name-key.ts";
import type { PolicyOfType } from "../../model/policies-of-type.ts";
import type { PolicyType } from "../../model/policy-types.ts";
import type { Problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { ResourceAccount, User } from "../../model/user.ts";

/** Which policies of one type count for whom. */
export interface PolicyHolding<T extends PolicyType = PolicyType> {
  readonly directory: PolicyDirectory<T>;
  readonly policies: readonly PolicyOfType[T][];
  /** The policy that counts for a user or resource account, and why. */
  readonly of: (holder: User | ResourceAccount) => EffectivePolicy;
  /** For each policy the users for whom it counts, in tenant-file order. */
  readonly usersOf: readonly (readonly User[])[];
  /** For each policy the resource accounts for which it counts. */
  readonly accountsOf: readonly (readonly ResourceAccount[])[];
  /** Policies that somebody, some group or Grant -Global names, or that are `Global`. */
  readonly isAssigned: (index: number) => boolean;
}

/** Settles one policy type for everybody. O(users). */
export function policyHolding<T extends PolicyType>(tenant: Tenant, type: T): PolicyHolding<T> {
  const directory = policyDirectory(tenant, type);
  const problems: Problem[] = [];
  const usersOf: User[][] = directory.policies.map(() => []);
  const accountsOf: ResourceAccount[][] = directory.policies.map(() => []);
  const effective = new Map<User | ResourceAccount, EffectivePolicy>();
  for (const user of tenant.users) {
    const policy = effectivePolicy(directory, user, problems);
    effective.set(user, policy);
    usersOf[policy.index]?.push(user);
  }
  for (const account of tenant.resourceAccounts) {
    const policy = effectivePolicy(directory, account, problems);
    effective.set(account, policy);
    accountsOf[policy.index]?.push(account);
  }
  const named = namedPolicies(tenant, directory);
  return {
    directory,
    policies: directory.policies,
    of: (holder) => effective.get(holder) ?? directory.global,
    usersOf,
    accountsOf,
    isAssigned: (index) => named.has(index),
  };
}

function namedPolicies(tenant: Tenant, directory: PolicyDirectory): ReadonlySet<number> {
  const { property, policyType, keyOf, indexByName } = directory;
  const names = [
    "Global",
    tenant.globalPolicies[property],
    ...tenant.users.map((user) => user[property]),
    ...tenant.resourceAccounts.map((account) => accountPolicy(account, property)),
    ...tenant.groupPolicyAssignments.flatMap((grant) =>
      nameKey(grant.policyType) === nameKey(policyType) ? [grant.policyName] : [],
    ),
    ...(policyType === "TeamsEmergencyCallRoutingPolicy"
      ? tenant.networkSites.map((site) => site.teamsEmergencyCallRoutingPolicy)
      : []),
  ];
  const found = new Set<number>();
  for (const name of new Set(names)) {
    const index = name === null ? undefined : indexByName.get(keyOf(name));
    if (index !== undefined) found.add(index);
  }
  return found;
}

function accountPolicy(
  account: ResourceAccount,
  property: PolicyDirectory["property"],
): string | null {
  const policies: Readonly<Partial<Record<PolicyDirectory["property"], string | null>>> = account;
  return policies[property] ?? null;
}
