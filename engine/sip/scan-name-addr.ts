import { type ParameterList, scanParameters } from "./scan-parameters.ts";
import { scanUri, type UriParts } from "./scan-uri.ts";
import { skipBlank, skipQuoted, trimBlankEnd } from "./sip-characters.ts";

/** Where the parts of a `name-addr` or `addr-spec` stand, as From, To, Contact and others hold it. */
export interface NameAddr {
  readonly text: string;
  /** Without quotes, escapes as they stand; an end equal to its start = none. */
  readonly displayStart: number;
  readonly displayEnd: number;
  readonly uriStart: number;
  readonly uriEnd: number;
  readonly uri: UriParts;
  /** Those of the header, not of the URI. */
  readonly parameters: ParameterList;
}

/**
 * Finds the parts of one value: `"Display" <URI>;parameters`, `Display <URI>;parameters` or `URI;parameters`.
 * Without angle brackets all parameters belong to the header (RFC 3261 section 20). A display name without
 * quotes may hold anything but quotes, brackets and semicolons: real ones have dots and commas that the
 * grammar does not allow. `null` = malformed. O(n).
 */
export function scanNameAddr(text: string, from = 0, end = text.length): NameAddr | null {
  const start = skipBlank(text, from, end);
  const first = text.charCodeAt(start);
  if (start >= end) return null;
  if (first === 60) return scanBracketed(text, start, start, start, end);
  if (first === 34) {
    const quoteEnd = skipQuoted(text, start, end);
    if (quoteEnd < 0) return null;
    const open = skipBlank(text, quoteEnd, end);
    return scanBracketed(text, start + 1, quoteEnd - 1, open, end);
  }
  const special = firstSpecial(text, start, end);
  if (special < end && text.charCodeAt(special) === 60) {
    return scanBracketed(text, start, trimBlankEnd(text, start, special), special, end);
  }
  return scanAddrSpec(text, start, end);
}

/** The first quote, bracket or semicolon. */
function firstSpecial(text: string, start: number, end: number): number {
  let i = start;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 60 || code === 62 || code === 34 || code === 59) break;
  }
  return i;
}

function scanBracketed(
  text: string,
  displayStart: number,
  displayEnd: number,
  open: number,
  end: number,
): NameAddr | null {
  if (open >= end || text.charCodeAt(open) !== 60) return null;
  const close = text.indexOf(">", open);
  if (close < 0 || close >= end) return null;
  return build(text, displayStart, displayEnd, open + 1, close, close + 1, end);
}

function scanAddrSpec(text: string, start: number, end: number): NameAddr | null {
  let semicolon = start;
  for (; semicolon < end; semicolon++) {
    const code = text.charCodeAt(semicolon);
    if (code === 59) break;
    // A comma or question mark needs the brackets (RFC 3261 section 20).
    if (code === 44 || code === 63) return null;
  }
  return build(text, start, start, start, trimBlankEnd(text, start, semicolon), semicolon, end);
}

function build(
  text: string,
  displayStart: number,
  displayEnd: number,
  uriStart: number,
  uriEnd: number,
  parametersStart: number,
  end: number,
): NameAddr | null {
  const uri = scanUri(text, uriStart, uriEnd);
  if (uri === null) return null;
  const parameters = scanParameters(text, parametersStart, end);
  if (parameters === null) return null;
  return { text, displayStart, displayEnd, uriStart, uriEnd, uri, parameters };
}
