import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Draw, keyedRandom } from "../../trunk-sim/scenario/call-random.ts";
import { type Distribution, drawSeconds, fixed } from "../../trunk-sim/scenario/distribution.ts";
import { type AnswerPlan, DEFAULT_ANSWER } from "../../trunk-sim/scenario/trunk-profile.ts";
import {
  type CallScript,
  drawScript,
  NO_SCRIPT_FAULTS,
} from "../../trunk-sim/trunk/call-script.ts";

const CALLS = 4_000;

function scripts(plan: Partial<AnswerPlan>): readonly CallScript[] {
  return Array.from({ length: CALLS }, (_, index) =>
    drawScript({ ...DEFAULT_ANSWER, ...plan }, NO_SCRIPT_FAULTS, keyedRandom(`1 ${index}`)),
  );
}

const callScript = suite("call scripts");

callScript("without a scenario: 100, 180 after 20 ms, 200 after 100 ms, held by the caller", () => {
  assert.equal(drawScript(DEFAULT_ANSWER, NO_SCRIPT_FAULTS, keyedRandom("any")), {
    trying: true,
    progress: 180,
    progressAfter: 20,
    reliable: false,
    final: 200,
    finalAfter: 100,
    calleeHangsUpAfter: null,
  });
});

callScript("a key gives the same draws each time, and another key others", () => {
  const drawn = (key: string): number[] => {
    const draw = keyedRandom(key);
    return Array.from({ length: 8 }, draw);
  };
  assert.equal(drawn("1\nbt\n+44\n+1\n0"), drawn("1\nbt\n+44\n+1\n0"));
  assert.not.equal(drawn("1\nbt\n+44\n+1\n0"), drawn("1\nbt\n+44\n+1\n1"));
  const first = Array.from({ length: CALLS }, (_, n) => keyedRandom(`1\nbt\n+44\n+1\n${n}`)());
  const mean = first.reduce((sum, value) => sum + value, 0) / CALLS;
  assert.ok(Math.abs(mean - 0.5) < 0.02, `mean ${mean}`);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const within = first.filter((value) => Math.floor(value * 10) === tenth).length;
    assert.ok(Math.abs(within - CALLS / 10) < 80, `${within} of ${CALLS} in tenth ${tenth}`);
  }
});

const MEANS: readonly (readonly [Distribution, expected: number, tolerance: number])[] = [
  [fixed(3), 3, 0],
  [{ kind: "uniform", least: 2, most: 6 }, 4, 0.1],
  [{ kind: "exponential", mean: 30 }, 30, 1.5],
  // exp(μ + σ²/2) with μ = ln 40.
  [{ kind: "lognormal", median: 40, sigma: 0.5 }, 40 * Math.exp(0.125), 1.5],
];

for (const [distribution, expected, tolerance] of MEANS) {
  callScript(`${distribution.kind} has its mean`, () => {
    const drawn = Array.from({ length: CALLS }, (_, index) =>
      drawSeconds(distribution, keyedRandom(`mean ${index}`)),
    );
    const mean = drawn.reduce((sum, value) => sum + value, 0) / CALLS;
    assert.ok(Math.abs(mean - expected) <= tolerance, `mean ${mean}, expected ${expected}`);
    assert.ok(drawn.every((value) => value >= 0));
  });
}

callScript("no time is longer than a day, whatever is drawn", () => {
  const almostOne: Draw = () => 1 - 2 ** -32;
  const huge: Distribution = { kind: "lognormal", median: 86_400, sigma: 10 };
  assert.is(
    drawSeconds(huge, () => 0.999),
    86_400,
  );
  assert.is(drawSeconds({ kind: "exponential", mean: 86_400 }, almostOne), 86_400);
});

callScript("a mix of outcomes comes by its weights", () => {
  const finals = scripts({
    outcomes: [
      { weight: 70, outcome: "answer" },
      { weight: 20, outcome: "busy" },
      { weight: 10, outcome: 404 },
      { weight: 0, outcome: 600 },
    ],
  }).map(({ final }) => final);
  const share = (status: number): number =>
    finals.filter((final) => final === status).length / CALLS;
  assert.ok(Math.abs(share(200) - 0.7) < 0.03, String(share(200)));
  assert.ok(Math.abs(share(486) - 0.2) < 0.03, String(share(486)));
  assert.ok(Math.abs(share(404) - 0.1) < 0.02, String(share(404)));
  assert.is(share(600), 0);
});

callScript("nobody answers: 480 when the time is up", () => {
  const [script] = scripts({
    outcomes: [{ weight: 1, outcome: "no-answer" }],
    noAnswerSeconds: 7,
  });
  assert.is(script?.final, 480);
  assert.is(script?.finalAfter, 7_020);
});

callScript("the called side hangs up its share of calls", () => {
  const ended = scripts({ calleeHangsUp: 0.25, callSeconds: fixed(9) })
    .map(({ calleeHangsUpAfter }) => calleeHangsUpAfter)
    .filter((after) => after !== null);
  assert.ok(Math.abs(ended.length / CALLS - 0.25) < 0.03, String(ended.length));
  assert.ok(ended.every((after) => after === 9_000));
});

const FAULTS: readonly (readonly [
  name: string,
  faults: Parameters<typeof drawScript>[1],
  expected: Partial<CallScript>,
])[] = [
  [
    "slow answers ring later",
    { ...NO_SCRIPT_FAULTS, slowBy: fixed(4) },
    { progressAfter: 4_020, final: 200, finalAfter: 4_100 },
  ],
  [
    "100, then silence",
    { ...NO_SCRIPT_FAULTS, silentAfterTrying: true },
    { trying: true, progress: null, final: null },
  ],
  [
    "180, then 503",
    { ...NO_SCRIPT_FAULTS, fails503After: fixed(0.5) },
    { progress: 180, final: 503, finalAfter: 520 },
  ],
];

for (const [name, faults, expected] of FAULTS) {
  callScript(`a fault changes the script: ${name}`, () => {
    const script = drawScript(DEFAULT_ANSWER, faults, keyedRandom("fault"));
    assert.equal({ ...script, ...expected }, script);
  });
}

callScript.run();
