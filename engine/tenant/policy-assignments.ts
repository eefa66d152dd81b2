import { nameKey } from "../model/name-key.ts";
import type { PolicyProperty } from "../model/policy-types.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { ResourceAccount } from "../model/user.ts";
import { unassignPolicyFromGroups } from "./group-ranks.ts";
import type { PolicyPlace } from "./policy-place.ts";

/** How many holders of a policy a refusal lists by name. */
const LISTED_HOLDERS = 5;

/** The policy of a type that a resource account has; `null` also for types that it cannot have. */
export function resourceAccountPolicy(
  account: ResourceAccount,
  property: PolicyProperty,
): string | null {
  const held: Partial<Readonly<Record<PolicyProperty, string | null>>> = account;
  return held[property] ?? null;
}

/** Network sites have policies of this type only. */
const SITE_POLICY = "teamsEmergencyCallRoutingPolicy";

/** Who has a policy, and the parameters of the command that takes it away, as far as they are fixed. */
interface Holder {
  readonly kind: "account" | "group" | "site" | "everyone";
  readonly words: string;
  readonly unassign: string;
}

/** Users, resource accounts, groups and sites that have the policy, and everyone when it stands for Global. */
function holdersOf(tenant: Tenant, place: PolicyPlace, identity: string): Holder[] {
  const key = nameKey(identity);
  const { property } = place;
  const has = (name: string | null): boolean => name !== null && nameKey(name) === key;
  const sites = property === SITE_POLICY ? tenant.networkSites : [];
  const grant = `Grant-${place.noun}`;
  const account = ({ userPrincipalName: upn }: { readonly userPrincipalName: string }): Holder => ({
    kind: "account",
    words: upn,
    unassign: `${grant} -Identity ${quoted(upn)} -PolicyName $null`,
  });
  return [
    ...tenant.users.filter((u) => has(u[property])).map(account),
    ...tenant.resourceAccounts.filter((a) => has(resourceAccountPolicy(a, property))).map(account),
    ...tenant.groupPolicyAssignments
      .filter((a) => nameKey(a.policyType) === nameKey(place.type) && has(a.policyName))
      .map(
        ({ groupId }): Holder => ({
          kind: "group",
          words: `group ${groupId}`,
          unassign: `${grant} -Group ${quoted(groupId)} -PolicyName $null`,
        }),
      ),
    ...sites
      .filter((s) => has(s[SITE_POLICY]))
      .map(
        (s): Holder => ({
          kind: "site",
          words: `network site ${s.identity}`,
          unassign: `Set-CsTenantNetworkSite -Identity ${quoted(s.identity)} -EmergencyCallRoutingPolicy $null`,
        }),
      ),
    ...(has(tenant.globalPolicies[property])
      ? [everyone(`${grant} -Global -PolicyName $null`)]
      : []),
  ];
}

/** As PowerShell takes it: quoted unless it is a plain word. */
function quoted(name: string): string {
  return /^[\w.@-]+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
}

function everyone(unassign: string): Holder {
  return { kind: "everyone", words: "everyone (-Global)", unassign };
}

/** One command for each kind of holder: that of the first of a kind stands for the others. */
function unassignHint(holders: readonly Holder[]): string {
  const firsts = holders.filter(
    (holder, index) => holders.findIndex(({ kind }) => kind === holder.kind) === index,
  );
  return `unassign it first with ${firsts.map(({ unassign }) => unassign).join(", ")}`;
}

/**
 * Refuses to remove a policy that someone has (observed; the service lists them too); `null` = nobody.
 *
 * @problem POLICY_ASSIGNED
 */
export function policyAssigned(
  tenant: Tenant,
  place: PolicyPlace,
  identity: string,
  at: SourcePlace | null,
): Problem | null {
  const holders = holdersOf(tenant, place, identity);
  if (holders.length === 0) return null;
  const rest = holders.length - LISTED_HOLDERS;
  const listed = holders
    .slice(0, LISTED_HOLDERS)
    .map(({ words }) => words)
    .join(", ");
  return problem(
    "POLICY_ASSIGNED",
    `The ${place.words} "${identity}" is still assigned to ${listed}${rest > 0 ? ` and ${rest} more` : ""}`,
    unassignHint(holders),
    at,
  );
}

/** The tenant with the policy assigned to nobody. */
export function unassignEverywhere(tenant: Tenant, place: PolicyPlace, identity: string): Tenant {
  const key = nameKey(identity);
  const { property } = place;
  const has = (name: string | null): boolean => name !== null && nameKey(name) === key;
  return {
    ...tenant,
    users: tenant.users.map((u) => (has(u[property]) ? { ...u, [property]: null } : u)),
    resourceAccounts: tenant.resourceAccounts.map((a) =>
      has(resourceAccountPolicy(a, property)) ? { ...a, [property]: null } : a,
    ),
    groupPolicyAssignments: unassignPolicyFromGroups(
      tenant.groupPolicyAssignments,
      place.type,
      identity,
    ),
    networkSites:
      property === SITE_POLICY
        ? tenant.networkSites.map((s) => (has(s[SITE_POLICY]) ? { ...s, [SITE_POLICY]: null } : s))
        : tenant.networkSites,
    globalPolicies: has(tenant.globalPolicies[property])
      ? { ...tenant.globalPolicies, [property]: null }
      : tenant.globalPolicies,
  };
}
