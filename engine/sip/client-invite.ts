import {
  type IncomingResponseMessage,
  InviteClientTransaction,
  TransactionState,
} from "sip.js/lib/core/index.js";
import type { CallHost, ClientTransactionOwner } from "./call-host.ts";
import type { IncomingResponse } from "./incoming-message.ts";
import { ownCopy } from "./late-repeats.ts";
import type { RequestText } from "./outgoing-text.ts";
import { RepeatedSending } from "./repeated-sending.ts";
import type { SipFlow } from "./sip-sockets.ts";
import { timers } from "./transaction-timers.ts";

/** What the owner of a sent INVITE hears. */
export interface ClientInviteEvents {
  onResponse(response: IncomingResponse): void;
  /** Timer B: nothing came in 64 × T1. */
  onTimeout(): void;
  onTransportError(what: string): void;
}

/**
 * The client transaction of an INVITE: sip.js's state machine (RFC 3261 figure 5 with RFC 6026), plus
 * timer A, minus the 32 seconds it would stay in memory after a final response.
 *
 * ```
 *           ┌─────────┐ timer A (UDP): INVITE again
 *           │ Calling │ timer B, 64 × T1: onTimeout
 *           └─┬─────┬─┘
 *         1xx │     │ 200 to 699
 *      ┌──────▼─────┐ ┌───────────────────────────────────────────────────┐
 *      │ Proceeding ├─▶ 3xx–6xx: ACK by sip.js   2xx: ACK by the owner     │
 *      └────────────┘ └───────────────────────────────────────────────────┘
 *   without an end: the owner cancels     disposed; `LateRepeats` sends the ACK again on a repeat
 * ```
 */
export class ClientInvite implements ClientTransactionOwner {
  readonly request: RequestText;
  readonly flow: SipFlow;
  readonly #host: CallHost;
  readonly #key: string;
  readonly #events: ClientInviteEvents;
  readonly #transaction: InviteClientTransaction;
  #repeats: RepeatedSending | undefined;
  #refusalAck = "";
  #over = false;

  constructor(host: CallHost, flow: SipFlow, request: RequestText, events: ClientInviteEvents) {
    this.#host = host;
    this.request = request;
    this.flow = flow;
    this.#events = events;
    this.#key = `${request.branch}INVITE`;
    host.clientTransactions.set(this.#key, this);
    this.#transaction = new InviteClientTransaction(
      request.asOutgoing(),
      { protocol: flow.transport.toUpperCase(), send: (text) => this.#send(text) },
      {
        loggerFactory: host.loggerFactory,
        onRequestTimeout: () => this.#events.onTimeout(),
        onTransportError: (error) => {
          if (this.#over) return;
          this.dispose();
          this.#events.onTransportError(error.message);
        },
      },
    );
    if (flow.reliable) return;
    this.#repeats = new RepeatedSending(timers.T1, Number.POSITIVE_INFINITY, () => {
      host.countRepeat();
      host.send(flow, request.toString());
    });
  }

  /** May a CANCEL be sent, or must it wait for a provisional response (RFC 3261 section 9.1)? */
  get proceeding(): boolean {
    return !this.#over && this.#transaction.state === TransactionState.Proceeding;
  }

  receive(response: IncomingResponse): void {
    if (this.#over) return;
    this.#repeats?.stop();
    const { status: statusCode, toTag } = response;
    this.#transaction.receiveResponse({
      statusCode,
      toTag,
      getHeader: (name: string) => response.header(name),
    } as unknown as IncomingResponseMessage);
    if (statusCode >= 300) this.keepAck(this.#refusalAck, this.flow, toTag);
    if (statusCode >= 200) this.dispose();
    this.#events.onResponse(response);
  }

  /** The ACK is sent again when the final response is repeated. */
  keepAck(text: string, flow: SipFlow, toTag: string): void {
    const late = { text, flow, toTag: ownCopy(toTag) };
    this.#host.lateAcks.remember(this.#key, late, text.length);
  }

  dispose(): void {
    if (this.#over) return;
    this.#over = true;
    this.#repeats?.stop();
    this.#transaction.dispose();
    this.#host.clientTransactions.delete(this.#key);
  }

  #send(text: string): Promise<void> {
    if (text.startsWith("ACK ")) this.#refusalAck = text;
    return this.flow.send(text);
  }
}
