import {
  answerOffer,
  createOffer,
  type LocalMedia,
  SDP_CONTENT_TYPE,
} from "../../engine/media/sdp.ts";
import type { CallQuality } from "../../engine/model/call-detail-record.ts";
import type { SipBody } from "../../engine/sip/sip-message.ts";

/** Speech of one call, or what stands for it. */
export interface CallSpeech {
  /** The answer to the INVITE's offer, or our offer where it had none. */
  readonly body: SipBody;
  /** Takes the other end's answer to our offer. */
  onAnswer(sdp: string): void;
  /** A new offer during the call (`null` = asks us for one) → our answer. */
  reoffer(sdp: string | null): SipBody;
  /** The call is answered. */
  start(): void;
  /** The call has ended, answered or not; how speech got through. Called once. */
  end(durationSeconds: number): CallQuality | null;
}

/** A session description as a message body. */
export function sdpBody(content: string): SipBody {
  return { contentType: SDP_CONTENT_TYPE, content };
}

/**
 * Speech of a call whose packets nobody looks at: agreed on in SDP, sent to a port that drops what
 * comes, its quality computed from the trunk's profile.
 */
export class UnheardSpeech implements CallSpeech {
  readonly body: SipBody;
  readonly #local: LocalMedia;
  readonly #quality: (durationSeconds: number) => CallQuality | null;
  #version: number;
  #last: SipBody;

  constructor(
    body: SipBody,
    local: LocalMedia,
    quality: (durationSeconds: number) => CallQuality | null,
  ) {
    this.body = body;
    this.#last = body;
    this.#local = local;
    this.#version = local.version;
    this.#quality = quality;
  }

  onAnswer(): void {}

  reoffer(sdp: string | null): SipBody {
    const local = { ...this.#local, version: this.#version + 1 };
    const answer = sdp === null ? null : answerOffer(sdp, local);
    // WHY: an offer with nothing in common leaves the call as it is (RFC 3261 section 14.2).
    if (answer !== null && !answer.ok) return this.#last;
    this.#version += 1;
    this.#last = sdpBody(answer === null ? createOffer(local) : answer.sdp);
    return this.#last;
  }

  start(): void {}

  end(durationSeconds: number): CallQuality | null {
    return this.#quality(durationSeconds);
  }
}
