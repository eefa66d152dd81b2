/**
 * Kamailio relays between our caller and the trunk simulator. It stays in the path by Record-Route, so ACK
 * and BYE reach it only when both of our ends send them by their routes.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import type { HangUpSide } from "../../engine/model/call-detail-record.ts";
import { type LabTls, labTls } from "../../engine/sip/lab-certificates.ts";
import { openGatewayCaller } from "./gateway-caller.ts";
import { type Kamailio, startKamailio } from "./kamailio.ts";
import { peerSuite } from "./peer-suite.ts";
import { type SimulatedTrunk, startTrunkSimProcess } from "./trunk-sim-process.ts";

interface Row {
  readonly name: string;
  readonly caller: "udp" | "tcp";
  readonly trunk: SimulatedTrunk;
  readonly holdSeconds: number | null;
  readonly hangUpSide: HangUpSide;
}

const HANGS_UP = { answer: { calleeHangsUp: 1, callSeconds: 0.2 } };

const ROWS: readonly Row[] = [
  { name: "UDP to UDP", caller: "udp", trunk: {}, holdSeconds: 0.1, hangUpSide: "caller" },
  { name: "TCP to UDP", caller: "tcp", trunk: {}, holdSeconds: 0.1, hangUpSide: "caller" },
  {
    name: "UDP to TCP",
    caller: "udp",
    trunk: { transport: "tcp" },
    holdSeconds: 0.1,
    hangUpSide: "caller",
  },
  {
    name: "UDP to UDP, the trunk hangs up",
    caller: "udp",
    trunk: HANGS_UP,
    holdSeconds: null,
    hangUpSide: "callee",
  },
  {
    name: "TCP to TCP, the trunk hangs up",
    caller: "tcp",
    trunk: { ...HANGS_UP, transport: "tcp" },
    holdSeconds: null,
    hangUpSide: "callee",
  },
];

const NOWHERE = "sip:127.0.0.1:9";

const relay = peerSuite("Kamailio between both ends", ["kamailio"]);

async function withRelay(
  trunk: SimulatedTrunk,
  run: (kamailio: Kamailio) => Promise<void>,
): Promise<void> {
  const { peer, addresses } = await startTrunkSimProcess([trunk]);
  const [at] = addresses;
  assert.ok(at);
  const nextHop = `sip:${at.host}:${at.port};transport=${at.transport}`;
  const kamailio = await startKamailio({ config: "relay", transports: ["udp", "tcp"], nextHop });
  try {
    await run(kamailio);
  } finally {
    await kamailio.peer.stop();
    await peer.stop();
  }
}

for (const { name, caller: transport, trunk, holdSeconds, hangUpSide } of ROWS) {
  relay(name, () =>
    withRelay(trunk, async (kamailio) => {
      const caller = await openGatewayCaller([{ peer: kamailio.addressOf(transport) }]);
      const record = await caller.place({ holdSeconds });
      assert.equal(
        [record.result, record.status, record.hangUpSide],
        ["answered", 200, hangUpSide],
      );
      await kamailio.peer.printed(/in dialog: ACK by Route/);
      await kamailio.peer.printed(/in dialog: BYE by Route/);
      assert.not.match(kamailio.peer.output(), /without Route|insane/);
      await caller.close();
    }),
  );
}

relay("a call that is given up while it rings", () =>
  withRelay({ answer: { outcome: "no-answer" } }, async (kamailio) => {
    const caller = await openGatewayCaller([{ peer: kamailio.addressOf("udp") }]);
    const given = new AbortController();
    const { result, status } = await caller.place({
      signal: given.signal,
      onProgress: ({ kind }) => {
        if (kind === "ringing") given.abort();
      },
    });
    assert.equal([result, status], ["cancelled", 487]);
    await caller.close();
  }),
);

relay("a refusal comes through, and the next gateway is tried", () =>
  // A proxy makes 500 of 503 (RFC 3261 section 16.7), so another of the default codes.
  withRelay({ answer: { progress: "none", outcome: 504 } }, async (refusing) => {
    await withRelay({}, async (answering) => {
      const caller = await openGatewayCaller([
        { peer: refusing.addressOf("udp") },
        { peer: answering.addressOf("udp") },
      ]);
      const { attempts } = await caller.place({ holdSeconds: 0.1 });
      assert.equal(
        attempts.map(({ status }) => status),
        [504, 200],
      );
      await caller.close();
    });
  }),
);

/** A lab's certificates in a folder of their own. */
async function withLab(run: (lab: string, tls: LabTls) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "outdial-lab-"));
  try {
    const lab = join(folder, "tls");
    await run(lab, await labTls(lab));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const holdSeconds of [0.1, null]) {
  const who = holdSeconds === null ? "the trunk" : "the caller";
  relay(`TLS to TLS with certificates on every side, ${who} hangs up`, () =>
    withLab(async (lab, tls) => {
      const trunk = holdSeconds === null ? HANGS_UP : {};
      const called = await startTrunkSimProcess([{ ...trunk, transport: "tls" }], {
        args: ["--tls-folder", lab],
      });
      const nextHop = `sip:127.0.0.1:${called.addresses[0]?.port};transport=tls`;
      const options = { config: "relay", transports: ["tls"], nextHop, tls: lab } as const;
      const kamailio = await startKamailio(options);
      const peer = { ...kamailio.addressOf("tls"), serverName: "localhost" };
      const caller = await openGatewayCaller([{ peer }], { tls: tls.client });
      const { result, status, hangUpSide } = await caller.place({ holdSeconds });
      const expected = holdSeconds === null ? "callee" : "caller";
      assert.equal([result, status, hangUpSide], ["answered", 200, expected]);
      await kamailio.peer.printed(/in dialog: ACK by Route/);
      await kamailio.peer.printed(/in dialog: BYE by Route/);
      await caller.close();
      await kamailio.peer.stop();
      assert.is((await called.records()).length, 1);
    }),
  );
}

relay("Kamailio refuses a caller of another lab, and the caller says that it was", () =>
  withLab((lab) =>
    withLab(async (_, strangers) => {
      const options = { config: "relay", transports: ["tls"], nextHop: NOWHERE, tls: lab } as const;
      const kamailio = await startKamailio(options);
      const peer = { ...kamailio.addressOf("tls"), serverName: "localhost" };
      const caller = await openGatewayCaller([{ peer }], { tls: strangers.client });
      const { result, attempts } = await caller.place();
      assert.is.not(result, "answered");
      const outcomes = new Set(attempts.map(({ outcome }) => outcome));
      assert.equal([...outcomes], ["transport-failed"]);
      assert.match(attempts[0]?.phrase ?? "", /certificate/);
      await caller.close();
      await kamailio.peer.stop();
    }),
  ),
);

relay.run();
