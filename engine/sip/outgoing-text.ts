import type { OutgoingRequestMessage } from "sip.js/lib/core/index.js";
import type { SipBody, SipHeaders } from "./sip-message.ts";

/** `Name: value` lines; line breaks inside a value cannot begin a header of their own. */
export function headerLines(headers: SipHeaders): string {
  let lines = "";
  for (const [name, value] of headers) lines += `${name}: ${oneLine(value)}\r\n`;
  return lines;
}

/** A value as it may stand on one line of a message. */
export function oneLine(value: string): string {
  return /[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, " ") : value;
}

/** Content-Type, Content-Length, the empty line and the body. */
export function messageEnd(body: SipBody | null | undefined): string {
  if (body === null || body === undefined || body.content === "")
    return "Content-Length: 0\r\n\r\n";
  const length = Buffer.byteLength(body.content);
  return `Content-Type: ${oneLine(body.contentType)}\r\nContent-Length: ${length}\r\n\r\n${body.content}`;
}

/** What stands in a request; all values ready to print. */
export interface RequestParts {
  readonly method: string;
  readonly requestUri: string;
  /** `SIP/2.0/UDP 192.0.2.1:5060` */
  readonly sentVia: string;
  readonly branch: string;
  readonly routeSet: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  /** Further headers, each line with its end. */
  readonly lines: string;
  readonly body: SipBody | null;
}

/**
 * A request that sip.js's client transactions send: the part of its `OutgoingRequestMessage` that they
 * use, with the text built once.
 *
 * WHY: sip.js's own class loses display names and URI parameters of From and To, and builds its text
 * header by header out of some forty small objects.
 */
export class RequestText {
  readonly parts: RequestParts;
  readonly method: string;
  readonly ruri: string;
  readonly callId: string;
  readonly cseq: number;
  readonly branch: string;
  readonly #via: string;
  #text: string | undefined;

  constructor(parts: RequestParts) {
    this.parts = parts;
    this.method = parts.method;
    this.ruri = parts.requestUri;
    this.callId = parts.callId;
    this.cseq = parts.cseq;
    this.branch = parts.branch;
    this.#via = `${parts.sentVia};branch=${parts.branch};rport`;
  }

  /** As sip.js's types want it; see the contract test for what its transactions use. */
  asOutgoing(): OutgoingRequestMessage {
    return this as unknown as OutgoingRequestMessage;
  }

  /** The Via is ready already. */
  setViaHeader(): void {}

  /** Asked by sip.js for the ACK to a refusal, which copies these. */
  getHeader(name: "from" | "via" | "route" | (string & {})): string | undefined {
    if (name === "from") return this.parts.from;
    if (name === "via") return this.#via;
    if (name !== "route") return undefined;
    const { routeSet } = this.parts;
    return routeSet.length === 0 ? undefined : routeSet.join(", ");
  }

  toString(): string {
    this.#text ??= this.#build();
    return this.#text;
  }

  #build(): string {
    const { method, requestUri, from, to, callId, cseq, routeSet, lines, body } = this.parts;
    let route = "";
    for (const value of routeSet) route += `Route: ${value}\r\n`;
    return (
      `${method} ${requestUri} SIP/2.0\r\nVia: ${this.#via}\r\n${route}Max-Forwards: 70\r\n` +
      `From: ${from}\r\nTo: ${to}\r\nCall-ID: ${callId}\r\nCSeq: ${cseq} ${method}\r\n` +
      `${lines}${messageEnd(body)}`
    );
  }
}
