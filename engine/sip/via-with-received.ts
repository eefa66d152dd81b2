import { parameterOf, parametersIn } from "./scan-parameters.ts";
import { scanVia } from "./scan-via.ts";
import type { SipPeer } from "./sip-peer.ts";

/**
 * A top Via value with the address that the request came from: `received` where it is not the one the Via names
 * (RFC 3261 section 18.2.1) or where rport is asked for, and `rport` with its port where it is asked for
 * (RFC 3581 section 4). What the sender wrote into either is not believed. A malformed Via comes back as it is.
 */
export function viaWithReceived(via: string, source: Pick<SipPeer, "host" | "port">): string {
  const parts = scanVia(via);
  if (parts === null) return via;
  const asked = parameterOf(parts.parameters, "rport") !== undefined;
  const sentFrom = parts.host.startsWith("[") ? parts.host.slice(1, -1) : parts.host;
  const elsewhere = sentFrom.toLowerCase() !== source.host.toLowerCase();
  let text = via.slice(0, parts.sentByEnd);
  for (const [name, value] of parametersIn(parts.parameters)) {
    if (name === "received" || name === "rport") continue;
    text += value === null ? `;${name}` : `;${name}=${value}`;
  }
  if (elsewhere || asked) text += `;received=${source.host}`;
  return asked ? `${text};rport=${source.port}` : text;
}

const VIA_LINE = "\r\nVia: ";

/** The same in the text of an answer: its first Via line. */
export function answerWithReceived(answer: string, source: Pick<SipPeer, "host" | "port">): string {
  const line = answer.indexOf(VIA_LINE);
  if (line < 0) return answer;
  const start = line + VIA_LINE.length;
  const end = answer.indexOf("\r\n", start);
  return (
    answer.slice(0, start) + viaWithReceived(answer.slice(start, end), source) + answer.slice(end)
  );
}
