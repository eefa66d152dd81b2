/**
 * What happened to a call: one record on the side that placed it, one for each INVITE on the side of the
 * operator that received it. The two are reconciled by `callId`.
 *
 * @module
 */
import type { CallKind } from "./call.ts";
import type { DecisionOutcome } from "./decision.ts";

/** Who ended a call that was answered; `null` in a record when it never was. */
export type HangUpSide = "caller" | "callee";

/** How speech got through, one way, as heard by the side that holds the record. */
export interface CallQuality {
  /** `synthesised` = computed from the trunk's profile, no packet was looked at. */
  readonly source: "measured" | "synthesised";
  /** RTP packets that should have come; `null` when synthesised. */
  readonly packetsExpected: number | null;
  readonly packetsReceived: number | null;
  /** 0 to 1. */
  readonly lossRatio: number;
  /** Interarrival jitter of RFC 3550 section 6.4.1, in milliseconds. */
  readonly jitterMilliseconds: number;
  /** Mean opinion score by the E-model (ITU-T G.107), 1 to 4.5. */
  readonly meanOpinionScore: number;
}

/**
 * How one attempt ended. `answered`: a 2xx came. `rejected`: another final response. `no-response`: none
 * but 100 came in time. `transport-failed`: it could not be sent. `cancelled`: the caller gave up.
 * `not-attempted`: the trunk was full or out of service, nothing was sent.
 */
export type AttemptOutcome =
  | "answered"
  | "rejected"
  | "no-response"
  | "transport-failed"
  | "cancelled"
  | "not-attempted";

/** One INVITE to one trunk or gateway. */
export interface CallAttempt {
  /** Trunk name, or a gateway's FQDN. */
  readonly trunk: string;
  /** Operator id; `null` for a gateway. */
  readonly operator: string | null;
  /** SIP Call-ID of this attempt. */
  readonly callId: string;
  /** ISO 8601 with milliseconds, UTC, as all times here. */
  readonly invitedAt: string;
  /** First provisional response other than 100. */
  readonly ringingAt: string | null;
  readonly endedAt: string;
  readonly outcome: AttemptOutcome;
  /** Final SIP status; 408 where the trunk's own timer ran out; `null` when none came. */
  readonly status: number | null;
  /** Reason phrase of the final response, or what failed; `null` = none. */
  readonly phrase: string | null;
  /** Reason header (RFC 3326) of the final response or of the BYE. */
  readonly reason: string | null;
  /**
   * Why another attempt followed: `status 503`, `no response in 10 s`, …; `null` = none did. After a
   * first `transport error` it went to the same trunk.
   */
  readonly failover: string | null;
}

/**
 * What became of a call as a whole. `failed`: refused, or all trunks were tried in vain. `timed-out`: no
 * trunk answered at all, or nobody picked up in time. `not-placed`: the decision sends it to no trunk.
 */
export type CallResult = "answered" | "failed" | "timed-out" | "cancelled" | "not-placed";

/** One call as the side saw it that placed it. */
export interface CallDetailRecord {
  readonly id: string;
  /** Revision of the tenant that decided. */
  readonly revision: string;
  /** As typed. */
  readonly dialed: string;
  /** After normalisation; `null` = not dialable. */
  readonly number: string | null;
  readonly user: string;
  readonly kind: CallKind;
  readonly decision: DecisionOutcome;
  readonly route: string | null;
  readonly usage: string | null;
  readonly policy: string | null;
  /** Reason code of a blocked call. */
  readonly blockReason: string | null;
  /** Operator and trunk of the last attempt that was sent. */
  readonly operator: string | null;
  readonly trunk: string | null;
  readonly callerId: string | null;
  readonly placedAt: string;
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string;
  readonly result: CallResult;
  /** Final status of the last attempt. */
  readonly status: number | null;
  readonly phrase: string | null;
  readonly reason: string | null;
  readonly hangUpSide: HangUpSide | null;
  /** From answer to BYE, in seconds with milliseconds; 0 when not answered. */
  readonly durationSeconds: number;
  /** From the first INVITE to the first provisional other than 100 or the answer; `null` = none came. */
  readonly postDialDelaySeconds: number | null;
  readonly quality: CallQuality | null;
  readonly attempts: readonly CallAttempt[];
}

/** What an operator did with one INVITE. `timed-out`: never acknowledged, or left without an answer. */
export type OperatorCallResult = "answered" | "failed" | "timed-out" | "cancelled";

/** One INVITE as the operator's side saw it. */
export interface OperatorCallRecord {
  readonly callId: string;
  readonly trunk: string;
  readonly operator: string | null;
  /** User part of the Request-URI. */
  readonly calledNumber: string;
  /** Of P-Asserted-Identity, else From; `anonymous` where both hide it. */
  readonly callingNumber: string;
  readonly receivedAt: string;
  readonly ringingAt: string | null;
  readonly answeredAt: string | null;
  readonly endedAt: string;
  readonly result: OperatorCallResult;
  /** Final status sent; `null` = none was. */
  readonly status: number | null;
  readonly reason: string | null;
  readonly hangUpSide: HangUpSide | null;
  readonly durationSeconds: number;
  readonly quality: CallQuality | null;
}
