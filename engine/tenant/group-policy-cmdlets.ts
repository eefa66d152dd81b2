import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { GroupPolicyAssignment } from "../model/voice-routing.ts";
import { type Cmdlet, changed, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult } from "./cmdlet-invocation.ts";
import { refreshExportedPolicies } from "./exported-policies.ts";
import { alreadyExists, findNamed, missingParameter } from "./find-named.ts";
import { knownGroup } from "./grant-cmdlets.ts";
import { assignToGroup, unassignFromGroup } from "./group-ranks.ts";
import { passedOver, passedOverPolicyType, passedOverPolicyTypes } from "./passed-over-cmdlets.ts";
import { grantable, POLICY_PLACES, type PolicyPlace, withoutTag } from "./policy-place.ts";

const FOR_GROUPS = POLICY_PLACES.filter((place) => place.forGroups);

/** The place of `-PolicyType`, and the group, or what is missing. */
type Target =
  | { readonly ok: true; readonly place: PolicyPlace; readonly group: string }
  | { readonly ok: false; readonly problem: Problem };

function readTarget(args: CmdletArguments, cmdlet: string): Target {
  const group = args.text("GroupId")?.trim() ?? "";
  const type = args.text("PolicyType")?.trim() ?? "";
  if (group === "") return { ok: false, problem: missingParameter("GroupId", cmdlet, args.at) };
  if (type === "") return { ok: false, problem: missingParameter("PolicyType", cmdlet, args.at) };
  const known = POLICY_PLACES.find((p) => nameKey(p.type) === nameKey(type));
  if (known?.forGroups === true) return { ok: true, place: known, group };
  const types = FOR_GROUPS.map((p) => p.type);
  const other = passedOverPolicyType(type);
  if (other !== null) {
    return { ok: false, problem: passedOver(`${cmdlet} -PolicyType ${other}`, other, args.at) };
  }
  const why =
    known === undefined
      ? "there is no policy type of that name"
      : "it cannot be assigned to groups";
  const nearest =
    known === undefined ? didYouMean(type, [...types, ...passedOverPolicyTypes()]) : null;
  const refusal = problem(
    "CMDLET_INVALID_VALUE",
    `-PolicyType cannot be "${type}": ${why}`,
    nearest ?? `use ${types.join(", ")}`,
    args.at,
  );
  return { ok: false, problem: refusal };
}

function assignmentOf(
  tenant: Tenant,
  place: PolicyPlace,
  group: string,
): GroupPolicyAssignment | undefined {
  return tenant.groupPolicyAssignments.find(
    (a) => nameKey(a.policyType) === nameKey(place.type) && nameKey(a.groupId) === nameKey(group),
  );
}

/**
 * `New-CsGroupPolicyAssignment`: like a grant with -Group, but only where the group has none yet.
 *
 * @problem CMDLET_ALREADY_EXISTS, POLICY_UNKNOWN, CMDLET_MISSING_PARAMETER, CMDLET_INVALID_VALUE
 */
function newAssignment(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "New-CsGroupPolicyAssignment";
  const target = readTarget(args, cmdlet);
  if (!target.ok) return refused(tenant, [target.problem]);
  const { place, group } = target;
  const name = withoutTag(args.text("PolicyName") ?? "");
  if (name === "") return refused(tenant, [missingParameter("PolicyName", cmdlet, args.at)]);
  const rank = args.integer("Rank") ?? null;
  if (rank !== null && rank < 1)
    return refused(tenant, [
      problem("CMDLET_INVALID_VALUE", `-Rank cannot be ${rank}`, "ranks count from 1", args.at),
    ]);
  if (assignmentOf(tenant, place, group) !== undefined) {
    const kind = `${place.type} assignment of the group`;
    return refused(tenant, [alreadyExists(kind, group, `Grant-${place.noun} -Group`, args.at)]);
  }
  const policies = grantable(tenant, place.type);
  const policy = findNamed(policies, name);
  if (policy === undefined)
    return refused(tenant, [
      problem(
        "POLICY_UNKNOWN",
        `There is no ${place.words} "${name}" for group "${group}"`,
        didYouMean(
          name,
          policies.map((p) => p.identity),
        ) ?? `create it with New-${place.noun}`,
        args.at,
      ),
    ]);
  const groupId = knownGroup(tenant, group);
  const wanted = { groupId, policyType: place.type, policyName: policy.identity };
  const groupPolicyAssignments = assignToGroup(tenant.groupPolicyAssignments, wanted, rank);
  const after = { ...tenant, groupPolicyAssignments };
  return changed(refreshExportedPolicies(tenant, after, place));
}

/** @problem CMDLET_NOT_FOUND the group has no policy of that type */
function removeAssignment(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const target = readTarget(args, "Remove-CsGroupPolicyAssignment");
  if (!target.ok) return refused(tenant, [target.problem]);
  const { place, group } = target;
  if (assignmentOf(tenant, place, group) === undefined)
    return refused(tenant, [
      problem(
        "CMDLET_NOT_FOUND",
        `Group "${group}" has no ${place.words}`,
        didYouMean(
          group,
          tenant.groupPolicyAssignments.map((a) => a.groupId),
        ) ?? "list the assignments with Get-CsGroupPolicyAssignment",
        args.at,
      ),
    ]);
  const left = unassignFromGroup(tenant.groupPolicyAssignments, group, place.type);
  const after = { ...tenant, groupPolicyAssignments: left };
  return changed(refreshExportedPolicies(tenant, after, place));
}

/** Prints the best rank of each type first. */
function getAssignments(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const fits = (wanted: string | null | undefined, name: string): boolean =>
    wanted === undefined || wanted === null || nameKey(wanted) === nameKey(name);
  const found = tenant.groupPolicyAssignments
    .filter(
      (a) => fits(args.text("GroupId"), a.groupId) && fits(args.text("PolicyType"), a.policyType),
    )
    .sort((a, b) => compareTexts(nameKey(a.policyType), nameKey(b.policyType)) || a.rank - b.rank);
  return printed(
    tenant,
    found.map((a) =>
      outputObject({
        GroupId: a.groupId,
        PolicyType: a.policyType,
        PolicyName: a.policyName,
        Priority: a.rank,
      }),
    ),
  );
}

/** By code units, the same on every machine. */
function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const GROUP = [parameter("GroupId", "string", 0), parameter("PolicyType", "string", 1)];

/** The cmdlets that assign policies to groups. */
export const GROUP_POLICY_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "New-CsGroupPolicyAssignment",
      parameters: [
        ...GROUP,
        parameter("PolicyName", "string", 2),
        parameter("Rank", "int"),
        parameter("PassThru", "switch"),
        parameter("Force", "switch"),
      ],
    },
    notKept: [],
    run: newAssignment,
  },
  {
    signature: { name: "Get-CsGroupPolicyAssignment", parameters: GROUP },
    notKept: [],
    run: getAssignments,
  },
  {
    signature: {
      name: "Remove-CsGroupPolicyAssignment",
      parameters: [...GROUP, parameter("PassThru", "switch"), parameter("Force", "switch")],
    },
    notKept: [],
    run: removeAssignment,
  },
];
