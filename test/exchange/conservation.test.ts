/**
 * Whatever goes wrong between a caller and its trunks, both sides account for every call, and their
 * records agree: the caller's against those of the trunk simulator, over real sockets.
 */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createCaller } from "../../engine/call/create-caller.ts";
import { runLoad } from "../../engine/call/run-load.ts";
import { trunkTargets } from "../../engine/call/trunk-targets.ts";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import {
  CallReconciliation,
  type Finding,
  isConserved,
} from "../../engine/exchange/reconcile-calls.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import type {
  OperatorCallRecord,
  OperatorCallResult,
} from "../../engine/model/call-detail-record.ts";
import type { TrunkTransport } from "../../engine/model/operator.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import { fixed } from "../../trunk-sim/scenario/distribution.ts";
import {
  DEFAULT_ANSWER,
  DEFAULT_QUALITY,
  type Fault,
  type TrunkProfile,
} from "../../trunk-sim/scenario/trunk-profile.ts";
import { Simulation } from "../../trunk-sim/simulation.ts";
import { SimClock } from "../../trunk-sim/trunk/sim-clock.ts";
import { StreamRoom } from "../../trunk-sim/trunk/speech-desk.ts";
import { labTenant, MEGAN_CALLS } from "../call/call-lab.ts";
import { withShortTimers } from "../sip/short-timers.ts";

const conservation = suite("conservation of calls");

const LONG = process.env["LONG"] !== undefined;
const CALLS = LONG ? 2_000 : 30;
const FAILOVER_SECONDS = 2;
/** Cases that run at one time: waiting for timers is most of what they do. */
const AT_ONCE = LONG ? 5 : 17;
/**
 * 64 × T1 is then 3.2 s. A timer that is over when a busy process wakes up is served before the message
 * that lies in the socket, so every timer must be longer than this process may sleep.
 */
const T1 = 50;

interface Case {
  readonly name: string;
  readonly faults: readonly Fault[];
  readonly transport?: TrunkTransport;
  readonly profile?: Partial<TrunkProfile>;
  /** What the caller answers a challenge with; nothing when left out. */
  readonly login?: { readonly user: string; readonly password: string };
  /** What every record of the first trunk says. */
  readonly first?: readonly [result: OperatorCallResult, status: number];
  /** Findings that cannot be helped: where messages are lost, the sides may know different things. */
  readonly allowed?: readonly Finding["kind"][];
}

function fault(kind: Fault["kind"], more: Partial<Fault> = {}): Fault {
  const always = { from: 0, to: Number.POSITIVE_INFINITY, share: 0.5, status: 503 };
  return { kind, ...always, seconds: fixed(0.05), ...more };
}

/** A machine that keeps the process waiting stretches what one side takes for the length of a call. */
const TIMES = ["duration-differs"] as const;

const LOSS = ["unheard", "result-differs"] as const;

const LOGIN = { user: "contoso", password: "correct horse" };
const ASKING: Partial<TrunkProfile> = {
  digest: { realm: "northwind.example", ...LOGIN, algorithms: ["SHA-256", "MD5"] },
};

const CASES: readonly Case[] = [
  {
    name: "a password that is asked for, and known",
    ...{ faults: [], profile: ASKING, login: LOGIN, first: ["answered", 200] },
  },
  {
    name: "a wrong password",
    ...{ faults: [], profile: ASKING, login: { ...LOGIN, password: "battery staple" } },
    first: ["failed", 401],
  },
  {
    name: "a password that the caller does not have",
    ...{ faults: [], profile: ASKING, first: ["failed", 401] },
  },
  { name: "nothing", faults: [] },
  { name: "a storm of 503", faults: [fault("503-storm")] },
  { name: "silence", faults: [fault("silence")] },
  { name: "100 and then silence", faults: [fault("100-then-silence")] },
  { name: "180 and then 503", faults: [fault("180-then-503")] },
  {
    name: "answers so slow that the next trunk is tried",
    faults: [fault("slow-answers", { seconds: fixed(FAILOVER_SECONDS) })],
  },
  { name: "lost packets", faults: [fault("packet-loss", { share: 0.2 })], allowed: LOSS },
  { name: "delayed packets", faults: [fault("packet-delay")] },
  { name: "packets twice", faults: [fault("packet-duplication")] },
  { name: "lost OPTIONS", faults: [fault("options-loss", { share: 1 })] },
  {
    name: "broken connections",
    faults: [fault("tcp-reset", { share: 0.05 })],
    transport: "tcp",
    allowed: LOSS,
  },
  { name: "a trunk that holds three calls", faults: [], profile: { maxConcurrentCalls: 3 } },
  { name: "a trunk that is off", faults: [], profile: { enabled: false } },
  {
    name: "all kinds of outcomes, and callees that hang up",
    faults: [],
    profile: {
      answer: {
        ...DEFAULT_ANSWER,
        outcomes: [
          { weight: 3, outcome: "answer" },
          { weight: 1, outcome: "busy" },
          { weight: 1, outcome: "no-answer" },
          { weight: 1, outcome: 404 },
        ],
        noAnswerSeconds: 0.1,
        calleeHangsUp: 0.5,
        callSeconds: fixed(0.02),
      },
    },
  },
];

const PROFILE: Omit<TrunkProfile, "name"> = {
  operator: "pure-ip",
  host: "127.0.0.1",
  port: 0,
  transport: "udp",
  enabled: true,
  maxConcurrentCalls: null,
  callsPerSecond: null,
  policeCallerId: false,
  ownedNumbers: [],
  optionsStatus: 200,
  digest: null,
  answer: { ...DEFAULT_ANSWER, postDialDelaySeconds: fixed(0.01), ringSeconds: fixed(0.02) },
  rules: [],
  quality: DEFAULT_QUALITY,
  faults: [],
};

async function simulate(
  of: Case,
  onRecord: (record: OperatorCallRecord) => void,
): Promise<Simulation> {
  const transport = of.transport ?? "udp";
  const profiles = [
    { ...PROFILE, name: "trunk-1", transport, faults: of.faults, ...of.profile },
    { ...PROFILE, name: "trunk-2", transport },
  ];
  const run = {
    seed: 1,
    clock: new SimClock(),
    transcript: null,
    streams: new StreamRoom(0),
    listener(event: Parameters<Parameters<typeof Simulation.start>[1]["listener"]>[0]) {
      if (event.kind === "ended") onRecord(event.record);
    },
  };
  const simulation = await Simulation.start(profiles, run, () => ({
    host: null,
    tls: () => Promise.reject(new Error("no trunk here speaks TLS")),
    messagesPerSecondPerSource: null,
    onFault() {},
  }));
  assert.equal(simulation.problems, []);
  return simulation;
}

async function account(of: Case): Promise<void> {
  const findings: Finding[] = [];
  const both = new CallReconciliation((finding) => findings.push(finding));
  const first: OperatorCallRecord[] = [];
  const simulation = await simulate(of, (record) => {
    both.addOperatorRecord(record);
    if (record.trunk === "trunk-1") first.push(record);
  });
  const tenant = labTenant(
    simulation.trunks.map(({ profile, address }, priority) => ({
      name: profile.name,
      ...address,
      priority,
    })),
  );
  const targets = new Map(
    [...trunkTargets(tenant, [])].map(([key, target]) => [
      key,
      { ...target, failoverTimeSeconds: FAILOVER_SECONDS },
    ]),
  );
  const listen = (["udp", "tcp"] as const).map((transport) => ({
    transport,
    host: "127.0.0.1",
    port: 0,
  }));
  const digest = of.login === undefined ? {} : { digest: { realm: "", login: of.login } };
  const endpoint = await openSipEndpoint({ listen, product: "outdial", ...digest });
  const router = createRouter(compileTenant(tenant).compiled, EVERYTHING_UP);
  const caller = createCaller({
    ...{ tenant, router, targets, endpoint },
    optionsIntervalSeconds: 1,
    ringSeconds: 2,
  });
  try {
    const { placed, summary } = await runLoad({
      caller,
      calls: Array.from({ length: CALLS }, () => MEGAN_CALLS),
      callsPerSecond: 60,
      maxCallsInFlight: 1_000,
      holdSeconds: (nth) => (nth % 4) / 50,
      onRecord: (record) => both.addCall(record),
    });
    await caller.drain(1);
    assert.equal(await simulation.drain(1_000, new AbortController().signal), {
      transactions: 0,
      dialogs: 0,
    });
    assert.is(placed, CALLS);
    const { attempts, answered, failed, timedOut, cancelled } = summary.calls;
    assert.equal([attempts, answered + failed + timedOut + cancelled], [CALLS, CALLS]);
    const { total } = both.finish();
    assert.ok(isConserved(total), `${of.name}: ${JSON.stringify(total)}`);
    const allowed = new Set<string>([...(of.allowed ?? []), ...TIMES]);
    assert.equal(
      findings.filter(({ kind }) => !allowed.has(kind)),
      [],
      of.name,
    );
    if (of.first !== undefined) {
      const said = new Set(first.map(({ result, status }) => `${result} ${status}`));
      assert.equal([...said], [of.first.join(" ")], of.name);
      assert.is(first.length, CALLS, of.name);
    }
    const { transactions, dialogs } = endpoint.counts();
    assert.equal({ transactions, dialogs }, { transactions: 0, dialogs: 0 }, of.name);
    assert.ok(caller.load().every(({ calls }) => calls === 0));
  } finally {
    caller.close();
    await Promise.all([simulation.close(), endpoint.close()]);
  }
}

conservation("under every fault both sides account for every call, and agree", async () => {
  await withShortTimers(async () => {
    const left = [...CASES];
    const work = async (): Promise<void> => {
      for (let of = left.shift(); of !== undefined; of = left.shift()) await account(of);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, T1);
});

conservation.run();
