import { nameKey } from "../model/name-key.ts";
import type { GroupPolicyAssignment } from "../model/voice-routing.ts";

/**
 * Assigns a policy to a group. Without a rank a new assignment comes last and an existing one keeps its
 * rank; a taken rank pushes the others down (Microsoft: assign-policies-users-and-groups). The ranks of
 * one policy type are always 1, 2, 3… without gaps; a rank past the end means the end.
 */
export function assignToGroup(
  assignments: readonly GroupPolicyAssignment[],
  wanted: Omit<GroupPolicyAssignment, "rank">,
  rank: number | null,
): readonly GroupPolicyAssignment[] {
  const ranked = ofType(assignments, wanted.policyType);
  const old = ranked.findIndex((a) => nameKey(a.groupId) === nameKey(wanted.groupId));
  const others = ranked.filter((_, i) => i !== old);
  const place = rank === null ? (old < 0 ? others.length : old) : rank - 1;
  others.splice(place, 0, { ...wanted, rank: 0 });
  return renumbered(assignments, wanted.policyType, others);
}

/** Takes the group's assignment of that type away; the ranks behind it close up. */
export function unassignFromGroup(
  assignments: readonly GroupPolicyAssignment[],
  groupId: string,
  policyType: string,
): readonly GroupPolicyAssignment[] {
  const ranked = ofType(assignments, policyType);
  const kept = ranked.filter((a) => nameKey(a.groupId) !== nameKey(groupId));
  return kept.length === ranked.length ? assignments : renumbered(assignments, policyType, kept);
}

/** Takes every assignment of one policy away; the ranks close up. */
export function unassignPolicyFromGroups(
  assignments: readonly GroupPolicyAssignment[],
  policyType: string,
  policyName: string,
): readonly GroupPolicyAssignment[] {
  const ranked = ofType(assignments, policyType);
  const kept = ranked.filter((a) => nameKey(a.policyName) !== nameKey(policyName));
  return kept.length === ranked.length ? assignments : renumbered(assignments, policyType, kept);
}

/** The assignments of one type, best rank first. */
function ofType(
  assignments: readonly GroupPolicyAssignment[],
  policyType: string,
): GroupPolicyAssignment[] {
  return assignments
    .filter((a) => nameKey(a.policyType) === nameKey(policyType))
    .sort((a, b) => a.rank - b.rank);
}

/**
 * The whole list with the ranks of one type renumbered: an entry stays where it stands in the list,
 * whatever its rank, and a new one comes last.
 */
function renumbered(
  assignments: readonly GroupPolicyAssignment[],
  policyType: string,
  ranked: readonly GroupPolicyAssignment[],
): readonly GroupPolicyAssignment[] {
  const left = new Map(ranked.map((a, i) => [nameKey(a.groupId), { ...a, rank: i + 1 }]));
  const kept = assignments.flatMap((old) => {
    if (nameKey(old.policyType) !== nameKey(policyType)) return [old];
    const fresh = left.get(nameKey(old.groupId));
    left.delete(nameKey(old.groupId));
    return fresh === undefined ? [] : [fresh];
  });
  return [...kept, ...left.values()];
}
