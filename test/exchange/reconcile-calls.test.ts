import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  CallReconciliation,
  FINDING_KINDS,
  type Finding,
  isConserved,
  type Reconciliation,
} from "../../engine/exchange/reconcile-calls.ts";
import type {
  AttemptOutcome,
  CallDetailRecord,
  CallResult,
  OperatorCallRecord,
  OperatorCallResult,
} from "../../engine/model/call-detail-record.ts";
import { sampleAttempt, sampleRecord } from "../call/sample-record.ts";

const reconcile = suite("reconciliation of calls");

function call(callId: string, outcome: AttemptOutcome, seconds = 0): CallDetailRecord {
  const result: CallResult = outcome === "answered" ? "answered" : "failed";
  const attempts = [sampleAttempt({ callId, outcome })];
  return sampleRecord({ id: callId, result, durationSeconds: seconds, attempts });
}

function received(callId: string, result: OperatorCallResult, seconds = 0): OperatorCallRecord {
  return {
    callId,
    trunk: "trunk-1",
    operator: "pure-ip",
    calledNumber: "+442079460123",
    callingNumber: "+14255550101",
    receivedAt: "2026-11-21T09:00:00.000Z",
    ringingAt: null,
    answeredAt: null,
    endedAt: "2026-11-21T09:00:01.000Z",
    result,
    status: null,
    reason: null,
    hangUpSide: null,
    durationSeconds: seconds,
    quality: null,
  };
}

function compare(
  calls: readonly CallDetailRecord[],
  records: readonly OperatorCallRecord[],
): { readonly of: Reconciliation; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const reconciliation = new CallReconciliation((finding) => findings.push(finding));
  for (const record of calls) reconciliation.addCall(record);
  for (const record of records) reconciliation.addOperatorRecord(record);
  return { of: reconciliation.finish(), findings };
}

type Row = readonly [
  name: string,
  caller: CallDetailRecord | null,
  operator: OperatorCallRecord | null,
  kind: string,
];

const ROWS: readonly Row[] = [
  ["answered at both", call("a", "answered", 60), received("a", "answered", 60), "matched"],
  ["answered, 1.9 s apart", call("a", "answered", 60), received("a", "answered", 61.9), "matched"],
  [
    "answered, 2.1 s apart",
    call("a", "answered", 60),
    received("a", "answered", 62.1),
    "duration-differs",
  ],
  [
    "an hour, 30 s apart: within 1 %",
    call("a", "answered", 3_600),
    received("a", "answered", 3_630),
    "matched",
  ],
  [
    "an hour, 40 s apart",
    call("a", "answered", 3_600),
    received("a", "answered", 3_640),
    "duration-differs",
  ],
  ["refused at both", call("a", "rejected"), received("a", "failed"), "matched"],
  [
    "answered, but not at the operator",
    call("a", "answered", 60),
    received("a", "failed"),
    "result-differs",
  ],
  [
    "refused, but answered at the operator",
    call("a", "rejected"),
    received("a", "answered", 5),
    "result-differs",
  ],
  ["taken back in time", call("a", "no-response"), received("a", "cancelled"), "matched"],
  ["never answered by anybody", call("a", "no-response"), received("a", "timed-out"), "matched"],
  ["refused too late", call("a", "no-response"), received("a", "failed"), "matched"],
  [
    "given up, answered at the operator",
    call("a", "no-response"),
    received("a", "answered"),
    "result-differs",
  ],
  ["given up by the caller", call("a", "cancelled"), received("a", "cancelled"), "matched"],
  ["the connection broke", call("a", "transport-failed"), received("a", "failed"), "matched"],
  ["lost on the way", call("a", "no-response"), null, "unheard"],
  ["could not be sent", call("a", "transport-failed"), null, "unheard"],
  ["answered by nobody we know", call("a", "answered", 5), null, "only-at-caller"],
  ["refused by nobody we know", call("a", "rejected"), null, "only-at-caller"],
  ["nobody placed it", null, received("a", "answered", 5), "only-at-operator"],
];

for (const [name, caller, operator, kind] of ROWS) {
  reconcile(`${name}: ${kind}`, () => {
    const { of, findings } = compare(
      caller === null ? [] : [caller],
      operator === null ? [] : [operator],
    );
    const seen = FINDING_KINDS.filter((of_) => of.total.findings[of_] > 0);
    assert.equal(seen, [kind]);
    assert.equal(
      findings.map((finding) => finding.kind),
      kind === "matched" ? [] : [kind],
    );
    assert.ok(isConserved(of.total));
    assert.equal(of.byOperator.get("pure-ip"), of.total);
  });
}

reconcile("a record that comes twice is a duplicate, and the first counts", () => {
  const twice = compare(
    [call("a", "answered", 5), call("a", "rejected")],
    [received("a", "answered", 5), received("a", "failed")],
  );
  assert.is(twice.of.total.findings.duplicate, 2);
  assert.is(twice.of.total.findings.matched, 1);
  assert.is(twice.of.total.caller.sent, 1);
  assert.not(isConserved(twice.of.total));
});

reconcile("each attempt of a call is held against the operator that had it", () => {
  const attempts = [
    sampleAttempt({ callId: "a", outcome: "rejected", status: 503, failover: "status 503" }),
    sampleAttempt({ callId: "", outcome: "not-attempted", trunk: "trunk-2" }),
    sampleAttempt({ callId: "b", trunk: "trunk-3", operator: "bt" }),
  ];
  const { of, findings } = compare(
    [sampleRecord({ attempts })],
    [received("a", "failed"), { ...received("b", "answered", 10), operator: "bt" }],
  );
  assert.equal(findings, []);
  assert.is(of.total.findings.matched, 2);
  assert.is(of.byOperator.get("bt")?.caller.answered, 1);
  assert.is(of.byOperator.get("pure-ip")?.caller.failed, 1);
});

reconcile("an answer that came too late is held against a call of no length", () => {
  const attempts = [
    sampleAttempt({ callId: "a", outcome: "answered", failover: "no response in 10 s" }),
    sampleAttempt({ callId: "b" }),
  ];
  const record = sampleRecord({ attempts, durationSeconds: 30 });
  const both = [received("a", "answered", 0.01), received("b", "answered", 30)];
  assert.is(compare([record], both).of.total.findings.matched, 2);
});

const OUTCOMES = ["answered", "rejected", "no-response", "transport-failed", "cancelled"] as const;
const RESULTS = ["answered", "failed", "timed-out", "cancelled"] as const;

reconcile("whatever the records, every INVITE has one finding, and nothing is lost", () => {
  const caller = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(...OUTCOMES)));
  const operator = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(...RESULTS)));
  const runs = process.env["LONG"] === undefined ? { numRuns: 200, seed: 54 } : { numRuns: 5_000 };
  fc.assert(
    fc.property(caller, operator, (calls, records) => {
      const { of } = compare(
        calls.map(([id, outcome]) => call(`${id}`, outcome, 5)),
        records.map(([id, result]) => received(`${id}`, result, 5)),
      );
      const { findings } = of.total;
      const ids = new Set([...calls, ...records].map(([id]) => id));
      const compared = FINDING_KINDS.filter((kind) => kind !== "duplicate")
        .map((kind) => findings[kind])
        .reduce((sum, count) => sum + count, 0);
      assert.is(compared, ids.size);
      assert.is(
        compared + findings.duplicate,
        calls.length + records.length - bothSides(calls, records),
      );
      assert.ok(findings.duplicate > 0 || isConserved(of.total));
    }),
    runs,
  );
});

/** INVITEs that are on both sides: counted once, though there are two records. */
function bothSides(
  calls: readonly (readonly [number, unknown])[],
  records: readonly (readonly [number, unknown])[],
): number {
  const sent = new Set(calls.map(([id]) => id));
  return new Set(records.map(([id]) => id).filter((id) => sent.has(id))).size;
}

reconcile.run();
