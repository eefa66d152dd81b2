import { networkInterfaces } from "node:os";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openSipSockets, type SipSocketOptions } from "../../engine/sip/open-sip-sockets.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import type { SipFlow, SipSockets } from "../../engine/sip/sip-sockets.ts";

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some((address) => address.address === "::1"),
);
if (!hasIpv6) console.log("notice: no IPv6 on this machine, its tests are skipped");
const HOSTS = hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];

interface Heard {
  readonly message: string;
  readonly flow: SipFlow;
}

/** An end that keeps what it hears; `next` waits for it in order. */
class TestEnd {
  readonly sockets: SipSockets;
  readonly faults: string[];
  readonly #next: () => Promise<Heard>;

  private constructor(sockets: SipSockets, faults: string[], next: () => Promise<Heard>) {
    this.sockets = sockets;
    this.faults = faults;
    this.#next = next;
  }

  static async open(options: SipSocketOptions): Promise<TestEnd> {
    const heard: Heard[] = [];
    const waiting: ((heard: Heard) => void)[] = [];
    const faults: string[] = [];
    const sockets = await openSipSockets(options, {
      onMessage(message, flow) {
        const one = { message: message.toString(), flow };
        const first = waiting.shift();
        if (first === undefined) heard.push(one);
        else first(one);
      },
      onFault: (what) => faults.push(what),
    });
    return new TestEnd(sockets, faults, () => {
      const first = heard.shift();
      return first === undefined
        ? new Promise((found) => waiting.push(found))
        : Promise.resolve(first);
    });
  }

  get peer(): SipPeer {
    const [address] = this.sockets.addresses;
    if (address === undefined) throw new Error("listens nowhere");
    return address;
  }

  next(): Promise<Heard> {
    return this.#next();
  }

  close(): Promise<void> {
    return this.sockets.close();
  }
}

const message = (name: string, body = ""): string =>
  `OPTIONS sip:${name}@contoso.com SIP/2.0\r\nCSeq: 1 OPTIONS\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const sockets = suite("open-sip-sockets");

for (const transport of ["udp", "tcp"] as const) {
  for (const host of HOSTS) {
    sockets(`a message and its answer go over ${transport} of ${host}`, async () => {
      const far = await TestEnd.open({ listen: [{ transport, host, port: 0 }] });
      const near = await TestEnd.open({ listen: [{ transport, host, port: 0 }] });
      await near.sockets.flowTo(far.peer).send(message("megan", "v=0\r\nö"));
      const heard = await far.next();
      assert.is(heard.message, message("megan", "v=0\r\nö"));
      assert.equal(heard.flow.local, far.peer);
      await heard.flow.send(message("adele"));
      const answer = await near.next();
      assert.is(answer.message, message("adele"));
      assert.equal(answer.flow.peer, far.peer);
      await heard.flow.send(message("again"));
      assert.is((await near.next()).message, message("again"));
      assert.is(far.sockets.counts().messagesSent, 2);
      assert.is(far.sockets.counts().messagesReceived, 1);
      await near.close();
      await far.close();
      assert.is(far.sockets.counts().sockets, 0);
      assert.equal([...near.faults, ...far.faults], []);
    });

    sockets(`a ${transport} port of ${host} in use is told in one line`, async () => {
      const first = await TestEnd.open({ listen: [{ transport, host, port: 0 }] });
      const place = host === "::1" ? "[::1]" : host;
      try {
        await openSipSockets(
          { listen: [{ transport, host, port: 0 }, first.peer] },
          { onMessage: () => undefined, onFault: () => undefined },
        );
        assert.unreachable();
      } catch (error) {
        assert.is(
          (error as Error).message,
          `${place}:${first.peer.port}/${transport} is in use by another program`,
        );
        assert.is((error as { code?: unknown }).code, "ENGINE_ADDRESS_UNAVAILABLE");
      }
      await first.close();
    });
  }
}

sockets.run();
