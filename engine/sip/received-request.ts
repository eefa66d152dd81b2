import { IncomingRequestMessage, type NameAddrHeader } from "sip.js/lib/core/index.js";
import type { MandatoryHeaders } from "./mandatory-headers.ts";
import type { HeaderValue, ReceivedHeaders } from "./received-headers.ts";
import { headerName } from "./sip-header-names.ts";

/** The fields that stay fields; everything else is read here when somebody asks. */
type Field =
  | "data"
  | "method"
  | "viaBranch"
  | "callId"
  | "cseq"
  | "fromTag"
  | "toTag"
  | "body"
  | "ruri";

const Base = IncomingRequestMessage as unknown as new () => Pick<IncomingRequestMessage, Field>;

/**
 * A received request: a message of sip.js whose headers are read when they are asked for. Its mandatory
 * headers have been checked.
 */
export class ReceivedRequest extends Base {
  readonly received: ReceivedHeaders;
  /** The Request-URI as it stood, whatever `ruri` is replaced by. */
  readonly requestUri: string;

  constructor(
    text: string,
    headers: ReceivedHeaders,
    mandatory: MandatoryHeaders,
    body: string,
    requestUri: string,
  ) {
    super();
    this.received = headers;
    this.requestUri = requestUri;
    this.data = text;
    this.method = mandatory.method;
    this.viaBranch = mandatory.branch ?? "";
    this.callId = mandatory.callId;
    this.cseq = mandatory.cseq;
    // RFC 2543 knows messages without tags; sip.js leaves the fields undefined then.
    this.fromTag = mandatory.fromTag as string;
    this.toTag = mandatory.toTag as string;
    this.body = body;
  }

  getHeader(name: string): string | undefined {
    return this.received.first(headerName(name));
  }

  getHeaders(name: string): string[] {
    return this.received.all(headerName(name)).map(({ raw }) => raw);
  }

  /** All values of a header, every list split at its commas. */
  valuesOf(name: string): string[] {
    return this.received.values(headerName(name));
  }

  hasHeader(name: string): boolean {
    return this.received.has(headerName(name));
  }

  addHeader(name: string, value: string): void {
    const header = headerName(name);
    this.received.set(header, [...this.getHeaders(name), value]);
  }

  setHeader(name: string, value: string): void {
    this.received.set(headerName(name), [value]);
  }

  parseHeader(name: string, index = 0): unknown {
    return this.received.parsed(headerName(name), index);
  }

  s(name: string, index = 0): unknown {
    return this.parseHeader(name, index);
  }

  get headers(): { [name: string]: HeaderValue[] } {
    return this.received.record();
  }

  // sip.js's constructor sets an empty record.
  set headers(_empty: unknown) {}

  get from(): NameAddrHeader {
    return this.parseHeader("From") as NameAddrHeader;
  }

  get to(): NameAddrHeader {
    return this.parseHeader("To") as NameAddrHeader;
  }

  get via(): { host: string; port: number } {
    return this.parseHeader("Via") as { host: string; port: number };
  }

  get referTo(): string | undefined {
    return this.parseHeader("Refer-To") as string | undefined;
  }
}
