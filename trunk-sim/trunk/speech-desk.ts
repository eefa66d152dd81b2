import { createSocket, type Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { openRtpSession } from "../../engine/media/rtp-session.ts";
import {
  answerOffer,
  createOffer,
  type LocalMedia,
  SDP_CONTENT_TYPE,
} from "../../engine/media/sdp.ts";
import { synthesiseQuality } from "../../engine/media/synthesise-quality.ts";
import { localHostFor } from "../../engine/sip/local-address.ts";
import type { SipBody } from "../../engine/sip/sip-message.ts";
import type { Draw } from "../scenario/call-random.ts";
import type { QualityProfile } from "../scenario/trunk-profile.ts";
import { type CallSpeech, sdpBody, UnheardSpeech } from "./call-speech.ts";
import { HeardSpeech } from "./heard-speech.ts";

/** How many streams of all trunks flow, and how many may. */
export class StreamRoom {
  readonly limit: number;
  #taken = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Takes a place for one stream; `false` = there is none. */
  take(): boolean {
    if (this.#taken >= this.limit) return false;
    this.#taken += 1;
    return true;
  }

  release(): void {
    this.#taken -= 1;
  }
}

/** Why a call can have no speech, as a final response. */
export interface SpeechRefusal {
  readonly status: 415 | 488;
  readonly why: string;
}

/**
 * Where a trunk agrees on speech with its callers. Calls of one program have mostly the same offer
 * character by character, so the answer to the last one is kept.
 */
export class SpeechDesk {
  readonly #local: LocalMedia;
  readonly #sink: Socket;
  readonly #path: QualityProfile;
  readonly #room: StreamRoom;
  #lastOffer = "";
  #lastAnswer: SipBody | null = null;

  private constructor(sink: Socket, path: QualityProfile, room: StreamRoom) {
    this.#sink = sink;
    this.#path = path;
    this.#room = room;
    const { address, port } = sink.address();
    // WHY: where every address is listened on, the one that the network reaches is named.
    this.#local = { address: localHostFor(address, ""), port, sessionId: 1, version: 1 };
  }

  /**
   * `host` is a local address or its name, `path` what becomes of packets. Its one socket drops what is
   * sent to it.
   */
  static async open(host: string, path: QualityProfile, room: StreamRoom): Promise<SpeechDesk> {
    const { address, family } = await lookup(host);
    const sink = createSocket({ type: family === 6 ? "udp6" : "udp4" });
    await new Promise<void>((bound, failed) => {
      sink.once("error", failed);
      sink.bind(0, address, () => {
        sink.removeListener("error", failed);
        bound();
      });
    });
    sink.on("error", () => {});
    return new SpeechDesk(sink, path, room);
  }

  /** Why an INVITE's offer cannot be answered; `null` = it can, or there is none. */
  refusal(offer: SipBody | null): SpeechRefusal | null {
    if (offer === null || offer.content === this.#lastOffer) return null;
    if (!offer.contentType.toLowerCase().startsWith(SDP_CONTENT_TYPE)) {
      return { status: 415, why: `${SDP_CONTENT_TYPE} is understood` };
    }
    const answer = answerOffer(offer.content, this.#local);
    if (!answer.ok) return { status: 488, why: answer.why };
    this.#lastOffer = offer.content;
    this.#lastAnswer = sdpBody(answer.sdp);
    return null;
  }

  /**
   * Speech for an offer that is not refused; an INVITE without one is answered by an offer of ours (RFC
   * 3261 section 13.2.1). It really flows while there is room for streams, which takes a moment; beyond,
   * it is there at once and its quality is computed.
   */
  speechFor(offer: SipBody | null, draw: Draw): CallSpeech | Promise<CallSpeech> {
    return this.#room.take() ? this.#heard(offer, draw) : this.#unheard(offer, draw);
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#sink.close(() => closed()));
  }

  #unheard(offer: SipBody | null, draw: Draw): CallSpeech {
    const body = (offer === null ? null : this.#lastAnswer) ?? sdpBody(createOffer(this.#local));
    return new UnheardSpeech(body, this.#local, (seconds) =>
      synthesiseQuality(this.#path, seconds, draw),
    );
  }

  async #heard(offer: SipBody | null, random: Draw): Promise<CallSpeech> {
    const host = this.#local.address;
    // WHY: the room counts the streams; the process may have others.
    const mostStreams = Number.POSITIVE_INFINITY;
    const path = this.#path;
    const rtp = await openRtpSession({ host, sound: "tone", random, path, mostStreams });
    const release = (): void => this.#room.release();
    if (rtp === null) {
      release();
      // WHY: meanwhile the kept answer has become another call's.
      this.refusal(offer);
      return this.#unheard(offer, random);
    }
    const local = { ...this.#local, port: rtp.port };
    const answer = offer === null ? null : answerOffer(offer.content, local);
    if (answer?.ok === true) {
      return new HeardSpeech(sdpBody(answer.sdp), local, answer.session, rtp, release);
    }
    return new HeardSpeech(sdpBody(createOffer(local)), local, null, rtp, release);
  }
}
