import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MAX_FORKS } from "../../engine/sip/sip-limits.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import { RawPeer, rawResponse } from "./raw-peer.ts";
import { withShortTimers } from "./short-timers.ts";
import { Heard, type Lab, type LabOptions, SDP, withLab } from "./sip-lab.ts";

const clientCalls = suite("client call");

/** A caller, and in place of the called end a peer of raw messages. */
async function withRawCallee(
  run: (raw: RawPeer, lab: Lab) => Promise<void>,
  options: LabOptions = {},
): Promise<void> {
  await withLab(options, async (lab) => {
    const raw = await RawPeer.open(lab.callerPeer);
    const calledPeer: SipPeer = { transport: "udp", host: "127.0.0.1", port: raw.port };
    try {
      await run(raw, { ...lab, calledPeer });
    } finally {
      await raw.close();
    }
  });
}

function contactOf(raw: RawPeer): string {
  return `Contact: <sip:called@127.0.0.1:${raw.port}>`;
}

clientCalls("CANCEL waits for a provisional response", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    const call = heard.place(lab);
    const invite = await raw.hears("INVITE");
    call.cancel();
    raw.send(rawResponse(invite, "100 Trying"));
    const cancel = await raw.hears("CANCEL");
    const [, via = ""] = /^(Via: .*)\r$/m.exec(invite) ?? [];
    assert.ok(cancel.includes(via), "the CANCEL has the Via of its INVITE");
    raw.send(rawResponse(cancel, "200 OK", { toTag: "t" }));
    raw.send(rawResponse(invite, "487 Request Terminated", { toTag: "t" }));
    await raw.hears("ACK");
    await heard.end.within();
    assert.equal(heard.order, ["trying", "reject 487", "end"]);
    assert.equal(raw.lines().slice(0, 2), ["INVITE", "CANCEL"]);
  }),
);

clientCalls("a 200 that crosses the CANCEL is acknowledged, told, and hung up", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    const call = heard.place(lab);
    const invite = await raw.hears("INVITE");
    raw.send(rawResponse(invite, "180 Ringing", { toTag: "t", lines: [contactOf(raw)] }));
    await heard.progress.within();
    call.cancel();
    raw.send(
      rawResponse(invite, "200 OK", { toTag: "t", lines: [contactOf(raw)], body: "v=0\r\n" }),
    );
    await raw.hears("ACK");
    raw.send(rawResponse(await raw.hears("CANCEL"), "200 OK", { toTag: "t" }));
    raw.send(rawResponse(await raw.hears("BYE"), "200 OK"));
    await heard.end.within();
    assert.equal(heard.order, ["progress 180", "answer 200", "end"]);
  }),
);

clientCalls("a call that stays undecided after its CANCEL fails after 64 × T1", () =>
  withShortTimers(() =>
    withRawCallee(async (raw, lab) => {
      const heard = new Heard();
      const call = heard.place(lab);
      raw.send(rawResponse(await raw.hears("INVITE"), "100 Trying"));
      call.cancel();
      raw.send(rawResponse(await raw.hears("CANCEL"), "200 OK", { toTag: "t" }));
      assert.match(await heard.fail.within(), "after CANCEL");
      await heard.end.within();
      assert.is(lab.caller.counts().transactions, 0);
    }),
  ),
);

clientCalls("an INVITE that nobody answers is repeated, and fails after 64 × T1", () =>
  withShortTimers(() =>
    withRawCallee(async (raw, lab) => {
      const heard = new Heard();
      heard.place(lab);
      await heard.fail.within();
      assert.equal(heard.order, ["fail timeout", "end"]);
      assert.ok(raw.lines().length >= 4, `heard ${raw.lines().length}`);
      assert.is(new Set(raw.heard).size, 1);
    }),
  ),
);

clientCalls("a repeated 200 and a repeated refusal get the same ACK again", () =>
  withRawCallee(async (raw, lab) => {
    const parts = { toTag: "t", lines: [contactOf(raw)], body: "v=0\r\n" };
    for (const status of ["200 OK", "486 Busy Here"]) {
      const heard = new Heard();
      heard.place(lab);
      const before = raw.lines().filter((line) => line === "ACK").length;
      const count = raw.lines().filter((line) => line === "INVITE").length + 1;
      const invite = await raw.hears("INVITE", before === 0 ? 1 : count);
      raw.send(rawResponse(invite, status, parts));
      const ack = await raw.hears("ACK", before + 1);
      raw.send(rawResponse(invite, status, parts));
      assert.is(await raw.hears("ACK", before + 2), ack);
      heard.call?.abandon();
      assert.is(heard.order.length, 2);
    }
  }),
);

clientCalls("a second 200 of a forked INVITE is acknowledged and hung up", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    heard.place(lab);
    const invite = await raw.hears("INVITE");
    for (const toTag of ["first", "second"]) {
      raw.send(rawResponse(invite, "200 OK", { toTag, lines: [contactOf(raw)], body: "v=0\r\n" }));
    }
    const bye = await raw.hears("BYE");
    assert.match(bye, /^To: .*;tag=second\r$/m);
    assert.match(await raw.hears("ACK", 2), /^To: .*;tag=second\r$/m);
    assert.equal(heard.order, ["answer 200"]);
  }),
);

clientCalls("the ACK to a 200 goes where its Contact says, by its Record-Route", () =>
  withRawCallee(async (raw, lab) => {
    const elsewhere = await RawPeer.open(lab.callerPeer);
    const proxy = await RawPeer.open(lab.callerPeer);
    const contact = contactOf(elsewhere);
    const routed = [
      `Record-Route: <sip:far.example;lr>, <sip:127.0.0.1:${proxy.port};lr>`,
      contact,
    ];
    const expected = [
      [[contact], elsewhere],
      [routed, proxy],
    ] as const;
    let count = 0;
    for (const [lines, hop] of expected) {
      const heard = new Heard();
      heard.place(lab);
      const invite = await raw.hears("INVITE", ++count);
      raw.send(rawResponse(invite, "200 OK", { toTag: "t", lines, body: "v=0\r\n" }));
      const ack = await hop.hears("ACK");
      assert.match(ack, new RegExp(`^ACK sip:called@127.0.0.1:${elsewhere.port} SIP/2.0\r\n`));
      heard.call?.hangUp();
      raw.send(rawResponse(await hop.hears("BYE"), "200 OK"));
      await heard.end.within();
    }
    const routes = (await proxy.hears("ACK")).match(/^Route: .*$/gm);
    assert.equal(routes, [
      `Route: <sip:127.0.0.1:${proxy.port};lr>`,
      "Route: <sip:far.example;lr>",
    ]);
    await Promise.all([elsewhere.close(), proxy.close()]);
  }),
);

clientCalls("reliable provisional responses are acknowledged once and in order", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    heard.place(lab);
    const invite = await raw.hears("INVITE");
    const reliable = (status: string, rseq: number): string => {
      const lines = ["Require: 100rel", `RSeq: ${rseq}`, contactOf(raw)];
      return rawResponse(invite, status, { toTag: "t", lines });
    };
    raw.send(reliable("183 Session Progress", 7));
    const prack = await raw.hears("PRACK");
    assert.match(prack, /^RAck: 7 1 INVITE\r$/m);
    assert.match(prack, /^CSeq: 2 PRACK\r$/m);
    raw.send(rawResponse(prack, "200 OK"));
    raw.send(reliable("183 Session Progress", 7));
    raw.send(reliable("180 Ringing", 9));
    raw.send(reliable("180 Ringing", 8));
    assert.match(await raw.hears("PRACK", 2), /^RAck: 8 1 INVITE\r$/m);
    raw.send(rawResponse(await raw.hears("PRACK", 2), "200 OK"));
    assert.equal(heard.order, ["progress 183", "progress 180"]);
    heard.call?.abandon();
  }),
);

clientCalls("provisional and final responses without Contact or tag are told all the same", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    heard.place(lab);
    const invite = await raw.hears("INVITE");
    raw.send(rawResponse(invite, "180 Ringing"));
    raw.send(rawResponse(invite, "200 OK", { toTag: "t", body: "v=0\r\n" }));
    await raw.hears("ACK");
    assert.equal(heard.order, ["progress 180", "answer 200"]);
    heard.call?.hangUp();
    raw.send(rawResponse(await raw.hears("BYE"), "481 Call/Transaction Does Not Exist"));
    await heard.end.within();
  }),
);

clientCalls("what the called end asks for within the dialog is answered", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    heard.place(lab);
    const invite = await raw.hears("INVITE");
    raw.send(
      rawResponse(invite, "200 OK", { toTag: "raw", lines: [contactOf(raw)], body: "v=0\r\n" }),
    );
    await raw.hears("ACK");
    const callId = /^Call-ID: (.*)\r$/m.exec(invite)?.[1] ?? "";
    const toTag = /^From: .*;tag=(.*)\r$/m.exec(invite)?.[1] ?? "";
    const base = { callId, toTag };
    raw.send(raw.request({ ...base, method: "UPDATE", branch: "z9hG4bKi1", body: SDP.content }));
    const answered = await raw.hears("200 UPDATE");
    assert.ok(answered.endsWith(SDP.content), "the last body is sent again");
    raw.send(raw.request({ ...base, method: "INVITE", branch: "z9hG4bKi2", cseq: 2 }));
    assert.ok((await raw.hears("200 INVITE")).endsWith(SDP.content));
    raw.send(raw.request({ ...base, method: "ACK", branch: "z9hG4bKi3", cseq: 2 }));
    raw.send(raw.request({ ...base, method: "BYE", branch: "z9hG4bKi4", cseq: 3 }));
    await raw.hears("200 BYE");
    await heard.end.within();
    assert.equal(heard.order, ["answer 200", "hang up", "end"]);
    assert.is(lab.caller.counts().transactions, 0);
  }),
);

clientCalls("responses that match nothing are counted and dropped", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    heard.place(lab);
    const invite = await raw.hears("INVITE");
    raw.send(rawResponse(invite.replace("z9hG4bK", "z9hG4bKother"), "200 OK", { toTag: "t" }));
    raw.send(rawResponse(invite.replace(/CSeq: 1 INVITE/, "CSeq: 1 BYE"), "200 OK"));
    const forSomebodyElse = ["Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKbehind"];
    raw.send(rawResponse(invite, "486 Busy Here", { toTag: "t", lines: forSomebodyElse }));
    raw.send(rawResponse(invite, "404 Not Found", { toTag: "t" }));
    await heard.end.within();
    assert.equal(heard.order, ["reject 404", "end"]);
    assert.is(lab.caller.counts().unmatched, 3);
  }),
);

clientCalls("a peer that cannot be reached fails the call", async () => {
  await withLab({ listen: { transport: "tcp" } }, async (lab) => {
    await lab.called.close();
    const heard = new Heard();
    heard.place(lab);
    await heard.fail.within();
    assert.equal(heard.order, ["fail transport", "end"]);
    const result = await lab.caller.ping(lab.calledPeer, 1_000);
    assert.is(result.answered, false);
  });
});

clientCalls("a BYE that is asked for a password goes again with it", () =>
  withRawCallee(
    async (raw, lab) => {
      const heard = new Heard();
      const call = heard.place(lab);
      const invite = await raw.hears("INVITE");
      raw.send(rawResponse(invite, "200 OK", { toTag: "t", lines: [contactOf(raw)] }));
      await heard.answer.within();
      call.hangUp();
      const challenge = 'Digest realm="contoso.com", nonce="n", algorithm=MD5, qop="auth"';
      const lines = [`Proxy-Authenticate: ${challenge}`];
      raw.send(rawResponse(await raw.hears("BYE"), "407 Proxy Authentication Required", { lines }));
      const again = await raw.hears("BYE", 2);
      assert.match(again, /^Proxy-Authorization: Digest username="megan".*, uri="sip:called@/m);
      assert.match(again, /^CSeq: 3 BYE\r$/m);
      raw.send(rawResponse(again, "200 OK"));
      await heard.end.within();
      assert.is(lab.caller.counts().transactions, 0);
    },
    {
      caller: {
        digest: { realm: "contoso.com", login: { user: "megan", password: "secret" } },
      },
    },
  ),
);

clientCalls("a called end that pretends to be ever more forks is not followed", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    heard.place(lab);
    const invite = await raw.hears("INVITE");
    for (let i = 0; i < MAX_FORKS + 20; i++) {
      raw.send(rawResponse(invite, "180 Ringing", { toTag: `t${i}`, lines: [contactOf(raw)] }));
    }
    raw.send(rawResponse(invite, "486 Busy Here", { toTag: "t0" }));
    await heard.end.within();
    const told = heard.order.filter((event) => event === "progress 180");
    assert.is(told.length, MAX_FORKS);
  }),
);

clientCalls("each fork that answers too is hung up once, however often it answers", () =>
  withRawCallee(async (raw, lab) => {
    const heard = new Heard();
    heard.place(lab);
    const invite = await raw.hears("INVITE");
    const answer = (toTag: string): string =>
      rawResponse(invite, "200 OK", { toTag, lines: [contactOf(raw)] });
    raw.send(answer("first"));
    raw.send(answer("second"));
    raw.send(rawResponse(await raw.hears("BYE"), "200 OK"));
    raw.send(answer("second"));
    await raw.hears("ACK", 3);
    assert.equal(raw.lines().filter((line) => line === "BYE").length, 1);
    assert.is(lab.caller.counts().transactions, 0);
  }),
);

clientCalls.run();
