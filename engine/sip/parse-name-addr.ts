import { NameAddrHeader } from "sip.js/lib/core/index.js";
import { ReceivedUri } from "./parse-sip-uri.ts";
import { type NameAddr, scanNameAddr } from "./scan-name-addr.ts";
import { fillParameters } from "./scan-parameters.ts";

const NONE: { [name: string]: string } = {};

/** One value of From, To, Contact, Route and their like, as sip.js knows it. `null` = malformed. O(n). */
export function parseNameAddr(value: string): NameAddrHeader | null {
  const scanned = scanNameAddr(value);
  return scanned === null ? null : nameAddrHeader(scanned);
}

/** The same of a value that has been scanned. */
export function nameAddrHeader(scanned: NameAddr): NameAddrHeader {
  const { text, displayStart, displayEnd, uriStart } = scanned;
  const uri = new ReceivedUri(text, uriStart, scanned.uri);
  const header = new NameAddrHeader(uri, text.slice(displayStart, displayEnd), NONE);
  fillParameters(header.parameters, scanned.parameters);
  return header;
}
