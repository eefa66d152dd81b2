/**
 * The numbers of the audio conferencing bridge: which there are, and what may be done with them
 * (documented: Microsoft, operator-connect-conferencing-configure,
 * change-the-phone-numbers-on-your-audio-conferencing-bridge).
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import type { ConferencingBridge, PhoneNumber } from "../model/phone-number.ts";
import { type Problem, type ProblemCode, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { parameter } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter } from "./cmdlet-invocation.ts";
import { readTelephoneNumber } from "./telephone-number.ts";

/** How the record of a number says that it stands on the bridge. */
export const BRIDGE_TARGET = "bridge";

/** Something, or why there is none. */
export type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

function failure(
  code: ProblemCode,
  what: string,
  hint: string,
  at: SourcePlace | null,
): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: problem(code, what, hint, at) };
}

/** By which parameters a bridge is named; a tenant has one bridge, so none of them is needed. */
export const BRIDGE_PARAMETERS: readonly CmdletParameter[] = [
  parameter("BridgeId", "string"),
  parameter("BridgeName", "string"),
];

/**
 * The bridge of the tenant. Ids of bridges are not kept, so -BridgeId fits whatever it is; a name must be
 * the bridge's own.
 *
 * @problem CMDLET_NOT_FOUND
 */
export function findBridge(
  tenant: Tenant,
  args: CmdletArguments,
  nameParameter: string,
): Found<ConferencingBridge> {
  const bridge = tenant.conferencingBridge;
  if (bridge === null)
    return failure(
      "CMDLET_NOT_FOUND",
      "This tenant has no audio conferencing bridge",
      "give a user an Audio Conferencing licence first, which brings the bridge",
      args.at,
    );
  const wanted = args.text(nameParameter);
  if (!wanted || nameKey(wanted) === nameKey(bridge.name)) return { ok: true, value: bridge };
  return failure(
    "CMDLET_NOT_FOUND",
    `Cannot find an audio conferencing bridge named "${wanted}"`,
    didYouMean(wanted, [bridge.name]) ?? `the bridge is named "${bridge.name}"`,
    args.at,
  );
}

/** @problem CMDLET_INVALID_VALUE the text is no E.164 number, with or without `+` and `tel:` */
export function readServiceNumber(
  parameterName: string,
  written: string,
  at: SourcePlace | null,
): Found<string> {
  const number = readTelephoneNumber(written);
  if (number !== null && number.extension === null) return { ok: true, value: number.e164 };
  const what = `-${parameterName} "${written}" is no E.164 number`;
  return failure("CMDLET_INVALID_VALUE", what, "write it like +14255550100", at);
}

/** A number that stands on the bridge; its record may be missing from the tenant. @problem NUMBER_NOT_FOUND */
export function onBridge(
  bridge: ConferencingBridge,
  e164: string,
  at: SourcePlace | null,
): Problem | null {
  if (bridge.serviceNumbers.includes(e164)) return null;
  return problem(
    "NUMBER_NOT_FOUND",
    `${e164} is not a service number of the bridge "${bridge.name}"`,
    didYouMean(e164, bridge.serviceNumbers) ??
      `add it first with Register-CsOnlineDialInConferencingServiceNumber -Identity ${e164}`,
    at,
  );
}

/** The record of a number, if the tenant has one. */
export function recordOf(tenant: Tenant, e164: string): PhoneNumber | undefined {
  return tenant.phoneNumbers.find((number) => number.telephoneNumber === e164);
}

/** A number of an operator for conferences (Operator Connect Conferencing). */
export function isOperatorConferencing(record: PhoneNumber | undefined): boolean {
  return (
    record?.numberType === "OperatorConnect" && record.capability.includes("ConferenceAssignment")
  );
}

/** The tenant with the bridge, and the record of one number, changed. */
export function withBridge(
  tenant: Tenant,
  bridge: ConferencingBridge,
  e164: string | null,
  change: Partial<PhoneNumber>,
): Tenant {
  return {
    ...tenant,
    conferencingBridge: bridge,
    phoneNumbers: tenant.phoneNumbers.map((number) =>
      number.telephoneNumber === e164 ? { ...number, ...change } : number,
    ),
  };
}
