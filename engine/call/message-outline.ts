import { readStartLine } from "../sip/start-line.ts";

/** What a message is, for people: `INVITE`, `200 OK`. Read from any text, never refused. */
export interface MessageOutline {
  /** Method of a request, status and phrase of a response, else the text of its first line as it came. */
  readonly title: string;
  /** Of its CSeq, so of the request that a response is to; `null` = none can be read. */
  readonly method: string | null;
  readonly isRequest: boolean;
  readonly callId: string | null;
  /** Its body describes a session. */
  readonly hasSdp: boolean;
}

const CSEQ = /^CSeq[ \t]*:[ \t]*\d+[ \t]+([!-~]+)/im;
const CALL_ID = /^(?:Call-ID|i)[ \t]*:[ \t]*([!-~]+)/im;
const SDP = /^(?:Content-Type|c)[ \t]*:[ \t]*application\/sdp/im;

/** Reads as much of a message as its outline needs. O(n) in its head. */
export function outlineOf(message: string): MessageOutline {
  const headEnd = message.indexOf("\r\n\r\n");
  const head = headEnd < 0 ? message : message.slice(0, headEnd);
  const lineEnd = head.indexOf("\r\n");
  const startLine = lineEnd < 0 ? head : head.slice(0, lineEnd);
  const start = readStartLine(startLine);
  const phrase = startLine.slice("SIP/2.0 ".length).trimEnd();
  const other = start.kind === "status" ? phrase : startLine;
  return {
    title: start.kind === "request" ? start.method : other,
    method: CSEQ.exec(head)?.[1] ?? (start.kind === "request" ? start.method : null),
    isRequest: start.kind === "request",
    callId: CALL_ID.exec(head)?.[1] ?? null,
    hasSdp: SDP.test(head) && headEnd >= 0 && headEnd + 4 < message.length,
  };
}
