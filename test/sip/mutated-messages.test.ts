import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PlacedCall } from "../../engine/sip/client-call.ts";
import { EndpointCore } from "../../engine/sip/endpoint-core.ts";
import type { SipFlow } from "../../engine/sip/sip-sockets.ts";
import { SDP } from "./sip-lab.ts";

const CALLS = process.env["LONG"] === undefined ? 300 : 5_000;
const SEED = process.env["LONG"] === undefined ? 1 : Date.now() >>> 0;
const PIECES = ["\r\n", ";", "<", ">", '"', ",", ";tag=", " ", ":", "%", "@", "é"];
const METHODS = ["PRACK", "ACK", "UPDATE", "INVITE", "INFO", "OPTIONS", "CANCEL", "BYE"];

const mutated = suite("mutated messages");

let state = SEED;

function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return (state >>> 4) % limit;
}

/** One to six bytes replaced, pieces cut out, doubled or put in, or the end cut off. */
function mutate(text: string): Buffer {
  let bytes = Buffer.from(text);
  for (let left = 1 + below(6); left > 0; left--) {
    const at = below(bytes.length);
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
    const changes = [
      () => Buffer.concat([head, Buffer.from([below(256)]), tail.subarray(1)]),
      () => Buffer.concat([head, tail.subarray(below(20))]),
      () => Buffer.concat([head, tail.subarray(0, 30), tail]),
      () => Buffer.concat([head, Buffer.from(PIECES[below(PIECES.length)] ?? ""), tail]),
      () => (below(4) === 0 && at > 0 ? head : bytes),
    ];
    bytes = Buffer.from(changes[below(changes.length)]?.() ?? bytes);
    if (bytes.length === 0) return Buffer.from(text);
  }
  return bytes;
}

function request(method: string, callId: string, cseq: number, toTag: string): string {
  return [
    `${method} sip:+442079460123@127.0.0.1 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK${callId}${method}${cseq};rport`,
    'From: "Megan" <sip:+14255550101@contoso.com>;tag=f',
    `To: <sip:+442079460123@127.0.0.1>${toTag}`,
    `Call-ID: ${callId}\r\nCSeq: ${cseq} ${method}\r\nMax-Forwards: 70`,
    "Contact: <sip:megan@127.0.0.1:5070>\r\nRecord-Route: <sip:192.0.2.1;lr>",
    "Supported: 100rel\r\nRAck: 1 1 INVITE",
    `Content-Type: application/sdp\r\nContent-Length: 5\r\n\r\nv=0\r\n`,
  ].join("\r\n");
}

function response(invite: string, status: string, lines: string): string {
  const copied = invite.match(/^(Via|From|To|Call-ID|CSeq):.*$/gm)?.join("\n") ?? "";
  const tagged = copied.replace(/^(To:.*?)\r?$/m, `$1;tag=t${below(3)}\r`);
  return `SIP/2.0 ${status}\r\n${tagged}\nContact: <sip:c@127.0.0.1>\r\n${lines}Content-Length: 0\r\n\r\n`;
}

mutated(
  "none of a call's messages, as caller and called, breaks the endpoint or leaves a thing",
  () => {
    const faults: string[] = [];
    const sent: string[] = [];
    const local = { transport: "udp", host: "127.0.0.1", port: 5060 } as const;
    const peer = { ...local, port: 5070 };
    const flow: SipFlow = {
      ...{ transport: "udp", reliable: false, peer, local },
      send: async (message) => void sent.push(message),
    };
    const core = new EndpointCore({
      ...{ listen: [], product: "mutated", onFault: (what) => void faults.push(what) },
      onInvite(call) {
        call.progress(183, { body: SDP, reliable: call.request.callingUser !== "" });
        call.answer({ body: SDP });
        call.hangUp();
      },
    });
    core.attach({ flowTo: () => flow } as never);
    for (let i = 0; i < CALLS; i++) {
      const callId = `c${i}`;
      sent.length = 0;
      core.receive(mutate(request("INVITE", callId, 1, "")), flow);
      if (sent.length === 0) core.receive(Buffer.from(request("INVITE", callId, 1, "")), flow);
      const toTag = /^To: .*(;tag=\w+)/m.exec(sent.at(-1) ?? "")?.[1] ?? "";
      for (const method of METHODS) {
        core.receive(mutate(request(method, callId, 2 + below(4), toTag)), flow);
      }
      sent.length = 0;
      const [uri, name] = ["sip:+442079460123@127.0.0.1", "<sip:+14255550101@contoso.com>"];
      const plan = { requestUri: uri, from: name, to: `<${uri}>`, headers: [], body: SDP };
      const call = new PlacedCall(core, flow, plan, {});
      const invite = sent[0] ?? "";
      const answers = [
        response(invite, "183 Session Progress", "Require: 100rel\r\nRSeq: 5\r\n"),
        response(invite, "200 OK", ""),
        response(invite, "486 Busy Here", ""),
      ];
      for (let k = 0; k < 4; k++) core.receive(mutate(answers[below(3)] ?? ""), flow);
      if (below(2) === 0) call.cancel();
      call.hangUp();
    }
    assert.equal(
      faults.filter((what) => !what.startsWith("malformed message: ")),
      [],
      `seed ${SEED}`,
    );
    assert.ok(faults.length > CALLS, "most mutations were seen as such");
    core.dispose();
    const { serverTransactions, clientTransactions, dialogs } = core;
    assert.equal([serverTransactions.size, clientTransactions.size, dialogs.size], [0, 0, 0]);
  },
);

mutated.run();
