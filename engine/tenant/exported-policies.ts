/**
 * What an export said of the policies that count for a user. It never decides anything, but after a
 * command has changed what counts it would tell of an error that is none: it is then taken away.
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import type { Tenant } from "../model/tenant.ts";
import type { EffectivePolicyAssignment, User } from "../model/user.ts";
import type { GroupPolicyAssignment } from "../model/voice-routing.ts";
import type { PolicyPlace } from "./policy-place.ts";

/** The group assignments of a type, best rank first. */
export function rankedAssignments(
  tenant: Tenant,
  place: PolicyPlace,
): readonly GroupPolicyAssignment[] {
  return tenant.groupPolicyAssignments
    .filter((a) => nameKey(a.policyType) === nameKey(place.type))
    .sort((a, b) => a.rank - b.rank);
}

/**
 * The assignment that counts for a user: her own, else that of the best rank among her groups; `null` =
 * Global counts (Microsoft: policy-assignment-overview).
 */
export function countingAssignment(
  user: User,
  place: PolicyPlace,
  ranked: readonly GroupPolicyAssignment[],
): EffectivePolicyAssignment | null {
  const direct = user[place.property];
  const policyType = place.type;
  if (direct !== null)
    return { policyType, policyName: direct, assignmentType: "Direct", groupId: null };
  const groups = new Set(user.groups.map(nameKey));
  const best = ranked.find((a) => groups.has(nameKey(a.groupId)));
  if (best === undefined) return null;
  return {
    policyType,
    policyName: best.policyName,
    assignmentType: "Group",
    groupId: best.groupId,
  };
}

/**
 * The tenant after a command of that policy type, without the exported entries that it has made untrue:
 * those of users for whom another assignment counts now, unless they name just that one. Cost: O(users
 * with exported entries × assignments).
 */
export function refreshExportedPolicies(before: Tenant, after: Tenant, place: PolicyPlace): Tenant {
  const isOfType = (entry: EffectivePolicyAssignment): boolean =>
    nameKey(entry.policyType) === nameKey(place.type);
  const concerned = after.users.some((user) => user.effectivePolicyAssignments.some(isOfType));
  if (!concerned) return after;
  const was = rankedAssignments(before, place);
  const is = rankedAssignments(after, place);
  const users = after.users.map((user, index) => {
    const old = before.users[index];
    if (old === undefined || !user.effectivePolicyAssignments.some(isOfType)) return user;
    const now = countingAssignment(user, place, is);
    if (same(countingAssignment(old, place, was), now)) return user;
    const kept = user.effectivePolicyAssignments.filter((e) => !isOfType(e) || same(e, now));
    return { ...user, effectivePolicyAssignments: kept };
  });
  return { ...after, users };
}

function same(a: EffectivePolicyAssignment | null, b: EffectivePolicyAssignment | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    nameKey(a.policyName) === nameKey(b.policyName) &&
    a.assignmentType === b.assignmentType &&
    nameKey(a.groupId ?? "") === nameKey(b.groupId ?? "")
  );
}
