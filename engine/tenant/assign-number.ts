import type { NumberType, PhoneNumber } from "../model/phone-number.ts";
import { type Outcome, type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { changed, refused } from "./cmdlet.ts";
import type { CmdletResult } from "./cmdlet-invocation.ts";
import type { Account } from "./find-account.ts";
import { holderOf, withLine } from "./number-holders.ts";
import { changeLocation } from "./number-location.ts";
import { checkPrerequisites } from "./number-prerequisites.ts";
import { lineUriOf, readTelephoneNumber, type WrittenNumber } from "./telephone-number.ts";

/** What a cmdlet wants assigned. */
export interface WantedAssignment {
  readonly account: Account;
  readonly number: WrittenNumber;
  /** `null` = whatever type the tenant's number has. */
  readonly numberType: NumberType | null;
  /** `undefined` = keep the number's location. */
  readonly locationId: string | null | undefined;
  /** Written to the local directory (Set-CsUser), which leaves Enterprise Voice as it is. */
  readonly onPremises: boolean;
  readonly at: SourcePlace | null;
}

/** @problem CMDLET_INVALID_VALUE the text is no E.164 number */
export function readNumberArgument(
  parameter: string,
  written: string,
  at: SourcePlace | null,
): Outcome<WrittenNumber> {
  const number = readTelephoneNumber(written);
  if (number !== null) return { ok: true, value: number, problems: [] };
  const refusal = problem(
    "CMDLET_INVALID_VALUE",
    `-${parameter} "${written}" is no E.164 number`,
    "write it like +14255550101, in quotes",
    at,
  );
  return { ok: false, problems: [refusal] };
}

/**
 * Assigns a number. The account's former number becomes free, a Direct Routing number that the tenant
 * does not list yet is listed, and Enterprise Voice is turned on (Microsoft:
 * Set-CsPhoneNumberAssignment).
 *
 * @problem NUMBER_NOT_FOUND and those of the prerequisites and the location
 */
export function assignNumber(tenant: Tenant, wanted: WantedAssignment): CmdletResult {
  const { account, number, at } = wanted;
  const listed = tenant.phoneNumbers.find((n) => n.telephoneNumber === number.e164);
  const record = listed ?? newDirectRoutingNumber(wanted);
  if ("code" in record) return refused(tenant, [record]);
  const numberType = wanted.numberType ?? record.numberType;
  const location = changeLocation(tenant, record, wanted.locationId, at);
  if (!location.ok) return refused(tenant, location.problems);
  const { onPremises } = wanted;
  const request = {
    account,
    number,
    numberType,
    record,
    locationId: location.value,
    onPremises,
    at,
  };
  const problems = [
    ...checkExtension(number, numberType, at),
    ...checkPrerequisites(tenant, request),
  ];
  if (problems.length > 0) return refused(tenant, problems);
  const located = { ...record, locationId: location.value };
  const numbers = tenant.phoneNumbers;
  const phoneNumbers =
    listed === undefined ? [...numbers, located] : numbers.map((n) => (n === listed ? located : n));
  const lineUri = lineUriOf(number);
  const holder = holderOf(account);
  const voiceBefore = "enterpriseVoiceEnabled" in holder && holder.enterpriseVoiceEnabled;
  return changed(
    withLine({ ...tenant, phoneNumbers }, account, {
      lineUri,
      numberType,
      onPremLineUri: onPremises ? lineUri : null,
      enterpriseVoiceEnabled: onPremises ? voiceBefore : true,
    }),
  );
}

/** Only Direct Routing knows extensions behind one number (Microsoft: Set-CsPhoneNumberAssignment). */
function checkExtension(
  number: WrittenNumber,
  numberType: NumberType,
  at: SourcePlace | null,
): readonly Problem[] {
  if (number.extension === null || numberType === "DirectRouting") return [];
  return [
    problem(
      "CMDLET_INVALID_VALUE",
      `A ${numberType} number has no extension (;ext=${number.extension})`,
      `write ${number.e164}`,
      at,
    ),
  ];
}

/** The text is the service's own (observed). */
function newDirectRoutingNumber(wanted: WantedAssignment): PhoneNumber | Problem {
  const { e164 } = wanted.number;
  if (wanted.numberType !== "DirectRouting")
    return problem(
      "NUMBER_NOT_FOUND",
      `Telephone Number '${e164}' is not found from tenant`,
      `have the operator upload ${e164} first, or use a number of this tenant`,
      wanted.at,
    );
  return {
    telephoneNumber: e164,
    numberType: "DirectRouting",
    operator: null,
    capability: ["UserAssignment", "VoiceApplicationAssignment"],
    isoCountryCode: null,
    tollFree: false,
    pstnAssignmentStatus: "Unassigned",
    assignedPstnTargetId: null,
    locationId: null,
    locationUpdateSupported: true,
  };
}

/** Takes the account's number away; Enterprise Voice is turned off unless `keepsVoice`. */
export function unassignNumber(tenant: Tenant, account: Account, keepsVoice: boolean): Tenant {
  const holder = holderOf(account);
  const voice = "enterpriseVoiceEnabled" in holder && holder.enterpriseVoiceEnabled;
  return withLine(tenant, account, {
    lineUri: null,
    numberType: null,
    onPremLineUri: null,
    enterpriseVoiceEnabled: keepsVoice && voice,
  });
}
