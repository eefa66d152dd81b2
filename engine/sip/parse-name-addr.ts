import { NameAddrHeader } from "sip.js/lib/core/index.js";
import { parseSipUri } from "./parse-sip-uri.ts";
import { scanNameAddr } from "./scan-name-addr.ts";
import { parametersIn } from "./scan-parameters.ts";

const NONE: { [name: string]: string } = {};

/** One value of From, To, Contact, Route and their like, as sip.js knows it. `null` = malformed. O(n). */
export function parseNameAddr(value: string): NameAddrHeader | null {
  const scanned = scanNameAddr(value);
  if (scanned === null) return null;
  const uri = parseSipUri(value.slice(scanned.uriStart, scanned.uriEnd));
  if (uri === null) return null;
  const displayName = value.slice(scanned.displayStart, scanned.displayEnd);
  const header = new NameAddrHeader(uri, displayName, NONE);
  const { parameters } = header;
  for (const [name, parameter] of parametersIn(scanned.parameters)) {
    // The first one counts; one name would change the record itself.
    if (parameters[name] === undefined && name !== "__proto__") parameters[name] = parameter;
  }
  return header;
}
