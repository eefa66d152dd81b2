import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Failover, type FailoverInput, type FailoverStep } from "../../engine/call/failover.ts";

const failover = suite("failover");

const DEFAULTS = [408, 503, 504];

/**
 * One row: the code lists of the trunks, what happens, and what is done about each of those. Events: a
 * number below 200 is a provisional response, 2xx an answer, another a refusal; the rest by name.
 */
type Row = readonly [
  name: string,
  trunks: readonly (readonly number[])[],
  happens: readonly (number | "error" | "silence" | "full" | "rings on" | "give up")[],
  done: readonly string[],
];

const TWO = [DEFAULTS, DEFAULTS];

const ROWS: readonly Row[] = [
  ["an answer: talk", TWO, [200], ["talk"]],
  ["ringing, then an answer: talk", TWO, [180, 200], ["go-on", "talk"]],
  ["408 is a default: the next trunk", TWO, [408, 200], ["next status 408", "talk"]],
  ["503 is a default", TWO, [503, 200], ["next status 503", "talk"]],
  ["504 is a default", TWO, [504, 200], ["next status 504", "talk"]],
  ["500 is not: the call is over", TWO, [500], ["finish failed"]],
  ["486 is not", TWO, [486], ["finish failed"]],
  ["404 is not", TWO, [404], ["finish failed"]],
  ["480 is not", TWO, [480], ["finish failed"]],
  ["603 is not", TWO, [603], ["finish failed"]],
  ["302 is not", TWO, [302], ["finish failed"]],
  ["a set list adds 486", [[486, 503], DEFAULTS], [486, 200], ["next status 486", "talk"]],
  ["and takes 408 away", [[486, 503], DEFAULTS], [408], ["finish failed"]],
  [
    "each trunk has its own list",
    [[486], [404], DEFAULTS],
    [486, 486],
    ["next status 486", "finish failed"],
  ],
  [
    "the second's list counts for the second",
    [[486], [404], DEFAULTS],
    [486, 404, 200],
    ["next status 486", "next status 404", "talk"],
  ],
  ["180 then 503: no failover", TWO, [180, 503], ["go-on", "finish failed"]],
  ["183 then 503: no failover", TWO, [183, 503], ["go-on", "finish failed"]],
  [
    "180, 183, 181 then 408: no failover",
    TWO,
    [180, 183, 181, 408],
    ["go-on", "go-on", "go-on", "finish failed"],
  ],
  [
    "ringing at the second, after the first failed over",
    TWO,
    [503, 180, 503],
    ["next status 503", "go-on", "finish failed"],
  ],
  ["silence: the next trunk", TWO, ["silence", 200], ["next no response in 10 s", "talk"]],
  [
    "silence everywhere: timed out",
    TWO,
    ["silence", "silence"],
    ["next no response in 10 s", "finish timed-out"],
  ],
  ["503 and then silence: failed", TWO, [503, "silence"], ["next status 503", "finish failed"]],
  [
    "silence and then 503: failed",
    TWO,
    ["silence", 503],
    ["next no response in 10 s", "finish failed"],
  ],
  ["503 everywhere: failed", TWO, [503, 503], ["next status 503", "finish failed"]],
  [
    "a transport error: the same trunk again",
    TWO,
    ["error", 200],
    ["retry transport error", "talk"],
  ],
  [
    "again: the next trunk",
    TWO,
    ["error", "error", 200],
    ["retry transport error", "next transport error", "talk"],
  ],
  [
    "twice each: failed",
    TWO,
    ["error", "error", "error", "error"],
    ["retry transport error", "next transport error", "retry transport error", "finish failed"],
  ],
  [
    "an error and then 503: the next trunk, not a third time",
    TWO,
    ["error", 503, 200],
    ["retry transport error", "next status 503", "talk"],
  ],
  [
    "an error while it rings: over, whoever rings may pick up",
    TWO,
    [180, "error"],
    ["go-on", "finish failed"],
  ],
  ["a full trunk: the next", TWO, ["full", 200], ["next full: 1 calls", "talk"]],
  ["all full: failed", TWO, ["full", "full"], ["next full: 1 calls", "finish failed"]],
  [
    "a full one after silence: failed",
    TWO,
    ["silence", "full"],
    ["next no response in 10 s", "finish failed"],
  ],
  [
    "nobody picks up: cancelled, timed out",
    TWO,
    [180, "rings on", 487],
    ["go-on", "cancel", "finish timed-out"],
  ],
  [
    "nobody picks up, and the answer crosses: hung up",
    TWO,
    [180, "rings on", 200],
    ["go-on", "cancel", "hang-up timed-out"],
  ],
  [
    "nobody picks up, and nothing comes of the CANCEL",
    TWO,
    [180, "rings on", "silence"],
    ["go-on", "cancel", "finish timed-out"],
  ],
  [
    "nobody picks up and 503 comes: no failover",
    TWO,
    [180, "rings on", 503],
    ["go-on", "cancel", "finish timed-out"],
  ],
  [
    "the caller gives up while it rings",
    TWO,
    [180, "give up", 487],
    ["go-on", "cancel", "finish cancelled"],
  ],
  ["the caller gives up before it rings", TWO, ["give up", 487], ["cancel", "finish cancelled"]],
  [
    "the caller gives up, and 503 comes: no failover",
    TWO,
    ["give up", 503],
    ["cancel", "finish cancelled"],
  ],
  [
    "the caller gives up, and the answer crosses",
    TWO,
    ["give up", 200],
    ["cancel", "hang-up cancelled"],
  ],
  [
    "the caller gives up at the second trunk",
    TWO,
    [503, "give up", 487],
    ["next status 503", "cancel", "finish cancelled"],
  ],
  [
    "ringing while it is cancelled changes nothing",
    TWO,
    ["give up", 180, 487],
    ["cancel", "go-on", "finish cancelled"],
  ],
  [
    "giving up twice is giving up once",
    TWO,
    ["give up", "give up", 487],
    ["cancel", "go-on", "finish cancelled"],
  ],
  ["one trunk, 503: failed", [DEFAULTS], [503], ["finish failed"]],
  ["one trunk, silence: timed out", [DEFAULTS], ["silence"], ["finish timed-out"]],
  [
    "one trunk, errors: failed",
    [DEFAULTS],
    ["error", "error"],
    ["retry transport error", "finish failed"],
  ],
  ["an empty list: no code fails over", [[], []], [503], ["finish failed"]],
  [
    "an empty list: silence still does",
    [[], []],
    ["silence", 200],
    ["next no response in 10 s", "talk"],
  ],
  [
    "what comes after the end changes nothing",
    TWO,
    [486, 200, 180],
    ["finish failed", "go-on", "go-on"],
  ],
  [
    "what comes while talking changes nothing",
    TWO,
    [200, 503, "rings on"],
    ["talk", "go-on", "go-on"],
  ],
];

function inputOf(event: Row[2][number]): FailoverInput {
  if (typeof event === "number") {
    if (event < 200) return { input: "progress" };
    return event < 300 ? { input: "answer" } : { input: "reject", status: event };
  }
  switch (event) {
    case "error":
      return { input: "transport-error" };
    case "silence":
      return { input: "no-response", seconds: 10 };
    case "full":
      return { input: "passed-over", because: "full: 1 calls" };
    case "rings on":
      return { input: "rings-too-long" };
    case "give up":
      return { input: "give-up" };
  }
}

function wordsOf(step: FailoverStep): string {
  const because = "because" in step ? ` ${step.because}` : "";
  return `${step.step}${because}${"result" in step ? ` ${step.result}` : ""}`;
}

for (const [name, trunks, happens, done] of ROWS) {
  failover(name, () => {
    const call = new Failover(trunks.length);
    const left = [...trunks];
    call.begin(left.shift() ?? []);
    const steps = happens.map((event) => {
      const step = call.hear(inputOf(event));
      if (step.step === "next") call.begin(left.shift() ?? []);
      return wordsOf(step);
    });
    assert.equal(steps, done);
  });
}

failover.run();
