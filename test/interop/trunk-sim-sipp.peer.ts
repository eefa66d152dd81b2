/**
 * SIPp calls the trunk simulator: its built-in `uac` as it is, over each transport, and scenarios for what
 * may happen in a call. Both ends must tell the same of every call.
 */
import * as assert from "uvu/assert";
import { peerSuite } from "./peer-suite.ts";
import { flowOf, startSipp } from "./sipp.ts";
import { type SimulatedTrunk, startTrunkSimProcess } from "./trunk-sim-process.ts";

interface Row {
  readonly name: string;
  readonly trunk: SimulatedTrunk;
  readonly scenario: string;
  readonly calls: number;
  readonly args?: readonly string[];
  /** Result and status of each INVITE in trunk-sim's records, in the order in which they come. */
  readonly told: readonly string[];
}

/** SIPp knows MD5 only, and looks at the first challenge only. */
const DIGEST = {
  realm: "operator.example.net",
  user: "contoso",
  password: "correct-horse",
  algorithms: ["MD5"],
};
const LOGIN = ["-au", "contoso", "-ap", "correct-horse"];
const ANSWERED = ["answered 200"];

const ROWS: readonly Row[] = [
  { name: "uac over UDP", trunk: {}, scenario: "uac", calls: 50, told: ANSWERED },
  {
    name: "uac over TCP",
    trunk: { transport: "tcp" },
    scenario: "uac",
    calls: 50,
    told: ANSWERED,
  },
  {
    name: "uac over IPv6 and UDP",
    trunk: { host: "::1" },
    scenario: "uac",
    calls: 50,
    told: ANSWERED,
  },
  {
    name: "uac over IPv6 and TCP",
    trunk: { host: "::1", transport: "tcp" },
    scenario: "uac",
    calls: 50,
    told: ANSWERED,
  },
  {
    name: "uac where speech begins before the answer",
    trunk: { answer: { progress: "early-media" } },
    scenario: "uac",
    calls: 10,
    told: ANSWERED,
  },
  {
    name: "a caller who gives up",
    trunk: {},
    scenario: "uac-cancels",
    calls: 10,
    told: ["cancelled 487"],
  },
  {
    name: "a caller with a password",
    trunk: { digest: DIGEST },
    scenario: "uac-authenticates",
    calls: 10,
    args: LOGIN,
    told: ANSWERED,
  },
  {
    name: "a caller with a wrong password",
    trunk: { digest: DIGEST },
    scenario: "uac-refused-credentials",
    calls: 10,
    args: ["-au", "contoso", "-ap", "wrong-horse"],
    told: ["failed 401"],
  },
  {
    name: "a caller who acknowledges 180 by PRACK",
    trunk: { answer: { reliable: true } },
    scenario: "uac-reliable",
    calls: 10,
    told: ANSWERED,
  },
  {
    name: "a caller who asks and offers during the call",
    trunk: {},
    scenario: "uac-reoffers",
    calls: 10,
    told: ANSWERED,
  },
];

const keys = { called: "+442079460123", calling: "+14255550101" };

const sim = peerSuite("SIPp calls trunk-sim", ["sipp"]);

for (const { name, trunk, scenario, calls, args = [], told } of ROWS) {
  sim(name, async () => {
    const called = await startTrunkSimProcess([trunk]);
    const [remote] = called.addresses;
    assert.ok(remote);
    const sipp = await startSipp({
      scenario,
      remote,
      host: remote.host,
      transport: remote.transport === "tcp" ? "tcp" : "udp",
      calls,
      callsPerSecond: 50,
      keys,
      args,
    });
    const { successful, failed, retransmissions } = await sipp.done();
    assert.equal({ successful, failed }, { successful: calls, failed: 0 }, sipp.errors());
    if (remote.transport === "tcp") assert.is(retransmissions, 0);
    const records = await called.records();
    const words = records.map(({ result, status }) => `${result} ${status}`);
    assert.equal([...new Set(words)], told);
    assert.is(records.length, calls * told.length);
  });
}

sim("uac sees 100, 180 and 200 in this order", async () => {
  const called = await startTrunkSimProcess([{}]);
  const [remote] = called.addresses;
  assert.ok(remote);
  const sipp = await startSipp({ scenario: "uac", remote, calls: 1 });
  await sipp.done();
  assert.equal(flowOf(sipp.messages()), [
    "→ INVITE",
    "← 100",
    "← 180",
    "← 200",
    "→ ACK",
    "→ BYE",
    "← 200",
  ]);
  await called.records();
});

sim.run();
