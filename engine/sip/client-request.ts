import { type IncomingResponseMessage, NonInviteClientTransaction } from "sip.js/lib/core/index.js";
import type { CallHost, ClientTransactionOwner } from "./call-host.ts";
import type { IncomingResponse } from "./incoming-message.ts";
import type { RequestText } from "./outgoing-text.ts";
import { RepeatedSending } from "./repeated-sending.ts";
import type { SipFlow } from "./sip-sockets.ts";
import { timers } from "./transaction-timers.ts";

/** The one end of a request: its final response, or what kept it from coming. */
export type RequestOutcome = IncomingResponse | UnsentRequest | "timeout" | "closed";

/** The network did not take it; `what` says why. */
export class UnsentRequest {
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}

/**
 * A request other than INVITE and its client transaction: sip.js's state machine (RFC 3261 figure 6)
 * plus timer E. Over at the final response: repeats of it match nothing any more and are dropped, so
 * timer K needs no memory.
 *
 * ```
 *   ┌────────┐ 1xx  ┌────────────┐
 *   │ Trying ├─────▶│ Proceeding │   timer E (UDP): again after T1, 2 T1 … T2; T2 when Proceeding
 *   └───┬────┘      └─────┬──────┘   timer F, 64 × T1: "timeout"
 *       └── 200 to 699 ───┴─────▶ done(response)
 * ```
 */
export class ClientRequest implements ClientTransactionOwner {
  readonly #host: CallHost;
  readonly #key: string;
  readonly #done: (outcome: RequestOutcome) => void;
  readonly #transaction: NonInviteClientTransaction;
  #repeats: RepeatedSending | undefined;
  #over = false;

  constructor(
    host: CallHost,
    flow: SipFlow,
    request: RequestText,
    done: (outcome: RequestOutcome) => void,
  ) {
    this.#host = host;
    this.#done = done;
    this.#key = `${request.branch}${request.method}`;
    host.clientTransactions.set(this.#key, this);
    this.#transaction = new NonInviteClientTransaction(
      request.asOutgoing(),
      { protocol: flow.transport.toUpperCase(), send: (text) => flow.send(text) },
      {
        loggerFactory: host.loggerFactory,
        onRequestTimeout: () => this.#end("timeout"),
        onTransportError: (error) => this.#end(new UnsentRequest(error.message)),
      },
    );
    if (flow.reliable) return;
    this.#repeats = new RepeatedSending(timers.T1, timers.T2, () => {
      host.countRepeat();
      host.send(flow, request.toString());
    });
  }

  receive(response: IncomingResponse): void {
    if (this.#over) return;
    if (response.status >= 200) {
      this.#end(response);
      return;
    }
    this.#repeats?.slowDown();
    const { status: statusCode } = response;
    this.#transaction.receiveResponse({ statusCode } as unknown as IncomingResponseMessage);
  }

  /** Gives up waiting; the outcome is `"closed"`. */
  dispose(): void {
    this.#end("closed");
  }

  #end(outcome: RequestOutcome): void {
    if (this.#over) return;
    this.#over = true;
    this.#repeats?.stop();
    this.#transaction.dispose();
    this.#host.clientTransactions.delete(this.#key);
    this.#done(outcome);
  }
}
