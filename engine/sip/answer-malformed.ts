import type { ReceivedHeaders } from "./received-headers.ts";
import { scanNameAddr } from "./scan-name-addr.ts";
import { parameterOf } from "./scan-parameters.ts";
import { CALL_ID, CSEQ, FROM, TO, VIA } from "./sip-header-names.ts";
import type { SipHeaders } from "./sip-message.ts";

/** A status to refuse a request with. */
export interface Refusal {
  readonly status: number;
  readonly phrase: string;
  /** Headers that the status asks for. */
  readonly headers: SipHeaders;
}

/**
 * The whole text of the response that refuses a request, from as much of it as could be read: all of its Via
 * values, From, To with a tag, Call-ID and CSeq as they stand (RFC 3261 section 8.2.6.2), those it lacks left
 * out. The same request gets the same tag, so repeats get the same answer (section 8.2.7). `null` = an ACK, or no
 * Via: nothing may or can be answered.
 */
export function answerMalformed(
  method: string,
  headers: ReceivedHeaders,
  { status, phrase, headers: added }: Refusal,
): string | null {
  const vias = headers.all(VIA);
  if (method === "ACK" || vias.length === 0) return null;
  const lines = [`SIP/2.0 ${status} ${phrase}`];
  for (const { raw } of vias) lines.push(`Via: ${printable(raw)}`);
  const from = headers.first(FROM);
  if (from !== undefined) lines.push(`From: ${printable(from)}`);
  const to = headers.first(TO);
  if (to !== undefined) lines.push(`To: ${withTag(printable(to), vias[0]?.raw ?? "", headers)}`);
  const callId = headers.first(CALL_ID);
  if (callId !== undefined) lines.push(`Call-ID: ${printable(callId)}`);
  const cseq = headers.first(CSEQ);
  if (cseq !== undefined) lines.push(`CSeq: ${printable(cseq)}`);
  for (const [name, value] of added) lines.push(`${name}: ${value}`);
  lines.push("Content-Length: 0", "", "");
  return lines.join("\r\n");
}

function withTag(to: string, via: string, headers: ReceivedHeaders): string {
  const scanned = scanNameAddr(to);
  const tag = scanned === null ? undefined : parameterOf(scanned.parameters, "tag");
  if (tag != null || (scanned === null && to.includes("tag="))) return to;
  return `${to};tag=${tagFor(`${via} ${headers.first(CALL_ID) ?? ""} ${headers.first(CSEQ) ?? ""}`)}`;
}

/** The same tag for the same text (FNV-1a, 32 bits). */
function tagFor(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `m${(hash >>> 0).toString(16)}`;
}

/** Stray control characters are not sent back: they could be read as the end of a line. */
function printable(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to replace
  return value.replace(/[\0-\x08\x0a-\x1f\x7f]/g, " ");
}
