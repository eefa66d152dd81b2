import { URI } from "sip.js/lib/core/index.js";
import { fillParameters } from "./scan-parameters.ts";
import { scanUri, type UriParts } from "./scan-uri.ts";
import { MAX_PARAMETERS } from "./sip-limits.ts";

/**
 * A URI of a received message. Parts as sip.js names them; written back letter by letter as it was read,
 * because sip.js escapes anew when it writes (`;tgrp=` in the user part becomes `%3Btgrp=`) and throws on
 * a user part that holds an escaped percent sign.
 */
export class ReceivedUri extends URI {
  readonly text: string;

  /** `parts` are those of the URI that stands in `source` from `start` on. */
  constructor(source: string, start: number, parts: UriParts) {
    const { scheme, userStart, userEnd, hostStart, hostEnd, port, parametersEnd, end } = parts;
    const user = userEnd > userStart ? unescapeUser(source.slice(userStart, userEnd)) : undefined;
    const host = hostEnd > hostStart ? source.slice(hostStart, hostEnd) : NO_HOST;
    // sip.js says `string` where it takes `undefined` for a URI without user part.
    super(scheme, user as string, host, port < 0 ? undefined : port);
    this.text = source.slice(start, end);
    // Past sip.js's own loop over parameters, which asks of every name whether it is inherited.
    if (parts.parameters.length > 0) addParameters(this.parameters, source, parts.parameters);
    if (end > parametersEnd) addHeaders(this, source.slice(parametersEnd + 1, end));
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

/**
 * Reads a sip, sips, tel or other absolute URI. `user` is unescaped and without password; the number of a
 * tel URI, and everything after the colon of a foreign scheme, are its `user`. `null` = it is no URI. O(n).
 */
export function parseSipUri(text: string): ReceivedUri | null {
  const parts = scanUri(text, 0, text.length);
  return parts === null ? null : new ReceivedUri(text, 0, parts);
}

/** Without escapes; as it stands where these are not UTF-8. */
function unescapeUser(user: string): string {
  if (!user.includes("%")) return user;
  try {
    return decodeURIComponent(user);
  } catch {
    return user;
  }
}

function addParameters(
  record: { [name: string]: string | null },
  text: string,
  spans: readonly number[],
): void {
  fillParameters(record, { text, spans });
  // These compare without regard to case (RFC 3261 section 19.1.4), and are read by us.
  if (record["transport"] != null) record["transport"] = record["transport"].toLowerCase();
  if (record["user"] != null) record["user"] = record["user"].toLowerCase();
}

function addHeaders(uri: URI, headers: string): void {
  for (const header of headers.split("&").slice(0, MAX_PARAMETERS)) {
    const equals = header.indexOf("=");
    const name = equals < 0 ? header : header.slice(0, equals);
    if (name === "" || name.toLowerCase() === "__proto__") continue;
    uri.setHeader(name, [...(uri.getHeader(name) ?? []), header.slice(name.length + 1)]);
  }
}
