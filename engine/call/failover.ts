import type { CallResult } from "../model/call-detail-record.ts";

/**
 * When the next trunk is tried, and when a call is over. Pure: what happens goes in, what to do comes
 * out; `place-call.ts` has the timers and the wire.
 *
 * ```
 *                 +-- transport error, the first on this trunk: the same trunk again
 *                 |   +-- transport error again, failover code, nothing but 100 in time: the next trunk
 *                 v   v
 *   start --->  inviting  --101..199-->  ringing  --2xx-->  talking  --hung up-->  over
 *                 |  |                    |   |                                     ^
 *                 |  +--------2xx---------|---|-------->  talking                   |
 *                 |                       |   +-- any other final code -------------+
 *                 +-- other final code, or no trunk left ---------------------------+
 *                 |                       |                                         |
 *                 +--- caller gives up ---+-- rings too long --->  cancelling  -----+
 *                                                                  487, or 2xx and BYE
 * ```
 *
 * | rule | source |
 * |---|---|
 * | codes of the trunk's list, 408, 503 and 504 when none is set | documented: New-CsOnlinePSTNGateway -FailoverResponseCodes |
 * | every other final code ends the call | documented: Microsoft, direct-routing-trunk-failover-on-outbound-call |
 * | no failover once a provisional response other than 100 has come | documented: Microsoft, direct-routing-trunk-failover-on-outbound-call |
 * | none of those within FailoverTimeSeconds: the next trunk | documented: New-CsOnlinePSTNGateway -FailoverTimeSeconds |
 * | network or TLS error: the same trunk once more, as from another Microsoft datacenter | documented, same page; once is assumed |
 * | nobody picks up: the end of the call, never the next trunk | documented (a provisional response has come) |
 *
 * @module
 */

/** What happens to the attempt that is under way. */
export type FailoverInput =
  /** A provisional response other than 100. */
  | { readonly input: "progress" }
  | { readonly input: "answer" }
  /** A final response of 300 or more. */
  | { readonly input: "reject"; readonly status: number }
  /** It could not be sent, or the connection broke before any final response. */
  | { readonly input: "transport-error" }
  /** The trunk's seconds ran out, or those of the transaction (RFC 3261 timer B). */
  | { readonly input: "no-response"; readonly seconds: number }
  /** The trunk was full or out of service: nothing was sent. */
  | { readonly input: "passed-over"; readonly because: string }
  | { readonly input: "rings-too-long" }
  | { readonly input: "give-up" };

/** What to do about it. */
export type FailoverStep =
  | { readonly step: "go-on" }
  /** Sends the INVITE again, to the same trunk. */
  | { readonly step: "retry"; readonly because: string }
  | { readonly step: "next"; readonly because: string }
  /** CANCEL, and wait for what comes of it. */
  | { readonly step: "cancel" }
  | { readonly step: "talk" }
  /** A 2xx that crossed our CANCEL: acknowledge, and BYE at once. */
  | { readonly step: "hang-up"; readonly result: CallResult }
  | { readonly step: "finish"; readonly result: CallResult };

type Phase = "inviting" | "ringing" | "cancelling" | "talking" | "over";

const GO_ON: FailoverStep = { step: "go-on" };

/** One call. */
export class Failover {
  #phase: Phase = "inviting";
  /** Trunks that are left after the one being tried. */
  #left: number;
  #codes: readonly number[] = [];
  #hasRetried = false;
  /** A trunk has said no, or could not be reached, as against never having said anything. */
  #wasRefused = false;
  /** What a call that is being cancelled will have come to. */
  #cancelled: CallResult = "cancelled";

  /** @param trunks - How many there are to try. */
  constructor(trunks: number) {
    this.#left = trunks;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** The next trunk is tried. */
  begin(failoverResponseCodes: readonly number[]): void {
    this.#left--;
    this.#codes = failoverResponseCodes;
    this.#hasRetried = false;
  }

  hear(input: FailoverInput): FailoverStep {
    switch (this.#phase) {
      case "inviting":
        return this.#whileInviting(input);
      case "ringing":
        return this.#whileRinging(input);
      case "cancelling":
        return this.#whileCancelling(input);
      case "talking":
      case "over":
        return GO_ON;
    }
  }

  #whileInviting(input: FailoverInput): FailoverStep {
    switch (input.input) {
      case "progress":
        this.#phase = "ringing";
        return GO_ON;
      case "answer":
        return this.#talk();
      case "reject":
        this.#wasRefused = true;
        if (!this.#codes.includes(input.status)) return this.#finish("failed");
        return this.#next(`status ${input.status}`);
      case "transport-error":
        return this.#retryOrNext();
      case "no-response":
        return this.#next(`no response in ${input.seconds} s`);
      case "passed-over":
        this.#wasRefused = true;
        return this.#next(input.because);
      case "rings-too-long":
      case "give-up":
        return this.#cancel("cancelled");
    }
  }

  #retryOrNext(): FailoverStep {
    this.#wasRefused = true;
    if (this.#hasRetried) return this.#next("transport error");
    this.#hasRetried = true;
    return { step: "retry", because: "transport error" };
  }

  #whileRinging(input: FailoverInput): FailoverStep {
    switch (input.input) {
      case "answer":
        return this.#talk();
      case "reject":
      case "transport-error":
        return this.#finish("failed");
      case "no-response":
        return this.#finish("timed-out");
      case "rings-too-long":
        return this.#cancel("timed-out");
      case "give-up":
        return this.#cancel("cancelled");
      case "progress":
      case "passed-over":
        return GO_ON;
    }
  }

  #whileCancelling(input: FailoverInput): FailoverStep {
    switch (input.input) {
      case "answer":
        this.#phase = "over";
        return { step: "hang-up", result: this.#cancelled };
      case "reject":
      case "transport-error":
      case "no-response":
        return this.#finish(this.#cancelled);
      case "progress":
      case "passed-over":
      case "rings-too-long":
      case "give-up":
        return GO_ON;
    }
  }

  #talk(): FailoverStep {
    this.#phase = "talking";
    return { step: "talk" };
  }

  #cancel(result: CallResult): FailoverStep {
    this.#phase = "cancelling";
    this.#cancelled = result;
    return { step: "cancel" };
  }

  #next(because: string): FailoverStep {
    if (this.#left > 0) return { step: "next", because };
    return this.#finish(this.#wasRefused ? "failed" : "timed-out");
  }

  #finish(result: CallResult): FailoverStep {
    this.#phase = "over";
    return { step: "finish", result };
  }
}
