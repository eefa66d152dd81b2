import { IncomingRequestMessage, type NameAddrHeader } from "sip.js/lib/core/index.js";
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

/** What the parser found out about a request. */
export interface RequestFacts {
  readonly text: string;
  readonly headers: ReceivedHeaders;
  readonly method: string;
  readonly requestUri: string;
  readonly ruri: IncomingRequestMessage["ruri"];
  readonly viaBranch: string;
  readonly callId: string;
  readonly cseq: number;
  readonly fromTag: string | undefined;
  readonly toTag: string | undefined;
  readonly body: string;
}

/**
 * A received request: a message of sip.js whose headers are read when they are asked for. Its mandatory
 * headers have been checked.
 */
export class ReceivedRequest extends Base {
  readonly received: ReceivedHeaders;
  /** The Request-URI as it stood, whatever `ruri` is replaced by. */
  readonly requestUri: string;

  constructor(facts: RequestFacts) {
    super();
    this.received = facts.headers;
    this.requestUri = facts.requestUri;
    this.data = facts.text;
    this.method = facts.method;
    this.ruri = facts.ruri;
    this.viaBranch = facts.viaBranch;
    this.callId = facts.callId;
    this.cseq = facts.cseq;
    // RFC 2543 knows requests without tags; sip.js leaves the fields undefined then.
    this.fromTag = facts.fromTag as string;
    this.toTag = facts.toTag as string;
    this.body = facts.body;
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

  setHeaders(name: string, values: readonly string[]): void {
    this.received.set(headerName(name), values);
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
