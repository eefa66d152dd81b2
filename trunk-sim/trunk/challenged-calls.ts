import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import { ownCopy } from "../../engine/sip/late-repeats.ts";
import type { SipRequest } from "../../engine/sip/sip-message.ts";
import { patience } from "../../engine/sip/transaction-timers.ts";
import { callingNumberOf } from "./caller-id-police.ts";
import type { CallParties } from "./live-call.ts";
import type { SimClock } from "./sim-clock.ts";

/** Calls whose credentials are waited for, at most; beyond, the one that waits longest ends early. */
export const MAX_CHALLENGED_CALLS = 10_000;

/** What is told of a call that was challenged and never brought the right credentials. */
export interface ChallengedCallsOwner {
  readonly clock: SimClock;
  readonly trunk: string;
  readonly operator: string | null;
  /** How many calls of the same two numbers came before; counts this one. */
  countOf(calledNumber: string, callingNumber: string): number;
  onNeverAdmitted(parties: CallParties, record: OperatorCallRecord): void;
}

interface ChallengedCall {
  readonly parties: CallParties;
  readonly receivedAt: number;
  /** Of the latest 401. */
  challengedAt: number;
}

/**
 * INVITEs that were refused by 401, until the same Call-ID comes with the right credentials: that is one
 * call, whose record is kept by whoever takes it. One that has not come 64 × T1 after its last 401 (the time in
 * which its caller's transactions are over, RFC 3261 section 17) has failed with 401.
 */
export class ChallengedCalls {
  readonly #owner: ChallengedCallsOwner;
  /** By Call-ID, the one that was challenged longest ago first. */
  readonly #waiting = new Map<string, ChallengedCall>();
  /** Those told at the end of the run; one that comes back all the same is told no second time. */
  readonly #told = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(owner: ChallengedCallsOwner) {
    this.#owner = owner;
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** An INVITE was answered by 401. */
  add(request: SipRequest): void {
    if (this.#told.has(request.callId)) return;
    const now = this.#owner.clock.now();
    const known = this.#waiting.get(request.callId);
    const callId = ownCopy(request.callId);
    this.#waiting.delete(callId);
    this.#waiting.set(callId, known ?? this.#newCall(request, now));
    if (known !== undefined) known.challengedAt = now;
    const [oldest] = this.#waiting;
    if (this.#waiting.size > MAX_CHALLENGED_CALLS && oldest !== undefined) this.#fail(...oldest);
    this.#arm();
  }

  /**
   * It came with the right credentials: its parties as counted when it came first. `undefined` = it was never
   * challenged; `"told"` = its record is written already, so there is to be no other.
   */
  take(callId: string): CallParties | "told" | undefined {
    if (this.#told.has(callId)) return "told";
    const known = this.#waiting.get(callId);
    this.#waiting.delete(callId);
    if (this.#waiting.size === 0) this.#disarm();
    return known?.parties;
  }

  /** All that still wait have failed, and none is waited for any more. */
  end(): void {
    this.#disarm();
    for (const [callId, call] of this.#waiting) {
      this.#told.add(callId);
      this.#fail(callId, call);
    }
  }

  #newCall(request: SipRequest, now: number): ChallengedCall {
    const calledNumber = ownCopy(request.calledUser);
    const callingNumber = ownCopy(callingNumberOf(request));
    const nth = this.#owner.countOf(calledNumber, callingNumber);
    return { parties: { calledNumber, callingNumber, nth }, receivedAt: now, challengedAt: now };
  }

  #arm(): void {
    if (this.#timer !== undefined) return;
    const [oldest] = this.#waiting.values();
    if (oldest === undefined) return;
    const left = oldest.challengedAt + patience() - this.#owner.clock.now();
    this.#timer = setTimeout(() => this.#expire(), Math.max(1, left)).unref();
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #expire(): void {
    this.#disarm();
    const end = this.#owner.clock.now() - patience();
    for (const [callId, call] of this.#waiting) {
      if (call.challengedAt > end) break;
      this.#fail(callId, call);
    }
    this.#arm();
  }

  #fail(callId: string, { parties, receivedAt, challengedAt }: ChallengedCall): void {
    this.#waiting.delete(callId);
    const { clock, trunk, operator } = this.#owner;
    const { calledNumber, callingNumber } = parties;
    this.#owner.onNeverAdmitted(parties, {
      ...{ callId, trunk, operator, calledNumber, callingNumber },
      receivedAt: clock.isoTime(receivedAt),
      ringingAt: null,
      answeredAt: null,
      endedAt: clock.isoTime(challengedAt),
      result: "failed",
      status: CHALLENGED,
      reason: null,
      hangUpSide: null,
      durationSeconds: 0,
      quality: null,
    });
  }
}

/** 401 Unauthorized. */
export const CHALLENGED = 401;
