import type { IncomingRequest, IncomingResponse } from "./incoming-message.ts";
import { uriOf } from "./next-hop.ts";
import { RequestText } from "./outgoing-text.ts";
import type { SipBody } from "./sip-message.ts";
import { newBranch } from "./unique-branches.ts";

/** What an in-dialog request of ours says. */
export interface InDialogParts {
  readonly method: string;
  readonly sentVia: string;
  readonly lines: string;
  readonly body?: SipBody | null;
}

/**
 * A dialog (RFC 3261 section 12): who the two ends are, where the other one is reached, and which
 * sequence numbers each has used. Early until a 2xx; the owner keeps that.
 */
export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  /** `""` from an RFC 2543 peer. */
  readonly remoteTag: string;
  /** Value of our From header, tag included, and of its To. */
  readonly local: string;
  readonly remote: string;
  routeSet: readonly string[];
  remoteTarget: string;
  /** Of the last reliable provisional response taken in this dialog (RFC 3262 section 4); -1 = none. */
  rseq = -1;
  /** The first offer and its answer have both been told (RFC 3261 section 13.2.1): new offers may be made. */
  isSettled = false;
  #localCseq: number;
  #remoteCseq: number;

  private constructor(fields: {
    readonly callId: string;
    readonly localTag: string;
    readonly remoteTag: string;
    readonly local: string;
    readonly remote: string;
    readonly routeSet: readonly string[];
    readonly remoteTarget: string;
    readonly localCseq: number;
    readonly remoteCseq: number;
  }) {
    this.callId = fields.callId;
    this.localTag = fields.localTag;
    this.remoteTag = fields.remoteTag;
    this.local = fields.local;
    this.remote = fields.remote;
    this.routeSet = fields.routeSet;
    this.remoteTarget = fields.remoteTarget;
    this.#localCseq = fields.localCseq;
    this.#remoteCseq = fields.remoteCseq;
  }

  /** Of the called end (12.1.1). Without a Contact the caller's From URI is the best guess. */
  static ofServer(invite: IncomingRequest, localTag: string): Dialog {
    const from = invite.header("From") ?? "";
    return new Dialog({
      callId: invite.callId,
      localTag,
      remoteTag: invite.fromTag,
      local: `${invite.header("To") ?? ""};tag=${localTag}`,
      remote: from,
      routeSet: invite.headers("Record-Route"),
      remoteTarget: uriOf(invite.header("Contact") ?? from),
      localCseq: 0,
      remoteCseq: invite.cseq,
    });
  }

  /**
   * Of the calling end (12.1.2), from the response alone, which repeats our From, Call-ID and CSeq.
   *
   * @param requestUri - Where requests go when the response has no Contact.
   */
  static ofClient(response: IncomingResponse, requestUri: string): Dialog {
    const contact = response.header("Contact");
    return new Dialog({
      callId: response.callId,
      localTag: response.fromTag,
      remoteTag: response.toTag,
      local: response.header("From") ?? "",
      remote: response.header("To") ?? "",
      routeSet: response.headers("Record-Route").toReversed(),
      remoteTarget: contact === undefined ? requestUri : uriOf(contact),
      localCseq: response.cseq,
      remoteCseq: -1,
    });
  }

  /** Is the request the other end's, of this very dialog? Its To tag was found to be ours. */
  owns(request: IncomingRequest): boolean {
    return request.callId === this.callId && request.fromTag === this.remoteTag;
  }

  /** Takes the sequence number of a new request; `false` = out of order, to be answered 500 (12.2.2). */
  inOrder(request: IncomingRequest): boolean {
    if (request.cseq <= this.#remoteCseq) return false;
    this.#remoteCseq = request.cseq;
    return true;
  }

  /** A re-INVITE or UPDATE may move the other end (12.2.2, RFC 3311). */
  refreshTarget(message: IncomingRequest | IncomingResponse): void {
    const contact = message.header("Contact");
    if (contact !== undefined) this.remoteTarget = uriOf(contact);
  }

  /** The 2xx has the last word on the route set (13.2.2.4). */
  confirmRoute(response: IncomingResponse): void {
    this.routeSet = response.headers("Record-Route").toReversed();
    this.refreshTarget(response);
  }

  /** A request with the next sequence number; an ACK has its INVITE's. */
  request(parts: InDialogParts, ackOf?: number): RequestText {
    const cseq = ackOf ?? ++this.#localCseq;
    const { requestUri, routeSet } = this.#addressed();
    return new RequestText({
      method: parts.method,
      requestUri,
      sentVia: parts.sentVia,
      branch: newBranch(),
      routeSet,
      from: this.local,
      to: this.remote,
      callId: this.callId,
      cseq,
      lines: parts.lines,
      body: parts.body ?? null,
    });
  }

  /** A first route without `lr` is an RFC 2543 proxy's: it wants itself in the Request-URI (12.2.1.1). */
  #addressed(): { readonly requestUri: string; readonly routeSet: readonly string[] } {
    const [first, ...others] = this.routeSet;
    if (first === undefined || /;\s*lr\s*(=|;|>|$)/i.test(first)) {
      return { requestUri: withoutHeaders(this.remoteTarget), routeSet: this.routeSet };
    }
    const requestUri = withoutHeaders(uriOf(first));
    return { requestUri, routeSet: [...others, `<${this.remoteTarget}>`] };
  }
}

/** A Request-URI has none (RFC 3261 section 19.1.1, table 1), whatever a Contact or a route says. */
function withoutHeaders(uri: string): string {
  const end = uri.indexOf("?");
  return end < 0 ? uri : uri.slice(0, end);
}
