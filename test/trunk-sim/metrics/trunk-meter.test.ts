import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { TrunkMeter } from "../../../trunk-sim/metrics/trunk-meter.ts";
import { ValueSpread } from "../../../trunk-sim/metrics/value-spread.ts";
import { eventsOf, type PlayedCall, play } from "./played-call.ts";

const long = process.env["LONG"] !== undefined;
const runs = long ? { numRuns: 5_000 } : { numRuns: 200, seed: 42 };

const meters = suite("trunk meter");

const TRUNKS = [
  { name: "north-1", operator: "northwind" },
  { name: "north-2", operator: "northwind" },
];

interface Row {
  readonly name: string;
  readonly call: PlayedCall;
  /** Answer-seizure and network effectiveness ratio of this call alone. */
  readonly ratios: readonly [number, number];
}

const ROWS: readonly Row[] = [
  { name: "answered", call: { ringing: 20, answered: 100, ended: 5000 }, ratios: [1, 1] },
  { name: "answered without ringing", call: { answered: 100, ended: 5000 }, ratios: [1, 1] },
  { name: "busy", call: { ringing: 20, ended: 90, status: 486 }, ratios: [0, 1] },
  { name: "busy everywhere", call: { ended: 90, status: 600 }, ratios: [0, 1] },
  { name: "no answer", call: { ringing: 20, ended: 180_000, status: 480 }, ratios: [0, 1] },
  { name: "declined", call: { ringing: 20, ended: 900, status: 603 }, ratios: [0, 1] },
  { name: "a wrong number", call: { ended: 30, status: 404 }, ratios: [0, 1] },
  { name: "too few digits", call: { ended: 30, status: 484 }, ratios: [0, 1] },
  {
    name: "given up while it rang",
    call: { ringing: 20, ended: 30_000, result: "cancelled", status: 487 },
    ratios: [0, 1],
  },
  {
    name: "given up before it rang",
    call: { ended: 10_000, result: "cancelled", status: 487 },
    ratios: [0, 0],
  },
  { name: "a request timeout", call: { ended: 30, status: 408 }, ratios: [0, 0] },
  { name: "a timeout while it rang", call: { ringing: 5, ended: 30, status: 408 }, ratios: [0, 1] },
  { name: "out of circuits", call: { ended: 1, status: 503 }, ratios: [0, 0] },
  { name: "180, then 503", call: { ringing: 20, ended: 90, status: 503 }, ratios: [0, 0] },
  { name: "policed", call: { ended: 1, status: 403, refused: "caller-id" }, ratios: [0, 0] },
  {
    name: "left without an answer",
    call: { ended: 32_000, result: "timed-out", status: null },
    ratios: [0, 0],
  },
  {
    name: "never acknowledged",
    call: { ringing: 20, answered: 100, ended: 32_100, result: "timed-out", status: 200 },
    ratios: [0, 0],
  },
];

for (const { name, call, ratios } of ROWS) {
  meters(`a call ${name} counts in the ratios as it should`, () => {
    const meter = new TrunkMeter(TRUNKS);
    play(meter.listener, call);
    const figures = meter.snapshot().trunks[0];
    assert.equal([figures?.answerSeizureRatio, figures?.networkEffectivenessRatio], ratios);
    assert.is(figures?.attempts, 1);
    assert.is(figures?.callsNow, 0);
  });
}

meters("all of them together give the ratios of all", () => {
  const meter = new TrunkMeter(TRUNKS);
  play(meter.listener, ...ROWS.map(({ call }) => call));
  const { total } = meter.snapshot();
  assert.is(total.answerSeizureRatio, 2 / 17);
  assert.is(total.networkEffectivenessRatio, 10 / 17);
  assert.equal(total.ended, { answered: 2, failed: 11, "timed-out": 2, cancelled: 2 });
  assert.equal(total.statuses, {
    200: 1,
    403: 1,
    404: 1,
    408: 2,
    480: 1,
    484: 1,
    486: 1,
    487: 2,
    503: 2,
    600: 1,
    603: 1,
    none: 1,
  });
  assert.equal(total.refusals, { "caller-id": 1 });
});

meters("a meter that heard nothing has no ratio and no percentile", () => {
  const { trunks, total } = new TrunkMeter(TRUNKS).snapshot();
  assert.equal(
    trunks.map(({ trunk, operator }) => [trunk, operator]),
    [
      ["north-1", "northwind"],
      ["north-2", "northwind"],
    ],
  );
  assert.is(total.answerSeizureRatio, null);
  assert.is(total.networkEffectivenessRatio, null);
  assert.equal(total.postDialDelay, {
    count: 0,
    mean: null,
    p50: null,
    p90: null,
    p99: null,
    max: null,
  });
  assert.is(total.speech.meanOpinionScore, null);
});

meters("calls in progress are neither failures nor answers", () => {
  const meter = new TrunkMeter(TRUNKS);
  play(meter.listener, { ringing: 20, answered: 100, ended: 500 });
  const open = eventsOf({ ringing: 20, answered: 100, ended: 500 });
  for (const event of open.slice(0, 2)) meter.listener(event);
  assert.is(meter.snapshot().total.answerSeizureRatio, 1);
  assert.is(meter.snapshot().total.callsNow, 1);
  for (const event of open.slice(2)) meter.listener(event);
  assert.is(meter.snapshot().total.callsNow, 0);
});

meters(
  "the post-dial delay ends with 180 or 183, with the answer where none came, never with a refusal",
  () => {
    const meter = new TrunkMeter(TRUNKS);
    play(
      meter.listener,
      { ringing: 250, answered: 4000, ended: 5000 },
      { answered: 1750, ended: 9000 },
      { ended: 3, refused: "concurrent-calls" },
    );
    const { postDialDelay, answerDelay, callDuration } = meter.snapshot().total;
    assert.equal([postDialDelay.count, postDialDelay.p50, postDialDelay.max], [2, 0.25, 1.75]);
    assert.equal([answerDelay.count, answerDelay.p50, answerDelay.max], [2, 1.75, 4]);
    assert.equal([callDuration.count, callDuration.p50, callDuration.max], [2, 1, 7.25]);
  },
);

meters("refused calls do not raise the peak, calls that are let in do", () => {
  const meter = new TrunkMeter(TRUNKS);
  const calls = Array.from({ length: 3 }, () => eventsOf({ ringing: 1, answered: 2, ended: 9 }));
  for (const [invited] of calls) if (invited !== undefined) meter.listener(invited);
  play(meter.listener, { ended: 0, refused: "concurrent-calls" });
  play(meter.listener, { ended: 0, refused: "concurrent-calls" });
  assert.is(meter.snapshot().total.callsPeak, 3);
  assert.is(meter.snapshot().total.callsNow, 3);
  for (const [, ...rest] of calls) for (const event of rest) meter.listener(event);
  const { callsPeak, callsNow, refused } = meter.snapshot().total;
  assert.equal([callsPeak, callsNow, refused], [3, 0, 2]);
});

meters("the peak of all is that of all at once, not the sum of peaks", () => {
  const meter = new TrunkMeter(TRUNKS);
  play(meter.listener, { ended: 5 }, { trunk: "north-2", ended: 5 });
  const { total, trunks } = meter.snapshot();
  assert.is(total.callsPeak, 1);
  assert.equal(
    trunks.map(({ callsPeak }) => callsPeak),
    [1, 1],
  );
});

meters("calls a second are those of the last full second; the busiest is kept", () => {
  let now = 50_000;
  const meter = new TrunkMeter(TRUNKS, () => now);
  const rates: number[] = [];
  for (const calls of [2, 5, 0, 1]) {
    for (let call = 0; call < calls; call++) play(meter.listener, { ended: 1 });
    now += 1000;
    rates.push(meter.snapshot().total.callsPerSecond);
  }
  assert.equal(rates, [2, 5, 0, 1]);
  now += 5000;
  const { callsPerSecond, callsPerSecondPeak } = meter.snapshot().total;
  assert.equal([callsPerSecond, callsPerSecondPeak], [0, 5]);
  assert.is(meter.snapshot().seconds, 9);
});

meters("OPTIONS, faults on the wire and trunks nobody named are counted", () => {
  const meter = new TrunkMeter(TRUNKS);
  meter.listener({ kind: "options", trunk: "north-1", status: 200 });
  meter.listener({ kind: "options", trunk: "north-1", status: null });
  meter.listener({ kind: "fault", trunk: "north-2", what: "a message without a Via" });
  play(meter.listener, { trunk: "south-9", ended: 1 });
  const { trunks, total } = meter.snapshot();
  assert.equal(trunks[0]?.options, { answered: 1, unanswered: 1 });
  assert.equal([trunks[0]?.wireFaults, trunks[1]?.wireFaults, total.wireFaults], [0, 1, 1]);
  assert.equal([trunks[2]?.trunk, trunks[2]?.operator, trunks[2]?.attempts], ["south-9", null, 1]);
});

meters("what is wrong on purpose is told for the moment", () => {
  let now = 7_000;
  const faultAt = (seconds: number): string | null => (seconds < 2 ? "503-storm" : null);
  const meter = new TrunkMeter(
    [{ name: "north-1", operator: null, faultAt }, ...TRUNKS.slice(1)],
    () => now,
  );
  const faults = (): (string | null)[] => {
    const { trunks, total } = meter.snapshot();
    return [...trunks.map(({ fault }) => fault), total.fault];
  };
  assert.equal(faults(), ["503-storm", null, "1 faulty"]);
  now += 2_000;
  assert.equal(faults(), [null, null, null]);
});

meters("speech is averaged over the calls that were heard", () => {
  const meter = new TrunkMeter(TRUNKS);
  const heard = { packetsExpected: 100, packetsReceived: 98 };
  const unheard = { packetsExpected: null, packetsReceived: null };
  play(
    meter.listener,
    {
      answered: 1,
      ended: 2,
      quality: {
        ...heard,
        source: "measured",
        lossRatio: 0.02,
        jitterMilliseconds: 4,
        meanOpinionScore: 4,
      },
    },
    {
      answered: 1,
      ended: 2,
      quality: {
        ...unheard,
        source: "synthesised",
        lossRatio: 0,
        jitterMilliseconds: 2,
        meanOpinionScore: 4.4,
      },
    },
    { ended: 2 },
  );
  const { speech } = meter.snapshot().total;
  assert.equal(
    { ...speech, meanOpinionScore: speech.meanOpinionScore?.toFixed(6) },
    {
      measured: 1,
      synthesised: 1,
      meanOpinionScore: "4.200000",
      lossRatio: 0.01,
      jitterSeconds: 0.003,
    },
  );
});

meters("a snapshot is plain data that JSON keeps", () => {
  const meter = new TrunkMeter(TRUNKS);
  play(meter.listener, ...ROWS.map(({ call }) => call));
  const snapshot = meter.snapshot();
  assert.equal(JSON.parse(JSON.stringify(snapshot)), snapshot);
});

meters(
  "percentiles are those of the sorted values: to the millisecond, from two seconds on to a thousandth",
  () => {
    const values = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 2047 }), fc.integer({ min: 0, max: 4_000_000 })),
      { minLength: 1, maxLength: 300 },
    );
    fc.assert(
      fc.property(values, (milliseconds) => {
        const spread = new ValueSpread();
        for (const value of milliseconds) spread.record(value);
        const sorted = [...milliseconds].sort((a, b) => a - b);
        const figures = spread.figures();
        for (const [percent, found] of [
          [50, figures.p50],
          [90, figures.p90],
          [99, figures.p99],
        ] as const) {
          const wanted = sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? 0;
          const within = wanted < 2048 ? 1e-9 : wanted * 1e-6;
          assert.ok(Math.abs((found ?? -1) - wanted / 1000) <= within, `${found} for ${wanted}`);
        }
        assert.is(figures.max, (sorted.at(-1) ?? 0) / 1000);
        assert.is(figures.count, milliseconds.length);
      }),
      runs,
    );
  },
);

meters("values out of bounds are kept within them", () => {
  const spread = new ValueSpread();
  spread.record(-5);
  spread.record(1e15);
  const { p50, max } = spread.figures();
  assert.equal([p50, max], [0, 604_800]);
});

meters.run();
