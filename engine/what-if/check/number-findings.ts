import { parseLineUri } from "../../model/line-uri.ts";
import { nameKey } from "../../model/name-key.ts";
import type { PhoneNumber } from "../../model/phone-number.ts";
import { type CheckFinding, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Numbers whose record, holder and use disagree (Microsoft: Set-CsPhoneNumberAssignment; a number can be
 * released only when nobody and nothing uses it).
 *
 * @problem NUMBER_ASSIGNED, NUMBER_NOT_ASSIGNED, NUMBER_TYPE_MISMATCH, NUMBER_CAPABILITY,
 * NUMBER_RELEASE_BLOCKED
 */
export function numberFindings(ground: CheckGround): readonly CheckFinding[] {
  return [...heldNumbers(ground), ...heldTwice(ground), ...usedThoughFree(ground)];
}

/** A user or resource account with a number, and where it stands. */
interface Holder {
  readonly upn: string;
  readonly list: "users" | "resourceAccounts";
  readonly index: number;
  readonly number: string;
  readonly extension: string | null;
  readonly numberType: string | null;
}

function holdersOf({ tenant }: CheckGround): readonly Holder[] {
  return (["users", "resourceAccounts"] as const).flatMap((list) =>
    tenant[list].flatMap(({ userPrincipalName, lineUri, numberType }, index) => {
      const parsed = parseLineUri(lineUri);
      if (parsed === null) return [];
      const { number, extension } = parsed;
      return [{ upn: userPrincipalName, list, index, number, extension, numberType }];
    }),
  );
}

function heldNumbers(ground: CheckGround): readonly CheckFinding[] {
  return holdersOf(ground).flatMap((holder) => {
    const record = ground.numbers.get(holder.number)?.record;
    if (record === undefined) return [];
    return [
      ...wrongType(holder, record),
      ...wrongCapability(holder, record),
      ...wrongHolder(holder, record),
    ];
  });
}

function wrongType(
  { upn, number, numberType, list, index }: Holder,
  record: PhoneNumber,
): readonly CheckFinding[] {
  if (numberType === null || numberType === record.numberType) return [];
  return [
    finding(
      "NUMBER_TYPE_MISMATCH",
      `${upn} has ${number} as a number of type ${numberType}, but the number is of type ${record.numberType}`,
      `correct the numberType to ${record.numberType}, or finish the move of the number`,
      [list, index, "numberType"],
      { users: [upn] },
    ),
  ];
}

function wrongCapability(
  { upn, number, list, index }: Holder,
  { capability }: PhoneNumber,
): readonly CheckFinding[] {
  const needed = list === "users" ? "UserAssignment" : "VoiceApplicationAssignment";
  if (capability.length === 0 || capability.includes(needed)) return [];
  return [
    finding(
      "NUMBER_CAPABILITY",
      `${upn} has ${number}, which cannot be assigned to a ${list === "users" ? "user" : "resource account"}: it has ${capability.join(", ")}`,
      `use a number with the capability ${needed}`,
      [list, index, "lineUri"],
      { users: [upn] },
    ),
  ];
}

function wrongHolder(
  { upn, number, list, index }: Holder,
  { assignedPstnTargetId: target }: PhoneNumber,
): readonly CheckFinding[] {
  if (target === null || nameKey(target) === nameKey(upn)) return [];
  return [
    finding(
      "NUMBER_NOT_ASSIGNED",
      `${upn} has the line URI ${number}, but the number is assigned to ${target}`,
      "correct the one or the other",
      [list, index, "lineUri"],
      { users: [upn] },
    ),
  ];
}

/** Line URIs are unique, extension included. */
function heldTwice(ground: CheckGround): readonly CheckFinding[] {
  const first = new Map<string, Holder>();
  return holdersOf(ground).flatMap((holder) => {
    const { list, index, upn, number, extension } = holder;
    const key = `${number};${extension ?? ""}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, holder);
    if (earlier === undefined) return [];
    return [
      finding(
        "NUMBER_ASSIGNED",
        `${upn} has ${number}, which ${earlier.upn} has as well: calls to it reach one of them only`,
        "give one of them another number",
        [list, index, "lineUri"],
        { users: [earlier.upn, upn] },
      ),
    ];
  });
}

/** A number that is called unassigned, so that it could be released, while something still needs it. */
function usedThoughFree(ground: CheckGround): readonly CheckFinding[] {
  const { tenant } = ground;
  const uses = new Map<string, string[]>();
  const add = (number: string, use: string): void => {
    const list = uses.get(number);
    if (list === undefined) uses.set(number, [use]);
    else list.push(use);
  };
  for (const { upn, number } of holdersOf(ground)) add(number, upn);
  for (const number of tenant.conferencingBridge?.serviceNumbers ?? []) add(number, "the bridge");
  for (const { identity, bridgeSourcePhoneNumber } of tenant.onlineVoiceRoutes) {
    if (bridgeSourcePhoneNumber !== null) add(bridgeSourcePhoneNumber, `voice route "${identity}"`);
  }
  return tenant.phoneNumbers.flatMap(({ telephoneNumber, pstnAssignmentStatus }, index) => {
    const users = uses.get(telephoneNumber);
    if (users === undefined || pstnAssignmentStatus !== "Unassigned") return [];
    return [
      finding(
        "NUMBER_RELEASE_BLOCKED",
        `${telephoneNumber} is Unassigned, as if it could be released, but is still used by ${users.join(" and ")}`,
        "take it away there first, or assign it properly",
        ["phoneNumbers", index, "pstnAssignmentStatus"],
      ),
    ];
  });
}
