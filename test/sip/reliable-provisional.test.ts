import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { MAX_OPEN_PRACKS } from "../../engine/sip/sip-limits.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import { until } from "../media/until.ts";
import { RawPeer, rawResponse, toTagOf } from "./raw-peer.ts";
import { withShortTimers } from "./short-timers.ts";
import { Heard, SDP, Signal, Taken, withLab } from "./sip-lab.ts";

const reliable = suite("reliable provisional responses");

async function withRinging(
  act: (call: ServerCall) => void,
  run: (raw: RawPeer, taken: Signal<Taken>) => Promise<void>,
): Promise<void> {
  const taken = new Signal<Taken>("the call");
  const onInvite = (call: ServerCall): void => {
    taken.fire(new Taken(call));
    act(call);
  };
  await withLab({ called: { onInvite } }, async (lab) => {
    const raw = await RawPeer.open(lab.calledPeer);
    try {
      await run(raw, taken);
    } finally {
      await raw.close();
    }
  });
}

function rseqOf(response: string): number {
  return Number(/^RSeq: (\d+)\r$/m.exec(response)?.[1]);
}

reliable(
  "a 183 with a session is repeated until its PRACK; the 180 and the answer wait for it",
  () =>
    withShortTimers(() =>
      withRinging(
        (call) => {
          call.progress(183, { body: SDP, reliable: true });
          call.progress(180, { reliable: true });
          call.answer();
        },
        async (raw, taken) => {
          const lines = ["Supported: timer, 100rel"];
          raw.send(raw.invite({ callId: "p1", branch: "z9hG4bKp1", lines }));
          const first = await raw.hears("183 INVITE", 3);
          assert.match(first, /^Require: 100rel\r$/m);
          assert.ok(first.endsWith(SDP.content));
          assert.equal(new Set(raw.lines()), new Set(["183 INVITE"]));
          const base = { method: "PRACK", callId: "p1", toTag: toTagOf(first) };
          const wrong = [`RAck: ${rseqOf(first) + 1} 1 INVITE`];
          raw.send(raw.request({ ...base, branch: "z9hG4bKp2", cseq: 2, lines: wrong }));
          await raw.hears("481 PRACK");
          const right = [`RAck: ${rseqOf(first)} 1 INVITE`];
          raw.send(raw.request({ ...base, branch: "z9hG4bKp3", cseq: 3, lines: right }));
          await raw.hears("200 PRACK");
          const second = await raw.hears("180 INVITE");
          assert.is(rseqOf(second), rseqOf(first) + 1);
          const next = [`RAck: ${rseqOf(second)} 1 INVITE`];
          raw.send(raw.request({ ...base, branch: "z9hG4bKp4", cseq: 4, lines: next }));
          await raw.hears("200 PRACK", 2);
          const toTag = toTagOf(await raw.hears("200 INVITE"));
          raw.send(raw.request({ method: "ACK", callId: "p1", branch: "z9hG4bKp5", toTag }));
          await (await taken.within()).confirm.within();
        },
      ),
    ),
);

reliable("without a PRACK the INVITE is refused with 504 after 64 × T1", () =>
  withShortTimers(() =>
    withRinging(
      (call) => call.progress(180, { reliable: true }),
      async (raw, taken) => {
        const lines = ["Supported: 100rel"];
        raw.send(raw.invite({ callId: "p2", branch: "z9hG4bKp1", lines }));
        const refusal = await raw.hears("504 INVITE");
        const ack = { method: "ACK", callId: "p2", branch: "z9hG4bKp1", toTag: toTagOf(refusal) };
        raw.send(raw.request(ack));
        await (await taken.within()).end.within();
      },
    ),
  ),
);

reliable("a caller that requires 100rel gets it unasked, one that does not know it never", () =>
  withRinging(
    (call) => call.progress(180, { reliable: call.request.callId === "p4" }),
    async (raw) => {
      raw.send(raw.invite({ callId: "p3", branch: "z9hG4bKp3", lines: ["Require: 100rel"] }));
      assert.match(await raw.hears("180 INVITE"), /^RSeq: /m);
      raw.send(raw.invite({ callId: "p4", branch: "z9hG4bKp4" }));
      const [plain] = raw.heard.filter((message) => message.includes("Call-ID: p4"));
      assert.not.match(plain ?? (await raw.hears("180 INVITE", 2)), /^RSeq: /m);
    },
  ),
);

reliable("a caller whose PRACKs nobody answers takes only so many responses", () =>
  withLab({}, async (lab) => {
    const raw = await RawPeer.open(lab.callerPeer);
    const calledPeer: SipPeer = { transport: "udp", host: "127.0.0.1", port: raw.port };
    const heard = new Heard();
    heard.place({ ...lab, calledPeer });
    try {
      const invite = await raw.hears("INVITE");
      const contact = `Contact: <sip:called@127.0.0.1:${raw.port}>`;
      const ring = (status: string, lines: readonly string[]): void =>
        raw.send(rawResponse(invite, status, { toTag: "raw", lines: [contact, ...lines] }));
      const ringReliably = (rseq: number): void =>
        ring("183 Session Progress", ["Require: 100rel", `RSeq: ${rseq}`]);
      for (let rseq = 1; rseq <= MAX_OPEN_PRACKS + 1; rseq++) ringReliably(rseq);
      ring("180 Ringing", []);
      const told = (line: string): number => heard.order.filter((entry) => entry === line).length;
      await until("the 180", () => told("progress 180") === 1);
      assert.is(told("progress 183"), MAX_OPEN_PRACKS);
      raw.send(rawResponse(await raw.hears("PRACK"), "200 OK"));
      // The caller reads in order: the answered PRACK has made room before this one comes.
      ringReliably(MAX_OPEN_PRACKS + 1);
      await until("the one more", () => told("progress 183") === MAX_OPEN_PRACKS + 1);
    } finally {
      heard.call?.abandon();
      await raw.close();
    }
  }),
);

reliable.run();
