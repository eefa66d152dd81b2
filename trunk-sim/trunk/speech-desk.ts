import { createSocket, type Socket } from "node:dgram";
import { lookup } from "node:dns/promises";
import {
  answerOffer,
  createOffer,
  type LocalMedia,
  SDP_CONTENT_TYPE,
} from "../../engine/media/sdp.ts";
import type { CallQuality } from "../../engine/model/call-detail-record.ts";
import { localHostFor } from "../../engine/sip/local-address.ts";
import type { SipBody } from "../../engine/sip/sip-message.ts";
import { type CallSpeech, sdpBody, UnheardSpeech } from "./call-speech.ts";

/** A call's speech, or the final response that says why there can be none. */
export type SpeechAgreement =
  | { readonly ok: true; readonly speech: CallSpeech }
  | { readonly ok: false; readonly status: 415 | 488; readonly why: string };

/**
 * Where a trunk agrees on speech with its callers. Calls of one program have mostly the same offer
 * character by character, so the answer to the last one is kept.
 */
export class SpeechDesk {
  readonly #local: LocalMedia;
  readonly #sink: Socket;
  #lastOffer = "";
  #lastAnswer: SipBody | null = null;

  private constructor(sink: Socket) {
    this.#sink = sink;
    const { address, port } = sink.address();
    // WHY: where every address is listened on, the one that the network reaches is named.
    this.#local = { address: localHostFor(address, ""), port, sessionId: 1, version: 1 };
  }

  /** `host` is a local address or its name. Its one socket drops what is sent to it. */
  static async open(host: string): Promise<SpeechDesk> {
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
    return new SpeechDesk(sink);
  }

  /** Answers an INVITE's offer; one without a body is answered by an offer of ours (RFC 3261 section 13.2.1). */
  agree(
    offer: SipBody | null,
    quality: (durationSeconds: number) => CallQuality | null,
  ): SpeechAgreement {
    const body = this.#bodyFor(offer);
    if (!("content" in body)) return { ok: false, ...body };
    return { ok: true, speech: new UnheardSpeech(body, this.#local, quality) };
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#sink.close(() => closed()));
  }

  #bodyFor(offer: SipBody | null): SipBody | { readonly status: 415 | 488; readonly why: string } {
    if (offer === null) return sdpBody(createOffer(this.#local));
    if (!offer.contentType.toLowerCase().startsWith(SDP_CONTENT_TYPE)) {
      return { status: 415, why: `${SDP_CONTENT_TYPE} is understood` };
    }
    if (this.#lastAnswer !== null && offer.content === this.#lastOffer) return this.#lastAnswer;
    const answer = answerOffer(offer.content, this.#local);
    if (!answer.ok) return { status: 488, why: answer.why };
    this.#lastOffer = offer.content;
    this.#lastAnswer = sdpBody(answer.sdp);
    return this.#lastAnswer;
  }
}
