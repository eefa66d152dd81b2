/**
 * Why a call is made. The meeting kinds (`call-me-at`, `dial-out`) are routed by the policy of the
 * organizer, the others by the caller's own.
 */
export type CallKind = "user-call" | "call-me-at" | "dial-out" | "forward";

export const CALL_KINDS: readonly CallKind[] = ["user-call", "call-me-at", "dial-out", "forward"];

/** Whether a call of this kind leaves from a meeting. */
export function isMeetingCall(kind: CallKind): boolean {
  return kind === "call-me-at" || kind === "dial-out";
}

/** One call to decide. */
export interface Call {
  /** As typed: separators, `tel:` and `;ext=` allowed. */
  readonly dialed: string;
  /** UPN of the caller, a user or resource account, or of the organizer for the meeting kinds. */
  readonly user: string;
  readonly kind: CallKind;
  /** Network site the caller is in; `null` = unknown. */
  readonly site: string | null;
  /** Gateway a forwarded PSTN call came in by. */
  readonly ingressTrunk: string | null;
  /**
   * Who called the forwarding user, of a forwarded call: E.164 or `anonymous`; `null` or left out = not
   * known.
   */
  readonly originalCaller?: string | null;
  /** The caller chose to hide her number. */
  readonly hideCallerId: boolean;
}

/** What deciding needs to know of the moment: it reads no clock and draws no random number itself. */
export interface DecisionContext {
  /** Trunks, gateways and operators (ids) out of service, in lower case. */
  readonly down: ReadonlySet<string>;
  /** Turns the order of equal-rank trunks; the same seed and number give the same order. */
  readonly seed: number;
}

/** Everything in service, seed 0. */
export const EVERYTHING_UP: DecisionContext = { down: new Set(), seed: 0 };
