import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FaultTimeline } from "../../trunk-sim/fault/fault-timeline.ts";
import { WireFaults } from "../../trunk-sim/fault/wire-faults.ts";
import { fixed } from "../../trunk-sim/scenario/distribution.ts";
import type { Fault, FaultKind } from "../../trunk-sim/scenario/trunk-profile.ts";
import { CallLimits, MAX_HELD_CALLS } from "../../trunk-sim/trunk/call-limits.ts";
import { ANONYMOUS, CallerIdPolice } from "../../trunk-sim/trunk/caller-id-police.ts";

const LONG = process.env["LONG"] !== undefined;
const RUNS = LONG ? { numRuns: 20_000 } : { numRuns: 300, seed: 20_261_121 };

function fault(kind: FaultKind, from: number, to: number, share = 1): Fault {
  return { kind, from, to, share, status: 503, seconds: fixed(0.05) };
}

const rules = suite("what a trunk refuses and loses");

rules("a trunk holds its calls and no more, and takes one again when one ends", () => {
  const limits = new CallLimits(2, null, 0);
  assert.equal(
    [limits.admit(0), limits.admit(0), limits.admit(0)],
    [null, null, "concurrent-calls"],
  );
  limits.release();
  assert.equal([limits.admit(1), limits.held], [null, 2]);
});

rules("a trunk without a limit has one all the same", () => {
  const limits = new CallLimits(null, null, 0);
  for (let call = 0; call < MAX_HELD_CALLS; call += 1) assert.is(limits.admit(0), null);
  assert.is(limits.admit(0), "concurrent-calls");
});

rules("slow trunks take two calls at once, then one in a second", () => {
  const limits = new CallLimits(null, 0.5, 0);
  assert.equal([limits.admit(0), limits.admit(0)], [null, null]);
  assert.is(limits.admit(1_000), "calls-per-second");
  assert.is(limits.admit(2_000), null);
  assert.is(limits.admit(2_001), "calls-per-second");
});

rules("never more calls than the bucket and its filling allow", () => {
  const arrivals = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 400 });
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 50, noNaN: true }), arrivals, (cps, gaps) => {
      const limits = new CallLimits(1_000_000, cps, 0);
      let now = 0;
      let taken = 0;
      for (const gap of gaps) {
        now += gap;
        if (limits.admit(now) === null) taken += 1;
        assert.ok(taken <= Math.max(2, cps) + (now / 1_000) * cps + 1e-6);
      }
      assert.is(limits.held, taken);
    }),
    RUNS,
  );
});

const OWNED = ["+14255550100", "+1425555013x", "+442079460xxx"];
const CALLER_IDS: readonly (readonly [number: string, owned: boolean])[] = [
  ["+14255550100", true],
  ["+14255550101", false],
  ["+14255550137", true],
  ["+1425555013", false],
  ["+142555501377", false],
  ["+442079460999", true],
  ["+44207946099a", false],
  ["14255550100", false],
  [ANONYMOUS, false],
];

for (const [number, owned] of CALLER_IDS) {
  rules(`${number} is ${owned ? "" : "not "}the operator's`, () => {
    const refusal = new CallerIdPolice(OWNED).refusal(number);
    if (owned) assert.is(refusal, null);
    else assert.match(String(refusal), number === ANONYMOUS ? /no caller ID/ : /is no number/);
  });
}

rules("what a refused caller ID holds cannot leave its quotes", () => {
  const refusal = new CallerIdPolice([]).refusal('"\r\nEvil: 1');
  assert.is(refusal, "caller ID ???Evil??1 is no number of this operator");
});

rules("faults are on from their first second up to their last", () => {
  const timeline = new FaultTimeline([
    fault("silence", 1, 3),
    fault("503-storm", 2, Number.POSITIVE_INFINITY, 0.5),
    fault("503-storm", 2, 4),
  ]);
  const on = (seconds: number): string[] => Object.keys(timeline.activeAt(seconds)).sort();
  assert.equal(on(0), []);
  assert.equal(on(1), ["silence"]);
  assert.equal(on(2.5), ["503-storm", "silence"]);
  assert.is(timeline.activeAt(2.6)["503-storm"]?.share, 0.5);
  assert.equal(on(3), ["503-storm"]);
  assert.equal(on(0.5), [], "asked of the past");
  assert.equal(on(1e9), ["503-storm"]);
});

function invite(number: number, callId: string): string {
  return [
    "INVITE sip:+442079460123@127.0.0.1 SIP/2.0",
    `Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK${callId}`,
    `From: <sip:+1425555${String(number).padStart(4, "0")}@contoso.com>;tag=${callId}`,
    "To: <sip:+442079460123@127.0.0.1>",
    `Call-ID: ${callId}`,
    "CSeq: 1 INVITE",
    "",
    "",
  ].join("\r\n");
}

rules("the same calls lose the same messages, whatever their Call-IDs and order", () => {
  const loss = { "packet-loss": fault("packet-loss", 0, 9, 0.3) };
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const lost = (order: readonly number[], name: string): number[] => {
    const wire = new WireFaults("1\nbt");
    return order
      .filter((n) => wire.fateOf(loss, "received", invite(n, `${name}${n}`)).deliver === "never")
      .sort((a, b) => a - b);
  };
  const first = lost(numbers, "a");
  assert.ok(first.length > 100 && first.length < 200, String(first.length));
  assert.equal(lost([...numbers].reverse(), "b"), first);
});

rules("a repeat of a message has a fate of its own", () => {
  const loss = { "packet-loss": fault("packet-loss", 0, 9, 0.5) };
  const wire = new WireFaults("1\nbt");
  const fates = new Set(
    Array.from({ length: 40 }, () => wire.fateOf(loss, "received", invite(1, "a")).deliver),
  );
  assert.equal([...fates].sort(), ["never", "now"]);
});

rules("delay, duplication and reset do what they say, and only on their side", () => {
  const wire = new WireFaults("1\nbt");
  const message = invite(1, "a");
  const delay = { "packet-delay": fault("packet-delay", 0, 9) };
  assert.equal(wire.fateOf(delay, "sent", message), { deliver: "later", afterMilliseconds: 50 });
  const twice = { "packet-duplication": fault("packet-duplication", 0, 9) };
  assert.is(wire.fateOf(twice, "received", message).deliver, "twice");
  const reset = { "tcp-reset": fault("tcp-reset", 0, 9) };
  assert.is(wire.fateOf(reset, "sent", message).deliver, "reset");
  assert.is(wire.fateOf(reset, "received", message).deliver, "now");
  assert.is(wire.fateOf({}, "sent", message).deliver, "now");
});

rules.run();
