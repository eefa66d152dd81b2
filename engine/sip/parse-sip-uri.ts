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

  /** `user` without its escapes, `null` = none; the parts are those of the text. */
  constructor(text: string, user: string | null, host: string, parts: UriParts) {
    // sip.js says `string` where it takes `undefined` for a URI without user part.
    const given = (user ?? undefined) as string;
    super(parts.scheme, given, host, parts.port < 0 ? undefined : parts.port);
    this.text = text;
    // Past sip.js's own loop, which asks of every name whether it is inherited.
    if (parts.parametersEnd > parts.parametersStart) addParameters(this.parameters, text, parts);
    if (parts.end > parts.parametersEnd) addHeaders(this, text.slice(parts.parametersEnd + 1));
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
const FOLDED_PARAMETERS = new Set(["transport", "user"]);

/**
 * Reads a sip, sips, tel or other absolute URI. `user` is unescaped and without password; the number of a
 * tel URI, and everything after the colon of a foreign scheme, are its `user`. `null` = it is no URI, or its
 * escapes are not UTF-8. O(n).
 */
export function parseSipUri(text: string): ReceivedUri | null {
  const parts = scanUri(text, 0, text.length);
  if (parts === null) return null;
  const { userStart, userEnd, hostStart, hostEnd } = parts;
  const user = userEnd > userStart ? unescapeUser(text.slice(userStart, userEnd)) : null;
  if (user === null && userEnd > userStart) return null;
  const host = hostEnd > hostStart ? text.slice(hostStart, hostEnd) : NO_HOST;
  return new ReceivedUri(text, user, host, parts);
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

function addParameters(
  record: { [name: string]: string | null },
  text: string,
  { parametersStart, parametersEnd }: UriParts,
): void {
  let at = parametersStart + 1;
  while (at <= parametersEnd) {
    const semicolon = text.indexOf(";", at);
    const end = semicolon < 0 || semicolon > parametersEnd ? parametersEnd : semicolon;
    const parameter = text.slice(at, end);
    const equals = parameter.indexOf("=");
    const name = (equals < 0 ? parameter : parameter.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? null : parameter.slice(equals + 1);
    // One name would change the record itself.
    if (name !== "__proto__") {
      record[name] = FOLDED_PARAMETERS.has(name) ? (value?.toLowerCase() ?? null) : value;
    }
    at = end + 1;
  }
}

function addHeaders(uri: URI, headers: string): void {
  for (const header of headers.split("&").slice(0, MAX_PARAMETERS)) {
    const equals = header.indexOf("=");
    const name = equals < 0 ? header : header.slice(0, equals);
    if (name === "" || name.toLowerCase() === "__proto__") continue;
    uri.setHeader(name, [...(uri.getHeader(name) ?? []), header.slice(name.length + 1)]);
  }
}
