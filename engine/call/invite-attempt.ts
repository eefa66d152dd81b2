import { SDP_CONTENT_TYPE } from "../media/sdp.ts";
import type { AttemptOutcome, HangUpSide } from "../model/call-detail-record.ts";
import type { ClientCall, ClientCallEvents } from "../sip/sip-calls.ts";
import type { SipBody, SipRequest, SipResponse } from "../sip/sip-message.ts";
import type { CallClock } from "./call-clock.ts";
import { NORMAL_CLEARING, readPhrase, readReasons } from "./release-reason.ts";
import type { TrunkTarget } from "./trunk-targets.ts";

/** What a cancelled INVITE is answered with. */
const REQUEST_TERMINATED = 487;

/** Who drives an attempt; hears nothing of it after giving it up, but `onOver`. */
export interface AttemptListener {
  onRinging(attempt: InviteAttempt, status: number): void;
  onAnswered(attempt: InviteAttempt, response: SipResponse): void;
  onRejected(attempt: InviteAttempt, status: number): void;
  onFailed(attempt: InviteAttempt, failure: "timeout" | "transport"): void;
  onHungUp(attempt: InviteAttempt): void;
  /** The other end offers another session, `null` = asks for our offer. Gives our SDP. */
  onOffer(attempt: InviteAttempt, offer: string | null): string;
  /** Nothing of it is left; once for every attempt that was sent. */
  onOver(attempt: InviteAttempt): void;
}

/**
 * One INVITE to one trunk, from sending to the last that is heard of it, also when it was given up:
 *
 * ```
 *   sent -> (ringing) -> answered -> hung up -> over
 *     |         |
 *     |         +-----> rejected, failed ------> over
 *     +-- given up (CANCEL as soon as allowed) -> rejected (487), failed, or answered late: BYE -> over
 * ```
 */
export class InviteAttempt implements ClientCallEvents {
  /** For the list of attempts. */
  slot = -1;
  readonly target: TrunkTarget;
  readonly callerId: string | null;
  readonly invitedAt: number;
  ringingAt: number | null = null;
  answeredAt: number | null = null;
  /** When it was decided that it is over; repeats and late answers come after. */
  endedAt: number | null = null;
  outcome: AttemptOutcome | null = null;
  status: number | null = null;
  phrase: string | null = null;
  reason: string | null = null;
  hangUpSide: HangUpSide | null = null;
  /** Why the next trunk was tried. */
  failover: string | null = null;
  /** The other end has said something, be it 100. */
  isHeard = false;
  isOver = false;

  readonly #clock: CallClock;
  readonly #listener: AttemptListener;
  #call: ClientCall | null = null;
  #isGivenUp = false;
  #isCancelled = false;

  constructor(
    target: TrunkTarget,
    callerId: string | null,
    clock: CallClock,
    listener: AttemptListener,
  ) {
    this.target = target;
    this.callerId = callerId;
    this.#clock = clock;
    this.#listener = listener;
    this.invitedAt = clock.now();
  }

  /** SIP Call-ID; empty before it was sent. */
  get callId(): string {
    return this.#call?.callId ?? "";
  }

  /** It was sent. */
  attach(call: ClientCall): void {
    this.#call = call;
  }

  /** Nothing was sent, and why. */
  passOver(because: string): void {
    this.#end("not-attempted", null, because);
    this.failover = because;
    this.isOver = true;
  }

  /** CANCEL, as soon as it may be sent. The listener hears only of its end. */
  giveUp(outcome: AttemptOutcome, status: number | null, phrase: string, reason: string): void {
    this.#end(outcome, status, phrase);
    this.#isGivenUp = true;
    this.#call?.cancel({ headers: [["Reason", reason]] });
  }

  /** CANCEL, and tells the listener what comes of it. */
  cancel(reason: string): void {
    this.#isCancelled = true;
    this.#call?.cancel({ headers: [["Reason", reason]] });
  }

  /** BYE. */
  hangUp(): void {
    if (this.hangUpSide === null) {
      this.hangUpSide = "caller";
      this.endedAt = this.#clock.now();
    }
    this.#call?.hangUp({ headers: [["Reason", NORMAL_CLEARING]] });
  }

  /** Forgets it; what has not ended ends as cancelled. */
  abandon(): void {
    if (this.outcome === null) this.#end("cancelled", null, "abandoned");
    this.endedAt ??= this.#clock.now();
    this.#isGivenUp = true;
    this.#call?.abandon();
    this.onEnd();
  }

  onTrying(): void {
    this.isHeard = true;
  }

  onProgress({ status }: SipResponse): void {
    this.isHeard = true;
    this.ringingAt ??= this.#clock.now();
    if (!this.#isGivenUp) this.#listener.onRinging(this, status);
  }

  onAnswer(response: SipResponse): void {
    this.isHeard = true;
    this.answeredAt = this.#clock.now();
    this.#end("answered", response.status, response.phrase);
    this.endedAt = null;
    if (this.#isGivenUp) this.hangUp();
    else this.#listener.onAnswered(this, response);
  }

  onReject(response: SipResponse): void {
    this.isHeard = true;
    if (this.#isGivenUp) return;
    this.reason = readReasons(response.headers("Reason"));
    const isOurs = this.#isCancelled && response.status === REQUEST_TERMINATED;
    this.#end(isOurs ? "cancelled" : "rejected", response.status, response.phrase);
    this.#listener.onRejected(this, response.status);
  }

  onFail(failure: "timeout" | "transport", what: string): void {
    if (this.#isGivenUp || this.outcome !== null) return;
    if (failure === "timeout") this.#end("no-response", 408, what);
    else this.#end("transport-failed", null, what);
    this.#listener.onFailed(this, failure);
  }

  onHangUp(bye: SipRequest): void {
    if (this.hangUpSide !== null) return;
    this.hangUpSide = "callee";
    this.endedAt = this.#clock.now();
    this.reason = readReasons(bye.headers("Reason"));
    if (!this.#isGivenUp) this.#listener.onHungUp(this);
  }

  onOffer({ body }: SipRequest): SipBody {
    const content = this.#listener.onOffer(this, body?.content ?? null);
    return { contentType: SDP_CONTENT_TYPE, content };
  }

  onEnd(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.endedAt ??= this.#clock.now();
    this.#listener.onOver(this);
  }

  #end(outcome: AttemptOutcome, status: number | null, phrase: string | null): void {
    this.outcome = outcome;
    this.status = status;
    this.phrase = readPhrase(phrase);
    this.endedAt = this.#clock.now();
  }
}
