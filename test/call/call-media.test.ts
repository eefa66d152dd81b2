import { suite } from "uvu";
import * as assert from "uvu/assert";
import { mediaOpener } from "../../engine/call/open-call-media.ts";
import { openRtpSession, type RtpSession } from "../../engine/media/rtp-session.ts";
import { answerOffer, readAnswer } from "../../engine/media/sdp.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipBody } from "../../engine/sip/sip-message.ts";
import { MEGAN_CALLS, withCallLab } from "./call-lab.ts";

const media = suite("media of calls");

function answerTo({ request }: ServerCall, port: number): SipBody {
  const local = { address: "127.0.0.1", port, sessionId: 1, version: 1 };
  const answer = answerOffer(request.body?.content ?? "", local);
  if (!answer.ok) throw new Error(answer.why);
  return { contentType: "application/sdp", content: answer.sdp };
}

async function session(): Promise<RtpSession> {
  const opened = await openRtpSession({ host: "127.0.0.1", sound: "tone", random: Math.random });
  if (opened === null) throw new Error("no port for speech");
  return opened;
}

media("speech goes both ways, and what is heard of it is measured", async () => {
  const far = await session();
  const onInvite = (call: ServerCall): void => {
    call.answer({ body: answerTo(call, far.port) });
    const { request } = call;
    const offered = readAnswer(request.body?.content ?? "");
    if (typeof offered === "string") throw new Error(offered);
    far.start({ ...offered.remote, payloadType: 8 });
  };
  try {
    await withCallLab(
      [{ name: "trunk-1", onInvite }],
      async ({ caller }) => {
        const { quality } = await caller.place(MEGAN_CALLS, { holdSeconds: 0.4 });
        assert.is(quality?.source, "measured");
        assert.ok((quality?.packetsReceived ?? 0) >= 10, `${quality?.packetsReceived} packets`);
        assert.ok((quality?.meanOpinionScore ?? 0) > 3.5);
        const heard = far.stop();
        assert.ok((heard?.packetsReceived ?? 0) >= 10, `${heard?.packetsReceived} at the far end`);
      },
      // The far end's stream counts as well: it is in the same process.
      { maxMediaStreams: 2 },
    );
  } finally {
    far.stop();
  }
});

media("calls past the bound have no speech, and are placed all the same", async () => {
  const onInvite = (call: ServerCall): void => call.answer({ body: answerTo(call, 9) });
  await withCallLab(
    [{ name: "trunk-1", onInvite }],
    async ({ caller, messages }) => {
      const conduct = { holdSeconds: 0.05 };
      const records = await Promise.all([1, 2, 3].map(() => caller.place(MEGAN_CALLS, conduct)));
      assert.ok(records.every(({ result, quality }) => result === "answered" && quality === null));
      const ports = messages
        .filter((message) => message.startsWith("INVITE"))
        .map((message) => /^m=audio (\d+)/m.exec(message)?.[1]);
      assert.is(ports.filter((port) => port === "9").length, 2);
      // The stream is free again.
      await caller.place(MEGAN_CALLS, conduct);
      const last = messages.filter((message) => message.startsWith("INVITE")).at(-1) ?? "";
      assert.not.match(last, /^m=audio 9 /m);
    },
    { maxMediaStreams: 1 },
  );
});

media("giving up before the first INVITE sends nothing, and frees the stream", async () => {
  await withCallLab(
    [{ name: "trunk-1", onInvite: (call) => call.answer() }],
    async ({ caller, wire }) => {
      const signal = AbortSignal.abort();
      const record = await caller.place(MEGAN_CALLS, { signal });
      assert.equal([record.result, record.attempts], ["cancelled", []]);
      assert.equal(wire, []);
      await caller.drain(0);
    },
    { maxMediaStreams: 1 },
  );
});

media("an offer to hold the call is answered in kind", () => {
  const open = mediaOpener({ listened: ["127.0.0.1"], maxStreams: 0 });
  const call = open("127.0.0.1");
  if (call instanceof Promise) throw new Error("no stream was to be opened");
  const held = call.offer("RTP/AVP").replace("a=sendrecv", "a=sendonly");
  const answer = call.answer(held);
  assert.match(answer, /a=recvonly/);
  assert.match(answer, /^o=- \d+ 2 /m);
  assert.is(call.answer("nonsense"), call.offerAgain());
  assert.is(call.stop(), null);
});

media("an address of the peer's family is offered", () => {
  const open = mediaOpener({ listened: ["127.0.0.1", "::1"], maxStreams: 0 });
  const lines = ["::1", "127.0.0.1", "sbc1.contoso.com"].map((host) => {
    const call = open(host);
    if (call instanceof Promise) throw new Error("no stream was to be opened");
    return /^c=.*$/m.exec(call.offer("RTP/AVP"))?.[0];
  });
  assert.equal(lines, ["c=IN IP6 ::1", "c=IN IP4 127.0.0.1", "c=IN IP4 127.0.0.1"]);
});

media.run();
