import type { CallQuality } from "../model/call-detail-record.ts";
import { FRAME_MILLISECONDS } from "./g711-frames.ts";
import { type NetworkPath, scoreSpeech } from "./score-speech.ts";

/** Estimates of jitter over a call differ by about this much of the true value. */
const JITTER_SPREAD = 0.1;

/**
 * The quality that a call of some length over a path would have measured: its loss is drawn as so many
 * packets each lost at random would give it (a short call may lose none), its jitter a little about the
 * path's. Always three draws from `random` (0 to 1, 1 excluded), so that the same seed gives the same run.
 */
export function synthesiseQuality(
  path: NetworkPath,
  durationSeconds: number,
  random: () => number,
): CallQuality {
  const packets = Math.max(1, Math.round((durationSeconds * 1000) / FRAME_MILLISECONDS));
  const lost = Math.round(packets * path.lossRatio + deviation(packets, path.lossRatio, random));
  const lossRatio = Math.min(packets, Math.max(0, lost)) / packets;
  const spread = 1 + JITTER_SPREAD * (2 * random() - 1);
  const jitterMilliseconds = path.jitterMilliseconds * spread;
  return {
    source: "synthesised",
    packetsExpected: null,
    packetsReceived: null,
    lossRatio,
    jitterMilliseconds,
    meanOpinionScore: scoreSpeech({ ...path, lossRatio, jitterMilliseconds }),
  };
}

/** Of a binomial distribution, by the normal one (Box and Muller). */
function deviation(packets: number, ratio: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return normal * Math.sqrt(packets * ratio * (1 - ratio));
}
