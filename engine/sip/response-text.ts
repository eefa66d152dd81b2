import type { IncomingRequest } from "./incoming-message.ts";
import { messageEnd } from "./outgoing-text.ts";
import { reasonPhrase } from "./reason-phrase.ts";
import type { SipBody } from "./sip-message.ts";
import { viaWithReceived } from "./via-with-received.ts";

/** What a response says beyond what it copies from its request. */
export interface ResponseParts {
  readonly status: number;
  readonly phrase?: string | undefined;
  /** Further headers, each line with its end. */
  readonly lines?: string;
  readonly body?: SipBody | null | undefined;
}

/**
 * The headers that every response to one request repeats (RFC 3261 section 8.2.6.2): Via values with
 * the source of the request written into the topmost (18.2.1, RFC 3581), From, Call-ID, CSeq and To
 * with our tag. Built once per request; 100, 180 and 200 share the text.
 */
export class ResponseHead {
  readonly #copied: string;
  readonly #to: string;
  readonly #toTag: string;

  /** @param toTag - Ours; not added where the request has one already. */
  constructor(request: IncomingRequest, toTag: string, product: string) {
    let copied = "";
    let top = true;
    for (const via of request.headers("Via")) {
      copied += `Via: ${top ? viaWithReceived(via, request.source) : via}\r\n`;
      top = false;
    }
    const method = request.header("CSeq") ?? `${request.cseq} ${request.method}`;
    this.#copied =
      `${copied}From: ${request.header("From") ?? ""}\r\n` +
      `Call-ID: ${request.callId}\r\nCSeq: ${method}\r\nServer: ${product}\r\n`;
    this.#to = request.header("To") ?? "";
    this.#toTag = request.toTag === "" ? `;tag=${toTag}` : "";
  }

  text({ status, phrase, lines = "", body }: ResponseParts): string {
    const tag = status === 100 ? "" : this.#toTag;
    return (
      `SIP/2.0 ${status} ${phrase ?? reasonPhrase(status)}\r\n${this.#copied}` +
      `To: ${this.#to}${tag}\r\n${lines}${messageEnd(body)}`
    );
  }
}
