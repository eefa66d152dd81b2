import type { ReceivedHeaders } from "./received-headers.ts";
import { scanReadableNameAddr } from "./scan-name-addr.ts";
import { parameterOf } from "./scan-parameters.ts";
import { branchOf, scanVia, type ViaParts } from "./scan-via.ts";
import { isBlank, readNumber, skipBlank, skipClass, TOKEN } from "./sip-characters.ts";
import { CALL_ID, CSEQ, FROM, type HeaderName, TO, VIA } from "./sip-header-names.ts";
import { MAX_CSEQ } from "./sip-limits.ts";

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

/** Reads the headers that every message must have once. A sentence = what is wrong with them. */
export function readMandatoryHeaders(headers: ReceivedHeaders): MandatoryHeaders | string {
  const repeated = headers.repeated();
  if (repeated !== null) return `More than one ${repeated.name} header`;
  const callId = headers.first(CALL_ID);
  if (callId === undefined || callId === "") return "No Call-ID header";
  if (skipVisible(callId) !== callId.length) return "Malformed Call-ID header";
  const cseq = readCseq(headers.first(CSEQ));
  if (typeof cseq === "string") return cseq;
  const fromTag = tagIn(headers, FROM);
  if (fromTag === null) return missingOrMalformed(headers, FROM);
  const toTag = tagIn(headers, TO);
  if (toTag === null) return missingOrMalformed(headers, TO);
  const topVia = headers.first(VIA);
  const via = topVia === undefined ? null : scanVia(topVia);
  if (via === null) return missingOrMalformed(headers, VIA);
  return {
    via,
    branch: branchOf(via),
    callId,
    cseq: cseq.number,
    method: cseq.method,
    fromTag: fromTag.tag,
    toTag: toTag.tag,
  };
}

function missingOrMalformed(headers: ReceivedHeaders, name: HeaderName): string {
  return headers.has(name) ? `Malformed ${name.name} header` : `No ${name.name} header`;
}

/** The tag of From or To; `null` = the header is missing or malformed. */
function tagIn(headers: ReceivedHeaders, name: HeaderName): { tag: string | undefined } | null {
  const value = headers.first(name);
  const scanned = value === undefined ? null : scanReadableNameAddr(value);
  if (scanned === null) return null;
  return { tag: parameterOf(scanned.parameters, "tag") ?? undefined };
}

function readCseq(value: string | undefined): { number: number; method: string } | string {
  if (value === undefined) return "No CSeq header";
  const end = value.length;
  let digitsEnd = 0;
  while (digitsEnd < end && !isBlank(value.charCodeAt(digitsEnd))) digitsEnd++;
  const number = readNumber(value, 0, digitsEnd, MAX_CSEQ);
  const methodStart = skipBlank(value, digitsEnd, end);
  const methodEnd = skipClass(value, methodStart, end, TOKEN);
  if (number < 0 || methodEnd === methodStart || methodEnd !== end) return "Malformed CSeq header";
  return { number, method: value.slice(methodStart) };
}

/** First position that is a blank or a control character. */
function skipVisible(text: string): number {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) > 32) i++;
  return i;
}
