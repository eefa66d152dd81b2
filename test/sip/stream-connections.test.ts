import { connect, type Socket } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import type { SipFlow } from "../../engine/sip/sip-sockets.ts";
import type { StreamBudgets } from "../../engine/sip/socket-budgets.ts";
import { errorOf, Happenings, options, TestEnd } from "./test-end.ts";

const LISTEN = [{ transport: "tcp", host: "127.0.0.1", port: 0 }] as const;

/** A plain TCP client, to misbehave with. */
class RawClient {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #heard = "";
  readonly #data = new Happenings<true>();

  constructor(peer: SipPeer, allowHalfOpen = false) {
    this.socket = connect({ host: peer.host, port: peer.port, allowHalfOpen });
    this.socket.on("data", (bytes) => {
      this.#heard += bytes.toString();
      this.#data.add(true);
    });
    this.socket.on("error", () => undefined);
    this.closed = new Promise((closed) => this.socket.once("close", () => closed()));
  }

  /** All that came, once it is at least so long. */
  async heard(length: number): Promise<string> {
    while (this.#heard.length < length) await this.#data.next();
    return this.#heard;
  }

  write(text: string): void {
    this.socket.write(text);
  }
}

async function openWith(budgets: Partial<StreamBudgets>): Promise<TestEnd> {
  return TestEnd.open({ listen: LISTEN, budgets });
}

/** Closes an end; there must be nothing left but what a test looked at. */
async function closeClean(...ends: readonly TestEnd[]): Promise<void> {
  await Promise.all(ends.map((end) => end.close()));
  for (const end of ends) {
    assert.equal(end.faults.rest, []);
    assert.is(end.sockets.counts().sockets, 0);
  }
}

const streams = suite("stream-connections");

streams(
  "a connection is used again both ways, by its flow and by the address of its end",
  async () => {
    const far = await openWith({});
    const near = await openWith({});
    await near.send(far.peer, options("a"));
    await near.send(far.peer, options("b"));
    const first = (await far.messages.next()).flow;
    assert.is((await far.messages.next()).flow, first);
    await far.send(first.peer, options("c"));
    const back = (await near.messages.next()).flow;
    assert.equal(back.peer, far.peer);
    assert.equal(back.local, near.peer, "it is called by the address that takes connections");
    await back.send(options("d"));
    assert.is((await far.messages.next()).flow, first);
    assert.is(near.sockets.counts().sockets, 2);
    assert.is(far.sockets.counts().sockets, 2);
    await closeClean(near, far);
  },
);

streams(
  "messages sent at once while it opens share one connection and keep their order",
  async () => {
    const far = await openWith({});
    const near = await TestEnd.open();
    const flow = near.sockets.flowTo(far.peer);
    const users = Array.from({ length: 50 }, (_, index) => `user${index}`);
    await Promise.all(users.map((user) => flow.send(options(user))));
    for (const user of users) assert.is((await far.messages.next()).message, options(user));
    assert.is(far.sockets.counts().sockets, 2);
    await closeClean(near, far);
  },
);

streams("after a connection ended the next message opens another", async () => {
  const far = await openWith({});
  const near = await TestEnd.open();
  const flow = near.sockets.flowTo(far.peer);
  await flow.send(options("a"));
  await far.messages.next();
  await far.close();
  const { port } = far.peer;
  const again = await TestEnd.open({ listen: [{ transport: "tcp", host: "127.0.0.1", port }] });
  // The end of the old connection is seen soon, not at once.
  while (near.sockets.counts().sockets > 0) await new Promise((soon) => setImmediate(soon));
  await flow.send(options("b"));
  assert.is((await again.messages.next()).message, options("b"));
  await closeClean(near, again);
});

streams("what came over a connection that has ended cannot be answered on it", async () => {
  const far = await openWith({});
  const client = new RawClient(far.peer);
  client.write(options("a"));
  const { flow } = await far.messages.next();
  client.socket.destroy();
  while (far.sockets.counts().sockets > 1) await new Promise((soon) => setImmediate(soon));
  assert.match((await errorOf(flow.send(options("b")))).message, /closed the connection$/);
  await closeClean(far);
});

streams("nobody listening is a failure of each message that waits", async () => {
  const gone = await openWith({});
  await gone.close();
  const near = await TestEnd.open();
  const flow = near.sockets.flowTo(gone.peer);
  const failures = await Promise.all([
    errorOf(flow.send(options("a"))),
    errorOf(flow.send(options("b"))),
  ]);
  for (const { message, code } of failures) {
    assert.is(message, `127.0.0.1:${gone.peer.port}/tcp refused the connection`);
    assert.is(code, "ENGINE_SEND_FAILED");
  }
  assert.is(near.sockets.counts().sockets, 0);
  await closeClean(near);
});

streams("a double CRLF is answered by one, several at once by one", async () => {
  const far = await openWith({});
  const client = new RawClient(far.peer);
  client.write("\r\n\r\n");
  assert.is(await client.heard(2), "\r\n");
  client.write(`${options("a")}\r\n\r\n\r\n\r\n`);
  assert.is(await client.heard(4), "\r\n\r\n");
  assert.is((await far.messages.next()).message, options("a"));
  client.socket.destroy();
  await closeClean(far);
});

streams("broken framing: good messages, the fault, an answer, and then the end", async () => {
  const order: string[] = [];
  let answering: Promise<void> = Promise.resolve();
  const far = await TestEnd.open(
    { listen: LISTEN },
    {
      onMessage: (message) => order.push(message.toString()),
      onFault: (what) => order.push(what),
      onUnframable: (head, status, what, flow: SipFlow) => {
        order.push(`${status} ${what} ${head.toString()}`);
        answering = Promise.resolve().then(() => flow.send(`SIP/2.0 ${status} Bad\r\n\r\n`));
      },
    },
  );
  const client = new RawClient(far.peer);
  client.write(`${options("a")}INVITE sip:b SIP/2.0\r\n\r\n${options("never")}`);
  await client.closed;
  await answering;
  assert.is(await client.heard(0), "SIP/2.0 400 Bad\r\n\r\n");
  assert.equal(order, [
    options("a"),
    "sent a message without Content-Length on a stream; the connection is closed",
    "400 a message without Content-Length on a stream INVITE sip:b SIP/2.0\r\n\r\n",
  ]);
  while (far.sockets.counts().sockets > 1) await new Promise((soon) => setImmediate(soon));
  await far.close();
});

streams("a peer that never stops after broken framing is cut off", async () => {
  const far = await openWith({ lingerMilliseconds: 50 });
  const client = new RawClient(far.peer, true);
  client.write("INVITE sip:b SIP/2.0\r\n\r\n");
  const began = performance.now();
  const more = setInterval(() => client.write("x".repeat(10_000)), 5);
  assert.match(await far.faults.next(), /without Content-Length/);
  await client.closed;
  clearInterval(more);
  assert.ok(performance.now() - began >= 45, "our last words had time to get out");
  await closeClean(far);
});

streams("a peer that says nothing, or does not finish a message, is closed", async () => {
  const far = await openWith({ messageMilliseconds: 60 });
  const silent = new RawClient(far.peer);
  await silent.closed;
  assert.is(await far.faults.next(), "sent no message in time");
  const slow = new RawClient(far.peer);
  slow.write(`${options("a")}INVITE sip:b`);
  const drip = setInterval(() => slow.write("b"), 10);
  await slow.closed;
  clearInterval(drip);
  assert.is(await far.faults.next(), "did not finish a message in time");
  assert.is((await far.messages.next()).message, options("a"));
  await closeClean(far);
});

streams("a peer that said something may then be silent until it has idled too long", async () => {
  const far = await openWith({ messageMilliseconds: 30, idleMilliseconds: 150 });
  const client = new RawClient(far.peer);
  client.write(options("a"));
  const began = performance.now();
  await client.closed;
  assert.ok(performance.now() - began >= 100, "the time for its first message was over long ago");
  assert.is(await far.faults.next(), "was idle for too long");
  await closeClean(far);
});

streams("a peer that does not read is closed when its buffer is full, others go on", async () => {
  const far = await openWith({ maxUnsentBytes: 100_000 });
  const deaf = new RawClient(far.peer);
  deaf.socket.pause();
  deaf.write(options("a"));
  const { flow } = await far.messages.next();
  const failures: string[] = [];
  // What the kernel takes comes on top, so it is sent until it fails.
  while (failures.length === 0) {
    for (let i = 0; i < 100; i++) {
      flow.send(options("b", "c".repeat(50_000))).catch((error: Error) => {
        failures.push(error.message);
      });
    }
    await new Promise((soon) => setImmediate(soon));
  }
  assert.is(await far.faults.next(), "does not read: more than 100000 bytes wait for it");
  assert.match(failures[0] ?? "", /does not read: more than 100000 bytes wait for it$/);
  const near = await TestEnd.open();
  await near.send(far.peer, options("d"));
  assert.is((await far.messages.next()).message, options("d"));
  deaf.socket.destroy();
  await closeClean(far, near);
});

streams("keep-alives by the million cost little, and the next message is heard", async () => {
  const far = await openWith({});
  const client = new RawClient(far.peer);
  const began = performance.now();
  client.write("\r\n".repeat(2_000_000) + options("a"));
  assert.is((await far.messages.next()).message, options("a"));
  // An answer to each would take 5 s and more.
  assert.ok(performance.now() - began < 2_000);
  client.socket.destroy();
  await client.closed;
  await far.close();
});

streams("connections past the limit are refused, both ways, and told once", async () => {
  const far = await openWith({ maxConnections: 3 });
  const clients = [1, 2, 3].map(() => new RawClient(far.peer));
  for (const [index, client] of clients.entries()) {
    client.write(options(String(index)));
    await far.messages.next();
  }
  const refused = [new RawClient(far.peer), new RawClient(far.peer)];
  await Promise.all(refused.map((client) => client.closed));
  assert.is(await far.faults.next(), "was refused, as others may be: 3 connections are open");
  const failed = await errorOf(far.send({ ...far.peer, port: 9 }, options("a")));
  assert.match(failed.message, /cannot be connected to: 3 connections are open$/);
  clients[0]?.socket.destroy();
  while (far.sockets.counts().sockets > 3) await new Promise((soon) => setImmediate(soon));
  const next = new RawClient(far.peer);
  next.write(options("next"));
  assert.is((await far.messages.next()).message, options("next"));
  for (const client of [...clients, next]) client.socket.destroy();
  await closeClean(far);
});

streams("one address cannot take all connections", async () => {
  const far = await openWith({ maxConnections: 4, maxConnectionsPerSource: 2 });
  const clients = [new RawClient(far.peer), new RawClient(far.peer)];
  for (const [index, client] of clients.entries()) {
    client.write(options(String(index)));
    await far.messages.next();
  }
  await new RawClient(far.peer).closed;
  const told = "was refused, as others may be: 2 connections are open, 2 from its address";
  assert.is(await far.faults.next(), told);
  const { host, port } = far.peer;
  const other = connect({ host, port, localAddress: "127.0.0.2" });
  other.write(options("other"));
  assert.is((await far.messages.next()).message, options("other"));
  clients[0]?.socket.destroy();
  while (far.sockets.counts().sockets > 3) await new Promise((soon) => setImmediate(soon));
  const next = new RawClient(far.peer);
  next.write(options("next"));
  assert.is((await far.messages.next()).message, options("next"));
  for (const socket of [...clients, next].map((client) => client.socket)) socket.destroy();
  other.destroy();
  await closeClean(far);
});

streams("a reset under a running exchange is told and leaves the rest alone", async () => {
  const far = await openWith({});
  const client = new RawClient(far.peer);
  client.write(options("a"));
  await far.messages.next();
  client.socket.resetAndDestroy();
  assert.is(await far.faults.next(), "reset the connection");
  const cut = new RawClient(far.peer);
  cut.write(`${options("b")}INVITE sip:c`);
  await far.messages.next();
  cut.socket.end();
  assert.is(await far.faults.next(), "closed the connection in the middle of a message");
  await cut.closed;
  await closeClean(far);
});

streams("closing with messages under way ends them all", async () => {
  const far = await openWith({});
  const near = await TestEnd.open();
  const flow = near.sockets.flowTo(far.peer);
  const sending = Array.from({ length: 20 }, () =>
    flow.send(options("a")).then(
      () => "sent",
      (error: Error) => error.message,
    ),
  );
  await Promise.all([near.close(), far.close()]);
  for (const outcome of await Promise.all(sending)) {
    assert.match(outcome, /^sent$|this end is closed$|(closed|reset|refused) the connection$/);
  }
  await closeClean(near, far);
});

streams.run();
