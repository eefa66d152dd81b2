import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LoadTally } from "../../engine/call/load-tally.ts";
import type { CallDetailRecord } from "../../engine/model/call-detail-record.ts";
import { sampleAttempt, sampleRecord } from "./sample-record.ts";

const tally = suite("load tally");

function summaryOf(records: readonly CallDetailRecord[]): ReturnType<LoadTally["summary"]> {
  const of = new LoadTally();
  for (const record of records) of.add(record);
  return of.summary();
}

const refused = (status: number): CallDetailRecord =>
  sampleRecord({
    result: "failed",
    status,
    answeredAt: null,
    ringingAt: null,
    postDialDelaySeconds: null,
    attempts: [sampleAttempt({ outcome: "rejected", status, ringingAt: null })],
  });

tally("counts calls and attempts by result, and codes", () => {
  const failedOver = sampleRecord({
    trunk: "trunk-2",
    attempts: [
      sampleAttempt({ outcome: "rejected", status: 503, ringingAt: null, failover: "status 503" }),
      sampleAttempt({ trunk: "trunk-2" }),
    ],
  });
  const { calls, trunks } = summaryOf([sampleRecord(), failedOver, refused(486), refused(404)]);
  assert.equal(
    [calls.attempts, calls.answered, calls.failed, calls.failovers, calls.answerSeizureRatio],
    [4, 2, 2, 1, 0.5],
  );
  assert.equal(
    [...calls.statuses],
    [
      [200, 2],
      [404, 1],
      [486, 1],
    ],
  );
  const [first, second] = trunks;
  assert.equal(
    [first?.trunk, first?.attempts, first?.answered, first?.failed, first?.failovers],
    ["trunk-1", 4, 1, 3, 1],
  );
  assert.equal([second?.trunk, second?.attempts, second?.answered], ["trunk-2", 1, 1]);
});

const DELIVERED: readonly (readonly [string, Partial<CallDetailRecord>, 0 | 1])[] = [
  ["answered", {}, 1],
  ["rang in vain", { result: "timed-out", status: 487 }, 1],
  ["no such number", { result: "failed", status: 404, ringingAt: null }, 1],
  ["trunks full", { result: "failed", status: 503, ringingAt: null }, 0],
];

for (const [name, more, ratio] of DELIVERED) {
  tally(`effectiveness of the network: ${name} counts ${ratio}`, () => {
    assert.is(summaryOf([sampleRecord(more)]).calls.networkEffectivenessRatio, ratio);
  });
}

tally("calls that nobody picks up time out at their trunk as well", () => {
  const rang = sampleRecord({
    result: "timed-out",
    answeredAt: null,
    attempts: [sampleAttempt({ outcome: "cancelled", status: 487 })],
  });
  const { calls, trunks } = summaryOf([rang]);
  assert.equal([calls.timedOut, calls.cancelled], [1, 0]);
  assert.equal([trunks[0]?.timedOut, trunks[0]?.cancelled], [1, 0]);
});

tally("the same trunk once more is no failover", () => {
  const broken = {
    outcome: "transport-failed",
    status: null,
    ringingAt: null,
    failover: "transport error",
  } as const;
  const attempts = [
    sampleAttempt(broken),
    sampleAttempt(broken),
    sampleAttempt({ trunk: "trunk-2" }),
  ];
  const { calls, trunks } = summaryOf([sampleRecord({ attempts })]);
  assert.is(calls.failovers, 1);
  assert.equal([trunks[0]?.attempts, trunks[0]?.failovers], [2, 1]);
});

tally("trunks that were passed over sent nothing, and failed over nothing", () => {
  const attempts = [
    sampleAttempt({ outcome: "not-attempted", status: null, callId: "", failover: "full" }),
    sampleAttempt({ trunk: "trunk-2" }),
  ];
  const { calls, trunks } = summaryOf([sampleRecord({ attempts })]);
  assert.is(calls.failovers, 0);
  assert.equal([trunks[0]?.attempts, trunks[0]?.notAttempted], [0, 1]);
  assert.is(trunks[0]?.answerSeizureRatio, null);
});

tally("calls that went nowhere are told by outcome and reason", () => {
  const notPlaced = { result: "not-placed", attempts: [] } as const;
  const { calls, notPlaced: told } = summaryOf([
    sampleRecord({ ...notPlaced, decision: "blocked", blockReason: "NO_MATCH" }),
    sampleRecord({ ...notPlaced, decision: "on-net" }),
    sampleRecord({ ...notPlaced, decision: "on-net" }),
  ]);
  assert.is(calls.attempts, 0);
  assert.is(calls.postDialDelayMs, null);
  assert.equal(
    [...told],
    [
      ["blocked NO_MATCH", 1],
      ["on-net", 2],
    ],
  );
});

tally("percentiles of the delay are those of the values, to the millisecond", () => {
  const records = Array.from({ length: 1_000 }, (_, at) =>
    sampleRecord({ postDialDelaySeconds: (at + 1) / 1_000 }),
  );
  assert.equal(summaryOf(records).calls.postDialDelayMs, { p50: 500, p90: 900, p99: 990 });
  assert.equal(summaryOf(records).trunks[0]?.postDialDelayMs, { p50: 120, p90: 120, p99: 120 });
});

tally("gateways come last, operators by name", () => {
  const of = (trunk: string, operator: string | null): CallDetailRecord =>
    sampleRecord({ attempts: [sampleAttempt({ trunk, operator })] });
  const { trunks } = summaryOf([
    of("sbc1.contoso.com", null),
    of("pure-ip-2", "pure-ip"),
    of("bt-london", "bt"),
    of("pure-ip-1", "pure-ip"),
  ]);
  assert.equal(
    trunks.map(({ trunk }) => trunk),
    ["bt-london", "pure-ip-1", "pure-ip-2", "sbc1.contoso.com"],
  );
});

tally.run();
