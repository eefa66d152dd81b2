import {
  type EffectivePolicy,
  effectivePolicy,
  type PolicyDirectory,
  policyDirectory,
} from "../../compile/effective-policy.ts";
import { nameKey } from "../../model/name-key.ts";
import { POLICY_TYPES } from "../../model/policy-types.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { EffectivePolicyAssignment, User } from "../../model/user.ts";

/** One place where Teams said that another policy counts for a user than we find. */
export interface EffectivePolicyDifference {
  readonly userPrincipalName: string;
  /** Where the exported entry stands: `["users", 3, "effectivePolicyAssignments", 0]`. */
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly hint: string;
}

/**
 * Compares what Get-CsOnlineUser said at the time of the export with what counts by the rules we decide
 * by (documented: Microsoft, policy-assignment-overview). They differ when the export is not whole (a
 * user's groups are not in it) or its parts are of different times. A type of which an entry says nothing
 * is not compared: Teams lists direct and group assignments only. O(users × their entries).
 */
export function effectivePolicyDifferences(tenant: Tenant): readonly EffectivePolicyDifference[] {
  const directories = new Map(
    POLICY_TYPES.map(({ type }) => [nameKey(type), policyDirectory(tenant, type)]),
  );
  return tenant.users.flatMap((user, index) =>
    user.effectivePolicyAssignments.flatMap((exported, at) => {
      const directory = directories.get(nameKey(exported.policyType));
      if (directory === undefined) return [];
      const found = effectivePolicy(directory, user, []);
      if (agrees(directory, exported, found)) return [];
      const path = ["users", index, "effectivePolicyAssignments", at];
      const what = difference(directory, user, exported, found);
      return [{ userPrincipalName: user.userPrincipalName, path, what, hint: hintFor(exported) }];
    }),
  );
}

function agrees(
  directory: PolicyDirectory,
  exported: EffectivePolicyAssignment,
  found: EffectivePolicy,
): boolean {
  const name = directory.policies[found.index]?.identity ?? "";
  if (directory.keyOf(exported.policyName) !== directory.keyOf(name)) return false;
  if (exported.assignmentType === "Direct") return found.policySource === "direct";
  if (found.policySource !== "group") return false;
  return exported.groupId === null || nameKey(exported.groupId) === nameKey(found.group ?? "");
}

function difference(
  directory: PolicyDirectory,
  user: User,
  exported: EffectivePolicyAssignment,
  found: EffectivePolicy,
): string {
  const { policyName, assignmentType, groupId } = exported;
  const said = inWords(policyName, assignmentType === "Direct" ? "direct" : "group", groupId);
  const name = directory.policies[found.index]?.identity ?? "";
  const ours = inWords(name, found.policySource, found.group);
  return `Teams said that ${said} is the ${directory.policyType} of ${user.userPrincipalName}; by what the tenant holds it is ${ours}`;
}

function inWords(
  name: string,
  source: EffectivePolicy["policySource"],
  group: string | null,
): string {
  const how = {
    direct: "granted directly",
    group: group === null ? "granted to a group" : `granted to group "${group}"`,
    site: "of a network site",
    global: "which counts for everybody",
  }[source];
  return `"${name}" (${how})`;
}

function hintFor({ assignmentType }: EffectivePolicyAssignment): string {
  return assignmentType === "Group"
    ? "see that the user's groups and all group policy assignments are in the tenant, then export again"
    : "export the users again";
}
