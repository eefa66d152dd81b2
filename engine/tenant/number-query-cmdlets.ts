import { nameKey } from "../model/name-key.ts";
import type { PhoneNumber } from "../model/phone-number.ts";
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { findAccount } from "./find-account.ts";
import { checkBounds } from "./gateway-values.ts";
import { holderOf } from "./number-holders.ts";
import { readTelephoneNumber } from "./telephone-number.ts";

/** Rows when -Top is not given, and the most that it may ask for (Microsoft: Get-CsPhoneNumberAssignment). */
const DEFAULT_TOP = 500;
const MAX_TOP = 1000;
const MAX_INT32 = 2_147_483_647;

/** Filters that compare one text with one field, whatever the case. */
const EXACT: readonly (readonly [name: string, field: (n: PhoneNumber) => string | null])[] = [
  ["NumberType", (n) => n.numberType],
  ["PstnAssignmentStatus", (n) => n.pstnAssignmentStatus],
  ["IsoCountryCode", (n) => n.isoCountryCode],
  ["LocationId", (n) => n.locationId],
];

/**
 * `Get-CsPhoneNumberAssignment`: the tenant's numbers, filtered; 500 of them unless -Top says otherwise.
 *
 * @problem USER_NOT_FOUND, CMDLET_INVALID_VALUE
 */
function getAssignments(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const top = args.integer("Top") ?? DEFAULT_TOP;
  const skip = args.integer("Skip") ?? 0;
  const problems: Problem[] = [
    checkBounds("Top", top, 1, MAX_TOP, args.at),
    checkBounds("Skip", skip, 0, MAX_INT32, args.at),
  ].filter((p) => p !== null);
  if (problems.length > 0) return refused(tenant, problems);
  const target = args.text("AssignedPstnTargetId");
  const account = target ? findAccount(tenant, target, args.at) : null;
  if (account !== null && !account.ok) return refused(tenant, [account.problem]);
  const upn = account === null ? null : holderOf(account.account).userPrincipalName;
  const found = tenant.phoneNumbers.filter(
    (n) =>
      fits(n, args) && (upn === null || nameKey(n.assignedPstnTargetId ?? "") === nameKey(upn)),
  );
  return printed(tenant, found.slice(skip, skip + top).map(asOutput));
}

function fits(number: PhoneNumber, args: CmdletArguments): boolean {
  const { telephoneNumber } = number;
  const digits = (name: string): string | null =>
    args.text(name)?.replace(/^(tel:)?\+?/i, "") ?? null;
  const whole = args.text("TelephoneNumber");
  if (whole && readTelephoneNumber(whole)?.e164 !== telephoneNumber) return false;
  const start = digits("TelephoneNumberStartsWith");
  if (start !== null && !telephoneNumber.startsWith(`+${start}`)) return false;
  if (
    !isBetween(
      telephoneNumber,
      digits("TelephoneNumberGreaterThan"),
      digits("TelephoneNumberLessThan"),
    )
  )
    return false;
  const part = digits("TelephoneNumberContain");
  if (part !== null && !telephoneNumber.includes(part)) return false;
  const can = args.text("CapabilitiesContain")?.split(",") ?? [];
  if (!can.every((name) => number.capability.some((own) => nameKey(own) === nameKey(name))))
    return false;
  return EXACT.every(([name, field]) => {
    const wanted = args.text(name);
    return !wanted || nameKey(field(number) ?? "") === nameKey(wanted);
  });
}

/** By value, bounds left out; what is no number bounds nothing. */
function isBetween(telephoneNumber: string, above: string | null, below: string | null): boolean {
  const own = Number.parseInt(telephoneNumber.slice(1), 10);
  if (above !== null && own <= Number.parseInt(above, 10)) return false;
  return below === null || !(own >= Number.parseInt(below, 10));
}

function asOutput(number: PhoneNumber): OutputObject {
  return outputObject({
    TelephoneNumber: number.telephoneNumber,
    OperatorId: number.operator,
    NumberType: number.numberType,
    ActivationState: "Activated",
    AssignedPstnTargetId: number.assignedPstnTargetId,
    Capability: number.capability,
    IsoCountryCode: number.isoCountryCode,
    LocationId: number.locationId,
    LocationUpdateSupported: number.locationUpdateSupported,
    PstnAssignmentStatus: number.pstnAssignmentStatus,
  });
}

/** The cmdlet that prints numbers. */
export const NUMBER_QUERY_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Get-CsPhoneNumberAssignment",
      parameters: [
        parameter("TelephoneNumber", "string"),
        parameter("TelephoneNumberStartsWith", "string"),
        parameter("TelephoneNumberContain", "string"),
        parameter("TelephoneNumberGreaterThan", "string"),
        parameter("TelephoneNumberLessThan", "string"),
        parameter("NumberType", "string"),
        parameter("CapabilitiesContain", "string"),
        parameter("AssignedPstnTargetId", "string"),
        parameter("PstnAssignmentStatus", "string"),
        parameter("IsoCountryCode", "string"),
        parameter("LocationId", "string"),
        parameter("Top", "int"),
        parameter("Skip", "int"),
      ],
    },
    notKept: [],
    run: getAssignments,
  },
];
