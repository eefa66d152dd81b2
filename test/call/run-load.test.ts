import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { LoadOptions } from "../../engine/call/call-load.ts";
import type { Caller } from "../../engine/call/caller.ts";
import { runLoad } from "../../engine/call/run-load.ts";
import type { Call } from "../../engine/model/call.ts";
import type { CallDetailRecord } from "../../engine/model/call-detail-record.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { MEGAN_CALLS, withCallLab } from "./call-lab.ts";
import { sampleRecord } from "./sample-record.ts";

const load = suite("load");

/** A caller whose calls last as long as they are held, without any wire. */
function clockCaller(): { caller: Caller; begun: number[] } {
  const begun: number[] = [];
  const caller = {
    place(call: Call, { holdSeconds }: { holdSeconds: number }): Promise<CallDetailRecord> {
      begun.push(performance.now());
      const record = sampleRecord({ user: call.user, dialed: call.dialed });
      return new Promise((resolve) => setTimeout(() => resolve(record), holdSeconds * 1_000));
    },
  };
  return { caller: caller as unknown as Caller, begun };
}

function optionsFor(caller: Caller, count: number, more: Partial<LoadOptions> = {}): LoadOptions {
  return {
    caller,
    calls: Array.from({ length: count }, () => MEGAN_CALLS),
    callsPerSecond: 500,
    maxCallsInFlight: 10_000,
    holdSeconds: () => 0.01,
    onRecord: () => {},
    ...more,
  };
}

load("calls begin at their rate, however long they take, and none before its time", async () => {
  const { caller, begun } = clockCaller();
  const start = performance.now();
  const result = await runLoad(optionsFor(caller, 150, { holdSeconds: (nth) => (nth % 7) / 50 }));
  assert.is(result.placed, 150);
  assert.is(result.heldBack, 0);
  for (const [nth, at] of begun.entries()) {
    const due = (nth * 1_000) / 500;
    assert.ok(at - start >= due, `call ${nth} began ${due - (at - start)} ms early`);
  }
  assert.ok(result.peakInFlight > 10);
});

load(
  "no more than the bound are in flight, and the result tells how many were held back",
  async () => {
    const { caller } = clockCaller();
    const bounded = { maxCallsInFlight: 3, holdSeconds: () => 0.02 };
    const result = await runLoad(optionsFor(caller, 30, bounded));
    assert.is(result.placed, 30);
    assert.is(result.peakInFlight, 3);
    assert.ok(result.heldBack >= 20, `${result.heldBack}`);
  },
);

load("a stall is not made up for by more than a tenth of a second's calls", async () => {
  const { caller, begun } = clockCaller();
  async function* calls(): AsyncGenerator<Call> {
    for (let nth = 0; nth < 200; nth++) {
      if (nth === 100) {
        const until = performance.now() + 400;
        while (performance.now() < until) await new Promise(setImmediate);
      }
      yield MEGAN_CALLS;
    }
  }
  await runLoad(optionsFor(caller, 0, { calls: calls(), callsPerSecond: 1_000 }));
  const after = begun[100] ?? 0;
  const atOnce = begun.slice(100).filter((at) => at - after < 10).length;
  assert.ok(atOnce <= 100 + 25, `${atOnce} calls at once`);
  assert.is(begun.length, 200);
});

load(
  "a slow taker of records holds calls back, and gets every record in the order of ends",
  async () => {
    const { caller } = clockCaller();
    const taken: CallDetailRecord[] = [];
    let isTaking = false;
    const result = await runLoad(
      optionsFor(caller, 20, {
        maxCallsInFlight: 2,
        holdSeconds: () => 0,
        async onRecord(record) {
          assert.not(isTaking, "one at a time");
          isTaking = true;
          await new Promise((resolve) => setTimeout(resolve, 5));
          isTaking = false;
          taken.push(record);
        },
      }),
    );
    assert.is(taken.length, 20);
    assert.ok(result.heldBack > 5);
  },
);

load("aborting begins no more calls, though the input never ends", async () => {
  const { caller } = clockCaller();
  const stop = new AbortController();
  async function* endless(): AsyncGenerator<Call> {
    for (let nth = 0; nth < 5; nth++) yield MEGAN_CALLS;
    setImmediate(() => stop.abort());
    await new Promise(() => {});
  }
  const result = await runLoad(optionsFor(caller, 0, { calls: endless(), signal: stop.signal }));
  assert.is(result.placed, 5);
  assert.is(result.summary.calls.attempts, 5);
});

load("a call that the input gives after the end was asked for keeps no one waiting", async () => {
  const stop = new AbortController();
  const ends: ((record: CallDetailRecord) => void)[] = [];
  const caller = {
    place: () => new Promise<CallDetailRecord>((resolve) => ends.push(resolve)),
  } as unknown as Caller;
  let giveLate = (): void => {};
  async function* calls(): AsyncGenerator<Call> {
    yield MEGAN_CALLS;
    await new Promise<void>((resolve) => {
      giveLate = resolve;
    });
    yield MEGAN_CALLS;
  }
  const options = optionsFor(caller, 0, { calls: calls(), signal: stop.signal });
  const run = runLoad(options);
  while (ends.length === 0) await new Promise(setImmediate);
  await new Promise(setImmediate);
  stop.abort();
  await new Promise(setImmediate);
  giveLate();
  await new Promise(setImmediate);
  const [end] = ends;
  assert.ok(end);
  end(sampleRecord({ user: MEGAN_CALLS.user, dialed: MEGAN_CALLS.dialed }));
  assert.is((await run).placed, 1);
});

load("what the taker or the input throws is thrown, after the calls in progress", async () => {
  for (const side of ["taker", "input"]) {
    const { caller, begun } = clockCaller();
    function* calls(): Generator<Call> {
      yield MEGAN_CALLS;
      if (side === "input") throw new Error("input broke");
      yield MEGAN_CALLS;
    }
    let taken = 0;
    const onRecord = (): void => {
      taken++;
      if (side === "taker") throw new Error("taker broke");
    };
    try {
      await runLoad(optionsFor(caller, 0, { calls: calls(), onRecord }));
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), `${side} broke`);
    }
    assert.is(taken, begun.length);
  }
});

load("500 calls over three trunks: each within a call of its share, nothing left", async () => {
  const answers = (call: ServerCall): void => {
    call.progress(180);
    call.answer();
  };
  const names = ["trunk-1", "trunk-2", "trunk-3"];
  const trunks = names.map((name, at) => ({ name, onInvite: answers, trunk: { weight: 3 - at } }));
  await withCallLab(trunks, async (lab) => {
    const records: CallDetailRecord[] = [];
    const { summary } = await runLoad(
      optionsFor(lab.caller, 500, { onRecord: (record) => void records.push(record) }),
    );
    assert.is(summary.calls.answered, 500);
    assert.is(summary.calls.answerSeizureRatio, 1);
    assert.equal(
      summary.trunks.map(({ trunk, attempts }) => [trunk, attempts]),
      [
        ["trunk-1", 250],
        ["trunk-2", 167],
        ["trunk-3", 83],
      ],
    );
    const ofInvites = [...records].sort((a, b) => (a.placedAt < b.placedAt ? -1 : 1));
    assert.is(new Set(ofInvites.map(({ id }) => id)).size, 500);
    await lab.caller.drain(1);
    for (const end of [lab.callerEnd, ...lab.ends.values()]) {
      const { dialogs } = end.counts();
      assert.is(dialogs, 0);
    }
  });
});

load.run();
