import { NameAddrHeader } from "sip.js/lib/core/index.js";
import { uriOfParts } from "./parse-sip-uri.ts";
import { type NameAddr, scanNameAddr } from "./scan-name-addr.ts";
import { parameterRecord } from "./scan-parameters.ts";

/** One value of From, To, Contact, Route and their like, as sip.js knows it. `null` = malformed. O(n). */
export function parseNameAddr(value: string): NameAddrHeader | null {
  const scanned = scanNameAddr(value);
  return scanned === null ? null : nameAddrHeader(scanned);
}

/** The same from a value that has been scanned. `null` = the escapes of its user part are not UTF-8. */
export function nameAddrHeader(scanned: NameAddr): NameAddrHeader | null {
  const uri = uriOfParts(scanned.uri, scanned.uriParts);
  if (uri === null) return null;
  return new NameAddrHeader(uri, scanned.displayName, parameterRecord(scanned.parameters));
}
