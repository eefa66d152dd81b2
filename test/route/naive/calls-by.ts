import type { NumberType } from "../../../engine/model/phone-number.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import { type Caller, type Licensed, numberOf, typeOfNumber } from "./callers.ts";
import { same } from "./names.ts";
import { effective } from "./policies.ts";

/** The number by which somebody calls: an own one, or that of a shared calling policy's account. */
export interface CallsBy {
  readonly number: string;
  readonly type: NumberType;
  /** By whose licences a plan pays: the caller's, or the account's. */
  readonly payer: Licensed;
  readonly isShared: boolean;
}

/**
 * An own number, else a shared one; with the option a shared calling policy counts before an own number.
 * `null` when there is none.
 */
export function numberCalledBy(tenant: Tenant, caller: Caller): CallsBy | null {
  const own = ownNumber(tenant, caller);
  if (own !== null && !tenant.options.sharedCallingBeatsOwnNumber) return own;
  const account = sharedAccount(tenant, caller);
  return account === null ? own : sharedNumber(tenant, account);
}

function ownNumber(tenant: Tenant, caller: Caller): CallsBy | null {
  const number = numberOf(caller.lineUri);
  if (number === null) return null;
  return { number, type: typeOfNumber(tenant, caller), payer: caller, isShared: false };
}

/** The name of the account that a shared calling policy names; it is for users of public clouds. */
function sharedAccount(tenant: Tenant, caller: Caller): string | null {
  const { environment } = tenant.tenant;
  if (!caller.isUser || environment === "gcchigh" || environment === "dod") return null;
  return effective(tenant, "TeamsSharedCallingRoutingPolicy", caller).policy.resourceAccount;
}

function sharedNumber(tenant: Tenant, name: string): CallsBy | null {
  const account = tenant.resourceAccounts.find((one) => same(one.userPrincipalName, name));
  const number = numberOf(account?.lineUri ?? null);
  if (account === undefined || number === null) return null;
  return { number, type: typeOfNumber(tenant, account), payer: account, isShared: true };
}

/** What is shown of emergency calls of shared calling: the first number kept for that, else the account's. */
export function emergencyNumberOf(tenant: Tenant, caller: Caller, callsBy: CallsBy): string {
  const { policy } = effective(tenant, "TeamsSharedCallingRoutingPolicy", caller);
  return policy.emergencyNumbers[0] ?? callsBy.number;
}
