/**
 * The commands that say who has which policy: people and resource accounts, everyone, groups.
 *
 * @module
 */
import type { PolicyProperty } from "../../model/policy-types.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { GroupPolicyAssignment } from "../../model/voice-routing.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { POLICY_PLACES, type PolicyPlace } from "../../tenant/policy-place.ts";
import { call, type ObjectKind } from "./written-kind.ts";

/** A user or a resource account. */
type Holder = { readonly userPrincipalName: string } & Readonly<
  Partial<Record<PolicyProperty, string | null>>
>;

/** The holder without that policy; the very same where there is none. */
function withoutPolicy<T extends Holder>(holder: T, property: PolicyProperty): T {
  return (holder[property] ?? null) === null ? holder : { ...holder, [property]: null };
}

function grantKind({ type, noun, words, property, list }: PolicyPlace): ObjectKind {
  const cmdlet = `Grant-${noun}`;
  return {
    name: `grants of ${type}`,
    title: `Who has which ${words}`,
    needs: list === null ? [] : [type],
    parts: ["users", "resourceAccounts", "globalPolicies"],
    without: (tenant) => ({
      ...tenant,
      users: tenant.users.map((user) => withoutPolicy(user, property)),
      resourceAccounts: tenant.resourceAccounts.map((account) => withoutPolicy(account, property)),
      globalPolicies: { ...tenant.globalPolicies, [property]: null },
    }),
    calls: (tenant) => {
      const everyone = tenant.globalPolicies[property];
      const holders: readonly Holder[] = [...tenant.users, ...tenant.resourceAccounts];
      return [
        ...(everyone === null ? [] : [call(cmdlet, { Global: true, PolicyName: everyone })]),
        ...holders
          .filter((holder) => (holder[property] ?? null) !== null)
          .map((holder) =>
            call(cmdlet, { Identity: holder.userPrincipalName, PolicyName: holder[property] }),
          ),
      ];
    },
  };
}

const FOR_GROUPS = POLICY_PLACES.filter((place) => place.forGroups);

/** Assignments of types that do not route are kept as they are; no cmdlet here makes them. */
function isMade({ policyType }: GroupPolicyAssignment): boolean {
  return FOR_GROUPS.some(({ type }) => type === policyType);
}

const GROUPS: ObjectKind = {
  name: "groups",
  title: "Which groups have which policies",
  needs: FOR_GROUPS.map(({ type }) => type),
  parts: ["groupPolicyAssignments", "users"],
  without: (tenant) => ({
    ...tenant,
    groupPolicyAssignments: tenant.groupPolicyAssignments.filter((each) => !isMade(each)),
  }),
  calls: groupCalls,
};

/**
 * In the order of the list, each at its place by rank among those that are there by then: the ones that
 * come later push it down to its own.
 */
function groupCalls(tenant: Tenant): readonly CmdletInvocation[] {
  const ranksOfType = new Map<string, number[]>();
  return tenant.groupPolicyAssignments.filter(isMade).map((assignment) => {
    const { groupId, policyType, policyName, rank } = assignment;
    const ranks = ranksOfType.get(policyType) ?? [];
    ranksOfType.set(policyType, ranks);
    const place = placeByRank(ranks, rank);
    ranks.splice(place, 0, rank);
    return call("New-CsGroupPolicyAssignment", {
      GroupId: groupId,
      PolicyType: policyType,
      PolicyName: policyName,
      Rank: place + 1,
    });
  });
}

/** How many of the sorted ranks are lower. */
function placeByRank(ranks: readonly number[], rank: number): number {
  let from = 0;
  let to = ranks.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ranks[middle] ?? rank) < rank) from = middle + 1;
    else to = middle;
  }
  return from;
}

export const GRANT_KINDS: readonly ObjectKind[] = [...POLICY_PLACES.map(grantKind), GROUPS];
