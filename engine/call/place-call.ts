import { randomUUID } from "node:crypto";
import { SDP_CONTENT_TYPE } from "../media/sdp.ts";
import type { CallDetailRecord, CallQuality, CallResult } from "../model/call-detail-record.ts";
import { invariant } from "../model/engine-error.ts";
import { nameKey } from "../model/name-key.ts";
import type { SipResponse } from "../sip/sip-message.ts";
import type { CallConduct, CallProgress } from "./caller.ts";
import { Failover, type FailoverInput, type FailoverStep } from "./failover.ts";
import { type AttemptListener, InviteAttempt } from "./invite-attempt.ts";
import { offeredProfile, planInvite } from "./plan-invite.ts";
import { recordAttempt, recordCall } from "./record-call.ts";
import { GIVEN_UP, NO_ANSWER, NO_RESPONSE } from "./release-reason.ts";
import type { CallMedia, DecidedCall, Switchboard } from "./switchboard.ts";
import type { TrunkTarget } from "./trunk-targets.ts";

/**
 * How long a record waits for what is left of its attempts (the 487 to a CANCEL, the 200 to a BYE): long
 * enough for two repetitions on a lossy network. What takes longer is looked after without the record.
 */
const SETTLE_MILLISECONDS = 2_000;

/** RFC 3261 timer B, 64 × T1: how long a transaction waits for any response. */
const TRANSACTION_SECONDS = 32;

/** One call that goes to trunks: does what {@link Failover} says, and in the end makes the record. */
export class CallInProgress implements AttemptListener {
  /** For the list of calls. */
  slot = -1;
  readonly #board: Switchboard;
  readonly #of: DecidedCall;
  readonly #conduct: CallConduct;
  readonly #onRecord: (record: CallDetailRecord) => void;
  readonly #failover: Failover;
  readonly #attempts: InviteAttempt[] = [];
  readonly #abort = (): void => this.giveUp();
  #offered = 0;
  #current: InviteAttempt | null = null;
  #media: CallMedia | null = null;
  /** The one that runs: for a response, for somebody to pick up, until hanging up, or for the record. */
  #timer: NodeJS.Timeout | undefined;
  #result: CallResult | null = null;
  #endedAt = 0;
  #quality: CallQuality | null = null;
  #isRecorded = false;

  constructor(
    board: Switchboard,
    of: DecidedCall,
    conduct: CallConduct,
    onRecord: (record: CallDetailRecord) => void,
  ) {
    this.#board = board;
    this.#of = of;
    this.#conduct = conduct;
    this.#onRecord = onRecord;
    this.#failover = new Failover(of.offers.length);
  }

  get isTalking(): boolean {
    return this.#failover.phase === "talking" && this.#result === null;
  }

  /** Begins with the first trunk. */
  begin(): void {
    const { signal } = this.#conduct;
    signal?.addEventListener("abort", this.#abort, { once: true });
    const [offer] = this.#of.offers;
    const first = offer && this.#of.targets.get(nameKey(offer.name));
    const media = this.#board.openMedia(first?.peer.host ?? "");
    if (media instanceof Promise) void media.then((opened) => this.#beginWith(opened));
    else this.#beginWith(media);
  }

  #beginWith(media: CallMedia): void {
    this.#media = media;
    if (this.#result === null && this.#conduct.signal?.aborted !== true) this.#tryNext();
    else this.giveUp();
    if (this.#result !== null) media.stop();
  }

  /** The caller gives up, or hangs up. */
  giveUp(): void {
    if (this.isTalking) this.#hangUp();
    else if (this.#result === null) this.#hear({ input: "give-up" });
  }

  /** Forgets everything at once; the record says how far it came. */
  abandon(): void {
    const result = this.isTalking ? "answered" : "cancelled";
    for (const attempt of this.#attempts) {
      if (!attempt.isOver) attempt.abandon();
    }
    if (this.#result === null) this.#finish(result);
    this.#record();
  }

  onRinging(attempt: InviteAttempt, status: number): void {
    this.#conduct.onProgress?.({ kind: "ringing", trunk: attempt.target.name, status });
    const isFirst = this.#failover.phase === "inviting";
    this.#hear({ input: "progress" });
    if (!isFirst) return;
    this.#startTimer(this.#board.ringSeconds, () => this.#hear({ input: "rings-too-long" }));
  }

  onAnswered(attempt: InviteAttempt, response: SipResponse): void {
    this.#hear({ input: "answer" });
    if (!this.isTalking) return;
    clearTimeout(this.#timer);
    this.#media?.start(response.body?.content ?? null);
    this.#conduct.onProgress?.({ kind: "answered", trunk: attempt.target.name });
    const { holdSeconds } = this.#conduct;
    if (holdSeconds === null || holdSeconds === undefined) return;
    this.#startTimer(holdSeconds, () => this.#hangUp());
  }

  onRejected(_attempt: InviteAttempt, status: number): void {
    this.#hear({ input: "reject", status });
  }

  onFailed(_attempt: InviteAttempt, failure: "timeout" | "transport"): void {
    if (failure === "transport") this.#hear({ input: "transport-error" });
    else this.#hear({ input: "no-response", seconds: TRANSACTION_SECONDS });
  }

  onHungUp(): void {
    this.#finish("answered");
  }

  onOffer(_attempt: InviteAttempt, offer: string | null): string {
    const media = this.#media;
    if (media === null) return "";
    return offer === null ? media.offerAgain() : media.answer(offer);
  }

  onOver(attempt: InviteAttempt): void {
    this.#board.onOver(attempt);
    // The dialog ended in none of the ways we know: its connection broke, say.
    if (attempt === this.#current && this.isTalking) this.#finish("answered");
    if (this.#result !== null) this.#settle();
  }

  #hear(input: FailoverInput): void {
    this.#do(this.#failover.hear(input), input);
  }

  #do(what: FailoverStep, input: FailoverInput): void {
    switch (what.step) {
      case "go-on":
      case "talk":
        return;
      case "retry":
        this.#leave(what.because, input);
        this.#inviteAgain();
        return;
      case "next":
        this.#board.onFailover();
        this.#leave(what.because, input);
        this.#tryNext();
        return;
      case "cancel":
        this.#cancel(input.input === "rings-too-long" ? NO_ANSWER : GIVEN_UP);
        return;
      case "hang-up":
        this.#current?.hangUp();
        this.#finish(what.result);
        return;
      case "finish":
        this.#stopInviting(input);
        this.#finish(what.result);
        return;
    }
  }

  /** Goes from one trunk to the next that may be given the call, if there is one. */
  #tryNext(): void {
    this.#current = null;
    for (;;) {
      const offer = this.#of.offers[this.#offered++];
      const target = offer && this.#of.targets.get(nameKey(offer.name));
      invariant(target !== undefined, "a call is offered to a trunk that is not there");
      this.#failover.begin(target.failoverResponseCodes);
      const refusal = this.#board.refusalOf(target);
      if (refusal === null) {
        this.#invite(target, offer?.callerId ?? null, false);
        return;
      }
      const attempt = this.#newAttempt(target, offer?.callerId ?? null);
      attempt.passOver(refusal);
      this.#tellEnd(attempt);
      const input = { input: "passed-over", because: refusal } as const;
      const { step, ...what } = this.#failover.hear(input);
      if (step !== "next") {
        attempt.failover = null;
        this.#finish("result" in what ? what.result : "failed");
        return;
      }
    }
  }

  #inviteAgain(): void {
    const before = this.#current;
    invariant(before !== null, "nothing to send again");
    this.#invite(before.target, before.callerId, true);
  }

  #newAttempt(target: TrunkTarget, callerId: string | null): InviteAttempt {
    const attempt = new InviteAttempt(target, callerId, this.#board.clock, this);
    this.#attempts.push(attempt);
    return attempt;
  }

  #invite(target: TrunkTarget, callerId: string | null, isAgain: boolean): void {
    const attempt = this.#newAttempt(target, callerId);
    this.#current = attempt;
    const content = this.#media?.offer(offeredProfile(target)) ?? "";
    const body = { contentType: SDP_CONTENT_TYPE, content };
    const { parties, ground } = this.#of;
    const invite = planInvite(target, { ...parties, callerId }, ground, body);
    this.#board.onSent(attempt, isAgain);
    const seconds = target.failoverTimeSeconds;
    this.#startTimer(seconds, () => this.#endWaiting(attempt, seconds));
    attempt.attach(this.#board.endpoint.invite(target.peer, invite, attempt));
    const { callId } = attempt;
    this.#conduct.onProgress?.({ kind: "invited", trunk: target.name, callId });
  }

  /**
   * The trunk's seconds have run out. WHY not at once: after a stall of ours its response may be waiting
   * to be read, and timers come before sockets.
   */
  #endWaiting(attempt: InviteAttempt, seconds: number): void {
    setImmediate(() => {
      const isWaiting = attempt === this.#current && this.#failover.phase === "inviting";
      if (isWaiting && attempt.outcome === null) this.#hear({ input: "no-response", seconds });
    });
  }

  /** Leaves an attempt for another. */
  #leave(because: string, input: FailoverInput): void {
    this.#stopInviting(input);
    const attempt = this.#current;
    if (attempt === null) return;
    attempt.failover = because;
    this.#tellEnd(attempt);
  }

  /** Where nothing was heard in time, the INVITE is taken back. */
  #stopInviting(input: FailoverInput): void {
    clearTimeout(this.#timer);
    const attempt = this.#current;
    if (input.input !== "no-response" || attempt === null || attempt.outcome !== null) return;
    attempt.giveUp("no-response", 408, `no response in ${input.seconds} s`, NO_RESPONSE);
  }

  #cancel(reason: string): void {
    clearTimeout(this.#timer);
    const attempt = this.#current;
    if (attempt?.isHeard === true) {
      attempt.cancel(reason);
      return;
    }
    // WHY not waited for: a CANCEL may only follow a response, and there may never be one.
    attempt?.giveUp("cancelled", null, "given up before any response", reason);
    this.#hear({ input: "no-response", seconds: 0 });
  }

  #hangUp(): void {
    this.#current?.hangUp();
    this.#finish("answered");
  }

  #finish(result: CallResult): void {
    if (this.#result !== null) return;
    clearTimeout(this.#timer);
    this.#conduct.signal?.removeEventListener("abort", this.#abort);
    this.#result = result;
    const ended = result === "answered" ? (this.#current?.endedAt ?? null) : null;
    this.#endedAt = ended ?? this.#board.clock.now();
    this.#quality = this.#media?.stop() ?? null;
    if (this.#current !== null) this.#tellEnd(this.#current);
    this.#startTimer(SETTLE_MILLISECONDS / 1_000, () => this.#record());
    this.#settle();
  }

  /** Makes the record once nothing more is to be heard of any attempt, but from who never spoke. */
  #settle(): void {
    if (this.#attempts.every(({ isOver, isHeard }) => isOver || !isHeard)) this.#record();
  }

  #record(): void {
    if (this.#isRecorded || this.#result === null) return;
    this.#isRecorded = true;
    clearTimeout(this.#timer);
    const { call, revision, decision, number, placedAt } = this.#of;
    const notes = {
      id: randomUUID(),
      revision,
      call,
      number,
      decision,
      placedAt,
      endedAt: this.#endedAt,
      result: this.#result,
      attempts: this.#attempts,
      quality: this.#quality,
    };
    this.#onRecord(recordCall(notes, this.#board.clock));
  }

  #startTimer(seconds: number, fire: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(fire, seconds * 1_000);
  }

  #tellEnd(attempt: InviteAttempt): void {
    const { onProgress } = this.#conduct;
    if (onProgress === undefined) return;
    const { clock } = this.#board;
    const progress: CallProgress = {
      kind: "attempt-ended",
      attempt: recordAttempt(attempt, clock.now(), clock),
    };
    this.#conduct.onProgress?.(progress);
  }
}
