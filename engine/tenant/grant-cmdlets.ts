import { dialOutPolicyKey } from "../model/dial-out-policies.ts";
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, changed, outputObject, parameter, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult } from "./cmdlet-invocation.ts";
import { refreshExportedPolicies } from "./exported-policies.ts";
import { findAccount, withResourceAccount, withUser } from "./find-account.ts";
import { findNamed, missingParameter } from "./find-named.ts";
import { assignToGroup, unassignFromGroup } from "./group-ranks.ts";
import {
  grantable,
  isGlobal,
  POLICY_PLACES,
  type PolicyPlace,
  withoutTag,
} from "./policy-place.ts";

/** To whom a policy is granted. */
type Grantee =
  | { readonly kind: "user"; readonly identity: string }
  | { readonly kind: "group"; readonly group: string; readonly rank: number | null }
  | { readonly kind: "global" };

/** A grantee or policy name, or why there is none. */
type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/**
 * `Grant-Cs…` of every policy type: to a user, to a group with a rank, or to everyone; `$null` (or an
 * empty text) takes the assignment away. What an export said of the policies that count is taken away
 * where it is no longer true.
 *
 * @problem POLICY_NOT_USER_POLICY, USER_NOT_FOUND, CMDLET_MISSING_PARAMETER,
 * CMDLET_CONFLICTING_PARAMETERS, CMDLET_INVALID_VALUE
 */
function grant(place: PolicyPlace, tenant: Tenant, args: CmdletArguments): CmdletResult {
  const grantee = readGrantee(place, args);
  if (!grantee.ok) return refused(tenant, [grantee.problem]);
  const policy = readPolicyName(place, tenant, grantee.value, args);
  if (!policy.ok) return refused(tenant, [policy.problem]);
  const granted = grantTo(place, tenant, grantee.value, policy.value, args.at);
  const after = refreshExportedPolicies(tenant, granted.tenant, place);
  const result = { ...granted, tenant: after };
  if (after === tenant || args.flag("PassThru") !== true) return result;
  const identity = grantee.value.kind === "user" ? grantee.value.identity : args.text("Group");
  const shown = outputObject({ Identity: identity ?? "Global", PolicyName: policy.value });
  return { ...result, output: [shown] };
}

function readGrantee(place: PolicyPlace, args: CmdletArguments): Read<Grantee> {
  const identity = args.text("Identity")?.trim();
  const group = args.text("Group")?.trim();
  const everyone = args.flag("Global") === true;
  const rank = args.integer("Rank") ?? null;
  const given = [identity, group, everyone || undefined].filter((v) => v !== undefined);
  const conflict = conflictOf(given.length, group, rank, args.at);
  if (conflict !== null) return { ok: false, problem: conflict };
  if (everyone || (identity !== undefined && isGlobal(identity)))
    return { ok: true, value: { kind: "global" } };
  if (group) return { ok: true, value: { kind: "group", group, rank } };
  if (identity) return { ok: true, value: { kind: "user", identity } };
  return {
    ok: false,
    problem: missingParameter(
      place.forGroups ? "Identity, -Group or -Global" : "Identity or -Global",
      `Grant-${place.noun}`,
      args.at,
    ),
  };
}

function conflictOf(
  given: number,
  group: string | undefined,
  rank: number | null,
  at: SourcePlace | null,
): Problem | null {
  if (given > 1)
    return problem(
      "CMDLET_CONFLICTING_PARAMETERS",
      "-Identity, -Group and -Global exclude each other",
      "give one of them",
      at,
    );
  if (rank !== null && group === undefined)
    return problem(
      "CMDLET_CONFLICTING_PARAMETERS",
      "-Rank has a meaning only with -Group",
      "add -Group, or leave -Rank out",
      at,
    );
  if (rank !== null && rank < 1)
    return problem("CMDLET_INVALID_VALUE", `-Rank cannot be ${rank}`, "ranks count from 1", at);
  return null;
}

/** The policy in its own spelling; `null` = unassign. */
function readPolicyName(
  place: PolicyPlace,
  tenant: Tenant,
  grantee: Grantee,
  args: CmdletArguments,
): Read<string | null> {
  const written = args.text("PolicyName");
  if (written === undefined)
    return {
      ok: false,
      problem: missingParameter("PolicyName", `Grant-${place.noun}`, args.at),
    };
  const name = withoutTag(written ?? "");
  if (name === "") return { ok: true, value: null };
  if (isGlobal(name) && grantee.kind === "global") return { ok: true, value: null };
  const policies = grantable(tenant, place.type);
  const found = findGrantable(place, policies, name);
  if (found !== undefined) return { ok: true, value: found.identity };
  return { ok: false, problem: notUserPolicy(place, name, policies, args.at) };
}

/** Built-in restrictions go by their names with and without `Dialout` in front. */
export function findGrantable(
  place: PolicyPlace,
  policies: readonly { readonly identity: string }[],
  name: string,
): { readonly identity: string } | undefined {
  if (place.list !== null) return findNamed(policies, name);
  const key = dialOutPolicyKey(name);
  return policies.find((policy) => dialOutPolicyKey(policy.identity) === key);
}

/** The text is the service's own (observed), also for a policy that does not exist. */
function notUserPolicy(
  place: PolicyPlace,
  name: string,
  policies: readonly { readonly identity: string }[],
  at: SourcePlace | null,
): Problem {
  const names = policies.map((policy) => policy.identity);
  const otherwise = isGlobal(name)
    ? "write -PolicyName $null to fall back to Global"
    : howToGet(place, name);
  return problem(
    "POLICY_NOT_USER_POLICY",
    `Policy "${name}" is not a user policy. You can assign only a user policy to a specific user.`,
    didYouMean(name, names) ?? otherwise,
    at,
  );
}

function howToGet(place: PolicyPlace, name: string): string {
  return place.list === null
    ? "use one of the built-in ones, which Get-CsOnlineDialOutPolicy lists"
    : `create it with New-${place.noun} -Identity "${name}"`;
}

function grantTo(
  place: PolicyPlace,
  tenant: Tenant,
  grantee: Grantee,
  policy: string | null,
  at: SourcePlace | null,
): CmdletResult {
  switch (grantee.kind) {
    case "global":
      return changed({
        ...tenant,
        globalPolicies: { ...tenant.globalPolicies, [place.property]: policy },
      });
    case "group":
      return changed(grantToGroup(place, tenant, grantee.group, grantee.rank, policy));
    case "user":
      return grantToAccount(place, tenant, grantee.identity, policy, at);
  }
}

function grantToGroup(
  place: PolicyPlace,
  tenant: Tenant,
  group: string,
  rank: number | null,
  policyName: string | null,
): Tenant {
  const old = tenant.groupPolicyAssignments;
  const policyType = place.type;
  if (policyName === null)
    return { ...tenant, groupPolicyAssignments: unassignFromGroup(old, group, policyType) };
  const groupId = knownGroup(tenant, group);
  return {
    ...tenant,
    groupPolicyAssignments: assignToGroup(old, { groupId, policyType, policyName }, rank),
  };
}

/** The group as its members spell it; groups are not listed anywhere else. */
export function knownGroup(tenant: Tenant, group: string): string {
  const key = nameKey(group);
  for (const user of tenant.users)
    for (const own of user.groups) if (nameKey(own) === key) return own;
  return group;
}

function grantToAccount(
  place: PolicyPlace,
  tenant: Tenant,
  identity: string,
  policy: string | null,
  at: SourcePlace | null,
): CmdletResult {
  const found = findAccount(tenant, identity, at);
  if (!found.ok) return refused(tenant, [found.problem]);
  if (found.account.kind === "user") {
    const { user } = found.account;
    return changed(withUser(tenant, user, { ...user, [place.property]: policy }));
  }
  const { account } = found.account;
  if (place.property in account)
    return changed(withResourceAccount(tenant, account, { ...account, [place.property]: policy }));
  const refusal = problem(
    "CMDLET_INVALID_VALUE",
    `Resource account ${account.userPrincipalName} takes no ${place.words}`,
    "grant it to users: resource accounts organize no meetings and show their own number",
    at,
  );
  return refused(tenant, [refusal]);
}

/** Restrictions cannot be granted to groups (Microsoft: Grant-CsDialoutPolicy). */
const TO_GROUPS: readonly CmdletParameter[] = [
  parameter("Group", "string"),
  parameter("Rank", "int"),
];

/** Grant of every policy type. */
export const GRANT_CMDLETS: readonly Cmdlet[] = POLICY_PLACES.map((place) => ({
  signature: {
    name: `Grant-${place.noun}`,
    parameters: [
      parameter("Identity", "string", 0),
      parameter("PolicyName", "string", 1),
      ...(place.forGroups ? TO_GROUPS : []),
      parameter("Global", "switch"),
      parameter("PassThru", "switch"),
      parameter("Force", "switch"),
      parameter("Tenant", "string"),
      parameter("DomainController", "string"),
    ],
  },
  notKept: [],
  run: (tenant, args) => grant(place, tenant, args),
}));
