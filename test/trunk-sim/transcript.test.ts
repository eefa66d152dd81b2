import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../media/until.ts";
import { withTrunk } from "./trunk-lab.ts";

const PLAN = {
  postDialDelaySeconds: { uniform: [0, 0.05] },
  ringSeconds: { exponential: 0.03 },
  outcomes: [
    { weight: 6, outcome: "answer" },
    { weight: 2, outcome: "busy" },
    { weight: 1, outcome: 503 },
    { weight: 1, outcome: "no-answer" },
  ],
  noAnswerSeconds: 0.05,
  calleeHangsUp: 1,
  callSeconds: { lognormal: { median: 0.02, sigma: 0.5 } },
};

/** 60 calls of 20 pairs, in one order or the other; what is written of them. */
async function transcriptOf(seed: number, order: "forward" | "backward"): Promise<string> {
  const numbers = Array.from({ length: 20 }, (_, n) => `+1425555${1_000 + n}`);
  if (order === "backward") numbers.reverse();
  let text = "";
  await withTrunk(
    {
      answer: PLAN,
      policeCallerId: true,
      ownedNumbers: ["+1425555010x"],
      faults: [
        { kind: "100-then-silence", share: 0 },
        { kind: "503-storm", share: 0.1 },
      ],
    },
    async (lab) => {
      for (let round = 0; round < 3; round += 1) {
        const placed = numbers.map((called, index) =>
          lab.place({ called, from: index % 7 === 0 ? "+14255550190" : "+14255550101" }),
        );
        await Promise.all(placed.map((call) => call.ended()));
      }
      await until("60 records", () => lab.records().length === 60);
      text = lab.transcript.text();
    },
    { seed },
  );
  return text;
}

const transcripts = suite("transcripts");

transcripts("the same seed and calls give the same bytes", async () => {
  const [first, second] = [await transcriptOf(7, "forward"), await transcriptOf(7, "forward")];
  assert.is(second, first);
  const lines = first.trimEnd().split("\n");
  assert.is(lines.length, 60);
  assert.equal([...lines].sort(), lines);
  for (const word of ["refused caller-id", "refused fault", "486@", "480@", "by callee"]) {
    assert.ok(
      lines.some((line) => line.includes(word)),
      `${word} is in no line`,
    );
  }
  assert.not.match(first, /\d{4}-\d\d-\d\d|\d:\d\d/);
});

transcripts("the third call of a pair is decided alike whatever came between", async () => {
  const pairs = (text: string): string[] =>
    text.split("\n").filter((line) => line.includes("+14255550101"));
  const forward = pairs(await transcriptOf(7, "forward"));
  const backward = new Set(pairs(await transcriptOf(7, "backward")));
  // Where the order puts another caller on a number, the pair is another.
  const common = forward.filter((line) => backward.has(line));
  const numbers = (lines: Iterable<string>): Set<string> =>
    new Set([...lines].map((line) => line.split(" ").slice(0, 4).join(" ")));
  const both = [...numbers(forward)].filter((key) => numbers(backward).has(key));
  assert.ok(both.length >= 40, String(both.length));
  assert.is(common.length, both.length);
});

transcripts("another seed gives others", async () => {
  assert.is.not(await transcriptOf(8, "forward"), await transcriptOf(7, "forward"));
});

transcripts.run();
