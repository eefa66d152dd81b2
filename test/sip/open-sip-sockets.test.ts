import { createSocket } from "node:dgram";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { SipSocketOptions } from "../../engine/sip/open-sip-sockets.ts";
import type { WireFate } from "../../engine/sip/sip-endpoint.ts";
import { hostPort, type ListenAddress } from "../../engine/sip/sip-peer.ts";
import { errorOf, LOOPBACKS, options, TestEnd } from "./test-end.ts";

const sockets = suite("open-sip-sockets");

for (const transport of ["udp", "tcp"] as const) {
  for (const host of LOOPBACKS) {
    const listen: ListenAddress[] = [{ transport, host, port: 0 }];

    sockets(`messages and answers go over ${transport} of ${host}`, async () => {
      const far = await TestEnd.open({ listen });
      const near = await TestEnd.open({ listen });
      await near.send(far.peer, options("megan", "v=0\r\nö"));
      const heard = await far.messages.next();
      assert.is(heard.message, options("megan", "v=0\r\nö"));
      assert.equal(heard.flow.local, far.peer);
      assert.is(heard.flow.transport, transport);
      assert.is(heard.flow.reliable, transport === "tcp");
      await heard.flow.send(options("adele"));
      await far.send(heard.flow.peer, options("again"));
      const answer = await near.messages.next();
      assert.is(answer.message, options("adele"));
      assert.equal(answer.flow.peer, far.peer);
      assert.is((await near.messages.next()).message, options("again"));
      const { sockets: open, ...counts } = far.sockets.counts();
      assert.equal(counts, { messagesReceived: 1, messagesSent: 2, messagesRefused: 0 });
      assert.is(open, transport === "udp" ? 1 : 2);
      await Promise.all([near.close(), far.close()]);
      assert.is(far.sockets.counts().sockets, 0);
      assert.is(near.sockets.counts().sockets, 0);
      assert.equal([...near.faults.rest, ...far.faults.rest], []);
    });

    sockets(
      `a ${transport} port of ${host} in use is told in one line, none stays open`,
      async () => {
        const first = await TestEnd.open({ listen });
        const failed = await errorOf(TestEnd.open({ listen: [...listen, first.peer] }));
        assert.equal(failed, {
          message: `${hostPort(first.peer)}/${transport} is in use by another program`,
          code: "ENGINE_ADDRESS_UNAVAILABLE",
        });
        await first.close();
      },
    );
  }

  sockets(`an address that is not ours cannot be listened on by ${transport}`, async () => {
    const port = 0;
    const ours = await errorOf(TestEnd.open({ listen: [{ transport, host: "192.0.2.1", port }] }));
    assert.is(ours.message, `192.0.2.1:0/${transport} is no address of this machine`);
    const named = { transport, host: "no-such-host.invalid", port };
    assert.match((await errorOf(TestEnd.open({ listen: [named] }))).message, /cannot be resolved/);
    const odd = await errorOf(TestEnd.open({ listen: [{ transport, host: "::1", port: 70_000 }] }));
    assert.is(odd.message, `[::1]:70000/${transport} has no port from 0 to 65535`);
  });

  sockets(`what cannot be sent over ${transport} says why`, async () => {
    const near = await TestEnd.open({ listen: [{ transport, host: "127.0.0.1", port: 0 }] });
    const host = "no-such-host.invalid";
    const unknown = await errorOf(near.send({ transport, host, port: 5060 }, options("a")));
    assert.match(unknown.message, /^no-such-host.invalid:5060\/\w+ cannot be resolved/);
    assert.is(unknown.code, "ENGINE_SEND_FAILED");
    const odd = await errorOf(near.send({ ...near.peer, port: 0 }, options("a")));
    assert.is(odd.message, `127.0.0.1:0/${transport} has no port from 1 to 65535`);
    const none = await errorOf(near.send({ ...near.peer, host: "" }, options("a")));
    assert.is(none.message, `:${near.peer.port}/${transport} cannot be resolved to an address`);
    await near.close();
    const late = await errorOf(near.send(near.peer, options("a")));
    assert.match(late.message, /cannot be sent to: this end is closed$/);
  });

  sockets(`a name is sent to over ${transport}`, async () => {
    const far = await TestEnd.open({ listen: [{ transport, host: "127.0.0.1", port: 0 }] });
    const near = await TestEnd.open({ listen: [{ transport, host: "127.0.0.1", port: 0 }] });
    await near.send({ ...far.peer, host: "LOCALHOST" }, options("a"));
    await near.send({ ...far.peer, host: "LOCALHOST" }, options("b"));
    assert.is((await far.messages.next()).message, options("a"));
    assert.is((await far.messages.next()).message, options("b"));
    await Promise.all([near.close(), far.close()]);
  });

  sockets(`one listening everywhere over ${transport} names an address of its own`, async () => {
    const far = await TestEnd.open({ listen: [{ transport, host: "0.0.0.0", port: 0 }] });
    assert.is(far.peer.host, "0.0.0.0");
    const toLoopback = far.sockets.flowTo({ transport, host: "127.0.0.9", port: 5060 });
    assert.equal(toLoopback.local, { ...far.peer, host: "127.0.0.1" });
    const near = await TestEnd.open();
    if (transport === "tcp") {
      await near.send({ ...far.peer, host: "127.0.0.1" }, options("a"));
      assert.is((await far.messages.next()).flow.local.host, "127.0.0.1");
    }
    await Promise.all([near.close(), far.close()]);
  });
}

sockets("IPv4 and IPv6 can have the same port, of UDP and of TCP", async () => {
  if (LOOPBACKS.length < 2) return;
  const v6 = await TestEnd.open({ listen: [{ transport: "udp", host: "::", port: 0 }] });
  const { port } = v6.peer;
  const listen: ListenAddress[] = [
    { transport: "udp", host: "0.0.0.0", port },
    { transport: "tcp", host: "::", port },
    { transport: "tcp", host: "0.0.0.0", port },
  ];
  const all = await TestEnd.open({ listen });
  assert.equal(all.sockets.addresses, listen);
  await Promise.all([v6.close(), all.close()]);
});

sockets("UDP leaves by the socket of the peer's family, or says that there is none", async () => {
  const near = await TestEnd.open({ listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }] });
  const failed = await errorOf(near.send({ transport: "udp", host: "::1", port: 9 }, options("a")));
  assert.is(failed.message, "[::1]:9/udp cannot be sent to: this end has no IPv6 address for UDP");
  await near.close();
});

sockets("a message too large for a datagram is refused in words", async () => {
  const near = await TestEnd.open({ listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }] });
  const failed = await errorOf(near.send(near.peer, options("a", "b".repeat(66_000))));
  assert.match(failed.message, /cannot be sent a message this large over UDP$/);
  await near.close();
});

sockets("datagrams that only keep a way open are not heard", async () => {
  const far = await TestEnd.open({ listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }] });
  const raw = createSocket("udp4");
  for (const bytes of ["", "\r\n\r\n", "\0", "  \t"]) {
    await new Promise((sent) => raw.send(bytes, far.peer.port, "127.0.0.1", sent));
  }
  await new Promise((sent) => raw.send(options("a"), far.peer.port, "127.0.0.1", sent));
  assert.is((await far.messages.next()).message, options("a"));
  assert.equal(far.messages.rest, []);
  await new Promise<void>((closed) => raw.close(() => closed()));
  await far.close();
});

sockets("a flood is dropped past the limit, noticed once, and others are heard", async () => {
  const listen: ListenAddress[] = [{ transport: "tcp", host: "127.0.0.1", port: 0 }];
  const far = await TestEnd.open({ listen, messagesPerSecondPerSource: 10 });
  const near = await TestEnd.open();
  await near.send(far.peer, options("a").repeat(100_000 / 100));
  assert.is(await far.faults.next(), "more than 10 messages a second; the rest is dropped");
  await near.close();
  await far.close();
  const { messagesReceived, messagesRefused } = far.sockets.counts();
  assert.ok(messagesReceived >= 10 && messagesReceived < 20, `let in ${messagesReceived}`);
  assert.ok(messagesRefused > 0);
  assert.equal(far.faults.rest, []);
});

/** Sends one message for each fate given, in order, to an end that hears all; gives what came and was tapped. */
async function sendWithFates(
  transport: "udp" | "tcp",
  direction: "received" | "sent",
  fates: readonly WireFate[],
): Promise<{ heard: string[]; tapped: string[]; failed: string[] }> {
  const listen: ListenAddress[] = [{ transport, host: "127.0.0.1", port: 0 }];
  const tapped: string[] = [];
  const asked: string[] = [];
  const fated: Omit<SipSocketOptions, "listen"> = {
    fateOf: (way, message) => {
      const index = Number(/sip:(\d+)@/.exec(message)?.[1] ?? Number.NaN);
      if (way === direction && !Number.isNaN(index)) asked.push(`${index}`);
      return (way === direction ? fates[index] : undefined) ?? { deliver: "now" };
    },
    tap: (way, message) => {
      if (way === direction) tapped.push(/sip:(\w+)@/.exec(message)?.[1] ?? "?");
    },
  };
  const far = await TestEnd.open({ listen, ...(direction === "received" ? fated : {}) });
  const near = await TestEnd.open({ listen, ...(direction === "sent" ? fated : {}) });
  const failed: string[] = [];
  for (const index of fates.keys()) {
    await near
      .send(far.peer, options(String(index)))
      .catch((error: Error) => failed.push(error.message.replace(/^\S+ /, "")));
  }
  await near.send(far.peer, options("end")).catch(() => undefined);
  const heard: string[] = [];
  while (heard.at(-1) !== "end") {
    heard.push(/sip:(\w+)@/.exec((await far.messages.next()).message)?.[1] ?? "?");
  }
  await Promise.all([near.close(), far.close()]);
  assert.equal(asked, [...fates.keys()].map(String));
  return { heard, tapped, failed };
}

for (const transport of ["udp", "tcp"] as const) {
  for (const direction of ["received", "sent"] as const) {
    sockets(
      `a message ${direction} over ${transport} is lost, doubled or late as decided`,
      async () => {
        const found = await sendWithFates(transport, direction, [
          { deliver: "now" },
          { deliver: "never" },
          { deliver: "twice" },
          { deliver: "later", afterMilliseconds: 3_600_000 },
        ]);
        assert.equal(found.heard, ["0", "2", "2", "end"]);
        assert.equal(found.tapped, ["0", "2", "2", "end"]);
        assert.equal(found.failed, []);
      },
    );
  }

  sockets(`a late message over ${transport} comes after those sent since`, async () => {
    const listen: ListenAddress[] = [{ transport, host: "127.0.0.1", port: 0 }];
    const far = await TestEnd.open({
      listen,
      fateOf: (_way, message) =>
        message.includes("late") ? { deliver: "later", afterMilliseconds: 20 } : { deliver: "now" },
    });
    const near = await TestEnd.open({ listen });
    await near.send(far.peer, options("late"));
    await near.send(far.peer, options("soon"));
    assert.is((await far.messages.next()).message, options("soon"));
    assert.is((await far.messages.next()).message, options("late"));
    await Promise.all([near.close(), far.close()]);
  });
}

sockets(
  "a reset that is decided on sending fails the message over TCP and loses it over UDP",
  async () => {
    const tcp = await sendWithFates("tcp", "sent", [{ deliver: "now" }, { deliver: "reset" }]);
    assert.equal(tcp.failed, ["reset the connection"]);
    assert.equal(tcp.heard.at(-1), "end");
    assert.equal(tcp.tapped, ["0", "end"]);
    const udp = await sendWithFates("udp", "sent", [{ deliver: "now" }, { deliver: "reset" }]);
    assert.equal(udp, { heard: ["0", "end"], tapped: ["0", "end"], failed: [] });
  },
);

sockets("a reset that is decided on receiving breaks the connection under the sender", async () => {
  const listen: ListenAddress[] = [{ transport: "tcp", host: "127.0.0.1", port: 0 }];
  const far = await TestEnd.open({ listen, fateOf: () => ({ deliver: "reset" }) });
  const near = await TestEnd.open();
  await near.send(far.peer, options("a"));
  assert.is(await near.faults.next(), "reset the connection");
  assert.is(near.sockets.counts().messagesReceived, 0);
  assert.equal(far.messages.rest, []);
  await Promise.all([near.close(), far.close()]);
});

sockets("closing twice, and with a message still held back, is fine", async () => {
  const near = await TestEnd.open({
    listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
    fateOf: () => ({ deliver: "later", afterMilliseconds: 3_600_000 }),
  });
  await near.send(near.peer, options("a"));
  await Promise.all([near.close(), near.close()]);
  await near.close();
});

sockets.run();
