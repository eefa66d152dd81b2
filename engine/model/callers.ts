import { nameKey } from "./name-key.ts";
import type { Tenant } from "./tenant.ts";
import type { ResourceAccount, User } from "./user.ts";

/** Whoever can make a call: a person, or an auto attendant or call queue that sends a caller on. */
export type Caller =
  | { readonly kind: "user"; readonly user: User }
  | { readonly kind: "resource-account"; readonly account: ResourceAccount };

/**
 * Everybody in a tenant who can call: its users, then its resource accounts, each in tenant-file order.
 * Of a name that is both, the user counts (assumed: Microsoft Entra knows a name once). O(callers).
 */
export function callersOf(tenant: Tenant): readonly Caller[] {
  const { users, resourceAccounts } = tenant;
  const names = new Set(users.map((user) => nameKey(user.userPrincipalName)));
  return [
    ...users.map((user): Caller => ({ kind: "user", user })),
    ...resourceAccounts
      .filter((account) => !names.has(nameKey(account.userPrincipalName)))
      .map((account): Caller => ({ kind: "resource-account", account })),
  ];
}

/** The UPN of a caller, as the tenant writes it. */
export function callerName(caller: Caller): string {
  return caller.kind === "user" ? caller.user.userPrincipalName : caller.account.userPrincipalName;
}

/** The UPNs of {@link callersOf}. */
export function callerNames(tenant: Tenant): readonly string[] {
  return callersOf(tenant).map(callerName);
}

/** The user or resource account that calls. */
export function callerHolder(caller: Caller): User | ResourceAccount {
  return caller.kind === "user" ? caller.user : caller.account;
}
