/** A soft phone, baresip, at either end. */
import * as assert from "uvu/assert";
import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import { startBaresip } from "./baresip.ts";
import { DIALED, openGatewayCaller } from "./gateway-caller.ts";
import { peerSuite } from "./peer-suite.ts";
import { startTrunkSimProcess } from "./trunk-sim-process.ts";

const HOST = "127.0.0.1";
const PHONE = { user: DIALED, answers: "auto" } as const;

function shape({ result, status, hangUpSide, callingNumber }: OperatorCallRecord): unknown {
  return { result, status, hangUpSide, callingNumber };
}

const baresip = peerSuite("baresip", ["baresip"]);

baresip("calls a trunk, which answers, and hangs up", async () => {
  const trunk = await startTrunkSimProcess([{}]);
  const dial = `sip:${DIALED}@${HOST}:${trunk.addresses[0]?.port}`;
  const phone = await startBaresip({ user: "megan", answers: "manual", dial });
  await phone.peer.printed(/180 Ringing/);
  await phone.peer.printed(/Call established/);
  phone.peer.type("b");
  await phone.peer.printed(/terminate call/);
  phone.peer.type("q");
  assert.is(await phone.peer.ended, 0);
  const records = await trunk.records();
  assert.equal(records.map(shape), [
    { result: "answered", status: 200, hangUpSide: "caller", callingNumber: "megan" },
  ]);
});

baresip("calls a trunk that hangs up after half a second", async () => {
  const trunk = await startTrunkSimProcess([{ answer: { calleeHangsUp: 1, callSeconds: 0.5 } }]);
  const dial = `sip:${DIALED}@${HOST}:${trunk.addresses[0]?.port}`;
  const phone = await startBaresip({ user: "megan", answers: "manual", dial });
  await phone.peer.printed(/Call established/);
  await phone.peer.printed(/session closed/);
  const records = await trunk.records();
  assert.equal(records.map(shape), [
    { result: "answered", status: 200, hangUpSide: "callee", callingNumber: "megan" },
  ]);
  await phone.peer.stop();
});

for (const transport of ["udp", "tcp"] as const) {
  baresip(`takes a call of ours over ${transport}, until we hang up`, async () => {
    const phone = await startBaresip(PHONE);
    const caller = await openGatewayCaller([{ peer: { transport, host: HOST, port: phone.port } }]);
    const record = await caller.place({ holdSeconds: 0.3 });
    assert.equal([record.result, record.status, record.hangUpSide], ["answered", 200, "caller"]);
    await phone.peer.printed(/Call established/);
    await phone.peer.printed(/session closed/);
    await caller.close();
    await phone.peer.stop();
  });

  baresip(`takes a call of ours over ${transport}, and hangs up itself`, async () => {
    const phone = await startBaresip(PHONE);
    const caller = await openGatewayCaller([{ peer: { transport, host: HOST, port: phone.port } }]);
    const record = await caller.place({
      onProgress: ({ kind }) => {
        if (kind === "answered") setTimeout(() => phone.peer.type("b"), 200);
      },
    });
    assert.equal([record.result, record.status, record.hangUpSide], ["answered", 200, "callee"]);
    await caller.close();
    await phone.peer.stop();
  });
}

baresip.run();
