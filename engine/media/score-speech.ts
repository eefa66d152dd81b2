import { meanOpinionScore, transmissionRating } from "./e-model.ts";
import { FRAME_MILLISECONDS } from "./g711-frames.ts";

/** What a way through a network does to packets. */
export interface NetworkPath {
  /** 0 to 1. */
  readonly lossRatio: number;
  /** Interarrival jitter as RFC 3550 measures it. */
  readonly jitterMilliseconds: number;
  /** One way. */
  readonly delayMilliseconds: number;
}

/** A jitter buffer holds at least a frame, else twice the jitter (assumed: what receivers aim at). */
const LEAST_BUFFER_MILLISECONDS = FRAME_MILLISECONDS;

/**
 * Mean opinion score, 1 to 4.41, of G.711 in frames of 20 ms over a path. Assumed of the listener: a
 * jitter buffer of twice the jitter, which loses nothing, and concealment by G.711 Appendix I.
 */
export function scoreSpeech(path: NetworkPath): number {
  const buffer = Math.max(LEAST_BUFFER_MILLISECONDS, 2 * path.jitterMilliseconds);
  const rating = transmissionRating({
    lossRatio: path.lossRatio,
    delayMilliseconds: path.delayMilliseconds + FRAME_MILLISECONDS + buffer,
    concealment: "appendix-i",
  });
  return meanOpinionScore(rating);
}
