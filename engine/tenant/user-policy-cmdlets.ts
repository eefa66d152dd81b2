import { nameKey } from "../model/name-key.ts";
import type { Tenant } from "../model/tenant.ts";
import type { User } from "../model/user.ts";
import { type Cmdlet, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { ArgumentValue, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { countingAssignment, rankedAssignments } from "./exported-policies.ts";
import { findUser } from "./find-account.ts";
import { missingParameter } from "./find-named.ts";
import { POLICY_PLACES, type PolicyPlace } from "./policy-place.ts";

/**
 * `Get-CsUserPolicyAssignment`: for each policy type the policy that counts for a user and where it comes
 * from: her own first, then those of her groups by rank. Types for which nothing was assigned, so that
 * Global counts, are left out (documented: Microsoft, Get-CsUserPolicyAssignment).
 *
 * @problem USER_NOT_FOUND, CMDLET_MISSING_PARAMETER
 */
function getAssignments(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity") ?? "";
  if (identity === "")
    return refused(tenant, [missingParameter("Identity", "Get-CsUserPolicyAssignment", args.at)]);
  const found = findUser(tenant, identity, args.at);
  if (!found.ok) return refused(tenant, [found.problem]);
  const wanted = args.text("PolicyType");
  const places = POLICY_PLACES.filter((p) => !wanted || nameKey(p.type) === nameKey(wanted));
  return printed(
    tenant,
    places.flatMap((place) => assignmentOutput(tenant, found.user, place)),
  );
}

function assignmentOutput(tenant: Tenant, user: User, place: PolicyPlace): readonly OutputObject[] {
  const ranked = rankedAssignments(tenant, place);
  const counting = countingAssignment(user, place, ranked);
  if (counting === null) return [];
  const groups = new Set(user.groups.map(nameKey));
  const direct = user[place.property];
  const sources: ArgumentValue[] = ranked
    .filter((assignment) => groups.has(nameKey(assignment.groupId)))
    .map(({ policyName, groupId }) => source("Group", policyName, groupId));
  if (direct !== null) sources.unshift(source("Direct", direct, null));
  const { policyName } = counting;
  return [outputObject({ PolicyType: place.type, PolicyName: policyName, PolicySource: sources })];
}

function source(type: "Direct" | "Group", name: string, group: string | null): OutputObject {
  return outputObject({ AssignmentType: type, PolicyName: name, Reference: group });
}

/** The assignments that count for a user, as Get-CsOnlineUser prints them. */
export function effectiveAssignments(tenant: Tenant, user: User): readonly OutputObject[] {
  return POLICY_PLACES.flatMap((place) => {
    const counting = countingAssignment(user, place, rankedAssignments(tenant, place));
    if (counting === null) return [];
    return [
      outputObject({
        PolicyType: counting.policyType,
        PolicyName: counting.policyName,
        AssignmentType: counting.assignmentType,
        GroupId: counting.groupId,
      }),
    ];
  });
}

/** The cmdlet that shows which policies count for a user. */
export const USER_POLICY_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Get-CsUserPolicyAssignment",
      parameters: [parameter("Identity", "string", 0), parameter("PolicyType", "string")],
    },
    notKept: [],
    run: getAssignments,
  },
];
