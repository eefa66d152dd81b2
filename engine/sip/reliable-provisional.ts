import { randomInt } from "node:crypto";
import type { CallHost } from "./call-host.ts";
import type { IncomingRequest } from "./incoming-message.ts";
import { RepeatedSending } from "./repeated-sending.ts";
import type { ResponseHead, ResponseParts } from "./response-text.ts";
import { patience, timers } from "./transaction-timers.ts";

/** RFC 3262 section 3: the first sequence number is drawn from 1 to 2^31 - 1; room is left to count. */
const MAX_FIRST_RSEQ = 2 ** 30;

/** What the reliable provisional responses of a call need of it. */
export interface ProvisionalSender {
  send(status: number, text: string): void;
  /** No PRACK in 64 × T1: the INVITE is to be refused with a 5xx. */
  onNeverAcknowledged(): void;
}

/**
 * Provisional responses sent reliably (RFC 3262 section 3), one after the other.
 *
 * ```
 *  send() ──▶ open: again after T1, 2 T1, 4 T1 … ── PRACK with its RAck ──▶ the next in line, or rest
 *                │
 *                └─ 64 × T1 ──▶ onNeverAcknowledged
 * ```
 *
 * While one that carries a session description is open, the 2xx has to wait (section 3). One that is open
 * when a final response goes out is not repeated any more, but its PRACK is still taken (section 3).
 */
export class ReliableProvisionals {
  readonly #host: CallHost;
  readonly #inviteCseq: number;
  readonly #sender: ProvisionalSender;
  readonly #waiting: { readonly head: ResponseHead; readonly parts: ResponseParts }[] = [];
  #rseq = randomInt(1, MAX_FIRST_RSEQ);
  #open: ResponseParts | null = null;
  /** The last was neither acknowledged nor followed by another. */
  #expected = false;
  #repeats: RepeatedSending | undefined;
  #giveUp: NodeJS.Timeout | undefined;
  #then: (() => void) | null = null;

  constructor(host: CallHost, inviteCseq: number, sender: ProvisionalSender) {
    this.#host = host;
    this.#inviteCseq = inviteCseq;
    this.#sender = sender;
  }

  /** Is one with a session description open or waiting? */
  get holdsSession(): boolean {
    return this.#open?.body != null || this.#waiting.some(({ parts }) => parts.body != null);
  }

  /** Does the one that is sent, and not acknowledged yet, carry a session description? */
  get sentSession(): boolean {
    return this.#open?.body != null;
  }

  onceAcknowledged(then: () => void): void {
    this.#then = then;
  }

  send(head: ResponseHead, parts: ResponseParts): void {
    if (this.#open !== null) {
      this.#waiting.push({ head, parts });
      return;
    }
    this.#open = parts;
    this.#expected = true;
    this.#rseq++;
    const lines = `Require: 100rel\r\nRSeq: ${this.#rseq}\r\n${parts.lines ?? ""}`;
    const text = head.text({ ...parts, lines });
    this.#sender.send(parts.status, text);
    this.#repeats = new RepeatedSending(timers.T1, Number.POSITIVE_INFINITY, () => {
      this.#host.countRepeat();
      this.#sender.send(parts.status, text);
    });
    this.#giveUp = setTimeout(() => {
      this.stop();
      this.#sender.onNeverAcknowledged();
    }, patience());
  }

  /** Does a PRACK acknowledge the last one? Its RAck is `RSeq CSeq-number INVITE`. */
  matches(prack: IncomingRequest): boolean {
    const [rseq, cseq, method] = (prack.header("RAck") ?? "").trim().split(/\s+/);
    return (
      this.#expected &&
      Number(rseq) === this.#rseq &&
      Number(cseq) === this.#inviteCseq &&
      method === "INVITE"
    );
  }

  acknowledged(): void {
    this.#expected = false;
    this.#rest();
    const next = this.#waiting.shift();
    if (next !== undefined) this.send(next.head, next.parts);
    else if (this.#then !== null) {
      const then = this.#then;
      this.#then = null;
      then();
    }
  }

  stop(): void {
    this.#rest();
    this.#waiting.length = 0;
    this.#then = null;
  }

  #rest(): void {
    this.#open = null;
    this.#repeats?.stop();
    clearTimeout(this.#giveUp);
  }
}
