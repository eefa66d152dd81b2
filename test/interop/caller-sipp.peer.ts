/**
 * Single calls of ours to SIPp: over each transport, and everything that may happen within a call.
 */
import * as assert from "uvu/assert";
import type { CallResult, HangUpSide } from "../../engine/model/call-detail-record.ts";
import type { SipEndpointOptions } from "../../engine/sip/sip-endpoint.ts";
import { CALLER_ID, DIALED, openGatewayCaller } from "./gateway-caller.ts";
import { peerSuite } from "./peer-suite.ts";
import { flowOf, type SippOptions, startSipp } from "./sipp.ts";

interface Row {
  readonly name: string;
  readonly called: SippOptions;
  readonly endpoint?: Partial<SipEndpointOptions>;
  readonly holdSeconds: number | null;
  readonly result: CallResult;
  readonly status: number;
  readonly hangUpSide: HangUpSide | null;
  /** As SIPp saw it; repeats over UDP left out. `null` = of no interest. */
  readonly flow: readonly string[] | null;
}

const TALKED = { result: "answered", status: 200 } as const;
const PLAIN = ["← INVITE", "→ 180", "→ 200", "← ACK", "← BYE", "→ 200"];
const LOGIN = { user: "contoso", password: "correct-horse" };

const ROWS: readonly Row[] = [
  {
    name: "SIPp's own uas over UDP",
    called: { scenario: "uas" },
    holdSeconds: 0.1,
    ...TALKED,
    hangUpSide: "caller",
    flow: PLAIN,
  },
  {
    name: "SIPp's own uas over TCP",
    called: { scenario: "uas", transport: "tcp" },
    holdSeconds: 0.1,
    ...TALKED,
    hangUpSide: "caller",
    flow: PLAIN,
  },
  {
    name: "SIPp's own uas over IPv6 and UDP",
    called: { scenario: "uas", host: "::1" },
    holdSeconds: 0.1,
    ...TALKED,
    hangUpSide: "caller",
    flow: PLAIN,
  },
  {
    name: "SIPp's own uas over IPv6 and TCP",
    called: { scenario: "uas", host: "::1", transport: "tcp" },
    holdSeconds: 0.1,
    ...TALKED,
    hangUpSide: "caller",
    flow: PLAIN,
  },
  {
    name: "a called end that hangs up",
    called: { scenario: "uas-hangs-up" },
    holdSeconds: null,
    ...TALKED,
    hangUpSide: "callee",
    flow: ["← INVITE", "→ 180", "→ 200", "← ACK", "→ BYE", "← 200"],
  },
  {
    name: "a reliable 180 is acknowledged by PRACK",
    called: { scenario: "uas-reliable" },
    holdSeconds: 0.1,
    ...TALKED,
    hangUpSide: "caller",
    flow: ["← INVITE", "→ 180", "← PRACK", "→ 200", "→ 200", "← ACK", "← BYE", "→ 200"],
  },
  {
    name: "re-INVITE and UPDATE within the call are answered with SDP",
    called: { scenario: "uas-reoffers" },
    holdSeconds: 0.5,
    ...TALKED,
    hangUpSide: "caller",
    flow: null,
  },
  {
    name: "a challenge is answered with the name and password",
    called: { scenario: "uas-challenges" },
    endpoint: { digest: { realm: "operator.example.net", login: LOGIN } },
    holdSeconds: 0.1,
    ...TALKED,
    hangUpSide: "caller",
    flow: ["← INVITE", "→ 401", "← ACK", "← INVITE", "→ 180", "→ 200", "← ACK", "← BYE", "→ 200"],
  },
  {
    name: "a wrong password is refused, and not tried again",
    called: { scenario: "uas-challenges" },
    endpoint: {
      digest: { realm: "operator.example.net", login: { ...LOGIN, password: "wrong-horse" } },
    },
    holdSeconds: 0.1,
    result: "failed",
    status: 403,
    hangUpSide: null,
    flow: ["← INVITE", "→ 401", "← ACK", "← INVITE", "→ 403", "← ACK"],
  },
];

const calls = peerSuite("calls to SIPp", ["sipp"]);

for (const row of ROWS) {
  calls(row.name, async () => {
    const sipp = await startSipp({ ...row.called, calls: 1 });
    const { transport = "udp" } = row.called;
    const peer = { transport, host: sipp.host, port: sipp.port };
    const caller = await openGatewayCaller([{ peer }], row.endpoint);
    try {
      const record = await caller.place({ holdSeconds: row.holdSeconds });
      assert.equal(
        { result: record.result, status: record.status, hangUpSide: record.hangUpSide },
        { result: row.result, status: row.status, hangUpSide: row.hangUpSide },
      );
      await sipp.until(
        (messages) => flowOf(messages).length >= (row.flow?.length ?? 0),
        "the end of the call",
      );
      if (row.called.scenario !== "uas") await sipp.done();
      if (row.flow !== null) assert.equal(flowOf(sipp.messages()), row.flow);
      await caller.close();
    } finally {
      await sipp.stop();
    }
  });
}

calls("a caller who gives up sends CANCEL", async () => {
  const sipp = await startSipp({ scenario: "uas-rings-until-cancelled", calls: 1 });
  const caller = await openGatewayCaller([
    { peer: { transport: "udp", host: sipp.host, port: sipp.port } },
  ]);
  const given = new AbortController();
  const { result, status } = await caller.place({
    signal: given.signal,
    onProgress: ({ kind }) => {
      if (kind === "ringing") given.abort();
    },
  });
  assert.equal([result, status], ["cancelled", 487]);
  await sipp.done();
  await caller.close();
});

calls("the INVITE names the gateway, the number and the caller", async () => {
  const sipp = await startSipp({ scenario: "uas", calls: 1 });
  const caller = await openGatewayCaller([
    { peer: { transport: "udp", host: sipp.host, port: sipp.port } },
  ]);
  await caller.place({ holdSeconds: 0 });
  const invite = sipp.messages()[0]?.text ?? "";
  assert.match(invite, new RegExp(`^INVITE sip:\\${DIALED}@`));
  assert.match(invite, new RegExp(`^From: .*<sip:\\${CALLER_ID}@`, "m"));
  assert.match(invite, /^m=audio /m);
  await caller.close();
  await sipp.stop();
});

calls.run();
