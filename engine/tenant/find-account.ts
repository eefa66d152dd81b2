import { derivedGuid } from "../model/derived-guid.ts";
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { ResourceAccount, User } from "../model/user.ts";

/** What an `-Identity` of a user cmdlet may mean. */
export type Account =
  | { readonly kind: "user"; readonly user: User }
  | { readonly kind: "resource"; readonly account: ResourceAccount };

/** An account, or why there is none. */
export type FoundAccount =
  | { readonly ok: true; readonly account: Account }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The user of that UPN, SIP address (`sip:` and the UPN) or display name. Display names are tried last
 * and must be unique. Cost: O(users).
 *
 * @problem USER_NOT_FOUND with the nearest UPN
 */
export function findUser(
  tenant: Tenant,
  identity: string,
  at: SourcePlace | null,
): { readonly ok: true; readonly user: User } | { readonly ok: false; readonly problem: Problem } {
  const key = nameKey(identity).replace(/^sip:/, "");
  // WHY: most are written as they are; folding the case of 50,000 names costs a hundred times as much.
  const byName =
    tenant.users.find((user) => user.userPrincipalName === identity) ??
    tenant.users.find((user) => nameKey(user.userPrincipalName) === key);
  if (byName !== undefined) return { ok: true, user: byName };
  const displayed = tenant.users.filter((user) => nameKey(user.displayName ?? "") === key);
  const only = displayed.length === 1 ? displayed[0] : undefined;
  if (only !== undefined && key !== "") return { ok: true, user: only };
  return { ok: false, problem: userNotFound(tenant, identity, displayed.length > 1, at) };
}

/** Like {@link findUser}, and resource accounts by their UPN or {@link objectIdOf object id} too. */
export function findAccount(
  tenant: Tenant,
  identity: string,
  at: SourcePlace | null,
): FoundAccount {
  const key = nameKey(identity).replace(/^sip:/, "");
  const account = findResourceAccount(tenant, key);
  if (account !== undefined) return { ok: true, account: { kind: "resource", account } };
  const found = findUser(tenant, identity, at);
  return found.ok ? { ok: true, account: { kind: "user", user: found.user } } : found;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param key - What was written, in the form in which names are compared. */
export function findResourceAccount(
  { resourceAccounts }: Tenant,
  key: string,
): ResourceAccount | undefined {
  const isId = GUID.test(key);
  return resourceAccounts.find(
    (account) =>
      nameKey(account.userPrincipalName) === key || (isId && objectIdOf(account) === key),
  );
}

/**
 * The object id under which a resource account is handed from cmdlet to cmdlet, as in
 * `(Get-CsOnlineApplicationInstance …).ObjectId` (documented: Microsoft, New-CsCallingLineIdentity). Ours,
 * not that of any directory: it is derived from the UPN and stands in no tenant file.
 */
export function objectIdOf({ userPrincipalName }: ResourceAccount): string {
  return derivedGuid(`resource account ${nameKey(userPrincipalName)}`);
}

function userNotFound(
  tenant: Tenant,
  identity: string,
  ambiguous: boolean,
  at: SourcePlace | null,
): Problem {
  const names = [...tenant.users, ...tenant.resourceAccounts].map((u) => u.userPrincipalName);
  return problem(
    "USER_NOT_FOUND",
    ambiguous
      ? `Several users have the display name "${identity}"`
      : `There is no user "${identity}" in this tenant`,
    didYouMean(identity, names) ?? "write the user principal name, like megan@contoso.com",
    at,
  );
}

/** The tenant with one user exchanged for a changed one. */
export function withUser(tenant: Tenant, old: User, user: User): Tenant {
  return { ...tenant, users: tenant.users.map((u) => (u === old ? user : u)) };
}

/** The tenant with one resource account exchanged for a changed one. */
export function withResourceAccount(
  tenant: Tenant,
  old: ResourceAccount,
  account: ResourceAccount,
): Tenant {
  return {
    ...tenant,
    resourceAccounts: tenant.resourceAccounts.map((a) => (a === old ? account : a)),
  };
}
