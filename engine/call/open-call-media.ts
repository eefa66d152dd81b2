import { isIP } from "node:net";
import { openRtpSession, type RtpRemote, type RtpSession } from "../media/rtp-session.ts";
import {
  type AudioSession,
  answerOffer,
  createOffer,
  type LocalMedia,
  type MediaProfile,
  readAnswer,
} from "../media/sdp.ts";
import type { CallQuality } from "../model/call-detail-record.ts";
import { localHostFor } from "../sip/local-address.ts";
import type { CallMedia } from "./switchboard.ts";

/** The discard port: who sends there is heard by nobody. */
const DISCARD_PORT = 9;
const G711_TYPES = { PCMU: 0, PCMA: 8 } as const;

export interface MediaOptions {
  /** Hosts of the addresses that our end listens on. */
  readonly listened: readonly string[];
  /** Calls with speech at one time; the others offer G.711 all the same, but nothing is sent or read. */
  readonly maxStreams: number;
}

/** Opens the media of one call towards a host; at once where it is to have no speech. */
export type MediaOpener = (peerHost: string) => CallMedia | Promise<CallMedia>;

/** Media for calls, as long as there are streams left. */
export function mediaOpener({ listened, maxStreams }: MediaOptions): MediaOpener {
  let opened = 0;
  let sessionId = 0;
  const withSpeech = async (address: string, id: number): Promise<CallMedia> => {
    const session = await openRtpSession({
      host: address,
      sound: "tone",
      random: Math.random,
      mostStreams: maxStreams,
    });
    return new G711Media(address, id, session, () => opened--);
  };
  return (peerHost) => {
    const address = localHostFor(listenedFor(listened, peerHost), peerHost);
    const id = ++sessionId;
    if (opened >= maxStreams) return new G711Media(address, id, null, () => {});
    opened++;
    return withSpeech(address, id);
  };
}

/** The listened host of the peer's family, else the first. */
function listenedFor(listened: readonly string[], peerHost: string): string {
  const family = isIP(peerHost);
  return listened.find((host) => isIP(host) === family) ?? listened[0] ?? "127.0.0.1";
}

class G711Media implements CallMedia {
  readonly #local: LocalMedia;
  readonly #session: RtpSession | null;
  readonly #onStop: () => void;
  #profile: MediaProfile = "RTP/AVP";
  #offered = "";
  #version = 1;
  #isStopped = false;

  constructor(address: string, sessionId: number, session: RtpSession | null, onStop: () => void) {
    this.#session = session;
    this.#onStop = onStop;
    this.#local = { address, port: session?.port ?? DISCARD_PORT, sessionId, version: 1 };
  }

  offer(profile: MediaProfile): string {
    this.#profile = profile;
    this.#offered = createOffer(this.#local, profile);
    return this.#offered;
  }

  offerAgain(): string {
    return this.#offered;
  }

  start(answer: string | null): void {
    if (this.#session === null || answer === null) return;
    const agreed = readAnswer(answer, this.#profile);
    this.#session.start(typeof agreed === "string" ? null : this.#remoteOf(agreed));
  }

  answer(offer: string): string {
    const answer = answerOffer(offer, { ...this.#local, version: ++this.#version });
    if (!answer.ok) return this.#offered;
    this.#session?.start(this.#remoteOf(answer.session));
    return answer.sdp;
  }

  stop(): CallQuality | null {
    if (!this.#isStopped) this.#onStop();
    this.#isStopped = true;
    const quality = this.#session?.stop() ?? null;
    // WHY: what comes encrypted has headers that could be counted, but nobody can hear it.
    return this.#profile === "RTP/SAVP" ? null : quality;
  }

  /**
   * Where speech is sent; `null` = nowhere: the call is on hold, or it would have to be encrypted. A call
   * that was offered as SRTP stays silent, whatever the other end asks for later.
   */
  #remoteOf({ codec, remote, direction, secure }: AudioSession): RtpRemote | null {
    const isSending = direction === "sendrecv" || direction === "sendonly";
    const isPlain = !secure && this.#profile === "RTP/AVP";
    return isSending && isPlain ? { ...remote, payloadType: G711_TYPES[codec] } : null;
  }
}
