import { MAX_MEDIA_LINES, MAX_SDP_CHARS } from "./sdp-limits.ts";

/**
 * Reads session descriptions (RFC 8866): only what a telephone call needs of them.
 *
 * @module
 */

/** Longest packet that is agreed to, in milliseconds. */
const MAX_PTIME = 60;

/** The one SRTP suite offered and accepted (RFC 4568). */
export const SRTP_SUITE = "AES_CM_128_HMAC_SHA1_80";

export type MediaDirection = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** One `m=` line with what belongs to it. */
export interface MediaLine {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** Encoding name in capitals with its clock rate, `PCMA/8000`, by payload type. */
  readonly encodings: Map<string, string>;
  host: string | null;
  direction: MediaDirection | null;
  ptime: number | null;
  cryptoTag: string | null;
}

export interface SessionDescription {
  readonly host: string | null;
  readonly direction: MediaDirection | null;
  readonly media: readonly MediaLine[];
}

/** What a description says, or why it cannot be read. Lines that mean nothing here are passed over. */
export function readDescription(text: string): SessionDescription | string {
  if (text.length > MAX_SDP_CHARS) {
    return `the description has more than ${MAX_SDP_CHARS} characters`;
  }
  if (!/^v=0\r?\n/.test(text)) return "the description does not begin with v=0";
  const [session = "", ...streams] = text.split(/\r?\n(?=m=)/);
  if (streams.length > MAX_MEDIA_LINES) return `more than ${MAX_MEDIA_LINES} streams`;
  const media: MediaLine[] = [];
  for (const stream of streams) {
    const line = readStream(stream);
    if (line === null) return "an m= line cannot be read";
    media.push(line);
  }
  let host: string | null = null;
  let direction: MediaDirection | null = null;
  for (const line of session.split(/\r?\n/)) {
    host ??= hostOf(line);
    direction = directionOf(line) ?? direction;
  }
  return { host, direction, media };
}

function readStream(text: string): MediaLine | null {
  const [first = "", ...lines] = text.split(/\r?\n/);
  const media = readMediaLine(first);
  if (media !== null) for (const line of lines) readAttribute(line, media);
  return media;
}

function readMediaLine(line: string): MediaLine | null {
  const read = /^m=([a-z]{1,20}) (\d{1,5})(?:\/\d{1,5})? ([A-Z0-9/]{1,40}) (.{1,400})$/i.exec(line);
  const port = Number(read?.[2]);
  if (read === null || port > 65_535) return null;
  return {
    kind: (read[1] ?? "").toLowerCase(),
    port,
    protocol: (read[3] ?? "").toUpperCase(),
    formats: (read[4] ?? "").trim().split(/\s+/),
    encodings: new Map(),
    host: null,
    direction: null,
    ptime: null,
    cryptoTag: null,
  };
}

function readAttribute(line: string, media: MediaLine): void {
  const encoding = /^a=rtpmap:(\d{1,3}) ([^\s]{1,60})/.exec(line);
  if (encoding !== null) {
    media.encodings.set(encoding[1] ?? "", (encoding[2] ?? "").toUpperCase());
    return;
  }
  const ptime = Number(/^a=ptime:(\d{1,3})$/.exec(line)?.[1] ?? 0);
  if (ptime > 0) media.ptime = Math.min(MAX_PTIME, Math.max(10, ptime));
  const crypto = new RegExp(`^a=crypto:(\\d{1,9}) ${SRTP_SUITE} `, "i").exec(line);
  if (crypto !== null) media.cryptoTag ??= crypto[1] ?? null;
  media.host ??= hostOf(line);
  media.direction = directionOf(line) ?? media.direction;
}

function directionOf(line: string): MediaDirection | null {
  const word = /^a=(sendrecv|sendonly|recvonly|inactive)$/.exec(line)?.[1];
  return (word as MediaDirection | undefined) ?? null;
}

function hostOf(line: string): string | null {
  return /^c=IN IP[46] ([0-9A-Za-z.:-]{1,255})/.exec(line)?.[1] ?? null;
}
