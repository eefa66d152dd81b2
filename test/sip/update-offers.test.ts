import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import { RawPeer, rawResponse, toTagOf } from "./raw-peer.ts";
import { Heard, SDP, withLab } from "./sip-lab.ts";

const offers = suite("offers in UPDATE (RFC 3311 section 5.2)");

const RELIABLE = ["Supported: 100rel"];
const RETRY_AFTER = /^Retry-After: \d+\r$/m;

/** A raw caller's early dialog: its INVITE, and PRACK and UPDATE within it. */
class EarlyDialog {
  readonly raw: RawPeer;
  readonly #invite: string;
  #first = "";
  #cseq = 1;

  constructor(raw: RawPeer, body: string) {
    this.raw = raw;
    this.#invite = raw.invite({ callId: "u", branch: "z9hG4bKu1", lines: RELIABLE, body });
  }

  async begin(line: string): Promise<void> {
    this.raw.send(this.#invite);
    this.#first = await this.raw.hears(line);
  }

  async ask(method: string, hears: string, body = "", lines: string[] = []): Promise<string> {
    const cseq = ++this.#cseq;
    const branch = `z9hG4bKu${cseq}`;
    const toTag = toTagOf(this.#first);
    const count = this.raw.lines().filter((line) => line === hears).length + 1;
    this.raw.send(this.raw.request({ method, callId: "u", branch, toTag, cseq, body, lines }));
    return this.raw.hears(hears, count);
  }

  update(status: number, body = SDP.content): Promise<string> {
    return this.ask("UPDATE", `${status} UPDATE`, body);
  }

  async acknowledgeProvisional(body = ""): Promise<void> {
    const rseq = /^RSeq: (\d+)\r$/m.exec(this.#first)?.[1] ?? "";
    await this.ask("PRACK", "200 PRACK", body, [`RAck: ${rseq} 1 INVITE`]);
  }

  acknowledge(body = ""): void {
    const toTag = toTagOf(this.#first);
    this.raw.send(
      this.raw.request({ method: "ACK", callId: "u", branch: "z9hG4bKua", toTag, body }),
    );
  }
}

async function withEarlyDialog(
  body: string,
  act: (call: ServerCall) => void,
  run: (early: EarlyDialog, call: () => ServerCall) => Promise<void>,
): Promise<void> {
  const calls: ServerCall[] = [];
  const onInvite = (call: ServerCall): void => {
    calls.push(call);
    act(call);
  };
  await withLab({ called: { onInvite } }, async (lab) => {
    const raw = await RawPeer.open(lab.calledPeer);
    try {
      await run(new EarlyDialog(raw, body), () => {
        const [call] = calls;
        if (call === undefined) throw new Error("no call came");
        return call;
      });
    } finally {
      await raw.close();
    }
  });
}

offers("one that comes before the INVITE's is answered is refused by 500, to be tried again", () =>
  withEarlyDialog(
    SDP.content,
    (call) => call.progress(183, { body: SDP }),
    async (early, call) => {
      await early.begin("183 INVITE");
      assert.match(await early.update(500), RETRY_AFTER);
      assert.not.match(await early.update(200, ""), /^Content-Type:/m);
      call().answer({ body: SDP });
      await early.raw.hears("200 INVITE");
      assert.ok((await early.update(200)).endsWith(SDP.content), "answered, though no ACK came");
      early.acknowledge();
    },
  ),
);

offers("one that comes after a reliable answer and its PRACK is answered", () =>
  withEarlyDialog(
    SDP.content,
    (call) => call.progress(183, { body: SDP, reliable: true }),
    async (early) => {
      await early.begin("183 INVITE");
      assert.match(await early.update(500), RETRY_AFTER);
      await early.acknowledgeProvisional();
      assert.ok((await early.update(200)).endsWith(SDP.content));
    },
  ),
);

offers("one that crosses ours is refused by 491, until ours is answered by a PRACK", () =>
  withEarlyDialog(
    "",
    (call) => call.progress(183, { body: SDP, reliable: true }),
    async (early) => {
      await early.begin("183 INVITE");
      await early.update(491);
      await early.acknowledgeProvisional(SDP.content);
      assert.ok((await early.update(200)).endsWith(SDP.content));
    },
  ),
);

offers("one that crosses ours in a 200 is refused by 491, until its ACK brings the answer", () =>
  withEarlyDialog(
    "",
    (call) => call.answer({ body: SDP }),
    async (early) => {
      await early.begin("200 INVITE");
      await early.update(491);
      early.acknowledge(SDP.content);
      await early.update(200);
      const again = await early.ask("INVITE", "200 INVITE");
      assert.ok(again.endsWith(SDP.content), "a re-INVITE without an offer gets one");
      await early.update(491);
    },
  ),
);

offers("one that nobody can answer is refused by 488", () =>
  withEarlyDialog(
    SDP.content,
    (call) => call.answer(),
    async (early) => {
      await early.begin("200 INVITE");
      await early.update(488);
      early.acknowledge();
    },
  ),
);

offers("to the caller one is refused by 491 until its own is answered reliably", () =>
  withLab({}, async (lab) => {
    const raw = await RawPeer.open(lab.callerPeer);
    const calledPeer: SipPeer = { transport: "udp", host: "127.0.0.1", port: raw.port };
    const heard = new Heard();
    heard.place({ ...lab, calledPeer });
    const invite = await raw.hears("INVITE");
    const callId = /^Call-ID: (.*)\r$/m.exec(invite)?.[1] ?? "";
    const toTag = /^From: .*;tag=(.*)\r$/m.exec(invite)?.[1] ?? "";
    const contact = `Contact: <sip:called@127.0.0.1:${raw.port}>`;
    const parts = { toTag: "raw", body: SDP.content };
    raw.send(rawResponse(invite, "183 Session Progress", { ...parts, lines: [contact] }));
    await heard.progress.within();
    const update = { method: "UPDATE", callId, toTag, body: SDP.content };
    raw.send(raw.request({ ...update, branch: "z9hG4bKc1" }));
    await raw.hears("491 UPDATE");
    const lines = [contact, "Require: 100rel", "RSeq: 5"];
    raw.send(rawResponse(invite, "183 Session Progress", { ...parts, lines }));
    raw.send(rawResponse(await raw.hears("PRACK"), "200 OK"));
    raw.send(raw.request({ ...update, branch: "z9hG4bKc2", cseq: 2 }));
    assert.ok((await raw.hears("200 UPDATE")).endsWith(SDP.content));
    heard.call?.abandon();
    await raw.close();
  }),
);

offers.run();
