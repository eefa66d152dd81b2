import type { CallHost } from "./call-host.ts";
import { ClientRequest, type RequestOutcome } from "./client-request.ts";
import type { Dialog } from "./dialog.ts";
import type { DigestAnswer } from "./digest-answer.ts";
import { IncomingResponse } from "./incoming-message.ts";
import { headerLines } from "./outgoing-text.ts";
import type { SipBody } from "./sip-message.ts";
import type { SipFlow } from "./sip-sockets.ts";

/** What a request inside a dialog says. */
export interface DialogRequestParts {
  readonly method: string;
  /** Further headers, each line with its end. */
  readonly lines: string;
  readonly body: SipBody | null;
}

/**
 * A request of ours inside a dialog, other than ACK. Challenged by a 401 or 407 it is sent again with
 * digest, under the next sequence number, as an INVITE is (RFC 3261 section 22.2).
 */
export class DialogRequest {
  readonly #host: CallHost;
  readonly #flow: SipFlow;
  readonly #dialog: Dialog;
  readonly #parts: DialogRequestParts;
  readonly #digest: DigestAnswer | null;
  readonly #done: (outcome: RequestOutcome) => void;
  #request: ClientRequest;

  constructor(
    host: CallHost,
    flow: SipFlow,
    dialog: Dialog,
    parts: DialogRequestParts,
    done: (outcome: RequestOutcome) => void,
  ) {
    this.#host = host;
    this.#flow = flow;
    this.#dialog = dialog;
    this.#parts = parts;
    this.#digest = host.digestAnswer();
    this.#done = done;
    this.#request = this.#send("");
  }

  /** Gives up waiting; the outcome is `"closed"`. */
  dispose(): void {
    this.#request.dispose();
  }

  #send(credentials: string): ClientRequest {
    const host = this.#host;
    const { method, lines, body } = this.#parts;
    const request = this.#dialog.request({
      method,
      sentVia: host.sentVia(this.#flow),
      lines: `${lines}${credentials}`,
      body,
    });
    return new ClientRequest(host, this.#flow, request, (outcome) => {
      const header =
        outcome instanceof IncomingResponse
          ? this.#digest?.answer(outcome, method, request.ruri)
          : null;
      if (header == null) this.#done(outcome);
      else this.#request = this.#send(headerLines([header]));
    });
  }
}
