import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipEndpointOptions } from "../../engine/sip/sip-endpoint.ts";
import { withRawCaller } from "./raw-caller.ts";
import { RawPeer, toTagOf } from "./raw-peer.ts";
import { withShortTimers } from "./short-timers.ts";
import { Heard, SDP, Signal, Taken, withLab } from "./sip-lab.ts";

const serverCalls = suite("server call");

serverCalls("an INVITE repeated while it rings gets the last provisional response again", () =>
  withRawCaller(
    (call) => call.progress(180),
    async (raw, _taken, _lab, calls) => {
      const invite = raw.invite({ callId: "r1", branch: "z9hG4bKr1" });
      raw.send(invite);
      await raw.hears("180 INVITE");
      raw.send(invite);
      await raw.hears("180 INVITE", 2);
      assert.is(calls.length, 1);
    },
  ),
);

serverCalls(
  "repeats of INVITE and BYE after the call make no new call, and BYE is answered alike",
  () =>
    withRawCaller(
      (call) => call.answer({ body: SDP }),
      async (raw, taken, lab, calls) => {
        const invite = raw.invite({ callId: "r2", branch: "z9hG4bKr2" });
        raw.send(invite);
        const toTag = toTagOf(await raw.hears("200 INVITE"));
        raw.send(raw.request({ method: "ACK", callId: "r2", branch: "z9hG4bKa2", toTag }));
        await (await taken.within()).confirm.within();
        const bye = raw.request({
          method: "BYE",
          callId: "r2",
          branch: "z9hG4bKb2",
          toTag,
          cseq: 2,
        });
        raw.send(bye);
        await raw.hears("200 BYE");
        raw.send(invite);
        raw.send(bye);
        const [first, second] = [await raw.hears("200 BYE"), await raw.hears("200 BYE", 2)];
        assert.is(second, first);
        assert.is(calls.length, 1);
        assert.is(raw.lines().filter((line) => line === "200 INVITE").length, 1);
        const { transactions, dialogs, absorbed } = lab.called.counts();
        assert.equal({ transactions, dialogs }, { transactions: 0, dialogs: 0 });
        assert.ok(absorbed > 0);
      },
    ),
);

serverCalls("two senders with the same branch do not meet", () =>
  withRawCaller(
    (call) => call.progress(180),
    async (raw, _taken, lab, calls) => {
      const other = await RawPeer.open(lab.calledPeer);
      raw.send(raw.invite({ callId: "s1", branch: "z9hG4bKsame" }));
      other.send(other.invite({ callId: "s2", branch: "z9hG4bKsame" }));
      await Promise.all([raw.hears("180 INVITE"), other.hears("180 INVITE")]);
      assert.is(calls.length, 2);
      await other.close();
    },
  ),
);

serverCalls("the same INVITE over another way is refused with 482", () =>
  withRawCaller(
    (call) => call.progress(180),
    async (raw, _taken, _lab, calls) => {
      raw.send(raw.invite({ callId: "m1", branch: "z9hG4bKm1" }));
      raw.send(raw.invite({ callId: "m1", branch: "z9hG4bKm2" }));
      await raw.hears("482 INVITE");
      assert.is(calls.length, 1);
    },
  ),
);

serverCalls("an answer that nobody acknowledges is repeated, then the call is ended by a BYE", () =>
  withShortTimers(() =>
    withRawCaller(
      (call) => call.answer({ body: SDP }),
      async (raw, taken, lab) => {
        raw.send(raw.invite({ callId: "u1", branch: "z9hG4bKu1" }));
        await raw.hears("200 INVITE", 4);
        const { unconfirmed, end } = await taken.within();
        await unconfirmed.within();
        const bye = await raw.hears("BYE");
        assert.match(bye, new RegExp(`^BYE sip:raw@127\\.0\\.0\\.1:${raw.port} SIP/2\\.0\r\n`));
        assert.ok(lab.called.counts().retransmissionsSent >= 3);
        await end.within();
        assert.is(lab.called.counts().dialogs, 0);
      },
    ),
  ),
);

serverCalls("a refusal is repeated until its ACK, and given up after 64 × T1", () =>
  withShortTimers(() =>
    withRawCaller(
      (call) => call.reject(486),
      async (raw, taken, lab) => {
        raw.send(raw.invite({ callId: "g1", branch: "z9hG4bKg1" }));
        await raw.hears("486 INVITE", 3);
        await (await taken.within()).end.within();
        assert.is(lab.called.counts().transactions, 0);
        const invite = raw.invite({ callId: "g2", branch: "z9hG4bKg2" });
        raw.send(invite);
        const toTag = toTagOf(await raw.hears("486 INVITE"));
        raw.send(raw.request({ method: "ACK", callId: "g2", branch: "z9hG4bKg2", toTag }));
      },
    ),
  ),
);

serverCalls("CANCEL gets 200 and the INVITE 487; of an unknown INVITE it gets 481", () =>
  withRawCaller(
    (call) => call.progress(180),
    async (raw, taken) => {
      raw.send(raw.invite({ callId: "c1", branch: "z9hG4bKc1" }));
      await raw.hears("180 INVITE");
      raw.send(raw.request({ method: "CANCEL", callId: "c1", branch: "z9hG4bKc1" }));
      await raw.hears("200 CANCEL");
      const refusal = await raw.hears("487 INVITE");
      await (await taken.within()).cancel.within();
      const ack = { method: "ACK", callId: "c1", branch: "z9hG4bKc1", toTag: toTagOf(refusal) };
      raw.send(raw.request(ack));
      await (await taken.within()).end.within();
      raw.send(raw.request({ method: "CANCEL", callId: "c2", branch: "z9hG4bKnone" }));
      await raw.hears("481 CANCEL");
    },
  ),
);

serverCalls("a CANCEL that comes after the answer changes nothing", () =>
  withRawCaller(
    (call) => call.answer({ body: SDP }),
    async (raw, taken, lab) => {
      raw.send(raw.invite({ callId: "c3", branch: "z9hG4bKc3" }));
      const toTag = toTagOf(await raw.hears("200 INVITE"));
      raw.send(raw.request({ method: "CANCEL", callId: "c3", branch: "z9hG4bKc3" }));
      await raw.hears("200 CANCEL");
      raw.send(raw.request({ method: "ACK", callId: "c3", branch: "z9hG4bKc3a", toTag }));
      await (await taken.within()).confirm.within();
      assert.is(lab.called.counts().dialogs, 1);
      assert.not.ok(raw.lines().includes("487 INVITE"));
    },
  ),
);

serverCalls("a BYE while it rings ends the INVITE with 487", () =>
  withRawCaller(
    (call) => call.progress(180),
    async (raw, taken) => {
      raw.send(raw.invite({ callId: "e1", branch: "z9hG4bKe1" }));
      const toTag = toTagOf(await raw.hears("180 INVITE"));
      raw.send(raw.request({ method: "BYE", callId: "e1", branch: "z9hG4bKe2", toTag, cseq: 2 }));
      await raw.hears("200 BYE");
      await raw.hears("487 INVITE");
      await (await taken.within()).cancel.within();
    },
  ),
);

serverCalls("a call that is abandoned sends nothing more, and its INVITE makes no other", () =>
  withRawCaller(
    (call) => call.abandon(),
    async (raw, taken, lab, calls) => {
      const invite = raw.invite({ callId: "x1", branch: "z9hG4bKx1" });
      raw.send(invite);
      await (await taken.within()).end.within();
      raw.send(invite);
      raw.send(raw.request({ method: "OPTIONS", callId: "x2", branch: "z9hG4bKx2" }));
      await raw.hears("200 OPTIONS");
      assert.equal([raw.lines(), calls.length], [["200 OPTIONS"], 1]);
      assert.is(lab.called.counts().transactions, 0);
    },
  ),
);

serverCalls("a request with a Require that nobody knows is refused with 420", () =>
  withRawCaller(
    (call) => call.progress(180),
    async (raw, _taken, lab, calls) => {
      const lines = ["Require: teleportation"];
      raw.send(raw.invite({ callId: "q1", branch: "z9hG4bKq1", lines }));
      assert.match(await raw.hears("420 INVITE"), /^Unsupported: teleportation\r$/m);
      assert.is(calls.length, 0);
      assert.is(lab.called.counts().refused, 1);
    },
  ),
);

serverCalls("a call that nothing is sent to is forgotten when its caller has given up", () =>
  withShortTimers(() =>
    withRawCaller(
      () => {},
      async (raw, taken, lab) => {
        raw.send(raw.invite({ callId: "f1", branch: "z9hG4bKf1" }));
        await (await taken.within()).end.within();
        assert.is(lab.called.counts().transactions, 0);
        assert.equal(raw.heard, []);
      },
    ),
  ),
);

/** Breaks the connection where a message that begins so was to be sent. */
function resetting(start: string): NonNullable<SipEndpointOptions["fateOf"]> {
  return (direction, message) => ({
    deliver: direction === "sent" && message.startsWith(start) ? "reset" : "now",
  });
}

const UNSENT = [
  ["an answer", "SIP/2.0 200", (call: ServerCall) => call.answer({ body: SDP })],
  ["a refusal", "SIP/2.0 486", (call: ServerCall) => call.reject(486)],
] as const;

for (const [what, start, act] of UNSENT) {
  serverCalls(
    `${what} that its broken connection did not take is waited for by nobody`,
    async () => {
      const taken = new Signal<Taken>("the call");
      const onInvite = (call: ServerCall): void => {
        taken.fire(new Taken(call));
        act(call);
      };
      const called = { onInvite, fateOf: resetting(start) };
      await withLab({ listen: { transport: "tcp" }, called }, async (lab) => {
        new Heard().place(lab);
        const call = await taken.within();
        // Long before 64 × T1, which are 32 seconds here.
        if (what === "an answer") await call.unconfirmed.within();
        await call.end.within();
        const { transactions, dialogs } = lab.called.counts();
        assert.equal({ transactions, dialogs }, { transactions: 0, dialogs: 0 });
      });
    },
  );
}

serverCalls.run();
