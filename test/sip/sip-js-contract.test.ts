import {
  ClientTransaction,
  InviteClientTransaction,
  InviteServerTransaction,
  NonInviteClientTransaction,
  Timers,
  TransactionState,
} from "sip.js/lib/core/index.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { RequestText } from "../../engine/sip/outgoing-text.ts";
import { SilentLoggerFactory } from "../../engine/sip/silent-logger.ts";
import { timers } from "../../engine/sip/transaction-timers.ts";
import { installUniqueBranches, newBranch } from "../../engine/sip/unique-branches.ts";

/** What the endpoint relies on in sip.js and its types do not promise: an upgrade that breaks it fails here. */
const contract = suite("what we rely on in sip.js");

const loggerFactory = new SilentLoggerFactory();

function request(method: string, branch = newBranch()): RequestText {
  return new RequestText({
    ...{
      method,
      branch,
      requestUri: "sip:+442079460123@127.0.0.1",
      sentVia: "SIP/2.0/UDP 127.0.0.1",
    },
    ...{ routeSet: ["<sip:a;lr>", "<sip:b;lr>"], from: '"Megan" <sip:m@contoso.com>;tag=1' },
    ...{ to: "<sip:+442079460123@127.0.0.1>", callId: "c1", cseq: 1, lines: "", body: null },
  });
}

/** A transport that keeps what is sent. */
function recording(): { sent: string[]; protocol: string; send(text: string): Promise<void> } {
  const sent: string[] = [];
  return { sent, protocol: "UDP", send: async (text) => void sent.push(text) };
}

contract("its client transactions ask makeId for their branch", () => {
  installUniqueBranches();
  const transport = recording();
  for (const [method, Kind] of [
    ["INVITE", InviteClientTransaction],
    ["BYE", NonInviteClientTransaction],
  ] as const) {
    const text = request(method);
    const transaction = new Kind(text.asOutgoing(), transport, { loggerFactory });
    assert.is(transaction.id, text.branch);
    transaction.dispose();
  }
  assert.is(typeof (ClientTransaction as unknown as { makeId?: unknown }).makeId, "function");
});

contract("it sends a request as its text stands, over the transport given at construction", () => {
  const [first, second] = [recording(), recording()];
  const text = request("OPTIONS");
  const transaction = new NonInviteClientTransaction(text.asOutgoing(), first, { loggerFactory });
  transaction.dispose();
  assert.equal([first.sent, second.sent], [[text.toString()], []]);
});

contract("it acknowledges a refusal itself, with the Via, From and Route of the INVITE", () => {
  const transport = recording();
  const text = request("INVITE");
  const transaction = new InviteClientTransaction(text.asOutgoing(), transport, { loggerFactory });
  const response = { statusCode: 486, toTag: "t", getHeader: () => "<sip:x>;tag=t" };
  transaction.receiveResponse(response as never);
  transaction.dispose();
  const ack = transport.sent[1] ?? "";
  assert.match(ack, /^ACK sip:\+442079460123@127\.0\.0\.1 SIP\/2\.0\r\n/);
  assert.match(ack, "Route: <sip:a;lr>, <sip:b;lr>\r\n");
  assert.match(ack, `;branch=${text.branch};rport\r\n`);
  assert.match(ack, 'From: "Megan" <sip:m@contoso.com>;tag=1\r\n');
  assert.match(ack, "To: <sip:x>;tag=t\r\n");
});

contract("a 2xx makes an INVITE transaction Accepted, and is not acknowledged by it", () => {
  const transport = recording();
  const text = request("INVITE");
  const transaction = new InviteClientTransaction(text.asOutgoing(), transport, { loggerFactory });
  transaction.receiveResponse({ statusCode: 180 } as never);
  assert.is(transaction.state, TransactionState.Proceeding);
  transaction.receiveResponse({ statusCode: 200, toTag: "t" } as never);
  assert.is(transaction.state, TransactionState.Accepted);
  assert.is(transport.sent.length, 1);
  transaction.dispose();
});

contract("its server transaction of an INVITE walks through the states of RFC 6026", () => {
  const transport = recording();
  const states: string[] = [];
  const make = (): InviteServerTransaction =>
    new InviteServerTransaction({ viaBranch: "k", method: "INVITE" } as never, transport, {
      loggerFactory,
      onStateChange: (state) => void states.push(state),
    });
  const refused = make();
  assert.is(refused.id, "k");
  refused.receiveResponse(100, "100");
  refused.receiveRequest({ method: "INVITE" } as never);
  refused.receiveResponse(486, "486");
  refused.receiveRequest({ method: "INVITE" } as never);
  refused.receiveRequest({ method: "ACK" } as never);
  refused.dispose();
  const accepted = make();
  accepted.receiveResponse(200, "200");
  accepted.receiveRequest({ method: "INVITE" } as never);
  accepted.retransmitAcceptedResponse();
  accepted.dispose();
  assert.equal(transport.sent, ["100", "100", "486", "486", "200", "200"]);
  assert.equal(states, ["Completed", "Confirmed", "Accepted"]);
});

contract("timers B, F, H and L are read from the one mutable object, 64 × T1", () => {
  assert.is(timers, Timers as unknown as typeof timers);
  const { T1, T2, TIMER_B, TIMER_F, TIMER_H, TIMER_L, TIMER_M } = Timers;
  assert.equal([T1, T2], [500, 4_000]);
  assert.equal([TIMER_B, TIMER_F, TIMER_H, TIMER_L, TIMER_M], Array(5).fill(32_000));
  assert.not.ok(Object.isFrozen(Timers));
});

contract("a disposed transaction holds no timer and tells nothing any more", async () => {
  const kept = { ...Timers };
  Object.assign(Timers, { TIMER_B: 1, TIMER_F: 1, TIMER_L: 1 });
  try {
    const told: string[] = [];
    const user = { loggerFactory, onRequestTimeout: () => void told.push("timeout") };
    const transport = recording();
    new InviteClientTransaction(request("INVITE").asOutgoing(), transport, user).dispose();
    new NonInviteClientTransaction(request("BYE").asOutgoing(), transport, user).dispose();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(told, []);
    const alive = new NonInviteClientTransaction(request("BYE").asOutgoing(), transport, user);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(told, ["timeout"]);
    alive.dispose();
  } finally {
    Object.assign(Timers, kept);
  }
});

contract("branches of ours are all different, and of the RFC's kind", () => {
  const branches = new Set(Array.from({ length: 10_000 }, newBranch));
  assert.is(branches.size, 10_000);
  for (const branch of branches) assert.ok(branch.startsWith("z9hG4bK"));
});

contract.run();
