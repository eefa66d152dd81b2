import type { OperatorCallRecord } from "../engine/model/call-detail-record.ts";

/** Why a trunk refused an INVITE before its answer plan was asked. */
export type Refusal =
  | "calls-per-second"
  | "concurrent-calls"
  | "caller-id"
  | "credentials"
  | "disabled"
  /** The program is going down. */
  | "draining"
  /** Nothing in common with the caller's SDP offer. */
  | "offer"
  | "fault";

/**
 * What a simulated trunk tells whoever counts, shows or records: every change of a call, in order.
 * `milliseconds` count from the arrival of the INVITE.
 */
export type SimEvent =
  | { readonly kind: "invited"; readonly trunk: string }
  | {
      readonly kind: "refused";
      readonly trunk: string;
      readonly status: number;
      readonly because: Refusal;
    }
  | { readonly kind: "ringing"; readonly trunk: string; readonly milliseconds: number }
  | { readonly kind: "answered"; readonly trunk: string; readonly milliseconds: number }
  /** Follows every `invited`, once. */
  | { readonly kind: "ended"; readonly trunk: string; readonly record: OperatorCallRecord }
  /** `status` is `null` when the OPTIONS was left unanswered. */
  | { readonly kind: "options"; readonly trunk: string; readonly status: number | null }
  /** Something was wrong on the wire (a message that cannot be read, a broken connection): for counts. */
  | { readonly kind: "fault"; readonly trunk: string; readonly what: string };

export type SimListener = (event: SimEvent) => void;
