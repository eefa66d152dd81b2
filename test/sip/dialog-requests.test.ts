import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withRawCaller } from "./raw-caller.ts";
import { RawPeer, toTagOf } from "./raw-peer.ts";
import { withShortTimers } from "./short-timers.ts";
import { SDP } from "./sip-lab.ts";

const dialogRequests = suite("requests within a dialog");

dialogRequests("requests of unknown dialogs are refused with 481, an ACK is dropped", () =>
  withRawCaller(
    () => {},
    async (raw) => {
      let count = 0;
      for (const method of ["ACK", "BYE", "UPDATE", "INFO", "PRACK", "INVITE", "OPTIONS"]) {
        const branch = `z9hG4bKk${count++}`;
        raw.send(raw.request({ method, callId: "k1", branch, toTag: "unknown" }));
        if (method !== "ACK") await raw.hears(`481 ${method}`);
      }
      assert.is(raw.heard.length, 6);
    },
  ),
);

dialogRequests(
  "within the dialog OPTIONS, UPDATE, re-INVITE and INFO are answered, REFER is not served",
  () =>
    withRawCaller(
      (call) => {
        call.answer({ body: SDP });
        const { events } = call;
        call.events = { ...events, onOffer: () => ({ ...SDP, content: "v=0\r\n" }) };
      },
      async (raw, _taken, lab) => {
        raw.send(raw.invite({ callId: "d1", branch: "z9hG4bKd1" }));
        const toTag = toTagOf(await raw.hears("200 INVITE"));
        const inDialog = { callId: "d1", toTag };
        raw.send(raw.request({ ...inDialog, method: "ACK", branch: "z9hG4bKd2" }));
        raw.send(raw.request({ ...inDialog, method: "OPTIONS", branch: "z9hG4bKd3", cseq: 2 }));
        assert.match(await raw.hears("200 OPTIONS"), /^Allow: .*UPDATE/m);
        const update = { ...inDialog, method: "UPDATE", branch: "z9hG4bKd4", cseq: 3 };
        raw.send(raw.request({ ...update, body: SDP.content }));
        assert.match(await raw.hears("200 UPDATE"), /\r\n\r\nv=0\r\n$/);
        raw.send(raw.request({ ...inDialog, method: "INFO", branch: "z9hG4bKd5", cseq: 4 }));
        await raw.hears("200 INFO");
        raw.send(raw.request({ ...inDialog, method: "REFER", branch: "z9hG4bKd6", cseq: 5 }));
        await raw.hears("405 REFER");
        raw.send(raw.request({ ...inDialog, method: "INFO", branch: "z9hG4bKd7", cseq: 3 }));
        await raw.hears("500 INFO");
        const again = { ...inDialog, branch: "z9hG4bKd8", cseq: 6 };
        raw.send(raw.request({ ...again, method: "INVITE", body: SDP.content }));
        assert.match(await raw.hears("200 INVITE", 2), /\r\n\r\nv=0\r\n$/);
        raw.send(raw.invite({ ...inDialog, branch: "z9hG4bKd9", cseq: 7 }));
        await raw.hears("491 INVITE");
        raw.send(raw.request({ ...again, method: "ACK", branch: "z9hG4bKda" }));
        raw.send(raw.request({ ...inDialog, method: "ACK", branch: "z9hG4bKd9", cseq: 7 }));
        raw.send(raw.request({ ...inDialog, method: "OPTIONS", branch: "z9hG4bKdb", cseq: 8 }));
        await raw.hears("200 OPTIONS", 2);
        assert.is(lab.called.counts().transactions, 0);
      },
    ),
);

dialogRequests("a response goes to the port in the Via unless rport is asked for", () =>
  withRawCaller(
    () => {},
    async (raw, _taken, lab) => {
      const named = await RawPeer.open(lab.calledPeer);
      const options = { method: "OPTIONS", callId: "v1" };
      const via = `SIP/2.0/UDP 127.0.0.1:${named.port};branch=z9hG4bKv1`;
      raw.send(raw.request({ ...options, branch: "", via }));
      await named.hears("200 OPTIONS");
      raw.send(raw.request({ ...options, branch: "", via: `${via}a;rport` }));
      const answer = await raw.hears("200 OPTIONS");
      assert.match(answer, new RegExp(`^Via: .*;received=127.0.0.1;rport=${raw.port}\r$`, "m"));
      await named.close();
    },
  ),
);

dialogRequests("requests of ours within the dialog follow the route set", () =>
  withRawCaller(
    (call) => call.answer({ body: SDP }),
    async (raw, taken, lab) => {
      const proxy = await RawPeer.open(lab.calledPeer);
      const lines = [`Record-Route: <sip:127.0.0.1:${proxy.port};lr>, <sip:far.example;lr>`];
      raw.send(raw.invite({ callId: "rr1", branch: "z9hG4bKrr1", lines }));
      const answer = await raw.hears("200 INVITE");
      assert.is(answer.match(/^Record-Route: /gm)?.length, 2);
      const ack = { method: "ACK", callId: "rr1", branch: "z9hG4bKrr2", toTag: toTagOf(answer) };
      raw.send(raw.request(ack));
      const { call, confirm } = await taken.within();
      await confirm.within();
      call.hangUp();
      const bye = await proxy.hears("BYE");
      assert.match(bye, /^Route: <sip:127[^\r]*\r\nRoute: <sip:far.example;lr>\r$/m);
      assert.match(bye, new RegExp(`^BYE sip:raw@127.0.0.1:${raw.port} `));
      await proxy.close();
    },
  ),
);

dialogRequests("an answer to a re-INVITE that nobody acknowledges ends the call by a BYE", () =>
  withShortTimers(() =>
    withRawCaller(
      (call) => call.answer({ body: SDP }),
      async (raw, taken) => {
        raw.send(raw.invite({ callId: "w1", branch: "z9hG4bKw1" }));
        const toTag = toTagOf(await raw.hears("200 INVITE"));
        raw.send(raw.request({ method: "ACK", callId: "w1", branch: "z9hG4bKw2", toTag }));
        await (await taken.within()).confirm.within();
        raw.send(raw.invite({ callId: "w1", branch: "z9hG4bKw3", toTag, cseq: 2 }));
        await raw.hears("BYE");
        await (await taken.within()).end.within();
      },
    ),
  ),
);

dialogRequests(
  "a strict router stands in the Request-URI, and the other end in the last Route",
  () =>
    withRawCaller(
      (call) => call.answer({ body: SDP }),
      async (raw, taken, lab) => {
        const strict = await RawPeer.open(lab.calledPeer);
        const lines = [`Record-Route: <sip:127.0.0.1:${strict.port}>`];
        raw.send(raw.invite({ callId: "sr1", branch: "z9hG4bKsr1", lines }));
        const toTag = toTagOf(await raw.hears("200 INVITE"));
        raw.send(raw.request({ method: "ACK", callId: "sr1", branch: "z9hG4bKsr2", toTag }));
        const { call, confirm } = await taken.within();
        await confirm.within();
        call.hangUp();
        const bye = await strict.hears("BYE");
        assert.match(bye, new RegExp(`^BYE sip:127.0.0.1:${strict.port} SIP/2.0\r\n`));
        assert.match(bye, new RegExp(`^Route: <sip:raw@127.0.0.1:${raw.port}>\r$`, "m"));
        await strict.close();
      },
    ),
);

dialogRequests("a Contact whose name nobody knows is reached by the way the INVITE came", () =>
  withRawCaller(
    (call) => call.answer({ body: SDP }),
    async (raw, taken) => {
      const contact = "<sip:raw@sbc1.contoso.invalid:5060>";
      raw.send(raw.invite({ callId: "n1", branch: "z9hG4bKn1", contact }));
      const toTag = toTagOf(await raw.hears("200 INVITE"));
      raw.send(raw.request({ method: "ACK", callId: "n1", branch: "z9hG4bKn2", toTag, contact }));
      const { call, confirm, end } = await taken.within();
      await confirm.within();
      call.hangUp();
      const bye = await raw.hears("BYE");
      assert.match(bye, /^BYE sip:raw@sbc1\.contoso\.invalid:5060 SIP/);
      const via = /^Via: .*\r$/m.exec(bye)?.[0] ?? "";
      const [from, to] = [/^From: .*\r$/m, /^To: .*\r$/m].map((line) => line.exec(bye)?.[0]);
      const lines = [via, from, to, "Call-ID: n1\r", "CSeq: 1 BYE\r", "Content-Length: 0\r"];
      raw.send(`SIP/2.0 200 OK\r\n${lines.join("\n")}\n\r\n`);
      await end.within();
    },
  ),
);

dialogRequests.run();
