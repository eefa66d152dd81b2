import type { G711PayloadType } from "../../engine/media/g711-frames.ts";
import type { RtpRemote, RtpSession } from "../../engine/media/rtp-session.ts";
import {
  type AudioSession,
  answerOffer,
  createOffer,
  type LocalMedia,
  readAnswer,
} from "../../engine/media/sdp.ts";
import type { CallQuality } from "../../engine/model/call-detail-record.ts";
import type { SipBody } from "../../engine/sip/sip-message.ts";
import { type CallSpeech, sdpBody } from "./call-speech.ts";

const PAYLOAD_TYPES: Readonly<Record<AudioSession["codec"], G711PayloadType>> = {
  PCMU: 0,
  PCMA: 8,
};

/** Speech of a call that really flows: G.711 sent and measured on a port of its own. */
export class HeardSpeech implements CallSpeech {
  readonly body: SipBody;
  readonly #rtp: RtpSession;
  readonly #local: LocalMedia;
  readonly #onEnd: () => void;
  #session: AudioSession | null;
  #version: number;
  #last: SipBody;
  #started = false;

  /** `session` is `null` where the offer is ours and its answer is still to come. */
  constructor(
    body: SipBody,
    local: LocalMedia,
    session: AudioSession | null,
    rtp: RtpSession,
    onEnd: () => void,
  ) {
    this.body = body;
    this.#last = body;
    this.#local = local;
    this.#version = local.version;
    this.#session = session;
    this.#rtp = rtp;
    this.#onEnd = onEnd;
  }

  onAnswer(sdp: string): void {
    const session = readAnswer(sdp);
    if (this.#session !== null || typeof session === "string") return;
    this.#agree(session);
  }

  reoffer(sdp: string | null): SipBody {
    const local = { ...this.#local, version: this.#version + 1 };
    if (sdp === null) {
      this.#last = sdpBody(createOffer(local));
      this.#session = null;
    } else {
      const answer = answerOffer(sdp, local);
      // WHY: an offer with nothing in common leaves the call as it is (RFC 3261 section 14.2).
      if (!answer.ok) return this.#last;
      this.#last = sdpBody(answer.sdp);
      this.#agree(answer.session);
    }
    this.#version += 1;
    return this.#last;
  }

  start(): void {
    this.#started = true;
    if (this.#session !== null) this.#rtp.start(remoteOf(this.#session));
  }

  end(): CallQuality | null {
    this.#onEnd();
    return this.#rtp.stop();
  }

  #agree(session: AudioSession): void {
    this.#session = session;
    if (this.#started) this.#rtp.start(remoteOf(session));
  }
}

/** Whom we send to; `null` where the other end wants nothing, or would not understand it. */
function remoteOf({ remote, direction, secure, codec }: AudioSession): RtpRemote | null {
  if (secure || direction === "recvonly" || direction === "inactive") return null;
  return { ...remote, payloadType: PAYLOAD_TYPES[codec] };
}
