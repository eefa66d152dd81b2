import { countryOfNumber } from "../../compile/calling-codes.ts";
import type { NodePath } from "../../import/tenant-file/source-document.ts";
import { parseLineUri } from "../../model/line-uri.ts";
import { nameKey } from "../../model/name-key.ts";
import type { TeamsSharedCallingRoutingPolicy } from "../../model/number-rules.ts";
import type { NumberType, PhoneNumber } from "../../model/phone-number.ts";
import type { ResourceAccount, User } from "../../model/user.ts";
import { type CheckFinding, counted, fewOf, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Calls that are to show the number of a resource account (Microsoft: New-CsCallingLineIdentity,
 * shared-calling-plan).
 *
 * @problem CALLER_ID_NO_NUMBER, SHARED_CALLING_NO_ACCOUNT, SHARED_CALLING_EMERGENCY_NUMBER
 */
export function callerIdFindings(ground: CheckGround): readonly CheckFinding[] {
  const accounts = new Map(
    ground.tenant.resourceAccounts.map((account) => [nameKey(account.userPrincipalName), account]),
  );
  return [...lineIdentities(ground, accounts), ...sharedCalling(ground, accounts)];
}

type Accounts = ReadonlyMap<string, ResourceAccount>;

/** Why the number of a resource account cannot be shown; `null` when it can. */
function whyNoNumber(name: string | null, accounts: Accounts): string | null {
  if (name === null) return "names no resource account";
  const account = accounts.get(nameKey(name));
  if (account === undefined) return `names ${name}, which is no resource account of the tenant`;
  return parseLineUri(account.lineUri) === null ? `names ${name}, which has no number` : null;
}

function lineIdentities(ground: CheckGround, accounts: Accounts): readonly CheckFinding[] {
  const holding = ground.holding("CallingLineIdentity");
  return ground.tenant.callingLineIdentities.flatMap((identity, index) => {
    if (identity.callingIdSubstitute !== "Resource") return [];
    const why = whyNoNumber(identity.resourceAccount, accounts);
    if (why === null) return [];
    const names = namesOf(holding.usersOf[holding.policies.indexOf(identity)]);
    return [
      finding(
        "CALLER_ID_NO_NUMBER",
        `Calling line identity "${identity.identity}" is to show the number of a resource account, but ${why}: ${whom(names)} without a caller ID`,
        "name a resource account with a number, or show LineUri",
        ["callingLineIdentities", index, "resourceAccount"],
        { users: names },
      ),
    ];
  });
}

function namesOf(users: readonly User[] | undefined): readonly string[] {
  return (users ?? []).map((user) => user.userPrincipalName);
}

function whom(names: readonly string[]): string {
  return names.length === 0
    ? "whoever is given it calls"
    : `${counted(names.length, "user")} (${fewOf(names)}) call`;
}

function sharedCalling(ground: CheckGround, accounts: Accounts): readonly CheckFinding[] {
  const holding = ground.holding("TeamsSharedCallingRoutingPolicy");
  return ground.tenant.teamsSharedCallingRoutingPolicies.flatMap((policy, index) => {
    const path = ["teamsSharedCallingRoutingPolicies", index];
    const names = namesOf(holding.usersOf[holding.policies.indexOf(policy)]);
    const isEmptyGlobal =
      nameKey(policy.identity) === "global" &&
      policy.resourceAccount === null &&
      policy.emergencyNumbers.length === 0;
    const why = isEmptyGlobal ? null : whyNoNumber(policy.resourceAccount, accounts);
    if (why !== null) {
      return [
        finding(
          "SHARED_CALLING_NO_ACCOUNT",
          `Shared calling policy "${policy.identity}" ${why}: ${names.length === 0 ? "whoever is given it" : counted(names.length, "user")} cannot call by it`,
          "name a resource account that has a number",
          [...path, "resourceAccount"],
          { users: names },
        ),
      ];
    }
    return emergencyCallBacks(ground, policy, accounts, path);
  });
}

/**
 * Numbers for calling back after an emergency call are of the type and country of the account's number,
 * unassigned, and in one policy only (documented).
 */
function emergencyCallBacks(
  { tenant, numbers }: CheckGround,
  policy: TeamsSharedCallingRoutingPolicy,
  accounts: Accounts,
  path: NodePath,
): readonly CheckFinding[] {
  const account = accounts.get(nameKey(policy.resourceAccount ?? ""));
  const own = parseLineUri(account?.lineUri ?? null)?.number ?? null;
  if (own === null) return [];
  const ownType = numbers.get(own)?.record.numberType ?? account?.numberType ?? null;
  return policy.emergencyNumbers.flatMap((number, at) => {
    const record = numbers.get(number)?.record;
    const elsewhere = tenant.teamsSharedCallingRoutingPolicies.find(
      (other) => other !== policy && other.emergencyNumbers.includes(number),
    );
    const why = [
      otherCountry(number, own),
      otherType(record?.numberType ?? null, ownType),
      notFree(record),
      elsewhere === undefined
        ? null
        : `stands in shared calling policy "${elsewhere.identity}" too`,
    ].filter((reason) => reason !== null);
    if (why.length === 0) return [];
    return [
      finding(
        "SHARED_CALLING_EMERGENCY_NUMBER",
        `Emergency number ${number} of shared calling policy "${policy.identity}" ${why.join(" and ")}`,
        "use a free number of the type and country of the resource account's",
        [...path, "emergencyNumbers", at],
      ),
    ];
  });
}

function otherCountry(number: string, own: string): string | null {
  const country = countryOfNumber(number);
  const home = countryOfNumber(own);
  if (country === home) return null;
  return `is in ${country ?? "no country"}, while the account's number ${own} is in ${home ?? "none"}`;
}

function otherType(type: NumberType | null, own: NumberType | null): string | null {
  if (type === null || own === null || type === own) return null;
  return `is of type ${type}, while the account's number is of type ${own}`;
}

function notFree(record: PhoneNumber | undefined): string | null {
  const status = record?.pstnAssignmentStatus ?? "Unassigned";
  return status === "Unassigned" || status === "PolicyAssigned" ? null : `is ${status}`;
}
