import { parseLineUri } from "../model/line-uri.ts";
import { nameKey } from "../model/name-key.ts";
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { ResourceAccount, User } from "../model/user.ts";
import type { SharedCalling } from "./compiled-tenant.ts";
import { effectivePolicy, policyDirectory } from "./effective-policy.ts";

/** A user who calls by the number of a resource account. */
export interface SharedCallingUser {
  readonly told: SharedCalling;
  /** `null`: the policy names an account that does not exist, so that her calls fail. */
  readonly account: ResourceAccount | null;
}

/** By whose number a user calls; `null` = by her own. */
export type SharedCallingRule = (user: User) => SharedCallingUser | null;

/** Where Microsoft does not offer shared calling (documented: shared-calling-plan, public clouds only). */
const WITHOUT_SHARED_CALLING: ReadonlySet<string> = new Set(["gcchigh", "dod"]);

/**
 * Shared calling (documented: Microsoft, shared-calling-plan and shared-calling-setup): a user without a
 * number of her own, for whom a shared calling policy with a resource account counts, calls by the number
 * of that account and its way out; without a number there her calls fail. Users who have a number are none
 * of shared calling's, unless option sharedCallingBeatsOwnNumber says so (assumed: the pages speak only of
 * users without one).
 *
 * Cost: O(accounts and policies) once, O(groups) a user. @problem POLICY_UNKNOWN
 */
export function sharedCallingRule(tenant: Tenant, problems: Problem[]): SharedCallingRule {
  if (WITHOUT_SHARED_CALLING.has(tenant.tenant.environment)) return () => null;
  const directory = policyDirectory(tenant, "TeamsSharedCallingRoutingPolicy");
  problems.push(...directory.problems);
  const accounts = new Map(
    tenant.resourceAccounts.map((account) => [nameKey(account.userPrincipalName), account]),
  );
  return (user) => {
    const isOwn = parseLineUri(user.lineUri) !== null;
    if (isOwn && !tenant.options.sharedCallingBeatsOwnNumber) return null;
    const { index, policySource, group } = effectivePolicy(directory, user, problems);
    const policy = directory.policies[index];
    if (policy === undefined || policy.resourceAccount === null) return null;
    const account = accounts.get(nameKey(policy.resourceAccount)) ?? null;
    const number = parseLineUri(account?.lineUri ?? null)?.number ?? null;
    return {
      told: {
        policy: policy.identity,
        policySource,
        group,
        resourceAccount: account?.userPrincipalName ?? policy.resourceAccount,
        number,
        // Deciding is stateless: which number is free for the next 60 minutes is not looked at.
        emergencyNumber: policy.emergencyNumbers[0] ?? number,
      },
      account,
    };
  };
}
