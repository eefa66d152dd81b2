import {
  type IncomingRequestMessage,
  InviteServerTransaction,
  TransactionState,
} from "sip.js/lib/core/index.js";
import type { CallHost } from "./call-host.ts";
import type { IncomingRequest } from "./incoming-message.ts";
import { RepeatedSending } from "./repeated-sending.ts";
import type { SipFlow } from "./sip-sockets.ts";
import { timers } from "./transaction-timers.ts";

/** What the owner of a received INVITE hears of its transaction. */
export interface ServerInviteEvents {
  /** Our 2xx or refusal was not acknowledged in 64 × T1, or never left by its broken connection. */
  onUnacknowledged(): void;
}

/**
 * The server transaction of an INVITE or re-INVITE: sip.js's state machine (RFC 3261 figure 7 with
 * RFC 6026), plus the repeats it lacks, minus the 32 seconds it would stay in memory.
 *
 * ```
 *              INVITE
 *                │             INVITE again: last 1xx again
 *          ┌─────▼──────┐◀┐
 *          │ Proceeding │ │ provisional()
 *          └─┬────────┬─┘─┘
 *   answer() │        │ refuse()
 *   ┌────────▼─┐   ┌──▼────────┐  INVITE again, timer G (UDP): the refusal again
 *   │ Accepted │   │ Completed │
 *   └─┬──────┬─┘   └─┬───────┬─┘
 *     │      │       │ ACK   │ timer H: 64 × T1
 *     │ ACK  │ timer L       ▼
 *     │      └──▶ onUnacknowledged
 *     ▼              ▼
 *   disposed; `LateRepeats` absorbs INVITEs and ACKs that still come
 * ```
 *
 * A final response that its connection did not take can never be acknowledged: the transaction ends at
 * once (RFC 3261 section 17.2.4). One that left, on a connection that broke afterwards, may still be
 * acknowledged over another: it waits for its timers.
 *
 * The 2xx is repeated here until {@link acknowledged}, over every transport (RFC 3261 section 13.3.1.4).
 */
export class ServerInvite {
  readonly #host: CallHost;
  readonly #flow: SipFlow;
  readonly #key: string;
  readonly #events: ServerInviteEvents;
  readonly #transaction: InviteServerTransaction;
  #repeats: RepeatedSending | undefined;
  /** The 2xx was sent more than once. */
  #isRepeated = false;
  #over = false;

  constructor(host: CallHost, key: string, flow: SipFlow, events: ServerInviteEvents) {
    this.#host = host;
    this.#flow = flow;
    this.#key = key;
    this.#events = events;
    // WHY the cast: of the request the transaction reads only the branch, which becomes its id.
    const request = { viaBranch: key, method: "INVITE" } as unknown as IncomingRequestMessage;
    this.#transaction = new InviteServerTransaction(
      request,
      { protocol: flow.transport.toUpperCase(), send: (text) => flow.send(text) },
      {
        loggerFactory: host.loggerFactory,
        onTransportError: (error) => this.#unsent(error),
        onStateChange: (state) => {
          if (state === TransactionState.Terminated) this.#terminated();
        },
      },
    );
  }

  get undecided(): boolean {
    return this.#transaction.state === TransactionState.Proceeding && !this.#over;
  }

  /** 100 to 199. */
  provisional(status: number, text: string): void {
    if (this.undecided) this.#transaction.receiveResponse(status, text);
  }

  /** A 2xx. */
  answer(status: number, text: string): void {
    this.#transaction.receiveResponse(status, text);
    this.#repeats = new RepeatedSending(timers.T1, timers.T2, () => {
      this.#isRepeated = true;
      this.#host.countRepeat();
      this.#transaction.retransmitAcceptedResponse();
    });
  }

  /** 300 to 699. */
  refuse(status: number, text: string): void {
    this.#transaction.receiveResponse(status, text);
    if (this.#flow.reliable) return;
    this.#repeats = new RepeatedSending(timers.T1, timers.T2, () => {
      this.#host.countRepeat();
      this.#host.send(this.#flow, text);
    });
  }

  /** The ACK to the 2xx came; it has a transaction of its own, so the dialog found it. */
  acknowledged(): void {
    if (this.#transaction.state === TransactionState.Accepted) this.dispose();
  }

  /** A repeat of the INVITE, or the ACK to a refusal. `true` = nothing is left to wait for. */
  receive(method: "INVITE" | "ACK"): boolean {
    const { state } = this.#transaction;
    if (method === "ACK") {
      if (state !== TransactionState.Completed) return false;
      this.dispose();
      return true;
    }
    if (state === TransactionState.Completed) this.#host.countRepeat();
    this.#transaction.receiveRequest({ method } as unknown as IncomingRequestMessage);
    return false;
  }

  dispose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#repeats?.stop();
    this.#transaction.dispose();
    this.#host.serverTransactions.delete(this.#key);
    this.#host.rememberAnswer(this.#key, "");
  }

  #unsent(error: Error): void {
    this.#host.fault(`could not send: ${error.message}`, this.#flow.peer);
    if (this.#flow.reliable && !this.undecided && !this.#isRepeated) this.#terminated();
  }

  #terminated(): void {
    if (this.#over) return;
    this.dispose();
    this.#events.onUnacknowledged();
  }
}

/** The key of a request's server transaction: branch, sent-by and method (RFC 3261 section 17.2.3). */
export function transactionKey(request: IncomingRequest, method: string): string {
  return `${request.branch}|${request.sentBy}|${method}`;
}
