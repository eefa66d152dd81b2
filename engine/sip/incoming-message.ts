import { isSips, uriOf } from "./next-hop.ts";
import type { ReceivedRequest } from "./received-request.ts";
import type { ReceivedResponse } from "./received-response.ts";
import { scanVia, type ViaParts } from "./scan-via.ts";
import type { SipBody, SipRequest, SipResponse } from "./sip-message.ts";
import type { SipPeer } from "./sip-peer.ts";

/** What both kinds of messages tell: sip.js's words behind the words of the floors above. */
class IncomingMessage<Parsed extends ReceivedRequest | ReceivedResponse> {
  readonly parsed: Parsed;

  constructor(parsed: Parsed) {
    this.parsed = parsed;
  }

  /** Of the CSeq header. */
  get method(): string {
    return this.parsed.method;
  }

  get cseq(): number {
    return this.parsed.cseq;
  }

  get callId(): string {
    return this.parsed.callId;
  }

  /** Of the top Via. */
  get branch(): string {
    return this.parsed.viaBranch;
  }

  /** `""` = none, as RFC 2543 allowed. */
  get fromTag(): string {
    return this.parsed.fromTag ?? "";
  }

  /** `""` = none. */
  get toTag(): string {
    return this.parsed.toTag ?? "";
  }

  get body(): SipBody | null {
    const content = this.parsed.body;
    if (content === "") return null;
    return { contentType: this.header("Content-Type") ?? "application/sdp", content };
  }

  header(name: string): string | undefined {
    return this.parsed.getHeader(name);
  }

  headers(name: string): readonly string[] {
    return this.parsed.valuesOf(name);
  }
}

/** A received request, as the floors above and the transactions see it. */
export class IncomingRequest extends IncomingMessage<ReceivedRequest> implements SipRequest {
  readonly source: SipPeer;
  #via: ViaParts | null | undefined;

  constructor(parsed: ReceivedRequest, source: SipPeer) {
    super(parsed);
    this.source = source;
  }

  get requestUri(): string {
    return this.parsed.requestUri;
  }

  /** It asks for sips: by its Request-URI, or by where the sender is to be reached (RFC 3261 section 12.1.1). */
  get isSecure(): boolean {
    const way = this.header("Record-Route") ?? this.header("Contact") ?? "";
    return isSips(this.requestUri) || isSips(uriOf(way));
  }

  get calledUser(): string {
    return bareUser(this.parsed.ruri?.user);
  }

  get callingUser(): string {
    return bareUser(this.parsed.from?.uri.user);
  }

  /** The top Via; `null` = malformed. */
  get via(): ViaParts | null {
    this.#via ??= scanVia(this.parsed.getHeader("Via") ?? "");
    return this.#via;
  }

  /** Host and port of the top Via. */
  get sentBy(): string {
    return this.via === null ? "" : `${this.via.host}:${this.via.port}`;
  }
}

/** A received response, as the floors above and the transactions see it. */
export class IncomingResponse extends IncomingMessage<ReceivedResponse> implements SipResponse {
  get status(): number {
    return this.parsed.statusCode ?? 0;
  }

  get phrase(): string {
    return this.parsed.reasonPhrase ?? "";
  }
}

/** Without the parameters that RFC 4694 and RFC 4904 put into it (`;npdi`, `;tgrp=`). */
export function bareUser(user: string | undefined): string {
  return user?.split(";", 1)[0] ?? "";
}
