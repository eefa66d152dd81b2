/**
 * What must be true before a number is assigned (Microsoft: operator-connect-configure,
 * Set-CsPhoneNumberAssignment). Every check answers a problem or `null`.
 *
 * @module
 */
import type { NumberType, PhoneNumber } from "../model/phone-number.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { License, User } from "../model/user.ts";
import type { Account } from "./find-account.ts";
import { holderOf, otherHolder } from "./number-holders.ts";
import type { WrittenNumber } from "./telephone-number.ts";

/** An assignment that is asked for. */
export interface NumberRequest {
  readonly account: Account;
  readonly number: WrittenNumber;
  readonly numberType: NumberType;
  readonly record: PhoneNumber;
  /** The emergency location that the number will have; `null` = none. */
  readonly locationId: string | null;
  /** Written to the local directory, which needs none of the online checks on that directory. */
  readonly onPremises: boolean;
  readonly at: SourcePlace | null;
}

const CALLING_PLANS: readonly License[] = [
  "CallingPlan",
  "CallingPlanDomestic",
  "CallingPlanInternational",
];

/** Where a number without an emergency location may not be assigned (Microsoft: Set-CsOnlineVoiceUser). */
const COUNTRIES_THAT_NEED_A_LOCATION = ["US"];

/**
 * All that stands against the assignment; empty = nothing does.
 *
 * @problem NUMBER_TYPE_MISMATCH, NUMBER_CAPABILITY, NUMBER_ASSIGNED, NUMBER_PREREQ_LICENCE,
 * NUMBER_PREREQ_TEAMSONLY, NUMBER_PREREQ_ADDRESS, NUMBER_ON_PREMISES
 */
export function checkPrerequisites(tenant: Tenant, request: NumberRequest): readonly Problem[] {
  const forUser =
    request.account.kind === "user"
      ? [
          checkLicence(request, request.account.user),
          checkTeamsOnly(tenant, request, request.account.user),
          checkOnPremises(request, request.account.user),
        ]
      : [];
  return [
    checkType(request),
    checkCapability(request),
    checkFree(tenant, request),
    ...forUser,
    checkAddress(tenant, request),
  ].filter((p) => p !== null);
}

/**
 * What would now stand against the number that a user has already: the licence, the mode, the address.
 *
 * @problem NUMBER_PREREQ_LICENCE, NUMBER_PREREQ_TEAMSONLY, NUMBER_PREREQ_ADDRESS
 */
export function prerequisiteProblems(
  tenant: Tenant,
  user: User,
  record: PhoneNumber,
): readonly Problem[] {
  const request: NumberRequest = {
    account: { kind: "user", user },
    number: { e164: record.telephoneNumber, extension: null },
    numberType: record.numberType,
    record,
    locationId: record.locationId,
    onPremises: false,
    at: null,
  };
  return [
    checkLicence(request, user),
    checkTeamsOnly(tenant, request, user),
    checkAddress(tenant, request),
  ].filter((p) => p !== null);
}

function checkType({ record, numberType, at }: NumberRequest): Problem | null {
  if (record.numberType === numberType) return null;
  return problem(
    "NUMBER_TYPE_MISMATCH",
    `${record.telephoneNumber} is of type ${record.numberType}, not ${numberType}`,
    `write -NumberType ${record.numberType}, or have the number moved first`,
    at,
  );
}

function checkCapability({ account, record, at }: NumberRequest): Problem | null {
  const needed = account.kind === "user" ? "UserAssignment" : "VoiceApplicationAssignment";
  if (record.capability.includes(needed)) return null;
  return problem(
    "NUMBER_CAPABILITY",
    `${record.telephoneNumber} cannot be assigned to a ${account.kind === "user" ? "user" : "resource account"}: it has ${record.capability.join(", ") || "no capability"}`,
    `use a number with the capability ${needed}`,
    at,
  );
}

function checkFree(tenant: Tenant, request: NumberRequest): Problem | null {
  const other = otherHolder(tenant, request.account, request.number);
  if (other === null) return null;
  return problem(
    "NUMBER_ASSIGNED",
    `${request.number.e164} is already assigned to ${other}`,
    "unassign it there first, or use another number",
    request.at,
  );
}

function hasCallingPlan(user: User): boolean {
  return user.licenses.some((license) => CALLING_PLANS.includes(license));
}

/** A Calling Plan licence must go before a number of an operator comes (Microsoft: operator-connect-configure). */
function checkLicence({ record, at }: NumberRequest, user: User): Problem | null {
  const { numberType } = record;
  const lacks = (license: string): Problem =>
    problem(
      "NUMBER_PREREQ_LICENCE",
      `User '${user.userPrincipalName}' lacks appropriate licenses to assign a '${numberType}' number: ${license}`,
      "change the user's licences first",
      at,
    );
  if (!user.licenses.includes("TeamsPhone")) return lacks("Teams Phone is missing");
  if (numberType === "CallingPlan" && !hasCallingPlan(user))
    return lacks("a Calling Plan is missing");
  if (numberType === "TeamsPhoneMobile" && !user.licenses.includes("TeamsPhoneMobile"))
    return lacks("Teams Phone Mobile is missing");
  if (numberType === "OperatorConnect" && hasCallingPlan(user))
    return lacks("the Calling Plan must be removed");
  return null;
}

function checkTeamsOnly(tenant: Tenant, { record, at }: NumberRequest, user: User): Problem | null {
  const { numberType } = record;
  const teamsOnly =
    tenant.tenant.coexistenceMode === "TeamsOnly" || user.teamsUpgradeEffectiveMode === "TeamsOnly";
  if (teamsOnly || numberType === "DirectRouting") return null;
  return problem(
    "NUMBER_PREREQ_TEAMSONLY",
    `User '${user.userPrincipalName}' is in mode ${user.teamsUpgradeEffectiveMode} and cannot take a '${numberType}' number`,
    "move the user to TeamsOnly first",
    at,
  );
}

/** A number that is written on premises is kept there until it is cleared there. */
function checkOnPremises({ onPremises, at }: NumberRequest, user: User): Problem | null {
  if (onPremises || user.onPremLineUri === null) return null;
  return problem(
    "NUMBER_ON_PREMISES",
    `The line URI of user '${user.userPrincipalName}' is managed on premises (${user.onPremLineUri})`,
    `clear it first with Set-CsUser -Identity ${user.userPrincipalName} -OnPremLineURI $null`,
    at,
  );
}

/**
 * Calling Plan numbers in the US, and numbers whose operator leaves the address to the administrator,
 * need a location at or before assignment (assumed beyond the US: none is known to be needed).
 */
function checkAddress(tenant: Tenant, request: NumberRequest): Problem | null {
  const { record, locationId, account, at } = request;
  const country = record.isoCountryCode ?? "";
  if (locationId !== null || account.kind !== "user") return null;
  if (!COUNTRIES_THAT_NEED_A_LOCATION.includes(country)) return null;
  const operator = tenant.operators.find((o) => o.id === record.operator);
  const leftToAdmin = operator?.emergencyAddressScenario === "adminSets";
  if (record.numberType !== "CallingPlan" && !leftToAdmin) return null;
  return problem(
    "NUMBER_PREREQ_ADDRESS",
    `${record.telephoneNumber} needs an emergency location before it is assigned to ${holderOf(account).userPrincipalName}`,
    "add -LocationId with the id of one of the tenant's emergency locations",
    at,
  );
}
