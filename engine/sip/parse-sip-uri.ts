import { URI } from "sip.js/lib/core/index.js";
import { scanUri, type UriParts } from "./scan-uri.ts";
import { MAX_PARAMETERS } from "./sip-limits.ts";

/**
 * A URI of a received message. Parts as sip.js names them; written back letter by letter as it was read,
 * because sip.js escapes anew when it writes (`;tgrp=` in the user part becomes `%3Btgrp=`) and throws on
 * a user part that holds an escaped percent sign.
 */
export class ReceivedUri extends URI {
  readonly text: string;

  constructor(text: string, scheme: string, user: string, host: string, parts: UriParts) {
    // sip.js says `string` where it takes `undefined` for a URI without user part.
    const given = (parts.userEnd > parts.userStart ? user : undefined) as string;
    const port = parts.port < 0 ? undefined : parts.port;
    super(scheme, given, host, port, uriParameters(text, parts), uriHeaders(text, parts));
    this.text = text;
  }

  override toString(): string {
    return this.text;
  }

  override toRaw(): string {
    return this.text;
  }

  override clone(): URI {
    return parseSipUri(this.text) ?? this;
  }
}

/** Stands where sip.js wants a host and the URI has none (tel, and foreign schemes). Never resolvable. */
export const NO_HOST = "no-host.invalid";

/** Parameters whose values compare without regard to case (RFC 3261 section 19.1.4) and are read by us. */
const FOLDED_PARAMETERS = new Set(["transport", "user", "method"]);

/**
 * Reads a sip, sips, tel or other absolute URI. `user` is unescaped and without password; the number of a
 * tel URI, and everything after the colon of a foreign scheme, are its `user`. `null` = it is no URI, or its
 * escapes are not UTF-8. O(n).
 */
export function parseSipUri(text: string): ReceivedUri | null {
  const parts = scanUri(text, 0, text.length);
  return parts === null ? null : uriOfParts(text, parts);
}

/** The URI whose parts have been found in the text. `null` = the escapes of its user part are not UTF-8. */
export function uriOfParts(text: string, parts: UriParts): ReceivedUri | null {
  const user = unescapeUser(text.slice(parts.userStart, parts.userEnd));
  if (user === null) return null;
  const host = text.slice(parts.hostStart, parts.hostEnd);
  return new ReceivedUri(text, parts.scheme, user, host === "" ? NO_HOST : host, parts);
}

/** Without escapes; `null` = what they stand for is not UTF-8. */
export function unescapeUser(user: string): string | null {
  if (!user.includes("%")) return user;
  try {
    return decodeURIComponent(user);
  } catch {
    return null;
  }
}

function uriParameters(text: string, parts: UriParts): { [name: string]: string | null } {
  const record: { [name: string]: string | null } = {};
  if (parts.parametersEnd <= parts.parametersStart) return record;
  for (const parameter of text.slice(parts.parametersStart + 1, parts.parametersEnd).split(";")) {
    const equals = parameter.indexOf("=");
    const name = (equals < 0 ? parameter : parameter.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? null : parameter.slice(equals + 1);
    if (name === "__proto__") continue;
    record[name] = FOLDED_PARAMETERS.has(name) ? (value?.toLowerCase() ?? null) : value;
  }
  return record;
}

function uriHeaders(text: string, parts: UriParts): { [name: string]: string[] } {
  const record: { [name: string]: string[] } = {};
  if (parts.headersEnd <= parts.parametersEnd) return record;
  const headers = text.slice(parts.parametersEnd + 1, parts.headersEnd).split("&");
  for (const header of headers.slice(0, MAX_PARAMETERS)) {
    const equals = header.indexOf("=");
    const name = equals < 0 ? header : header.slice(0, equals);
    if (name === "" || name.toLowerCase() === "__proto__") continue;
    record[name] = [...(record[name] ?? []), equals < 0 ? "" : header.slice(equals + 1)];
  }
  return record;
}
