import type { ConferencingBridge } from "../model/phone-number.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import {
  findBridge,
  isOperatorConferencing,
  onBridge,
  readServiceNumber,
  recordOf,
} from "./bridge-numbers.ts";
import { type Cmdlet, changed, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { propertyOf } from "./object-list.ts";

/**
 * `Set-CsOnlineDialInConferencingBridge`: another default number. Who is on the bridge already keeps her
 * own number (documented: Microsoft, Set-CsOnlineDialInConferencingBridge).
 *
 * @problem CMDLET_NOT_FOUND, CMDLET_INVALID_VALUE, NUMBER_NOT_FOUND, NUMBER_CAPABILITY, OCC_DEFAULT_BRIDGE
 */
function setBridge(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const bridge = findBridge(tenant, args, "Name");
  if (!bridge.ok) return refused(tenant, [bridge.problem]);
  const written = args.text("DefaultServiceNumber") ?? numberOfInstance(args);
  if (written === null) return changed(tenant);
  const number = readServiceNumber("DefaultServiceNumber", written, args.at);
  if (!number.ok) return refused(tenant, [number.problem]);
  const wrong =
    onBridge(bridge.value, number.value, args.at) ?? judgeDefault(tenant, number.value, args.at);
  if (wrong !== null) return refused(tenant, [wrong]);
  const conferencingBridge = { ...bridge.value, defaultServiceNumber: number.value };
  return changed({ ...tenant, conferencingBridge });
}

/** The default number of a bridge that Get- printed and a script changed. */
function numberOfInstance(args: CmdletArguments): string | null {
  const given = args.object("Instance");
  const number = given === undefined ? undefined : propertyOf(given, "DefaultServiceNumber");
  return typeof number === "string" && number !== "" ? number : null;
}

/**
 * The default is a toll number, and never one of an operator (documented: Microsoft,
 * operator-connect-conferencing-configure).
 */
function judgeDefault(tenant: Tenant, e164: string, at: SourcePlace | null): Problem | null {
  const record = recordOf(tenant, e164);
  if (isOperatorConferencing(record))
    return problem(
      "OCC_DEFAULT_BRIDGE",
      `${e164} is an Operator Connect Conferencing number and cannot be the default of the bridge`,
      "use a toll number of Microsoft, or give users the number of their own with Set-CsOnlineDialInConferencingUser",
      at,
    );
  if (record?.tollFree !== true) return null;
  return problem(
    "NUMBER_CAPABILITY",
    `${e164} is toll-free and cannot be the default of the bridge`,
    "use a toll number of the bridge",
    at,
  );
}

function getBridge(tenant: Tenant, args: CmdletArguments): CmdletResult {
  if (tenant.conferencingBridge === null && !args.has("Name")) return printed(tenant, []);
  const bridge = findBridge(tenant, args, "Name");
  if (!bridge.ok) return refused(tenant, [bridge.problem]);
  return printed(tenant, [asOutput(bridge.value)]);
}

function asOutput(bridge: ConferencingBridge): OutputObject {
  return outputObject({
    Identity: bridge.name,
    Name: bridge.name,
    DefaultServiceNumber: bridge.defaultServiceNumber,
    ServiceNumbers: bridge.serviceNumbers,
    IsDefault: true,
    IsShared: false,
  });
}

/** The cmdlets of the audio conferencing bridge. */
export const CONFERENCING_BRIDGE_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Get-CsOnlineDialInConferencingBridge",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("Name", "string"),
        parameter("Tenant", "string"),
        parameter("DomainController", "string"),
        parameter("Force", "switch"),
      ],
    },
    notKept: [],
    run: getBridge,
  },
  {
    signature: {
      name: "Set-CsOnlineDialInConferencingBridge",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("Name", "string"),
        parameter("Instance", "object"),
        parameter("DefaultServiceNumber", "string"),
        parameter("SetDefault", "switch"),
        parameter("Tenant", "string"),
        parameter("TenantDomain", "string"),
        parameter("DomainController", "string"),
        parameter("AsObject", "switch"),
        parameter("Force", "switch"),
      ],
    },
    notKept: [],
    run: setBridge,
  },
];
