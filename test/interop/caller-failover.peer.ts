/**
 * Calls of ours through gateways that SIPp plays: which of them are tried, in which order, and how the
 * call ends. The rules are Microsoft's (direct-routing-trunk-failover-on-outbound-calls).
 */
import * as assert from "uvu/assert";
import type { AttemptOutcome, CallResult } from "../../engine/model/call-detail-record.ts";
import { openGatewayCaller } from "./gateway-caller.ts";
import { peerSuite } from "./peer-suite.ts";
import { flowOf, type Sipp, type SippOptions, startSipp } from "./sipp.ts";

type Gateway = SippOptions & {
  readonly failoverResponseCodes?: readonly number[];
  readonly failoverTimeSeconds?: number;
};

interface Row {
  readonly name: string;
  readonly gateways: readonly Gateway[];
  readonly result: CallResult;
  readonly status: number;
  /** Of each gateway that is tried. */
  readonly outcomes: readonly AttemptOutcome[];
}

const ANSWERS: Gateway = { scenario: "uas-answers" };
const SILENT: Gateway = { scenario: "uas-trying-then-silence" };

function rejects(status: number, phrase: string, cause: number): Gateway {
  return { scenario: "uas-rejects", keys: { status, phrase, cause } };
}

const UNAVAILABLE = rejects(503, "Service Unavailable", 41);
const BUSY = rejects(486, "Busy Here", 17);
const TIMEOUT = rejects(408, "Request Timeout", 102);
const OWN_CODES = { failoverResponseCodes: [486, 503] };

const ROWS: readonly Row[] = [
  {
    name: "503 is followed by the next gateway",
    gateways: [UNAVAILABLE, ANSWERS],
    result: "answered",
    status: 200,
    outcomes: ["rejected", "answered"],
  },
  {
    name: "two that are unavailable are followed by the third",
    gateways: [UNAVAILABLE, rejects(504, "Server Time-out", 102), ANSWERS],
    result: "answered",
    status: 200,
    outcomes: ["rejected", "rejected", "answered"],
  },
  {
    name: "the last one's refusal stands when all are unavailable",
    gateways: [UNAVAILABLE, rejects(504, "Server Time-out", 102)],
    result: "failed",
    status: 504,
    outcomes: ["rejected", "rejected"],
  },
  {
    name: "486 ends the call",
    gateways: [BUSY, ANSWERS],
    result: "failed",
    status: 486,
    outcomes: ["rejected"],
  },
  {
    name: "180 and then 503 ends the call",
    gateways: [{ ...UNAVAILABLE, scenario: "uas-rings-then-rejects" }, ANSWERS],
    result: "failed",
    status: 503,
    outcomes: ["rejected"],
  },
  {
    name: "408 is among the default codes",
    gateways: [TIMEOUT, ANSWERS],
    result: "answered",
    status: 200,
    outcomes: ["rejected", "answered"],
  },
  {
    name: "a code list of 486 and 503 replaces the defaults: 408 ends the call",
    gateways: [{ ...TIMEOUT, ...OWN_CODES }, ANSWERS],
    result: "failed",
    status: 408,
    outcomes: ["rejected"],
  },
  {
    name: "a code list of 486 and 503 replaces the defaults: 486 is followed by the next",
    gateways: [{ ...BUSY, ...OWN_CODES }, ANSWERS],
    result: "answered",
    status: 200,
    outcomes: ["rejected", "answered"],
  },
  {
    name: "100 and then silence is followed by the next",
    gateways: [{ ...SILENT, failoverTimeSeconds: 2 }, ANSWERS],
    result: "answered",
    status: 200,
    outcomes: ["no-response", "answered"],
  },
];

const failover = peerSuite("failover between SIPp's gateways", ["sipp"]);

for (const row of ROWS) {
  failover(row.name, async () => {
    const called: Sipp[] = [];
    for (const gateway of row.gateways) called.push(await startSipp({ ...gateway, calls: 1 }));
    const plans = called.map(({ host, port }, index) => {
      const { failoverResponseCodes, failoverTimeSeconds } = row.gateways[index] ?? ANSWERS;
      return {
        peer: { transport: "udp" as const, host, port },
        ...(failoverResponseCodes === undefined ? {} : { failoverResponseCodes }),
        ...(failoverTimeSeconds === undefined ? {} : { failoverTimeSeconds }),
      };
    });
    const caller = await openGatewayCaller(plans);
    try {
      const record = await caller.place({ holdSeconds: 0.1 });
      assert.equal(
        record.attempts.map(({ outcome }) => outcome),
        row.outcomes,
      );
      assert.equal([record.result, record.status], [row.result, row.status]);
      for (const tried of called.slice(0, row.outcomes.length)) await tried.done();
      for (const spared of called.slice(row.outcomes.length)) {
        assert.equal(flowOf(spared.messages()), [], "a gateway that was not to be tried");
      }
      await caller.close();
    } finally {
      for (const sipp of called) await sipp.stop();
    }
  });
}

failover("a silent gateway is given up after its own seconds, give or take one", async () => {
  const silent = await startSipp({ ...SILENT, calls: 1 });
  const answering = await startSipp({ ...ANSWERS, calls: 1 });
  const caller = await openGatewayCaller(
    [silent, answering].map(({ host, port }) => ({
      peer: { transport: "udp", host, port },
      failoverTimeSeconds: 3,
    })),
  );
  const { attempts } = await caller.place({ holdSeconds: 0 });
  const [first, second] = attempts.map(({ invitedAt }) => Date.parse(invitedAt));
  const seconds = ((second ?? 0) - (first ?? 0)) / 1000;
  assert.ok(seconds >= 2 && seconds <= 4, `the next one was tried after ${seconds} s`);
  await silent.done();
  assert.equal(flowOf(silent.messages()), [
    "← INVITE",
    "→ 100",
    "← CANCEL",
    "→ 200",
    "→ 487",
    "← ACK",
  ]);
  await caller.close();
});

failover.run();
