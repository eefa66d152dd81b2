import { suite } from "uvu";
import * as assert from "uvu/assert";
import { drawHoldSeconds, type HoldLength, readHoldLength } from "../../engine/cli/hold-length.ts";

const hold = suite("--hold");

const READ: readonly (readonly [string, HoldLength])[] = [
  ["2", { shape: "fixed", seconds: 2 }],
  ["0", { shape: "fixed", seconds: 0 }],
  [" 0.5 ", { shape: "fixed", seconds: 0.5 }],
  ["5-60", { shape: "uniform", from: 5, to: 60 }],
  ["0.1-0.1", { shape: "uniform", from: 0.1, to: 0.1 }],
  ["exponential:180", { shape: "exponential", mean: 180 }],
  ["Exponential:0.25", { shape: "exponential", mean: 0.25 }],
];
for (const [text, value] of READ) {
  hold(`reads ${text}`, () => {
    const read = readHoldLength(text);
    assert.ok(read.ok);
    assert.equal(read.ok ? read.value : null, value);
  });
}

for (const text of [
  "",
  "two",
  "-2",
  "60-5",
  "1e3",
  "86401",
  "0-90000",
  "exponential:",
  "5-",
  "∞",
]) {
  hold(`refuses "${text}" with one problem`, () => {
    const read = readHoldLength(text);
    assert.not(read.ok);
    assert.equal(
      read.problems.map(({ code }) => code),
      ["HOLD_INVALID"],
    );
  });
}

hold("draws lengths of the shape asked for", () => {
  assert.is(drawHoldSeconds({ shape: "fixed", seconds: 3 }, 0.9), 3);
  const range: HoldLength = { shape: "uniform", from: 10, to: 20 };
  assert.is(drawHoldSeconds(range, 0), 10);
  assert.is(drawHoldSeconds(range, 0.5), 15);
  const mean = 30;
  const rounds = 10_000;
  let sum = 0;
  for (let i = 0; i < rounds; i++) {
    const seconds = drawHoldSeconds({ shape: "exponential", mean }, (i + 0.5) / rounds);
    assert.ok(seconds >= 0 && Number.isFinite(seconds));
    sum += seconds;
  }
  assert.ok(Math.abs(sum / rounds - mean) < 0.1, `${sum / rounds}`);
});

hold.run();
