import { nameKey } from "../model/name-key.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { unassignPolicyFromGroups } from "./group-ranks.ts";
import type { PolicyPlace } from "./routing-policy-type.ts";

/** How many holders of a policy a refusal lists by name. */
const LISTED_HOLDERS = 5;

/** Users, resource accounts and groups that have the policy, and `Global` when it stands for Global. */
function holdersOf(tenant: Tenant, place: PolicyPlace, identity: string): string[] {
  const key = nameKey(identity);
  const has = (name: string | null): boolean => name !== null && nameKey(name) === key;
  const accounts = place.assigned === "onlineVoiceRoutingPolicy" ? tenant.resourceAccounts : [];
  return [
    ...tenant.users.filter((u) => has(u[place.assigned])).map((u) => u.userPrincipalName),
    ...accounts.filter((a) => has(a.onlineVoiceRoutingPolicy)).map((a) => a.userPrincipalName),
    ...tenant.groupPolicyAssignments
      .filter((a) => nameKey(a.policyType) === nameKey(place.type) && has(a.policyName))
      .map((a) => `group ${a.groupId}`),
    ...(has(tenant.globalPolicies[place.assigned]) ? ["everyone (-Global)"] : []),
  ];
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
  const listed = holders.slice(0, LISTED_HOLDERS).join(", ");
  return problem(
    "POLICY_ASSIGNED",
    `The ${place.words} "${identity}" is still assigned to ${listed}${rest > 0 ? ` and ${rest} more` : ""}`,
    `unassign it first with Grant-${place.noun} -PolicyName $null`,
    at,
  );
}

/** The tenant with the policy assigned to nobody. */
export function unassignEverywhere(tenant: Tenant, place: PolicyPlace, identity: string): Tenant {
  const key = nameKey(identity);
  const has = (name: string | null): boolean => name !== null && nameKey(name) === key;
  return {
    ...tenant,
    users: tenant.users.map((u) => (has(u[place.assigned]) ? { ...u, [place.assigned]: null } : u)),
    resourceAccounts:
      place.assigned === "onlineVoiceRoutingPolicy"
        ? tenant.resourceAccounts.map((a) =>
            has(a.onlineVoiceRoutingPolicy) ? { ...a, onlineVoiceRoutingPolicy: null } : a,
          )
        : tenant.resourceAccounts,
    groupPolicyAssignments: unassignPolicyFromGroups(
      tenant.groupPolicyAssignments,
      place.type,
      identity,
    ),
    globalPolicies: has(tenant.globalPolicies[place.assigned])
      ? { ...tenant.globalPolicies, [place.assigned]: null }
      : tenant.globalPolicies,
  };
}
