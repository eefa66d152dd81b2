import { readNumber, skipClass, TOKEN } from "./sip-characters.ts";

/** `INVITE sip:… SIP/2.0` */
export interface RequestLine {
  readonly kind: "request";
  readonly method: string;
  readonly requestUri: string;
  /** `SIP/2.0` as it stands. */
  readonly version: string;
}

/** `SIP/2.0 200 OK` */
export interface StatusLine {
  readonly kind: "status";
  readonly statusCode: number;
  /** `""` = none. */
  readonly reasonPhrase: string;
}

/** Neither. */
export interface UnreadableLine {
  readonly kind: "unreadable";
  readonly what: string;
  /** Whether it begins as a request does, and its method; `null` = it cannot be answered. */
  readonly method: string | null;
}

/**
 * Reads the first line of a message. One blank separates its parts, no other stands before, after or within
 * them (RFC 3261 section 7.1). O(n).
 */
export function readStartLine(line: string): RequestLine | StatusLine | UnreadableLine {
  if (isVersion(line.slice(0, 8), " ")) return readStatusLine(line);
  const methodEnd = skipClass(line, 0, line.length, TOKEN);
  const method = line.slice(0, methodEnd);
  if (methodEnd === 0 || line.charCodeAt(methodEnd) !== 32) {
    return { kind: "unreadable", what: "No SIP message: no request or status line", method: null };
  }
  const uriEnd = line.lastIndexOf(" ");
  const requestUri = line.slice(methodEnd + 1, uriEnd);
  const version = line.slice(uriEnd + 1);
  if (uriEnd <= methodEnd || !/^sip\/\d+\.\d+$/i.test(version) || requestUri.includes(" ")) {
    const what = "Request line is not method, Request-URI and version with one blank between";
    const isSip = /sip *\/ *\d/i.test(line.slice(-40));
    return { kind: "unreadable", what, method: isSip ? method : null };
  }
  return { kind: "request", method, requestUri, version };
}

function readStatusLine(line: string): StatusLine | UnreadableLine {
  const statusCode = readNumber(line, 8, 11, 699);
  if (statusCode < 100 || (line.length > 11 && line.charCodeAt(11) !== 32)) {
    return {
      kind: "unreadable",
      what: "Status line without a status from 100 to 699",
      method: null,
    };
  }
  return { kind: "status", statusCode, reasonPhrase: line.slice(12) };
}

/** The only version there is; its letters compare without regard to case. */
export function isVersion(version: string, after = ""): boolean {
  return version === `SIP/2.0${after}` || version.toUpperCase() === `SIP/2.0${after}`;
}
