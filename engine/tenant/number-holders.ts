/**
 * Who holds which number. The line URI of an account is the truth; the record among `phoneNumbers` is
 * kept in step with it.
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import type { NumberType, PhoneNumber } from "../model/phone-number.ts";
import type { Tenant } from "../model/tenant.ts";
import type { ResourceAccount, User } from "../model/user.ts";
import type { Account } from "./find-account.ts";
import { readTelephoneNumber, type WrittenNumber } from "./telephone-number.ts";

/** The line of an account, as a cmdlet leaves it. */
export interface Line {
  readonly lineUri: string | null;
  readonly numberType: NumberType | null;
  /** Users only; resource accounts have neither of the two. */
  readonly onPremLineUri: string | null;
  readonly enterpriseVoiceEnabled: boolean;
}

export function holderOf(account: Account): User | ResourceAccount {
  return account.kind === "user" ? account.user : account.account;
}

/** The number of an account; `null` = it has none, or one that cannot be read. */
export function numberOf(holder: User | ResourceAccount): WrittenNumber | null {
  return holder.lineUri === null ? null : readTelephoneNumber(holder.lineUri);
}

/** Everyone whose line has that number, whatever the extension; users first. */
export function holdersOfNumber(tenant: Tenant, e164: string): readonly (User | ResourceAccount)[] {
  return [...tenant.users, ...tenant.resourceAccounts].filter(
    (holder) => holder.lineUri?.includes(e164) && numberOf(holder)?.e164 === e164,
  );
}

/** Gives the account a line, or takes it away, and brings the records of both numbers up to date. */
export function withLine(tenant: Tenant, account: Account, line: Line): Tenant {
  const old = numberOf(holderOf(account));
  const lined =
    account.kind === "user"
      ? userLine(tenant, account.user, line)
      : resourceLine(tenant, account.account, line);
  const fresh = line.lineUri === null ? null : readTelephoneNumber(line.lineUri);
  const settled = old === null ? lined : settleNumber(lined, old.e164);
  return fresh === null ? settled : settleNumber(settled, fresh.e164);
}

function userLine(tenant: Tenant, old: User, line: Line): Tenant {
  return {
    ...tenant,
    users: tenant.users.map((user) => (user === old ? { ...user, ...line } : user)),
  };
}

function resourceLine(tenant: Tenant, old: ResourceAccount, line: Line): Tenant {
  const { lineUri, numberType } = line;
  return {
    ...tenant,
    resourceAccounts: tenant.resourceAccounts.map((account) =>
      account === old ? { ...account, lineUri, numberType } : account,
    ),
  };
}

/** Numbers that stand on the bridge or with another application are none of these cmdlets' business. */
function isForAccounts(record: PhoneNumber): boolean {
  return ["Unassigned", "UserAssigned", "VoiceApplicationAssigned"].includes(
    record.pstnAssignmentStatus,
  );
}

/**
 * The record says who holds the number: of several, who share it by extensions, the one without an
 * extension, else the first. A number that nobody holds stays with the tenant, unassigned (assumed).
 */
function settleNumber(tenant: Tenant, e164: string): Tenant {
  const holders = holdersOfNumber(tenant, e164);
  const holder = holders.find((h) => numberOf(h)?.extension === null) ?? holders[0];
  const settle = (record: PhoneNumber): PhoneNumber => {
    if (holder === undefined)
      return { ...record, pstnAssignmentStatus: "Unassigned", assignedPstnTargetId: null };
    return {
      ...record,
      pstnAssignmentStatus: "application" in holder ? "VoiceApplicationAssigned" : "UserAssigned",
      assignedPstnTargetId: holder.userPrincipalName,
    };
  };
  return {
    ...tenant,
    phoneNumbers: tenant.phoneNumbers.map((record) =>
      record.telephoneNumber === e164 && isForAccounts(record) ? settle(record) : record,
    ),
  };
}

/**
 * In words, who or what already has that number besides the account itself; `null` = nobody. Two
 * accounts may share a number only with different extensions.
 */
export function otherHolder(
  tenant: Tenant,
  account: Account,
  number: WrittenNumber,
): string | null {
  const self = nameKey(holderOf(account).userPrincipalName);
  const others = holdersOfNumber(tenant, number.e164).filter(
    (holder) => nameKey(holder.userPrincipalName) !== self,
  );
  const same = others.find((holder) => numberOf(holder)?.extension === number.extension);
  if (same !== undefined) return same.userPrincipalName;
  if (tenant.conferencingBridge?.serviceNumbers.includes(number.e164))
    return "the audio conferencing bridge";
  const record = tenant.phoneNumbers.find((n) => n.telephoneNumber === number.e164);
  const target = record?.assignedPstnTargetId ?? null;
  if (record === undefined || record.pstnAssignmentStatus === "Unassigned") return null;
  if (target !== null && nameKey(target) === self) return null;
  return others.length > 0 ? null : (target ?? record.pstnAssignmentStatus);
}
