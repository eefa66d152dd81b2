import { nameKey } from "../model/name-key.ts";
import type { TeamsSharedCallingRoutingPolicy } from "../model/number-rules.ts";
import type { PhoneNumber } from "../model/phone-number.ts";
import { type Problem, type ProblemCode, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, outputObject, parameter } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import { applyListChange, type ListChange } from "./list-change.ts";
import { numberOf } from "./number-holders.ts";
import { type FilledPolicy, type PolicyFamily, policyCmdlets } from "./policy-family.ts";
import { withTag } from "./policy-place.ts";
import { readResourceAccount } from "./resource-account-argument.ts";
import { readTelephoneNumber } from "./telephone-number.ts";

const TYPE = "TeamsSharedCallingRoutingPolicy";

/**
 * What was given to New- or Set-CsTeamsSharedCallingRoutingPolicy.
 *
 * @problem CMDLET_NOT_FOUND, CMDLET_INVALID_VALUE, and those of {@link judgeNumbers}; warnings
 * LIST_DUPLICATE, LIST_NOT_PRESENT
 */
function fillPolicy(
  tenant: Tenant,
  base: TeamsSharedCallingRoutingPolicy,
  args: CmdletArguments,
): FilledPolicy<typeof TYPE> {
  const problems: Problem[] = [];
  const description = args.text("Description");
  const policy: TeamsSharedCallingRoutingPolicy = {
    identity: base.identity,
    resourceAccount: readResourceAccount(tenant, base.resourceAccount, args, problems),
    emergencyNumbers: emergencyNumbers(base, args, problems),
    description: description === undefined ? base.description : description,
  };
  if (args.has("EmergencyNumbers") || args.has("ResourceAccount"))
    problems.push(...judgeNumbers(tenant, policy, args));
  return { policy, problems };
}

function emergencyNumbers(
  base: TeamsSharedCallingRoutingPolicy,
  args: CmdletArguments,
  problems: Problem[],
): readonly string[] {
  const given = args.list("EmergencyNumbers");
  if (given === undefined) return base.emergencyNumbers;
  const complain = (code: ProblemCode, what: string, hint: string): void => {
    problems.push(problem(code, `-EmergencyNumbers: ${what}`, hint, args.at));
  };
  const read = (written: string): string => {
    const number = readTelephoneNumber(written);
    if (number === null || number.extension !== null)
      complain(
        "CMDLET_INVALID_VALUE",
        `"${written}" is no E.164 number`,
        "write it like +14255550123",
      );
    return number?.e164 ?? written;
  };
  const change: ListChange = {
    replace: given.replace?.map(read) ?? null,
    remove: given.remove.map(read),
    add: given.add.map(read),
  };
  const list = applyListChange(base.emergencyNumbers, change);
  for (const number of list.duplicates)
    complain("LIST_DUPLICATE", `${number} is there already`, "leave it out");
  for (const number of list.absent)
    complain("LIST_NOT_PRESENT", `${number} is not there to be removed`, "leave it out");
  return list.values;
}

/**
 * Emergency numbers are of the type and country of the resource account's number, nobody has them, and no
 * other policy shows them (documented: Microsoft, New-CsTeamsSharedCallingRoutingPolicy). What is not
 * known of a number is not judged.
 *
 * @problem NUMBER_NOT_FOUND, NUMBER_ASSIGNED, NUMBER_TYPE_MISMATCH, CMDLET_INVALID_VALUE
 */
function judgeNumbers(
  tenant: Tenant,
  policy: TeamsSharedCallingRoutingPolicy,
  args: CmdletArguments,
): readonly Problem[] {
  const owner = `Shared calling policy "${policy.identity}"`;
  const shown = accountNumber(tenant, policy);
  const refusal = (code: ProblemCode, what: string, hint: string): Problem =>
    problem(code, `${owner}: ${what}`, hint, args.at);
  return policy.emergencyNumbers.flatMap((number) => {
    const other = tenant.teamsSharedCallingRoutingPolicies.find(
      (each) =>
        nameKey(each.identity) !== nameKey(policy.identity) &&
        each.emergencyNumbers.includes(number),
    );
    if (other !== undefined)
      return [
        refusal(
          "NUMBER_ASSIGNED",
          `${number} is an emergency number of shared calling policy "${other.identity}" already`,
          "use a number that no other policy has",
        ),
      ];
    const record = tenant.phoneNumbers.find((n) => n.telephoneNumber === number);
    if (record === undefined)
      return shown === undefined || shown.numberType === "DirectRouting"
        ? []
        : [
            refusal(
              "NUMBER_NOT_FOUND",
              `Telephone Number '${number}' is not found from tenant`,
              "use an unassigned number of this tenant",
            ),
          ];
    return judgeRecord(record, shown, refusal);
  });
}

function accountNumber(
  tenant: Tenant,
  policy: TeamsSharedCallingRoutingPolicy,
): PhoneNumber | undefined {
  const key = nameKey(policy.resourceAccount ?? "");
  const account = tenant.resourceAccounts.find((a) => nameKey(a.userPrincipalName) === key);
  const e164 = account === undefined ? null : (numberOf(account)?.e164 ?? null);
  return tenant.phoneNumbers.find((n) => n.telephoneNumber === e164);
}

function judgeRecord(
  record: PhoneNumber,
  shown: PhoneNumber | undefined,
  refusal: (code: ProblemCode, what: string, hint: string) => Problem,
): readonly Problem[] {
  const { telephoneNumber, assignedPstnTargetId, pstnAssignmentStatus } = record;
  if (!["Unassigned", "PolicyAssigned"].includes(pstnAssignmentStatus))
    return [
      refusal(
        "NUMBER_ASSIGNED",
        `${telephoneNumber} is assigned to ${assignedPstnTargetId ?? "someone"}`,
        "use a number that nobody has",
      ),
    ];
  if (shown === undefined) return [];
  const unlike =
    record.numberType !== shown.numberType ||
    (record.isoCountryCode ?? shown.isoCountryCode) !==
      (shown.isoCountryCode ?? record.isoCountryCode);
  if (!unlike) return [];
  return [
    refusal(
      "NUMBER_TYPE_MISMATCH",
      `${telephoneNumber} is not of the type and country of ${shown.telephoneNumber}, the resource account's number`,
      `use a ${shown.numberType} number${shown.isoCountryCode === null ? "" : ` of ${shown.isoCountryCode}`}`,
    ),
  ];
}

const SHARED_CALLING: PolicyFamily<typeof TYPE> = {
  type: TYPE,
  values: [
    parameter("ResourceAccount", "string"),
    parameter("EmergencyNumbers", "list"),
    parameter("Description", "string"),
  ],
  notKept: [],
  fill: fillPolicy,
  output: (policy) =>
    outputObject({
      Identity: withTag(policy.identity),
      EmergencyNumbers: policy.emergencyNumbers,
      ResourceAccount: policy.resourceAccount,
      Description: policy.description,
    }),
};

/** New, Set, Get and Remove of shared calling policies. */
export const SHARED_CALLING_CMDLETS: readonly Cmdlet[] = policyCmdlets(SHARED_CALLING);
