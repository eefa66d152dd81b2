import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { meanOpinionScore, transmissionRating } from "../../engine/media/e-model.ts";
import { scoreSpeech } from "../../engine/media/score-speech.ts";

const long = process.env["LONG"] !== undefined;
const runs = long ? { numRuns: 20_000 } : { numRuns: 500, seed: 42 };

const model = suite("E-model");

const near = (found: number, wanted: number, within: number): void => {
  assert.ok(Math.abs(found - wanted) <= within, `${found} instead of ${wanted}`);
};

/** ITU-T G.107 table B.1: limits of R and of the opinion score, and the default connection. */
const SCORES = [
  [93.2, 4.41],
  [90, 4.34],
  [80, 4.03],
  [70, 3.6],
  [60, 3.1],
  [50, 2.58],
  [0, 1],
  [-20, 1],
  [100, 4.5],
  [120, 4.5],
] as const;

for (const [rating, score] of SCORES) {
  model(`a rating of ${rating} is a score of ${score}`, () => {
    // The table prints 4.03 for 4.024.
    near(meanOpinionScore(rating), score, 0.0061);
  });
}

/** Loss, concealment, Ie_eff by hand: 95 · Ppl / (Ppl + Bpl). */
const LOSSES = [
  [0, "none", 0],
  [0.01, "none", 17.925],
  [0.02, "none", 30.159],
  [0.05, "none", 51.075],
  [0.01, "appendix-i", 3.64],
  [0.02, "appendix-i", 7.011],
  [0.05, "appendix-i", 15.781],
  [1, "appendix-i", 75.939],
] as const;

for (const [lossRatio, concealment, impairment] of LOSSES) {
  model(`a loss of ${lossRatio} with concealment ${concealment} takes ${impairment}`, () => {
    const rating = transmissionRating({ lossRatio, delayMilliseconds: 0, concealment });
    near(93.2 - rating, impairment, 0.001);
  });
}

/** Delay in milliseconds, Idd: G.107's formula worked by hand with X = log2(Ta / 100). */
const DELAYS = [
  [0, 0],
  [100, 0],
  [150, 0.1635],
  [200, 3.0444],
  [400, 24.0701],
] as const;

for (const [delayMilliseconds, impairment] of DELAYS) {
  model(`a delay of ${delayMilliseconds} ms takes ${impairment}`, () => {
    const rating = transmissionRating({ lossRatio: 0, delayMilliseconds, concealment: "none" });
    near(93.2 - rating, impairment, 0.0001);
  });
}

model("more loss, more delay or more jitter never sounds better", () => {
  const path = fc.record({
    lossRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    jitterMilliseconds: fc.double({ min: 0, max: 500, noNaN: true }),
    delayMilliseconds: fc.double({ min: 0, max: 2000, noNaN: true }),
  });
  fc.assert(
    fc.property(path, path, (one, other) => {
      const worse = {
        lossRatio: Math.max(one.lossRatio, other.lossRatio),
        jitterMilliseconds: Math.max(one.jitterMilliseconds, other.jitterMilliseconds),
        delayMilliseconds: Math.max(one.delayMilliseconds, other.delayMilliseconds),
      };
      const score = scoreSpeech(worse);
      assert.ok(score >= 1 && score <= 4.5);
      assert.ok(score <= scoreSpeech(one) + 1e-9);
    }),
    runs,
  );
});

model("a path without fault scores as G.107's default connection", () => {
  near(scoreSpeech({ lossRatio: 0, jitterMilliseconds: 0, delayMilliseconds: 0 }), 4.41, 0.005);
});

model.run();
