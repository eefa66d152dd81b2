import { parseLineUri } from "../model/line-uri.ts";
import { nameKey } from "../model/name-key.ts";
import type { CallingLineIdentity } from "../model/number-rules.ts";
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { User } from "../model/user.ts";
import type { CompiledCallerId } from "./compiled-tenant.ts";
import { effectivePolicy, policyDirectory } from "./effective-policy.ts";

/** The calling line identity that counts for a user. */
export type CallingLineIdentityOf = (user: User) => CallingLineIdentity | null;

/**
 * Finds calling line identities as all policies are found: direct, by group, global.
 * @problem POLICY_UNKNOWN
 */
export function callingLineIdentities(tenant: Tenant, problems: Problem[]): CallingLineIdentityOf {
  const directory = policyDirectory(tenant, "CallingLineIdentity");
  problems.push(...directory.problems);
  return (user) => directory.policies[effectivePolicy(directory, user, problems).index] ?? null;
}

/**
 * Shows what the called party sees of a user's own calls.
 *
 * @param own - What she shows when nothing says otherwise: her number, or that of shared calling.
 */
export type CallerIdRule = (
  user: User,
  own: CompiledCallerId,
  hideCallerId: boolean,
) => CompiledCallerId;

/**
 * The tenant's caller ID rules (documented: Microsoft, New-CsCallingLineIdentity and
 * how-can-caller-id-be-used-in-your-organization): by the calling line identity that counts for the user,
 * by default the number she calls by. Her wish to hide counts only where `EnableUserOverride` allows it;
 * she cannot un-hide what the policy hides. `Resource` without an account that has a number shows none, and
 * shared calling's number stands where otherwise the user's own would (both assumed).
 *
 * @problem POLICY_UNKNOWN
 */
export function callerIdRule(tenant: Tenant, problems: Problem[]): CallerIdRule {
  const identityOf = callingLineIdentities(tenant, problems);
  const accounts = new Map(
    tenant.resourceAccounts.map((account) => [nameKey(account.userPrincipalName), account]),
  );

  function resourceNumber(identity: CallingLineIdentity): string | null {
    const account = accounts.get(nameKey(identity.resourceAccount ?? ""));
    return parseLineUri(account?.lineUri ?? null)?.number ?? null;
  }

  return (user, own, hideCallerId) => {
    const identity = identityOf(user);
    if (identity?.callingIdSubstitute === "Anonymous") {
      return { callerId: "anonymous", source: "anonymous-policy" };
    }
    if (hideCallerId && identity?.enableUserOverride === true) {
      return { callerId: "anonymous", source: "hidden-by-caller" };
    }
    if (identity?.callingIdSubstitute === "Resource") {
      return { callerId: resourceNumber(identity), source: "resource-account" };
    }
    return own;
  };
}
