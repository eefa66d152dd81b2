import { unescapeUser } from "./parse-sip-uri.ts";
import { type ParameterList, scanParameters } from "./scan-parameters.ts";
import { scanUri, type UriParts } from "./scan-uri.ts";
import { skipBlank, skipQuoted, trimBlankEnd } from "./sip-characters.ts";

/** A `name-addr` or `addr-spec` with the parameters behind it, as From, To, Contact and others hold it. */
export interface NameAddr {
  /** Without quotes, escapes as they stand; `""` = none. */
  readonly displayName: string;
  readonly uri: string;
  readonly uriParts: UriParts;
  /** Those of the header, not of the URI. */
  readonly parameters: ParameterList;
}

/**
 * Reads one value: `"Display" <URI>;parameters`, `Display <URI>;parameters` or `URI;parameters`. Without
 * angle brackets all parameters belong to the header (RFC 3261 section 20). A display name without quotes may
 * hold anything but quotes and brackets: real ones have dots and commas that the grammar does not allow.
 * `null` = malformed. O(n).
 */
export function scanNameAddr(value: string): NameAddr | null {
  const end = value.length;
  const start = skipBlank(value, 0, end);
  let open = start;
  let displayName = "";
  if (value.charCodeAt(start) === 34) {
    const quoteEnd = skipQuoted(value, start, end);
    if (quoteEnd < 0) return null;
    displayName = value.slice(start + 1, quoteEnd - 1);
    open = skipBlank(value, quoteEnd, end);
    if (value.charCodeAt(open) !== 60) return null;
  } else if (value.charCodeAt(start) !== 60) {
    open = value.indexOf("<", start);
    if (open < 0) return scanAddrSpec(value, start, end);
    displayName = value.slice(start, trimBlankEnd(value, start, open));
    if (displayName.includes('"') || displayName.includes(">")) {
      // A quote or bracket before the "<": a parameter value after a bare URI may hold one.
      return scanAddrSpec(value, start, end);
    }
    if (displayName.includes(";")) return scanAddrSpec(value, start, end);
  }
  const close = value.indexOf(">", open);
  if (close < 0) return null;
  return build(value, displayName, open + 1, close, close + 1);
}

/** The same; also `null` where the escapes of the user part are not UTF-8, which nobody could read later. */
export function scanReadableNameAddr(value: string): NameAddr | null {
  const scanned = scanNameAddr(value);
  if (scanned === null || !scanned.uri.includes("%")) return scanned;
  const { uri, uriParts } = scanned;
  return unescapeUser(uri.slice(uriParts.userStart, uriParts.userEnd)) === null ? null : scanned;
}

function scanAddrSpec(value: string, start: number, end: number): NameAddr | null {
  const semicolon = value.indexOf(";", start);
  const uriEnd = trimBlankEnd(value, start, semicolon < 0 ? end : semicolon);
  // A comma or question mark needs the brackets (RFC 3261 section 20).
  for (let i = start; i < uriEnd; i++) {
    const code = value.charCodeAt(i);
    if (code === 44 || code === 63) return null;
  }
  return build(value, "", start, uriEnd, semicolon < 0 ? end : semicolon);
}

function build(
  value: string,
  displayName: string,
  uriStart: number,
  uriEnd: number,
  parametersStart: number,
): NameAddr | null {
  const uri = value.slice(uriStart, uriEnd);
  const uriParts = scanUri(uri, 0, uri.length);
  if (uriParts === null) return null;
  const parameters = scanParameters(value, parametersStart, value.length);
  return parameters === null ? null : { displayName, uri, uriParts, parameters };
}
