import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import type { NumberType } from "../model/phone-number.ts";
import { type Outcome, type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { assignNumber, readNumberArgument, unassignNumber } from "./assign-number.ts";
import { type Cmdlet, changed, parameter, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult } from "./cmdlet-invocation.ts";
import { type Account, findAccount } from "./find-account.ts";
import { missingParameter } from "./find-named.ts";
import { checkBounds } from "./gateway-values.ts";
import { holderOf, numberOf } from "./number-holders.ts";
import { changeLocation } from "./number-location.ts";
import { setEnterpriseVoice } from "./set-enterprise-voice.ts";

const SET = "Set-CsPhoneNumberAssignment";
const REMOVE = "Remove-CsPhoneNumberAssignment";
const MAX_BLOCKED_DAYS = 365;

/** As written on the command line; `OCMobile` is how the service spells Teams Phone Mobile. */
const NUMBER_TYPES: ReadonlyMap<string, NumberType> = new Map([
  ["directrouting", "DirectRouting"],
  ["callingplan", "CallingPlan"],
  ["operatorconnect", "OperatorConnect"],
  ["teamsphonemobile", "TeamsPhoneMobile"],
  ["ocmobile", "TeamsPhoneMobile"],
]);

/** @problem CMDLET_INVALID_VALUE, CMDLET_MISSING_PARAMETER */
function readNumberType(args: CmdletArguments, cmdlet: string): Outcome<NumberType> {
  const written = args.text("NumberType") ?? "";
  if (written.trim() === "")
    return { ok: false, problems: [missingParameter("NumberType", cmdlet, args.at)] };
  const type = NUMBER_TYPES.get(nameKey(written));
  if (type !== undefined) return { ok: true, value: type, problems: [] };
  const names = [...NUMBER_TYPES.values()].slice(0, 3);
  const refusal = problem(
    "CMDLET_INVALID_VALUE",
    `-NumberType cannot be "${written}"`,
    didYouMean(written, names) ?? `use ${names.join(", ")}`,
    args.at,
  );
  return { ok: false, problems: [refusal] };
}

/**
 * `Set-CsPhoneNumberAssignment`: with a number and an identity it assigns; with a number alone it
 * changes the number's location; with an identity and -EnterpriseVoiceEnabled it sets that.
 *
 * @problem those of assigning, and USER_NOT_FOUND, CMDLET_MISSING_PARAMETER, CMDLET_CONFLICTING_PARAMETERS
 */
function setAssignment(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity") ?? "";
  const written = args.text("TelephoneNumber") ?? "";
  if (identity === "" && written === "")
    return refused(tenant, [missingParameter("Identity and -TelephoneNumber", SET, args.at)]);
  if (identity === "") return updateNumber(tenant, written, args);
  const found = findAccount(tenant, identity, args.at);
  if (!found.ok) return refused(tenant, [found.problem]);
  const voice = args.flag("EnterpriseVoiceEnabled");
  if (voice !== undefined) return setVoiceOnly(tenant, found.account, voice, args);
  if (written === "") return refused(tenant, [missingParameter("TelephoneNumber", SET, args.at)]);
  const number = readNumberArgument("TelephoneNumber", written, args.at);
  const type = readNumberType(args, SET);
  if (!number.ok || !type.ok) return refused(tenant, [...number.problems, ...type.problems]);
  return assignNumber(tenant, {
    account: found.account,
    number: number.value,
    numberType: type.value,
    locationId: args.text("LocationId"),
    onPremises: false,
    at: args.at,
  });
}

function setVoiceOnly(
  tenant: Tenant,
  account: Account,
  enabled: boolean,
  args: CmdletArguments,
): CmdletResult {
  if (!args.has("TelephoneNumber")) return setEnterpriseVoice(tenant, account, enabled, args.at);
  const refusal = problem(
    "CMDLET_CONFLICTING_PARAMETERS",
    "-EnterpriseVoiceEnabled and -TelephoneNumber exclude each other",
    "leave -EnterpriseVoiceEnabled out: assigning a number turns it on",
    args.at,
  );
  return refused(tenant, [refusal]);
}

/** The parameter sets that name a number and no account. */
function updateNumber(tenant: Tenant, written: string, args: CmdletArguments): CmdletResult {
  const number = readNumberArgument("TelephoneNumber", written, args.at);
  if (!number.ok) return refused(tenant, number.problems);
  const { e164 } = number.value;
  const record = tenant.phoneNumbers.find((n) => n.telephoneNumber === e164);
  if (record === undefined) return refused(tenant, [numberNotFound(tenant, e164, args.at)]);
  if (!["LocationId", "NetworkSiteId", "ReverseNumberLookup"].some((name) => args.has(name)))
    return refused(tenant, [missingParameter("Identity", SET, args.at)]);
  const location = changeLocation(tenant, record, args.text("LocationId"), args.at);
  if (!location.ok) return refused(tenant, location.problems);
  return changed({
    ...tenant,
    phoneNumbers: tenant.phoneNumbers.map((n) =>
      n === record ? { ...record, locationId: location.value } : n,
    ),
  });
}

function numberNotFound(
  tenant: Tenant,
  e164: string,
  at: SourcePlace | null,
): ReturnType<typeof problem> {
  const numbers = tenant.phoneNumbers.map((n) => n.telephoneNumber);
  return problem(
    "NUMBER_NOT_FOUND",
    `Telephone Number '${e164}' is not found from tenant`,
    didYouMean(e164, numbers) ?? "list the tenant's numbers with Get-CsPhoneNumberAssignment",
    at,
  );
}

/**
 * `Remove-CsPhoneNumberAssignment`: one number, or all with -RemoveAll. Enterprise Voice goes off.
 *
 * @problem USER_NOT_FOUND, NUMBER_NOT_ASSIGNED, NUMBER_TYPE_MISMATCH, NUMBER_ON_PREMISES,
 * CMDLET_MISSING_PARAMETER, CMDLET_CONFLICTING_PARAMETERS, CMDLET_INVALID_VALUE
 */
function removeAssignment(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity") ?? "";
  if (identity === "") return refused(tenant, [missingParameter("Identity", REMOVE, args.at)]);
  const found = findAccount(tenant, identity, args.at);
  if (!found.ok) return refused(tenant, [found.problem]);
  const { account } = found;
  const blocked = judgeBlocking(args);
  if (blocked !== null) return refused(tenant, [blocked]);
  if (args.flag("RemoveAll") !== true) {
    const checked = checkRemoval(account, args);
    if (!checked.ok) return refused(tenant, checked.problems);
  } else if (args.has("TelephoneNumber")) {
    return refused(tenant, [
      problem(
        "CMDLET_CONFLICTING_PARAMETERS",
        "-RemoveAll and -TelephoneNumber exclude each other",
        "give one of them",
        args.at,
      ),
    ]);
  }
  if (account.kind === "user" && account.user.onPremLineUri !== null)
    return refused(tenant, [onPremises(account.user.userPrincipalName, args.at)]);
  return changed(unassignNumber(tenant, account, false));
}

/** For how long nobody may get the number: for ever, or 1 to 365 days (documented). */
function judgeBlocking(args: CmdletArguments): Problem | null {
  const days = args.integer("AssignmentBlockedDays");
  if (days === undefined) return null;
  if (args.flag("AssignmentBlockedForever") !== true)
    return checkBounds("AssignmentBlockedDays", days, 1, MAX_BLOCKED_DAYS, args.at);
  return problem(
    "CMDLET_CONFLICTING_PARAMETERS",
    "-AssignmentBlockedForever and -AssignmentBlockedDays exclude each other",
    "give one of them",
    args.at,
  );
}

function onPremises(user: string, at: SourcePlace | null): ReturnType<typeof problem> {
  return problem(
    "NUMBER_ON_PREMISES",
    `The line URI of user '${user}' is managed on premises and cannot be removed here`,
    `clear it with Set-CsUser -Identity ${user} -LineURI $null`,
    at,
  );
}

/** Whether the account has exactly that number, of that type. */
function checkRemoval(account: Account, args: CmdletArguments): Outcome<null> {
  const written = args.text("TelephoneNumber") ?? "";
  if (written === "")
    return {
      ok: false,
      problems: [missingParameter("TelephoneNumber (or -RemoveAll)", REMOVE, args.at)],
    };
  const number = readNumberArgument("TelephoneNumber", written, args.at);
  if (!number.ok) return number;
  const type = readNumberType(args, REMOVE);
  if (!type.ok) return type;
  const holder = holderOf(account);
  const own = numberOf(holder);
  const { e164, extension } = number.value;
  if (own?.e164 !== e164 || (extension !== null && own.extension !== extension))
    return {
      ok: false,
      problems: [
        problem(
          "NUMBER_NOT_ASSIGNED",
          `${e164} is not assigned to ${holder.userPrincipalName}`,
          holder.lineUri === null
            ? "there is nothing to remove"
            : `write ${own?.e164 ?? holder.lineUri}`,
          args.at,
        ),
      ],
    };
  if (holder.numberType === null || holder.numberType === type.value)
    return { ok: true, value: null, problems: [] };
  const mismatch = problem(
    "NUMBER_TYPE_MISMATCH",
    `${e164} is of type ${holder.numberType}, not ${type.value}`,
    `write -NumberType ${holder.numberType}`,
    args.at,
  );
  return { ok: false, problems: [mismatch] };
}

const ASSIGNMENT = [
  parameter("Identity", "string", 0),
  parameter("TelephoneNumber", "string", null, ["PhoneNumber"]),
  parameter("NumberType", "string", null, ["PhoneNumberType"]),
  parameter("Notify", "switch"),
  parameter("Force", "switch"),
];

/** The cmdlets that assign numbers. */
export const PHONE_NUMBER_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: SET,
      parameters: [
        ...ASSIGNMENT,
        parameter("LocationId", "string"),
        parameter("NetworkSiteId", "string"),
        parameter("AssignmentCategory", "string"),
        parameter("ReverseNumberLookup", "string"),
        parameter("EnterpriseVoiceEnabled", "bool"),
      ],
    },
    notKept: ["NetworkSiteId", "AssignmentCategory", "ReverseNumberLookup"],
    run: setAssignment,
  },
  {
    signature: {
      name: REMOVE,
      parameters: [
        ...ASSIGNMENT,
        parameter("RemoveAll", "switch"),
        parameter("AssignmentBlockedForever", "switch"),
        parameter("AssignmentBlockedDays", "int"),
      ],
    },
    notKept: ["AssignmentBlockedForever", "AssignmentBlockedDays"],
    run: removeAssignment,
  },
];
