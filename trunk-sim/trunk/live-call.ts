import type {
  HangUpSide,
  OperatorCallRecord,
  OperatorCallResult,
} from "../../engine/model/call-detail-record.ts";
import type { ServerCall, ServerCallEvents } from "../../engine/sip/sip-calls.ts";
import type { SipBody, SipHeaders, SipRequest } from "../../engine/sip/sip-message.ts";
import type { Slotted } from "../../engine/sip/slot-list.ts";
import type { Refusal } from "../sim-event.ts";
import type { CallScript } from "./call-script.ts";
import type { CallSpeech } from "./call-speech.ts";
import { reasonOf } from "./reject-reason.ts";
import type { SimClock } from "./sim-clock.ts";

/** Who is told what becomes of a call. */
export interface LiveCallOwner {
  readonly clock: SimClock;
  readonly trunk: string;
  readonly operator: string | null;
  /** How long an INVITE may go without a final response; {@link CLEARED_AFTER_MILLISECONDS} for all. */
  readonly clearedAfterMilliseconds: number;
  onRinging(call: LiveCall, milliseconds: number): void;
  onAnswered(call: LiveCall, milliseconds: number): void;
  /** Once for each call. */
  onEnded(call: LiveCall, record: OperatorCallRecord): void;
}

/**
 * An operator clears a call that nobody answers or gives up, so that a caller who is gone holds no place.
 * Longer than the three minutes that proxies wait at least (RFC 3261 section 16.6, timer C).
 */
export const CLEARED_AFTER_MILLISECONDS = 240_000;

/** A final response to a call that is not let in. */
export interface CallRefusal {
  readonly status: number;
  readonly because: Refusal;
  readonly headers?: SipHeaders;
  /** Of Q.850; that of the status when left out. */
  readonly cause?: number;
}

export interface CallParties {
  readonly calledNumber: string;
  readonly callingNumber: string;
  /** How many calls of the same two numbers came before on this trunk. */
  readonly nth: number;
}

/**
 * One call that a trunk has received, from INVITE to record:
 *
 * ```
 *        begin, play        progressAfter        finalAfter             BYE from either side
 * invited ──────► trying ──────────────► ringing ──────────► answered ───────────────────► ended
 *    │               │                      │                    └── never acknowledged ──►  ▲
 *    └── reject ─────┴ reject, clear, CANCEL ┴───────────────────────────────────────────────┘
 * ```
 *
 * It has at most one timer at a time, and tells its owner exactly once that it has ended.
 */
export class LiveCall implements ServerCallEvents, Slotted {
  slot = -1;
  /** Set by the owner when it takes the call in: its limits count it until it ends. */
  isAdmitted = false;
  readonly parties: CallParties;
  readonly #owner: LiveCallOwner;
  readonly #call: ServerCall;
  readonly #callId: string;
  readonly #receivedAt: number;
  #refusedBecause: Refusal | null = null;
  #script: CallScript | null = null;
  #speech: CallSpeech | null = null;
  #timer: NodeJS.Timeout | undefined;
  #ringingAt: number | null = null;
  #answeredAt: number | null = null;
  #confirmed = false;
  #wantsToHangUp = false;
  #ended = false;

  constructor(owner: LiveCallOwner, call: ServerCall, parties: CallParties) {
    this.#owner = owner;
    this.#call = call;
    this.#callId = call.request.callId;
    this.#receivedAt = owner.clock.now();
    this.parties = parties;
    call.events = this;
  }

  /** What is done with it; `null` = it was refused before that. */
  get script(): CallScript | null {
    return this.#script;
  }

  /** Takes a script and sends the 100 that it may begin with. */
  begin(script: CallScript): void {
    this.#script = script;
    if (script.trying) this.#call.trying();
  }

  /** Plays the script; its times count from the INVITE. */
  play(speech: CallSpeech): void {
    const script = this.#script;
    if (this.#ended || script === null) {
      speech.end(0);
      return;
    }
    this.#speech = speech;
    if (script.progress !== null) this.#after(script.progressAfter, ring);
    else this.#finishLater(script);
  }

  /** Why it was refused, `null` where it was not. */
  get refusedBecause(): Refusal | null {
    return this.#refusedBecause;
  }

  /** Ends it before its script begins. */
  refuse({ status, because, headers = [], cause }: CallRefusal): void {
    this.#refusedBecause = because;
    this.#reject(status, headers, reasonOf(status, cause));
  }

  /** Never answers it: the operator's end is dead to it. */
  ignore(): void {
    this.#call.abandon();
    this.#end("timed-out", null, null, null);
  }

  /** Ends it whatever it is doing: BYE when answered, else 503. */
  stop(headers: SipHeaders): void {
    if (this.#answeredAt === null) this.#reject(503, headers, reasonOf(503));
    else this.#hangUp();
  }

  onCancel(cancel: SipRequest): void {
    this.#end("cancelled", 487, null, cancel.header("Reason") ?? null);
  }

  onConfirm(ack: SipRequest): void {
    this.#confirmed = true;
    if (ack.body !== null) this.#speech?.onAnswer(ack.body.content);
    if (this.#wantsToHangUp) this.#hangUp();
  }

  onUnconfirmed(): void {
    this.#end("timed-out", 200, null, null);
  }

  onHangUp(bye: SipRequest): void {
    const reason = bye.header("Reason") ?? null;
    if (this.#answeredAt === null) this.#end("cancelled", null, null, reason);
    else this.#end("answered", 200, "caller", reason);
  }

  onOffer(request: SipRequest): SipBody {
    return this.#speech?.reoffer(request.body?.content ?? null) ?? EMPTY_BODY;
  }

  onEnd(): void {
    const status = this.#answeredAt === null ? null : 200;
    this.#end("timed-out", status, null, null);
  }

  /** Of a timer. */
  ring(): void {
    const script = this.#script;
    if (script === null || script.progress === null) return;
    this.#ringingAt = this.#owner.clock.now();
    const early = script.progress === 183 ? this.#speech?.body : undefined;
    const reliable = supports(this.#call.request, script.reliable);
    this.#call.progress(script.progress, {
      reliable,
      ...(early === undefined ? {} : { body: early }),
    });
    if (early !== undefined) this.#speech?.start();
    this.#owner.onRinging(this, this.#ringingAt - this.#receivedAt);
    this.#finishLater(script);
  }

  #finishLater({ final, finalAfter }: CallScript): void {
    if (final === null) this.#after(this.#owner.clearedAfterMilliseconds, clear);
    else this.#after(finalAfter, finish);
  }

  /** Of a timer. */
  clear(): void {
    const status = this.#ringingAt === null ? 408 : 480;
    this.#reject(status, [], reasonOf(status));
  }

  /** Of a timer. */
  finish(): void {
    const { final, calleeHangsUpAfter } = this.#script ?? { final: null, calleeHangsUpAfter: null };
    if (final === null) return;
    if (final !== 200) {
      this.#reject(final, [], reasonOf(final));
      return;
    }
    this.#answeredAt = this.#owner.clock.now();
    const body = this.#speech?.body;
    this.#call.answer(body === undefined ? {} : { body });
    this.#speech?.start();
    this.#owner.onAnswered(this, this.#answeredAt - this.#receivedAt);
    if (calleeHangsUpAfter !== null) this.#later(calleeHangsUpAfter, hangUp);
  }

  /** Of a timer. */
  hangUpByPlan(): void {
    this.#hangUp();
  }

  #reject(status: number, headers: SipHeaders, reason: string): void {
    if (this.#ended || this.#answeredAt !== null) return;
    this.#call.reject(status, { headers: [...headers, ["Reason", reason]] });
    this.#end("failed", status, null, reason);
  }

  #hangUp(): void {
    if (this.#ended) return;
    // WHY: the called side may not send BYE before its answer is acknowledged (RFC 3261 section 15).
    if (!this.#confirmed) {
      this.#wantsToHangUp = true;
      return;
    }
    this.#call.hangUp({ headers: [["Reason", NORMAL_CLEARING]] });
    this.#end("answered", 200, "callee", NORMAL_CLEARING);
  }

  /** At a time since the INVITE. */
  #after(milliseconds: number, step: (call: LiveCall) => void): void {
    this.#later(milliseconds - (this.#owner.clock.now() - this.#receivedAt), step);
  }

  #later(milliseconds: number, step: (call: LiveCall) => void): void {
    if (this.#ended) return;
    this.#timer = setTimeout(step, Math.max(1, milliseconds), this);
  }

  #end(
    result: OperatorCallResult,
    status: number | null,
    hangUpSide: HangUpSide | null,
    reason: string | null,
  ): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    const { clock, trunk, operator } = this.#owner;
    const endedAt = clock.now();
    const answeredAt = this.#answeredAt;
    // An answer that was never acknowledged made no call.
    const talkedSince = result === "answered" ? answeredAt : null;
    const durationSeconds = talkedSince === null ? 0 : Math.round(endedAt - talkedSince) / 1_000;
    const heard = this.#speech?.end(durationSeconds) ?? null;
    this.#owner.onEnded(this, {
      callId: this.#callId,
      trunk,
      operator,
      calledNumber: this.parties.calledNumber,
      callingNumber: this.parties.callingNumber,
      receivedAt: clock.isoTime(this.#receivedAt),
      ringingAt: this.#ringingAt === null ? null : clock.isoTime(this.#ringingAt),
      answeredAt: answeredAt === null ? null : clock.isoTime(answeredAt),
      endedAt: clock.isoTime(endedAt),
      result,
      status,
      reason,
      hangUpSide,
      durationSeconds,
      quality: result === "answered" ? heard : null,
    });
  }
}

const NORMAL_CLEARING = "Q.850;cause=16";
const EMPTY_BODY: SipBody = { contentType: "application/sdp", content: "" };

// WHY: one function for all calls, so that a timer costs no closure.
function ring(call: LiveCall): void {
  call.ring();
}
function finish(call: LiveCall): void {
  call.finish();
}
function clear(call: LiveCall): void {
  call.clear();
}
function hangUp(call: LiveCall): void {
  call.hangUpByPlan();
}

/** Whether 180 goes reliably: the caller demands it, or the plan wants it and the caller can. */
function supports(request: SipRequest, wanted: boolean): boolean {
  if (request.headers("Require").includes("100rel")) return true;
  return wanted && request.headers("Supported").includes("100rel");
}
