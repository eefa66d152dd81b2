import type { ReceivedHeaders } from "./received-headers.ts";
import type { NameAddr } from "./scan-name-addr.ts";
import { parameterOf } from "./scan-parameters.ts";
import { branchOf, scanVia, type ViaParts } from "./scan-via.ts";
import { isBlank, readNumber, skipBlank, skipClass, TOKEN } from "./sip-characters.ts";
import { CALL_ID, CSEQ, FROM, type HeaderName, TO, VIA } from "./sip-header-names.ts";
import { MAX_CSEQ } from "./sip-limits.ts";
import { nextComma } from "./split-header-values.ts";

/** What every message must say. */
export interface MandatoryHeaders {
  readonly via: ViaParts;
  /** `undefined` = none, as in RFC 2543. */
  readonly branch: string | undefined;
  readonly callId: string;
  readonly cseq: number;
  /** Of the CSeq. */
  readonly method: string;
  readonly fromTag: string | undefined;
  readonly toTag: string | undefined;
}

/** Reads the headers that every message must have once. A sentence = what is wrong with them. O(n). */
export function readMandatoryHeaders(headers: ReceivedHeaders): MandatoryHeaders | string {
  const callId = headers.first(CALL_ID) ?? "";
  if (callId === "") return "No Call-ID header";
  if (skipVisible(callId) !== callId.length) return "Malformed Call-ID header";
  const cseq = readCseq(headers);
  if (typeof cseq === "string") return cseq;
  const from = scanFirst(headers, FROM);
  if (typeof from === "string") return from;
  const to = scanFirst(headers, TO);
  if (typeof to === "string") return to;
  const via = scanTopVia(headers);
  if (typeof via === "string") return via;
  return {
    via,
    branch: branchOf(via),
    callId,
    cseq: cseq.number,
    method: cseq.method,
    fromTag: parameterOf(from.parameters, "tag") ?? undefined,
    toTag: parameterOf(to.parameters, "tag") ?? undefined,
  };
}

function scanFirst(headers: ReceivedHeaders, name: HeaderName): NameAddr | string {
  const line = headers.lineOf(name);
  if (line < 0) return `No ${name.name} header`;
  return headers.addressAt(line) ?? `Malformed ${name.name} header`;
}

function scanTopVia(headers: ReceivedHeaders): ViaParts | string {
  const { text, starts, ends } = headers.lines;
  const line = headers.lineOf(VIA);
  if (line < 0) return "No Via header";
  const start = starts[line] ?? 0;
  const end = ends[line] ?? 0;
  return scanVia(text, start, nextComma(text, start, end)) ?? "Malformed Via header";
}

function readCseq(headers: ReceivedHeaders): { number: number; method: string } | string {
  const { text, starts, ends } = headers.lines;
  const line = headers.lineOf(CSEQ);
  if (line < 0) return "No CSeq header";
  const start = starts[line] ?? 0;
  const end = ends[line] ?? 0;
  let digitsEnd = start;
  while (digitsEnd < end && !isBlank(text.charCodeAt(digitsEnd))) digitsEnd++;
  const number = readNumber(text, start, digitsEnd, MAX_CSEQ);
  const methodStart = skipBlank(text, digitsEnd, end);
  const methodEnd = skipClass(text, methodStart, end, TOKEN);
  if (number < 0 || methodEnd === methodStart || methodEnd !== end) return "Malformed CSeq header";
  return { number, method: text.slice(methodStart, methodEnd) };
}

/** First position that is a blank or a control character. */
function skipVisible(text: string): number {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) > 32) i++;
  return i;
}
