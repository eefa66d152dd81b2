import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FaultKind } from "../../trunk-sim/scenario/trunk-profile.ts";
import { FAULT_KINDS } from "../../trunk-sim/scenario/trunk-profile.ts";
import { until } from "../media/until.ts";
import { type TrunkLab, withTrunk } from "./trunk-lab.ts";

interface FaultRow {
  readonly kind: FaultKind;
  readonly name: string;
  readonly trunk?: object;
  readonly fault?: object;
  run(lab: TrunkLab): Promise<void>;
}

function results(lab: TrunkLab): readonly (readonly [string, number | null])[] {
  return lab.records().map(({ result, status }) => [result, status]);
}

const ROWS: readonly FaultRow[] = [
  {
    kind: "503-storm",
    name: "every call is refused by 503, OPTIONS goes on",
    async run(lab) {
      const { heard } = await lab.call();
      assert.equal(heard, ["reject 503"]);
      assert.ok((await lab.caller.ping(lab.peer, 1_000)).answered);
      assert.equal(results(lab), [["failed", 503]]);
    },
  },
  {
    kind: "503-storm",
    name: "or by another status, of a share of calls",
    fault: { status: 500, share: 0.5 },
    async run(lab) {
      const placed = await Promise.all(
        Array.from({ length: 40 }, (_, n) => lab.call({ called: `+1425555${1_000 + n}` })),
      );
      const refused = placed.filter(({ final }) => final?.status === 500).length;
      assert.ok(refused > 8 && refused < 32, `${refused} of 40`);
      assert.is(placed.filter(({ final }) => final?.status === 200).length, 40 - refused);
    },
  },
  {
    kind: "silence",
    name: "nothing is answered, not even by 100, nor OPTIONS",
    async run(lab) {
      const placed = await lab.place().ended();
      assert.equal(placed.heard, ["fail timeout"]);
      assert.not((await lab.caller.ping(lab.peer, 100)).answered);
      assert.equal(results(lab), [["timed-out", null]], "repeats of the INVITE are no new calls");
    },
  },
  {
    kind: "100-then-silence",
    name: "100, then nothing until the caller gives up",
    async run(lab) {
      const placed = await lab.place().reached("trying");
      placed.call?.cancel();
      await placed.ended();
      assert.equal(placed.heard, ["trying", "reject 487"]);
      assert.equal(results(lab), [["cancelled", 487]]);
    },
  },
  {
    kind: "180-then-503",
    name: "180, then 503",
    fault: { seconds: 0.02 },
    async run(lab) {
      const { heard } = await lab.call();
      assert.equal(heard, ["trying", "progress 180", "reject 503"]);
      assert.equal(results(lab), [["failed", 503]]);
    },
  },
  {
    kind: "slow-answers",
    name: "180 comes later by so many seconds",
    fault: { seconds: 0.3 },
    async run(lab) {
      const before = performance.now();
      const placed = await lab.place().reached("progress 180");
      assert.ok(performance.now() - before >= 315);
      await placed.reached("answer");
    },
  },
  {
    kind: "packet-loss",
    name: "of messages both ways; repeats get calls through all the same",
    fault: { share: 0.3 },
    async run(lab) {
      const placed = await Promise.all(
        Array.from({ length: 20 }, (_, n) => lab.call({ called: `+1425555${1_000 + n}` })),
      );
      const answered = placed.filter(({ heard }) => heard.includes("answer")).length;
      assert.ok(answered >= 18, `${answered} of 20`);
      assert.ok((lab.simulation.trunks[0]?.counts().retransmissionsSent ?? 0) > 0);
      await until("every call's end", () => lab.records().length >= answered);
    },
  },
  {
    kind: "packet-loss",
    name: "of everything: the caller gives up, the trunk never knew",
    async run(lab) {
      const placed = await lab.place().ended();
      assert.equal(placed.heard, ["fail timeout"]);
      assert.equal(results(lab), []);
    },
  },
  {
    kind: "packet-delay",
    name: "each message comes later",
    fault: { seconds: 0.05 },
    async run(lab) {
      const before = performance.now();
      const ping = await lab.caller.ping(lab.peer, 2_000);
      assert.ok(ping.answered && performance.now() - before >= 99, "once in, once out");
      assert.is((await lab.call()).final?.status, 200);
    },
  },
  {
    kind: "packet-duplication",
    name: "every message comes twice and counts once",
    async run(lab) {
      const { heard } = await lab.call();
      assert.equal(heard.at(-1), "answer");
      assert.is(lab.events.filter(({ kind }) => kind === "invited").length, 1);
      assert.equal(results(lab), [["answered", 200]]);
    },
  },
  {
    kind: "options-loss",
    name: "OPTIONS is not answered, calls are",
    async run(lab) {
      assert.not((await lab.caller.ping(lab.peer, 100)).answered);
      assert.is(lab.events.find(({ kind }) => kind === "options")?.kind, "options");
      assert.is((await lab.call()).final?.status, 200);
    },
  },
  {
    kind: "tcp-reset",
    name: "the connection breaks when the trunk would answer; the trunk saw the call",
    trunk: { transport: "tcp" },
    async run(lab) {
      const placed = lab.place();
      await until("the call at the trunk", () => lab.events.some(({ kind }) => kind === "invited"));
      await until("the call's end at both sides", () => placed.over && lab.records().length === 1);
      assert.not.ok(placed.heard.includes("answer"), placed.heard.join());
      assert.ok(
        placed.heard.some((event) => event.startsWith("fail")),
        placed.heard.join(),
      );
      const { result, durationSeconds } = lab.records()[0] ?? {};
      assert.equal([result, durationSeconds], ["timed-out", 0], "never acknowledged: no call");
    },
  },
];

const faults = suite("faults of a trunk on real sockets");

for (const { kind, name, trunk, fault, run } of ROWS) {
  faults(`${kind}: ${name}`, async () => {
    await withTrunk({ ...trunk, faults: [{ kind, ...fault }] }, run, { seed: 3 });
  });
}

faults("each kind was shown", () => {
  const shown = new Set(ROWS.map(({ kind }) => kind));
  assert.equal(
    FAULT_KINDS.filter((kind) => !shown.has(kind)),
    [],
  );
});

faults("a fault ends when its time is up", async () => {
  await withTrunk({ faults: [{ kind: "503-storm", to: 0.3 }] }, async (lab) => {
    assert.is((await lab.call()).final?.status, 503);
    let status: number | undefined = 503;
    for (let tries = 0; tries < 100 && status === 503; tries += 1) {
      status = (await lab.call()).final?.status;
    }
    assert.is(status, 200);
  });
});

faults.run();
