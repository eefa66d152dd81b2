import { isAscii } from "node:buffer";
import { answerMalformed, type Refusal } from "./answer-malformed.ts";
import { type HeaderLines, indexHeaderLines } from "./index-header-lines.ts";
import { type MandatoryHeaders, readMandatoryHeaders } from "./mandatory-headers.ts";
import { parseSipUri, type ReceivedUri } from "./parse-sip-uri.ts";
import { ReceivedHeaders } from "./received-headers.ts";
import { ReceivedRequest } from "./received-request.ts";
import { ReceivedResponse } from "./received-response.ts";
import { scanNameAddr } from "./scan-name-addr.ts";
import { readNumber } from "./sip-characters.ts";
import { CONTACT, CONTENT_LENGTH, VIA } from "./sip-header-names.ts";
import { MAX_MESSAGE_BYTES, MAX_REQUEST_URI_LENGTH } from "./sip-limits.ts";
import { nextComma } from "./split-header-values.ts";
import { isVersion, type RequestLine, readStartLine, type StatusLine } from "./start-line.ts";

const MAGIC_COOKIE = "z9hG4bK";
const WRONG_LENGTH = "Content-Length is not the length of the body";
const MALFORMED_CONTACT = "Malformed Contact header";
const TOO_LARGE = `More than ${MAX_MESSAGE_BYTES} bytes`;

/** What one message turned out to be. */
export type ParsedSipMessage =
  | { readonly kind: "request"; readonly message: ReceivedRequest }
  | { readonly kind: "response"; readonly message: ReceivedResponse }
  | {
      readonly kind: "malformed";
      /** For the log. */
      readonly what: string;
      /** Whole text of the response to send back; `null` = a response, an ACK, or no Via to answer by. */
      readonly answer: string | null;
    };

/** A message taken apart into lines, nothing of it judged. */
interface Pieces {
  /** The whole message. */
  readonly text: string;
  readonly startLine: string;
  readonly headers: ReceivedHeaders;
  readonly fault: string | null;
  /** Position of the body in the bytes. */
  readonly bodyStart: number;
}

/**
 * Reads one SIP message, a datagram or one framed from a stream. Its start line, Via, From, To, Call-ID, CSeq,
 * Contact and Content-Length are checked at once; everything else is read when it is asked for. Characters
 * are UTF-8, lengths are counted in bytes, and bytes past Content-Length are left out. What an RFC 3261
 * element has to refuse comes back as malformed with its answer; what is odd but clear is accepted (RFC 4475
 * shows both). O(n) in the bytes, whatever they are; never throws.
 */
export function parseSipMessage(bytes: Buffer): ParsedSipMessage {
  const pieces = takeApart(bytes);
  const startLine = readStartLine(pieces.startLine);
  if (startLine.kind === "status") return readResponse(bytes, pieces, startLine);
  if (startLine.kind === "request") return readRequest(bytes, pieces, startLine);
  if (startLine.method === null) return dropped(startLine.what);
  const refusal = { status: 400, phrase: "Malformed Request Line", headers: [] };
  return refused(startLine.method, pieces.headers, startLine.what, refusal);
}

/**
 * The answer to a request of which only the head is there, as on a stream that cannot be framed any more; `null`
 * = it is no request, or nothing may be answered.
 */
export function answerHead(head: Buffer, refusal: Refusal): string | null {
  const { startLine, headers } = takeApart(head);
  const line = readStartLine(startLine);
  const method = line.kind === "status" ? null : line.method;
  return method === null ? null : answerMalformed(method, headers, refusal);
}

function takeApart(bytes: Buffer): Pieces {
  const head = bytes.length > MAX_MESSAGE_BYTES ? bytes.subarray(0, MAX_MESSAGE_BYTES) : bytes;
  const text = isAscii(head) ? head.toString("latin1") : head.toString("utf8");
  let start = 0;
  // Empty lines before the start line are ignored (RFC 3261 section 7.5).
  while (text.startsWith("\r\n", start)) start += 2;
  const lineEnd = text.indexOf("\r\n", start);
  const startLineEnd = lineEnd < 0 ? text.length : lineEnd;
  const lines = indexHeaderLines(text, startLineEnd + 2);
  const { emptyLine } = lines;
  return {
    text,
    startLine: text.slice(start, startLineEnd),
    headers: new ReceivedHeaders(lines),
    // Some leave the empty line out where no body follows; a piece of a line is a torn message.
    fault:
      emptyLine < 0 && !text.endsWith("\r\n") ? "No empty line after the headers" : lines.fault,
    bodyStart: emptyLine < 0 ? bytes.length : bodyStartIn(bytes, text, emptyLine),
  };
}

/** Where the body begins in the bytes: as in the text where every character is one byte. */
function bodyStartIn(bytes: Buffer, text: string, emptyLine: number): number {
  if (text.length === bytes.length) return emptyLine + 2;
  return bytes.indexOf("\r\n\r\n", leadingBreaks(bytes)) + 4;
}

function leadingBreaks(bytes: Buffer): number {
  let i = 0;
  while (bytes[i] === 13 && bytes[i + 1] === 10) i += 2;
  return i;
}

function readResponse(bytes: Buffer, pieces: Pieces, line: StatusLine): ParsedSipMessage {
  const { headers, text } = pieces;
  const fault = bytes.length > MAX_MESSAGE_BYTES ? TOO_LARGE : pieces.fault;
  if (fault !== null) return dropped(fault);
  const mandatory = readMandatoryHeaders(headers);
  if (typeof mandatory === "string") return dropped(mandatory);
  const body = readBody(bytes, pieces);
  if (body === null) return dropped(WRONG_LENGTH);
  const message = new ReceivedResponse(text, headers, mandatory, body);
  message.statusCode = line.statusCode;
  message.reasonPhrase = line.reasonPhrase;
  return { kind: "response", message };
}

function readRequest(bytes: Buffer, pieces: Pieces, line: RequestLine): ParsedSipMessage {
  const { headers, text } = pieces;
  const { method, requestUri } = line;
  const refuse = (what: string, status = 400, phrase = what): ParsedSipMessage =>
    refused(method, headers, what, { status, phrase, headers: [] });
  if (!isVersion(line.version)) return refuse("Not SIP version 2.0", 505, "Version Not Supported");
  if (bytes.length > MAX_MESSAGE_BYTES) return refuse(TOO_LARGE, 513, "Message Too Large");
  if (requestUri.length > MAX_REQUEST_URI_LENGTH) {
    return refuse("Request-URI too long", 414, "Request-URI Too Long");
  }
  if (pieces.fault !== null) return refuse(pieces.fault);
  const mandatory = readMandatoryHeaders(headers);
  if (typeof mandatory === "string") return refuse(mandatory);
  if (mandatory.method !== method) return refuse("CSeq is of another method");
  const ruri = readRequestUri(requestUri);
  if (ruri === null) return refuse("Malformed Request-URI");
  const contact = faultOfContact(headers);
  if (contact !== null) return refuse(contact);
  const body = readBody(bytes, pieces);
  if (body === null) return refuse(WRONG_LENGTH);
  const message = new ReceivedRequest(text, headers, mandatory, body, requestUri);
  message.viaBranch = transactionBranch(mandatory, requestUri, headers);
  message.ruri = ruri;
  return { kind: "request", message };
}

function dropped(what: string): ParsedSipMessage {
  return { kind: "malformed", what, answer: null };
}

function refused(
  method: string,
  headers: ReceivedHeaders,
  what: string,
  refusal: Refusal,
): ParsedSipMessage {
  return { kind: "malformed", what, answer: answerMalformed(method, headers, refusal) };
}

/** A Request-URI has no headers (RFC 3261 section 19.1.1, table 1). */
function readRequestUri(text: string): ReceivedUri | null {
  const uri = parseSipUri(text);
  return uri === null || Object.keys(uri.headers).length > 0 ? null : uri;
}

function faultOfContact(headers: ReceivedHeaders): string | null {
  const { text, starts, ends } = headers.lines;
  for (let line = headers.lineOf(CONTACT); line >= 0; line = headers.lineOf(CONTACT, line + 1)) {
    const end = ends[line] ?? 0;
    let start = starts[line] ?? 0;
    if (isStar(text, start, end)) continue;
    if (headers.addressAt(line) === null) return MALFORMED_CONTACT;
    start = nextComma(text, start, end) + 1;
    while (start < end) {
      const comma = nextComma(text, start, end);
      if (scanNameAddr(text, start, comma) === null) return MALFORMED_CONTACT;
      start = comma + 1;
    }
  }
  return null;
}

/** `*`: all contacts of a registration. */
function isStar(text: string, start: number, end: number): boolean {
  return end - start === 1 && text.charCodeAt(start) === 42;
}

/** The bytes that Content-Length counts, or all that are left without one; `null` = there are not as many. */
function readBody(bytes: Buffer, { headers, text, bodyStart }: Pieces): string | null {
  const there = bytes.length - bodyStart;
  const stated = headers.lineOf(CONTENT_LENGTH);
  const length = stated < 0 ? there : readNumberAt(headers.lines, stated, there);
  if (length < 0) return null;
  if (length === 0) return "";
  if (text.length === bytes.length) return text.slice(bodyStart, bodyStart + length);
  return bytes.toString("utf8", bodyStart, bodyStart + length);
}

function readNumberAt({ text, starts, ends }: HeaderLines, line: number, max: number): number {
  return readNumber(text, starts[line] ?? 0, ends[line] ?? 0, max);
}

/**
 * The branch that tells a request's transaction. Requests after RFC 2543 have none to rely on: they are told
 * by what RFC 3261 section 17.2.3 compares, put together so that an ACK or CANCEL gets the branch of its INVITE.
 */
function transactionBranch(
  { branch, callId, cseq, fromTag }: MandatoryHeaders,
  requestUri: string,
  headers: ReceivedHeaders,
): string {
  if (branch?.startsWith(MAGIC_COOKIE) && branch.length > MAGIC_COOKIE.length) return branch;
  return [requestUri, fromTag ?? "", callId, cseq, headers.first(VIA)].join(" ");
}
