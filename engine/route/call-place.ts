import {
  CALL_EMERGENCY,
  CALL_HIDDEN,
  CALL_MEETING,
  CALL_SHOWN,
  CALLER_STRIDE,
} from "../compile/compiled-tenant.ts";
import { type CallKind, isMeetingCall } from "../model/call.ts";

/** No gateway, no site, or no caller. */
export const NONE = -1;

/** Where the caller tables tell of a call. */
export function callPlace(caller: number, kind: CallKind, hideCallerId: boolean): number {
  const shown = hideCallerId ? CALL_HIDDEN : CALL_SHOWN;
  return caller * CALLER_STRIDE + (isMeetingCall(kind) ? CALL_MEETING : shown);
}

/** Where they tell of an emergency call. */
export function emergencyPlace(caller: number): number {
  return caller * CALLER_STRIDE + CALL_EMERGENCY;
}

/** The caller whose place it is. */
export function callerAt(at: number): number {
  return Math.floor(at / CALLER_STRIDE);
}

/** Whether a place, which is no emergency call's, is that of calls out of meetings. */
export function isMeetingPlace(at: number): boolean {
  return at % CALLER_STRIDE === CALL_MEETING;
}

/** The gateway that a call came in by, as far as routing looks at it: that of a forwarded call. */
export function ingressOf(kind: CallKind, ingressGateway: number): number {
  return kind === "forward" ? ingressGateway : NONE;
}
