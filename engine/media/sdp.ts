import { randomBytes } from "node:crypto";
import {
  type MediaDirection,
  type MediaLine,
  readDescription,
  type SessionDescription,
  SRTP_SUITE,
} from "./read-sdp.ts";

/**
 * Session descriptions of telephone calls (RFC 8866) and how an offer is answered (RFC 3264): one audio
 * stream of G.711 with telephone events (RFC 4733). Other streams of an offer are declined, not refused.
 *
 * @module
 */

export const SDP_CONTENT_TYPE = "application/sdp";

/** G.711 A-law and µ-law; their static payload types are 8 and 0 (RFC 3551). */
export type AudioCodec = "PCMA" | "PCMU";

const STATIC_TYPES: Readonly<Record<AudioCodec, number>> = { PCMA: 8, PCMU: 0 };
const TELEPHONE_EVENT_TYPE = 101;
const DEFAULT_PTIME = 20;
/** Bytes of key and salt of {@link SRTP_SUITE}. */
const SRTP_KEY_BYTES = 30;
/** Tag of the one key that is offered. */
const OFFERED_TAG = "1";

/**
 * How speech travels: in the clear, or as SRTP with its key in the offer (SDES, RFC 4568). This product
 * does not encrypt: SRTP is agreed on, so that calls get through, but no speech is sent.
 */
export type MediaProfile = "RTP/AVP" | "RTP/SAVP";

/** What this end says of itself. */
export interface LocalMedia {
  /** IP address, IPv6 without brackets. */
  readonly address: string;
  readonly port: number;
  /** Same for the life of a call; `version` grows by one with each change. */
  readonly sessionId: number;
  readonly version: number;
}

/** What both ends agreed on. */
export interface AudioSession {
  readonly codec: AudioCodec;
  readonly payloadType: number;
  /** Payload type of telephone events; `null` = the other end has none. */
  readonly telephoneEventType: number | null;
  readonly ptimeMilliseconds: number;
  /** Where the other end wants its packets. */
  readonly remote: { readonly host: string; readonly port: number };
  /** As this end sees it: `recvonly` = the other end has put us on hold. */
  readonly direction: MediaDirection;
  /** SRTP was agreed on; this product does not encrypt, so nothing is sent. */
  readonly secure: boolean;
}

/** An answer to an offer, or why there can be none (SIP 488). */
export type SdpAnswer =
  | { readonly ok: true; readonly sdp: string; readonly session: AudioSession }
  | { readonly ok: false; readonly why: string };

/**
 * An offer of G.711 with telephone events; the codec named first is preferred. As `RTP/SAVP` it is what
 * Microsoft offers an SBC: one key, RTCP on the port of RTP (documented: Microsoft,
 * direct-routing-protocols-media, "Format for SDES only offer to SBC"), of its codecs those spoken here.
 * Each such offer has a key of its own.
 */
export function createOffer(
  local: LocalMedia,
  profile: MediaProfile = "RTP/AVP",
  codecs: readonly AudioCodec[] = ["PCMA", "PCMU"],
): string {
  const types = codecs.map((codec) => STATIC_TYPES[codec]);
  return [
    ...head(local),
    `m=audio ${local.port} ${profile} ${types.join(" ")} ${TELEPHONE_EVENT_TYPE}`,
    ...(profile === "RTP/SAVP" ? securityOffered(local.port) : []),
    ...codecs.map((codec) => `a=rtpmap:${STATIC_TYPES[codec]} ${codec}/8000`),
    ...telephoneEvent(TELEPHONE_EVENT_TYPE),
    `a=ptime:${DEFAULT_PTIME}`,
    "a=sendrecv",
    "",
  ].join("\r\n");
}

/**
 * Answers an offer: of its codecs the first that is G.711, telephone events where offered, its packet
 * length, the mirror of its direction (hold: `sendonly` → `recvonly`). Every other stream is declined
 * with port 0, as RFC 3264 section 6 asks. Bounded by `sdp-limits.ts`.
 */
export function answerOffer(offer: string, local: LocalMedia): SdpAnswer {
  const description = readDescription(offer);
  if (typeof description === "string") return { ok: false, why: description };
  const audio = description.media.find((line) => line.kind === "audio" && line.port > 0);
  if (audio === undefined) return { ok: false, why: "the offer has no audio stream" };
  const session = sessionOf(description, audio);
  if (typeof session === "string") return { ok: false, why: session };
  const lines = description.media.flatMap((line) =>
    line === audio ? audioLines(session, audio, local) : [declined(line)],
  );
  return { ok: true, sdp: [...head(local), ...lines, ""].join("\r\n"), session };
}

/**
 * Reads the other end's answer to our offer; a text says why it is of no use. So is one of another profile
 * than was offered (RFC 3264 section 6): SRTP is never brought down to speech in the clear.
 */
export function readAnswer(
  answer: string,
  offered: MediaProfile = "RTP/AVP",
): AudioSession | string {
  const description = readDescription(answer);
  if (typeof description === "string") return description;
  const audio = description.media.find((line) => line.kind === "audio");
  if (audio === undefined || audio.port === 0) return "the audio stream was declined";
  if (audio.protocol !== offered) return `${audio.protocol} answers an offer of ${offered}`;
  const session = sessionOf(description, audio);
  const isOtherKey = offered === "RTP/SAVP" && audio.cryptoTag !== OFFERED_TAG;
  return isOtherKey && typeof session !== "string" ? "the answer picks no offered key" : session;
}

function sessionOf(description: SessionDescription, audio: MediaLine): AudioSession | string {
  const secure = audio.protocol === "RTP/SAVP";
  if (!secure && audio.protocol !== "RTP/AVP") return `no way to speak ${audio.protocol}`;
  if (secure && audio.cryptoTag === null) return `SRTP lacks ${SRTP_SUITE}`;
  const host = audio.host ?? description.host;
  if (host === null) return "there is no address (c=) for the audio stream";
  const chosen = audio.formats.find((format) => codecOf(audio, format) !== null);
  const codec = chosen === undefined ? null : codecOf(audio, chosen);
  if (chosen === undefined || codec === null) return "no codec in common: PCMA and PCMU are spoken";
  const event = audio.formats.find((format) =>
    audio.encodings.get(format)?.startsWith("TELEPHONE-EVENT/8000"),
  );
  // WHY: an address of zeros is how ends of RFC 2543 put a call on hold (RFC 3264 section 8.4).
  const held = host === "0.0.0.0";
  const offered = held ? "sendonly" : (audio.direction ?? description.direction ?? "sendrecv");
  return {
    codec,
    payloadType: Number(chosen),
    telephoneEventType: event === undefined ? null : Number(event),
    ptimeMilliseconds: audio.ptime ?? DEFAULT_PTIME,
    remote: { host, port: audio.port },
    direction: mirrored(offered),
    secure,
  };
}

function codecOf(audio: MediaLine, format: string): AudioCodec | null {
  const encoding = audio.encodings.get(format);
  if (encoding === undefined) return format === "8" ? "PCMA" : format === "0" ? "PCMU" : null;
  if (encoding.startsWith("PCMA/8000")) return "PCMA";
  return encoding.startsWith("PCMU/8000") ? "PCMU" : null;
}

function mirrored(direction: MediaDirection): MediaDirection {
  if (direction === "sendonly") return "recvonly";
  return direction === "recvonly" ? "sendonly" : direction;
}

function head({ address, sessionId, version }: LocalMedia): string[] {
  const family = address.includes(":") ? "IP6" : "IP4";
  return [
    "v=0",
    `o=- ${sessionId} ${version} IN ${family} ${address}`,
    "s=-",
    `c=IN ${family} ${address}`,
    "t=0 0",
  ];
}

function audioLines(session: AudioSession, audio: MediaLine, local: LocalMedia): string[] {
  const { codec, payloadType, telephoneEventType, ptimeMilliseconds, direction } = session;
  const events = telephoneEventType === null ? "" : ` ${telephoneEventType}`;
  const lines = [
    `m=audio ${local.port} ${audio.protocol} ${payloadType}${events}`,
    `a=rtpmap:${payloadType} ${codec}/8000`,
  ];
  if (telephoneEventType !== null) lines.push(...telephoneEvent(telephoneEventType));
  if (session.secure) lines.push(`a=crypto:${audio.cryptoTag} ${SRTP_SUITE} inline:${newKey()}`);
  lines.push(`a=ptime:${ptimeMilliseconds}`, `a=${direction}`);
  return lines;
}

/** WHY the lifetime: it is RFC 4568's longest, and stands in each of Microsoft's offers. */
function securityOffered(port: number): string[] {
  return [
    `a=crypto:${OFFERED_TAG} ${SRTP_SUITE} inline:${newKey()}|2^31`,
    `a=rtcp:${port}`,
    "a=rtcp-mux",
  ];
}

function newKey(): string {
  return randomBytes(SRTP_KEY_BYTES).toString("base64");
}

function telephoneEvent(type: number): string[] {
  return [`a=rtpmap:${type} telephone-event/8000`, `a=fmtp:${type} 0-16`];
}

function declined({ kind, protocol, formats }: MediaLine): string {
  return `m=${kind} 0 ${protocol} ${formats[0] ?? "0"}`;
}
