import { suite } from "uvu";
import * as assert from "uvu/assert";
import { synthesiseQuality } from "../../engine/media/synthesise-quality.ts";

const synthesis = suite("synthesised quality");

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const PATH = { lossRatio: 0.02, jitterMilliseconds: 5, delayMilliseconds: 40 };

synthesis("a path without fault gives the best score, and says it was synthesised", () => {
  const path = { lossRatio: 0, jitterMilliseconds: 0, delayMilliseconds: 0 };
  const { meanOpinionScore, ...quality } = synthesiseQuality(path, 60, seeded(1));
  assert.equal(quality, {
    source: "synthesised",
    packetsExpected: null,
    packetsReceived: null,
    lossRatio: 0,
    jitterMilliseconds: 0,
  });
  assert.is(meanOpinionScore.toFixed(2), "4.41");
});

synthesis("the same seed gives the same calls, after three draws each", () => {
  const calls = (random: () => number): unknown[] =>
    Array.from({ length: 20 }, (_, at) => synthesiseQuality(PATH, at, random));
  assert.equal(calls(seeded(3)), calls(seeded(3)));
  assert.not.equal(calls(seeded(3)), calls(seeded(4)));
  let draws = 0;
  synthesiseQuality(PATH, 0, () => {
    draws++;
    return 0.5;
  });
  assert.is(draws, 3);
});

synthesis("over many calls the path shows", () => {
  const random = seeded(11);
  const calls = Array.from({ length: 2000 }, () => synthesiseQuality(PATH, 60, random));
  const mean = (of: (call: (typeof calls)[number]) => number): number =>
    calls.reduce((sum, call) => sum + of(call), 0) / calls.length;
  assert.ok(Math.abs(mean((call) => call.lossRatio) - 0.02) < 0.001);
  assert.ok(Math.abs(mean((call) => call.jitterMilliseconds) - 5) < 0.05);
  const spread = Math.sqrt(mean((call) => (call.lossRatio - 0.02) ** 2));
  // Binomial: sqrt(p (1 - p) / 3000 packets).
  assert.ok(Math.abs(spread - 0.00256) < 0.0003, `spread ${spread}`);
});

synthesis("no draw and no path leaves the scales", () => {
  for (const draw of [0, 0.25, 0.5, 1 - 2 ** -53]) {
    for (const lossRatio of [0, 0.5, 1]) {
      for (const seconds of [0, 1, 3600]) {
        const path = { lossRatio, jitterMilliseconds: 100, delayMilliseconds: 800 };
        const quality = synthesiseQuality(path, seconds, () => draw);
        assert.ok(quality.lossRatio >= 0 && quality.lossRatio <= 1);
        assert.ok(quality.meanOpinionScore >= 1 && quality.meanOpinionScore <= 4.5);
        assert.ok(Number.isFinite(quality.jitterMilliseconds));
      }
    }
  }
});

synthesis.run();
