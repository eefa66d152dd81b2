import { hasErrors, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { User } from "../model/user.ts";
import { assignNumber, readNumberArgument, unassignNumber } from "./assign-number.ts";
import { type Cmdlet, changed, parameter, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult } from "./cmdlet-invocation.ts";
import { findUser } from "./find-account.ts";
import { missingParameter } from "./find-named.ts";
import { numberOf } from "./number-holders.ts";
import { changeLocation } from "./number-location.ts";
import { setEnterpriseVoice } from "./set-enterprise-voice.ts";

/**
 * `Set-CsOnlineVoiceUser` (deprecated): assigns a number of the tenant, of whatever type it is, or takes
 * it away with `-TelephoneNumber $null`; with -LocationID alone it moves the number's location.
 *
 * @problem as Set- and Remove-CsPhoneNumberAssignment
 */
function setOnlineVoiceUser(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity") ?? "";
  if (identity === "")
    return refused(tenant, [missingParameter("Identity", "Set-CsOnlineVoiceUser", args.at)]);
  const found = findUser(tenant, identity, args.at);
  if (!found.ok) return refused(tenant, [found.problem]);
  const { user } = found;
  const written = args.text("TelephoneNumber");
  if (written === undefined) return moveLocation(tenant, user, args);
  if (written === null || written === "") return clearOnline(tenant, user, args.at);
  const number = readNumberArgument("TelephoneNumber", written, args.at);
  if (!number.ok) return refused(tenant, number.problems);
  return assignNumber(tenant, {
    account: { kind: "user", user },
    number: number.value,
    numberType: null,
    locationId: args.text("LocationID"),
    onPremises: false,
    at: args.at,
  });
}

function clearOnline(tenant: Tenant, user: User, at: SourcePlace | null): CmdletResult {
  if (user.onPremLineUri === null)
    return changed(unassignNumber(tenant, { kind: "user", user }, false));
  const refusal = problem(
    "NUMBER_ON_PREMISES",
    `The line URI of user '${user.userPrincipalName}' is managed on premises and cannot be removed here`,
    `clear it with Set-CsUser -Identity ${user.userPrincipalName} -OnPremLineURI $null`,
    at,
  );
  return refused(tenant, [refusal]);
}

function moveLocation(tenant: Tenant, user: User, args: CmdletArguments): CmdletResult {
  if (!args.has("LocationID"))
    return refused(tenant, [missingParameter("TelephoneNumber", "Set-CsOnlineVoiceUser", args.at)]);
  const e164 = numberOf(user)?.e164;
  const record = tenant.phoneNumbers.find((n) => n.telephoneNumber === e164);
  if (record === undefined)
    return refused(tenant, [
      problem(
        "NUMBER_NOT_ASSIGNED",
        `User '${user.userPrincipalName}' has no number of this tenant whose location could be set`,
        "add -TelephoneNumber",
        args.at,
      ),
    ]);
  const location = changeLocation(tenant, record, args.text("LocationID"), args.at);
  if (!location.ok) return refused(tenant, location.problems);
  const phoneNumbers = tenant.phoneNumbers.map((n) =>
    n === record ? { ...record, locationId: location.value } : n,
  );
  return changed({ ...tenant, phoneNumbers });
}

/**
 * `Set-CsUser`, as it is used for Direct Routing numbers: -OnPremLineURI and -LineURI write or clear the
 * number in the local directory (synchronised at once here), -EnterpriseVoiceEnabled stands alone.
 *
 * @problem USER_NOT_FOUND, NUMBER_TYPE_MISMATCH, CMDLET_CONFLICTING_PARAMETERS,
 * CMDLET_MISSING_PARAMETER, and those of assigning a number
 */
function setUser(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity") ?? "";
  if (identity === "")
    return refused(tenant, [missingParameter("Identity", "Set-CsUser", args.at)]);
  const found = findUser(tenant, identity, args.at);
  if (!found.ok) return refused(tenant, [found.problem]);
  const lined = setLineUri(tenant, found.user, args);
  if (hasErrors(lined.problems)) return lined;
  const voice = args.flag("EnterpriseVoiceEnabled");
  if (voice === undefined) return lined;
  const again = findUser(lined.tenant, found.user.userPrincipalName, args.at);
  if (!again.ok) return refused(tenant, [again.problem]);
  const account = { kind: "user", user: again.user } as const;
  return setEnterpriseVoice(lined.tenant, account, voice, args.at);
}

function setLineUri(tenant: Tenant, user: User, args: CmdletArguments): CmdletResult {
  const onPrem = args.text("OnPremLineURI");
  const line = args.text("LineURI");
  if (onPrem !== undefined && line !== undefined && onPrem !== line)
    return refused(tenant, [
      problem(
        "CMDLET_CONFLICTING_PARAMETERS",
        "-OnPremLineURI and -LineURI are given different values",
        "give one of them",
        args.at,
      ),
    ]);
  const name = onPrem === undefined ? "LineURI" : "OnPremLineURI";
  const written = onPrem === undefined ? line : onPrem;
  if (written === undefined) return changed(tenant);
  if (written === null || written === "") return clearOnPremises(tenant, user, args.at);
  const number = readNumberArgument(name, written, args.at);
  if (!number.ok) return refused(tenant, number.problems);
  return assignNumber(tenant, {
    account: { kind: "user", user },
    number: number.value,
    numberType: "DirectRouting",
    locationId: undefined,
    onPremises: true,
    at: args.at,
  });
}

/** Only Direct Routing numbers can be written on premises, and so only they are cleared this way. */
function clearOnPremises(tenant: Tenant, user: User, at: SourcePlace | null): CmdletResult {
  if (user.lineUri === null && user.onPremLineUri === null) return changed(tenant);
  if (user.onPremLineUri !== null || (user.numberType ?? "DirectRouting") === "DirectRouting")
    return changed(unassignNumber(tenant, { kind: "user", user }, true));
  const refusal = problem(
    "NUMBER_TYPE_MISMATCH",
    `User '${user.userPrincipalName}' has a ${user.numberType} number, which is not managed on premises`,
    `use Remove-CsPhoneNumberAssignment -Identity ${user.userPrincipalName} -RemoveAll`,
    at,
  );
  return refused(tenant, [refusal]);
}

/** The older cmdlets that set numbers of users. */
export const USER_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Set-CsOnlineVoiceUser",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("TelephoneNumber", "string"),
        parameter("LocationID", "string"),
        parameter("Tenant", "string"),
        parameter("DomainController", "string"),
        parameter("Force", "switch"),
      ],
    },
    notKept: [],
    run: setOnlineVoiceUser,
  },
  {
    signature: {
      name: "Set-CsUser",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("OnPremLineURI", "string"),
        parameter("LineURI", "string"),
        parameter("EnterpriseVoiceEnabled", "bool"),
        parameter("HostedVoiceMail", "bool"),
        parameter("AudioVideoDisabled", "bool"),
        parameter("Enabled", "bool"),
        parameter("PassThru", "switch"),
        parameter("DomainController", "string"),
        parameter("Force", "switch"),
      ],
    },
    notKept: ["HostedVoiceMail", "AudioVideoDisabled", "Enabled"],
    run: setUser,
  },
];
