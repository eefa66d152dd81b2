import { nameKey } from "../model/name-key.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { AudioConferencingUser, User } from "../model/user.ts";
import {
  BRIDGE_PARAMETERS,
  type Found,
  findBridge,
  onBridge,
  readServiceNumber,
  recordOf,
} from "./bridge-numbers.ts";
import { type Cmdlet, changed, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { findUser, withUser } from "./find-account.ts";
import { missingParameter } from "./find-named.ts";

const NO_NUMBERS: AudioConferencingUser = { serviceNumber: null, tollFreeServiceNumber: null };

/** Both licences put a user's meetings on the bridge (seed: operator-connect-conferencing). */
function canConference(user: User): boolean {
  return (
    user.licenses.includes("AudioConferencing") ||
    user.licenses.includes("OperatorConnectConferencing")
  );
}

/**
 * `Set-CsOnlineDialInConferencingUser`: the numbers in a user's own invites. A number of an operator may be
 * one of them (documented: Microsoft, Set-CsOnlineDialInConferencingUser).
 *
 * @problem USER_NOT_FOUND, NUMBER_PREREQ_LICENCE, NUMBER_NOT_FOUND, NUMBER_CAPABILITY, CMDLET_NOT_FOUND,
 * CMDLET_INVALID_VALUE, CMDLET_MISSING_PARAMETER
 */
function setUser(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "Set-CsOnlineDialInConferencingUser";
  const identity = args.text("Identity") ?? "";
  if (identity === "") return refused(tenant, [missingParameter("Identity", cmdlet, args.at)]);
  const found = findUser(tenant, identity, args.at);
  if (!found.ok) return refused(tenant, [found.problem]);
  const { user } = found;
  if (!canConference(user)) return refused(tenant, [noLicence(user, args)]);
  const own = user.audioConferencing ?? NO_NUMBERS;
  const toll = ownNumber(tenant, "ServiceNumber", own.serviceNumber, args);
  if (!toll.ok) return refused(tenant, [toll.problem]);
  const free = ownNumber(tenant, "TollFreeServiceNumber", own.tollFreeServiceNumber, args);
  if (!free.ok) return refused(tenant, [free.problem]);
  if (!args.has("ServiceNumber") && !args.has("TollFreeServiceNumber")) return changed(tenant);
  const audioConferencing = { serviceNumber: toll.value, tollFreeServiceNumber: free.value };
  return changed(withUser(tenant, user, { ...user, audioConferencing }));
}

function noLicence(user: User, args: CmdletArguments): Problem {
  return problem(
    "NUMBER_PREREQ_LICENCE",
    `User '${user.userPrincipalName}' has no licence for Audio Conferencing`,
    "give the user AudioConferencing or OperatorConnectConferencing first",
    args.at,
  );
}

/** The number of one parameter: `undefined` keeps the old one, `$null` and an empty text take it away. */
function ownNumber(
  tenant: Tenant,
  name: "ServiceNumber" | "TollFreeServiceNumber",
  old: string | null,
  args: CmdletArguments,
): Found<string | null> {
  const written = args.text(name);
  if (written === undefined) return { ok: true, value: old };
  if (written === null || written === "") return { ok: true, value: null };
  const number = readServiceNumber(name, written, args.at);
  if (!number.ok) return number;
  return judgeNumber(tenant, name, number.value, args);
}

function judgeNumber(
  tenant: Tenant,
  name: string,
  e164: string,
  args: CmdletArguments,
): Found<string> {
  const bridge = findBridge(tenant, args, "BridgeName");
  if (!bridge.ok) return bridge;
  const missing = onBridge(bridge.value, e164, args.at);
  if (missing !== null) return { ok: false, problem: missing };
  const record = recordOf(tenant, e164);
  const wantsFree = name.startsWith("TollFree");
  if (record === undefined || record.tollFree === wantsFree) return { ok: true, value: e164 };
  const what = `${e164} is ${wantsFree ? "no" : "a"} toll-free number`;
  const hint = wantsFree ? "give it to -ServiceNumber" : "give it to -TollFreeServiceNumber";
  return { ok: false, problem: problem("NUMBER_CAPABILITY", `-${name}: ${what}`, hint, args.at) };
}

/**
 * `Set-CsOnlineDialInConferencingUserDefaultNumber`: exchanges one number for another with all users who
 * have it; `-FromNumber $null` means those who have none (documented: Microsoft,
 * change-the-phone-numbers-on-your-audio-conferencing-bridge). New invites only.
 *
 * @problem NUMBER_NOT_FOUND, NUMBER_CAPABILITY, CMDLET_INVALID_VALUE, CMDLET_MISSING_PARAMETER
 */
function setDefaultNumber(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "Set-CsOnlineDialInConferencingUserDefaultNumber";
  for (const name of ["FromNumber", "ToNumber", "NumberType"])
    if (!args.has(name)) return refused(tenant, [missingParameter(name, cmdlet, args.at)]);
  const type = nameKey(args.text("NumberType") ?? "");
  if (type !== "toll" && type !== "tollfree")
    return refused(tenant, [
      problem(
        "CMDLET_INVALID_VALUE",
        `-NumberType cannot be "${args.text("NumberType") ?? ""}"`,
        "use Toll or TollFree",
        args.at,
      ),
    ]);
  const from = plainNumber("FromNumber", args);
  if (!from.ok) return refused(tenant, [from.problem]);
  const to = plainNumber("ToNumber", args);
  if (!to.ok) return refused(tenant, [to.problem]);
  const name = type === "toll" ? "ServiceNumber" : "TollFreeServiceNumber";
  const judged = to.value === null ? to : judgeNumber(tenant, name, to.value, args);
  if (!judged.ok) return refused(tenant, [judged.problem]);
  const key = type === "toll" ? "serviceNumber" : "tollFreeServiceNumber";
  return changed(exchanged(tenant, key, from.value, judged.value, args.text("Country") ?? null));
}

function plainNumber(name: string, args: CmdletArguments): Found<string | null> {
  const written = args.text(name) ?? "";
  return written === "" ? { ok: true, value: null } : readServiceNumber(name, written, args.at);
}

function exchanged(
  tenant: Tenant,
  key: keyof AudioConferencingUser,
  from: string | null,
  to: string | null,
  country: string | null,
): Tenant {
  const isThere = (user: User): boolean =>
    !country || nameKey(user.usageLocation ?? "") === nameKey(country);
  const users = tenant.users.map((user) => {
    const own = user.audioConferencing ?? NO_NUMBERS;
    if (!canConference(user) || !isThere(user) || own[key] !== from) return user;
    return { ...user, audioConferencing: { ...own, [key]: to } };
  });
  return { ...tenant, users };
}

function getUsers(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity") ?? "";
  if (identity === "") {
    const wanted = plainNumber("ServiceNumber", args);
    if (!wanted.ok) return refused(tenant, [wanted.problem]);
    const all = tenant.users
      .filter(canConference)
      .filter((u) => wanted.value === null || u.audioConferencing?.serviceNumber === wanted.value);
    const most = args.integer("ResultSize") ?? all.length;
    return printed(tenant, all.slice(0, Math.max(0, most)).map(asOutput));
  }
  const found = findUser(tenant, identity, args.at);
  if (!found.ok) return refused(tenant, [found.problem]);
  return printed(tenant, canConference(found.user) ? [asOutput(found.user)] : []);
}

function asOutput(user: User): OutputObject {
  return outputObject({
    Identity: user.userPrincipalName,
    DisplayName: user.displayName,
    SipAddress: `sip:${user.userPrincipalName}`,
    ServiceNumber: user.audioConferencing?.serviceNumber ?? null,
    TollFreeServiceNumber: user.audioConferencing?.tollFreeServiceNumber ?? null,
  });
}

/** Settings of a user's meetings that route no call. */
const NOT_KEPT: readonly CmdletParameter[] = [
  parameter("AllowTollFreeDialIn", "bool"),
  parameter("AllowPSTNOnlyMeetings", "bool"),
  parameter("ResetLeaderPin", "switch"),
  parameter("ResetConferenceId", "switch"),
  parameter("SendEmail", "switch"),
  parameter("SendEmailToAddress", "string"),
  parameter("SendEmailFromAddress", "string"),
  parameter("SendEmailFromDisplayName", "string"),
];
const COMMON: readonly CmdletParameter[] = [
  ...BRIDGE_PARAMETERS,
  parameter("Tenant", "string"),
  parameter("DomainController", "string"),
  parameter("AsObject", "switch"),
  parameter("Force", "switch"),
];

/** The cmdlets of the numbers in users' invites. */
export const CONFERENCING_USER_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Set-CsOnlineDialInConferencingUser",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("ServiceNumber", "string"),
        parameter("TollFreeServiceNumber", "string"),
        ...NOT_KEPT,
        ...COMMON,
      ],
    },
    notKept: NOT_KEPT.map((each) => each.name),
    run: setUser,
  },
  {
    signature: {
      name: "Get-CsOnlineDialInConferencingUser",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("ResultSize", "int"),
        parameter("ServiceNumber", "string"),
        ...COMMON,
      ],
    },
    notKept: [],
    run: getUsers,
  },
  {
    signature: {
      name: "Set-CsOnlineDialInConferencingUserDefaultNumber",
      parameters: [
        parameter("FromNumber", "string"),
        parameter("ToNumber", "string"),
        parameter("NumberType", "string"),
        parameter("Country", "string"),
        parameter("AreaOrState", "string"),
        parameter("CapitalOrMajorCity", "string"),
        parameter("RescheduleMeetings", "switch"),
        ...COMMON,
      ],
    },
    notKept: ["AreaOrState", "CapitalOrMajorCity", "RescheduleMeetings"],
    run: setDefaultNumber,
  },
];
