import type { ConferencingBridge, PhoneNumber } from "../model/phone-number.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import {
  BRIDGE_PARAMETERS,
  BRIDGE_TARGET,
  type Found,
  findBridge,
  onBridge,
  readServiceNumber,
  recordOf,
  withBridge,
} from "./bridge-numbers.ts";
import { type Cmdlet, changed, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { missingParameter } from "./find-named.ts";
import { propertyOf } from "./object-list.ts";

/** One primary language and this many others (documented: Set-CsOnlineDialInConferencingServiceNumber). */
const MAX_SECONDARY_LANGUAGES = 4;
/** How many people a refusal lists by name. */
const LISTED = 5;

interface Target {
  readonly bridge: ConferencingBridge;
  readonly e164: string;
}

/** The number of -Identity or -Instance, and the bridge. */
function readTarget(tenant: Tenant, args: CmdletArguments, cmdlet: string): Found<Target> {
  const instance = args.object("Instance");
  const own = instance === undefined ? undefined : propertyOf(instance, "Number");
  const written = args.text("Identity") ?? (typeof own === "string" ? own : "");
  if (written === "") return { ok: false, problem: missingParameter("Identity", cmdlet, args.at) };
  const number = readServiceNumber("Identity", written, args.at);
  if (!number.ok) return number;
  const bridge = findBridge(tenant, args, "BridgeName");
  if (!bridge.ok) return bridge;
  return { ok: true, value: { bridge: bridge.value, e164: number.value } };
}

/**
 * `Register-CsOnlineDialInConferencingServiceNumber`: puts a number of the tenant on the bridge. A number
 * of an operator may stand there, but never as the default.
 *
 * @problem NUMBER_NOT_FOUND, NUMBER_CAPABILITY, NUMBER_ASSIGNED, CMDLET_NOT_FOUND
 */
function register(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const target = readTarget(tenant, args, "Register-CsOnlineDialInConferencingServiceNumber");
  if (!target.ok) return refused(tenant, [target.problem]);
  const { bridge, e164 } = target.value;
  const record = recordOf(tenant, e164);
  const wrong = judgeCandidate(tenant, bridge, record, e164, args);
  if (wrong !== null) return refused(tenant, [wrong]);
  const grown = { ...bridge, serviceNumbers: [...bridge.serviceNumbers, e164] };
  const change = {
    pstnAssignmentStatus: "ConferenceAssigned",
    assignedPstnTargetId: BRIDGE_TARGET,
  } as const;
  return changed(withBridge(tenant, grown, e164, change));
}

function judgeCandidate(
  tenant: Tenant,
  bridge: ConferencingBridge,
  record: PhoneNumber | undefined,
  e164: string,
  args: CmdletArguments,
): Problem | null {
  if (bridge.serviceNumbers.includes(e164))
    return problem(
      "NUMBER_ASSIGNED",
      `${e164} is on the bridge "${bridge.name}" already`,
      "leave it out",
      args.at,
    );
  if (record === undefined)
    return problem(
      "NUMBER_NOT_FOUND",
      `Telephone Number '${e164}' is not found from tenant`,
      "get the number from Microsoft, or have an operator upload it",
      args.at,
    );
  if (!record.capability.includes("ConferenceAssignment"))
    return problem(
      "NUMBER_CAPABILITY",
      `${e164} is no number for conferences`,
      "use a number with the capability ConferenceAssignment",
      args.at,
    );
  const holder = record.assignedPstnTargetId ?? holderOf(tenant, e164);
  if (record.pstnAssignmentStatus === "Unassigned" && holder === null) return null;
  return problem(
    "NUMBER_ASSIGNED",
    `${e164} is assigned to ${holder ?? record.pstnAssignmentStatus}`,
    "unassign it first",
    args.at,
  );
}

function holderOf(tenant: Tenant, e164: string): string | null {
  const held = [...tenant.users, ...tenant.resourceAccounts].find((each) =>
    each.lineUri?.startsWith(`tel:${e164}`),
  );
  return held?.userPrincipalName ?? null;
}

/**
 * `Unregister-CsOnlineDialInConferencingServiceNumber`: takes a number off the bridge. The default needs
 * -RemoveDefaultServiceNumber (documented); a number that a route or a user's invites name stays (assumed
 * for routes, documented for users).
 *
 * @problem BRIDGE_NUMBER_IN_USE, NUMBER_NOT_FOUND, CMDLET_NOT_FOUND
 */
function unregister(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const target = readTarget(tenant, args, "Unregister-CsOnlineDialInConferencingServiceNumber");
  if (!target.ok) return refused(tenant, [target.problem]);
  const { bridge, e164 } = target.value;
  const wrong = onBridge(bridge, e164, args.at) ?? judgeRemoval(tenant, bridge, e164, args);
  if (wrong !== null) return refused(tenant, [wrong]);
  const left: ConferencingBridge = {
    ...bridge,
    defaultServiceNumber: bridge.defaultServiceNumber === e164 ? null : bridge.defaultServiceNumber,
    serviceNumbers: bridge.serviceNumbers.filter((number) => number !== e164),
  };
  const change = { pstnAssignmentStatus: "Unassigned", assignedPstnTargetId: null } as const;
  return changed(withBridge(tenant, left, e164, change));
}

function judgeRemoval(
  tenant: Tenant,
  bridge: ConferencingBridge,
  e164: string,
  args: CmdletArguments,
): Problem | null {
  const inUse = (what: string, hint: string): Problem =>
    problem("BRIDGE_NUMBER_IN_USE", `${e164} ${what}`, hint, args.at);
  const isDefault = bridge.defaultServiceNumber === e164;
  if (isDefault && args.flag("RemoveDefaultServiceNumber") !== true)
    return inUse(
      `is the default number of the bridge "${bridge.name}"`,
      "make another number the default first, or add -RemoveDefaultServiceNumber",
    );
  const routes = tenant.onlineVoiceRoutes
    .filter((route) => route.bridgeSourcePhoneNumber === e164)
    .map((route) => `"${route.identity}"`);
  if (routes.length > 0)
    return inUse(
      `is the BridgeSourcePhoneNumber of voice route ${routes.slice(0, LISTED).join(", ")}`,
      "give the route another number first",
    );
  const people = tenant.users
    .filter(({ audioConferencing: own }) =>
      [own?.serviceNumber, own?.tollFreeServiceNumber].includes(e164),
    )
    .map((user) => user.userPrincipalName);
  if (people.length === 0) return null;
  return inUse(
    `is the number of ${people.slice(0, LISTED).join(", ")}${people.length > LISTED ? " and others" : ""}`,
    `replace it with Set-CsOnlineDialInConferencingUserDefaultNumber -FromNumber ${e164}`,
  );
}

/**
 * `Set-CsOnlineDialInConferencingServiceNumber`: the languages of a number, which route nothing.
 *
 * @problem CMDLET_INVALID_VALUE more than four secondary languages; NUMBER_NOT_FOUND, CMDLET_NOT_FOUND
 */
function setNumber(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const target = readTarget(tenant, args, "Set-CsOnlineDialInConferencingServiceNumber");
  if (!target.ok) return refused(tenant, [target.problem]);
  const missing = onBridge(target.value.bridge, target.value.e164, args.at);
  if (missing !== null) return refused(tenant, [missing]);
  const others = args.list("SecondaryLanguages");
  const count = (others?.replace ?? others?.add ?? []).length;
  if (count <= MAX_SECONDARY_LANGUAGES) return changed(tenant);
  const what = `-SecondaryLanguages has ${count} languages`;
  const hint = `give at most ${MAX_SECONDARY_LANGUAGES}`;
  return refused(tenant, [problem("CMDLET_INVALID_VALUE", what, hint, args.at)]);
}

function getNumbers(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const bridge = tenant.conferencingBridge;
  if (bridge === null && !args.has("Identity")) return printed(tenant, []);
  if (args.has("Identity")) {
    const target = readTarget(tenant, args, "Get-CsOnlineDialInConferencingServiceNumber");
    if (!target.ok) return refused(tenant, [target.problem]);
    const { e164 } = target.value;
    const missing = onBridge(target.value.bridge, e164, args.at);
    if (missing !== null) return refused(tenant, [missing]);
    return printed(tenant, [asOutput(tenant, target.value.bridge, e164)]);
  }
  const found = findBridge(tenant, args, "BridgeName");
  if (!found.ok) return refused(tenant, [found.problem]);
  const numbers = found.value.serviceNumbers;
  return printed(
    tenant,
    numbers.map((e164) => asOutput(tenant, found.value, e164)),
  );
}

function asOutput(tenant: Tenant, bridge: ConferencingBridge, e164: string): OutputObject {
  const record = recordOf(tenant, e164);
  return outputObject({
    Number: e164,
    BridgeId: bridge.name,
    Type: record?.tollFree === true ? "TollFree" : "Toll",
    NumberType: record?.numberType ?? null,
    CountryCode: record?.isoCountryCode ?? null,
    IsDefault: bridge.defaultServiceNumber === e164,
    OperatorId: record?.operator ?? null,
  });
}

const COMMON: readonly CmdletParameter[] = [
  parameter("Tenant", "string"),
  parameter("TenantDomain", "string"),
  parameter("DomainController", "string"),
  parameter("Force", "switch"),
];
const TARGET: readonly CmdletParameter[] = [
  parameter("Identity", "string", 0),
  parameter("Instance", "object"),
  ...BRIDGE_PARAMETERS,
  ...COMMON,
];

function cmdlet(
  verb: string,
  parameters: readonly CmdletParameter[],
  run: Cmdlet["run"],
  notKept: readonly string[] = [],
): Cmdlet {
  const name = `${verb}-CsOnlineDialInConferencingServiceNumber`;
  return { signature: { name, parameters }, notKept, run };
}

/** The cmdlets of the numbers on the bridge. */
export const SERVICE_NUMBER_CMDLETS: readonly Cmdlet[] = [
  cmdlet("Register", TARGET, register),
  cmdlet("Unregister", [...TARGET, parameter("RemoveDefaultServiceNumber", "switch")], unregister),
  cmdlet(
    "Set",
    [
      ...TARGET,
      parameter("PrimaryLanguage", "string"),
      parameter("SecondaryLanguages", "list"),
      parameter("RestoreDefaultLanguages", "switch"),
    ],
    setNumber,
    ["PrimaryLanguage", "SecondaryLanguages"],
  ),
  cmdlet("Get", TARGET, getNumbers),
];
