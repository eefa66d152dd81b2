import type { CompiledCallerId, CompiledTenant, RoutedClass } from "../compile/compiled-tenant.ts";

/**
 * What the called party sees (documented: Microsoft, New-CsCallingLineIdentity, and for meetings the
 * Audio Conferencing and Operator Connect Conferencing pages):
 *
 * | call | leaves by | caller ID |
 * |---|---|---|
 * | any | a BridgeSource route | the BridgeSource number |
 * | meeting | gateway or Microsoft | the bridge's default number |
 * | meeting, organizer without a conferencing licence | her own operator | as on her own calls (assumed) |
 * | own, forwarded | any other way | by the user's calling line identity |
 *
 * @param bridgeSource - The number of the BridgeSource route that takes the call, else `null`.
 * @param byOwnOperator - The operator of the caller's own number takes the call.
 */
export function selectCallerId(
  compiled: CompiledTenant,
  routing: RoutedClass,
  own: CompiledCallerId,
  bridgeSource: string | null,
  byOwnOperator: boolean,
): CompiledCallerId {
  if (bridgeSource !== null) return { callerId: bridgeSource, source: "bridge-source-number" };
  if (!routing.isMeeting || byOwnOperator) return own;
  return { callerId: compiled.defaultServiceNumber, source: "bridge-default-number" };
}
