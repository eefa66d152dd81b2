import {
  ABSOLUTE_URI,
  HOST,
  isDigit,
  PASSWORD,
  readNumber,
  skipClass,
  skipEscaped,
  TELEPHONE,
  TOKEN,
  URI_PARAMETER,
  USER,
} from "./sip-characters.ts";
import { MAX_PARAMETERS } from "./sip-limits.ts";

/** Where the parts of a URI stand in the text. An end equal to its start = the part is not there. */
export interface UriParts {
  /** Lower case: `sip`, `sips`, `tel` or any other. */
  readonly scheme: string;
  /** The user part, a telephone number, or everything after the colon in a foreign scheme. */
  readonly userStart: number;
  readonly userEnd: number;
  /** An IPv6 host with its brackets. */
  readonly hostStart: number;
  readonly hostEnd: number;
  /** -1 = none. */
  readonly port: number;
  /** Of sip and sips: four positions for each, as in a ParameterList. */
  readonly parameters: readonly number[];
  readonly parametersEnd: number;
  /** End of the URI: sip and sips have headers from `parametersEnd` on where it lies behind that. */
  readonly end: number;
}

const MAX_PORT = 65_535;
const NO_SPANS: readonly number[] = [];

/**
 * Finds the parts of the URI that the text is from `start` to `end`: sip, sips (RFC 3261 section 19.1), tel
 * (RFC 3966), or any absolute URI. `null` = it is none of these. O(n).
 */
export function scanUri(text: string, start: number, end: number): UriParts | null {
  const colon = skipClass(text, start, end, TOKEN);
  if (colon === start || colon >= end || text.charCodeAt(colon) !== 58) return null;
  const scheme = schemeOf(text, start, colon);
  if (scheme === "sip" || scheme === "sips") return scanSipUri(text, scheme, colon + 1, end);
  if (scheme === "tel") return scanTelUri(text, colon + 1, end);
  const last = skipEscaped(text, colon + 1, end, ABSOLUTE_URI);
  if (last !== end || last === colon + 1) return null;
  return opaque(scheme, colon + 1, end, end);
}

function schemeOf(text: string, start: number, colon: number): string {
  const isSip =
    colon - start === 3 &&
    text.charCodeAt(start) === 115 &&
    text.charCodeAt(start + 1) === 105 &&
    text.charCodeAt(start + 2) === 112;
  if (isSip) return "sip";
  return text.slice(start, colon).toLowerCase();
}

function opaque(scheme: string, start: number, userEnd: number, end: number): UriParts {
  return {
    scheme,
    userStart: start,
    userEnd,
    hostStart: end,
    hostEnd: end,
    port: -1,
    parameters: NO_SPANS,
    parametersEnd: end,
    end,
  };
}

function scanTelUri(text: string, start: number, end: number): UriParts | null {
  const last = skipEscaped(text, start, end, TELEPHONE);
  if (last !== end || last === start) return null;
  const semicolon = text.indexOf(";", start);
  const numberEnd = semicolon < 0 || semicolon > end ? end : semicolon;
  return numberEnd === start ? null : opaque("tel", start, numberEnd, end);
}

function scanSipUri(text: string, scheme: string, start: number, end: number): UriParts | null {
  const userEnd = endOfUser(text, start, end);
  if (userEnd === -2) return null;
  const hostStart = userEnd < 0 ? start : text.indexOf("@", userEnd) + 1;
  const hostEnd = endOfHost(text, hostStart, end);
  if (hostEnd <= hostStart) return null;
  let at = hostEnd;
  let port = -1;
  if (at < end && text.charCodeAt(at) === 58) {
    const digits = at + 1;
    at = digits;
    while (at < end && isDigit(text.charCodeAt(at))) at++;
    port = readNumber(text, digits, at, MAX_PORT);
    if (port < 0) return null;
  }
  const parameters =
    at < end && text.charCodeAt(at) === 59 ? scanUriParameters(text, at, end) : NO_SPANS;
  if (parameters === null) return null;
  const parametersEnd = endOfLast(parameters, at);
  if (parametersEnd < end && !areUriHeaders(text, parametersEnd, end)) return null;
  return {
    scheme,
    userStart: start,
    userEnd: Math.max(userEnd, start),
    hostStart,
    hostEnd,
    port,
    parameters,
    parametersEnd,
    end,
  };
}

/** Where the user part ends (its password, if any, and `@` follow); -1 = there is none, -2 = malformed. */
function endOfUser(text: string, start: number, end: number): number {
  const userEnd = skipEscaped(text, start, end, USER);
  let at = userEnd;
  if (at < end && text.charCodeAt(at) === 58) at = skipEscaped(text, at + 1, end, PASSWORD);
  if (at < end && text.charCodeAt(at) === 64) return userEnd > start ? userEnd : -2;
  return -1;
}

/** End of a host name, IPv4 address or `[IPv6 address]`; -1 = there is none. */
export function endOfHost(text: string, start: number, end: number): number {
  if (text.charCodeAt(start) !== 91) return skipClass(text, start, end, HOST);
  const bracket = text.indexOf("]", start);
  if (bracket < 0 || bracket >= end || bracket - start < 3) return -1;
  for (let i = start + 1; i < bracket; i++) {
    const code = text.charCodeAt(i);
    const hex = (code | 32) >= 97 && (code | 32) <= 102;
    if (!hex && !isDigit(code) && code !== 58 && code !== 46) return -1;
  }
  return bracket + 1;
}

/** `;name=value;name` without any blank; `null` = malformed. */
function scanUriParameters(text: string, start: number, end: number): number[] | null {
  const spans: number[] = [];
  let at = start;
  while (at < end && text.charCodeAt(at) === 59) {
    const nameEnd = skipEscaped(text, at + 1, end, URI_PARAMETER);
    if (nameEnd === at + 1 || spans.length >= 4 * MAX_PARAMETERS) return null;
    let valueStart = -1;
    let valueEnd = -1;
    if (nameEnd < end && text.charCodeAt(nameEnd) === 61) {
      valueStart = nameEnd + 1;
      valueEnd = skipEscaped(text, valueStart, end, URI_PARAMETER);
      if (valueEnd === valueStart) return null;
    }
    spans.push(at + 1, nameEnd, valueStart, valueEnd);
    at = Math.max(nameEnd, valueEnd);
  }
  return spans;
}

function endOfLast(spans: readonly number[], start: number): number {
  const last = spans.length - 4;
  return last < 0 ? start : Math.max(spans[last + 1] ?? 0, spans[last + 3] ?? 0);
}

/** `?name=value&name=value`: only its shape, nobody of us acts on it. */
function areUriHeaders(text: string, start: number, end: number): boolean {
  if (text.charCodeAt(start) !== 63 || start + 1 >= end) return false;
  return skipEscaped(text, start + 1, end, ABSOLUTE_URI) === end;
}
