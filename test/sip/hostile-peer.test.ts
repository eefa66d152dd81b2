import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipEndpoint, SipEndpointOptions } from "../../engine/sip/sip-endpoint.ts";
import { RawPeer, rawResponse, toTagOf } from "./raw-peer.ts";
import { lineOf, SDP, Signal } from "./sip-lab.ts";
import { Happenings } from "./test-end.ts";

const test = suite("hostile peer");

async function withPeer(
  options: Partial<SipEndpointOptions>,
  run: (raw: RawPeer, endpoint: SipEndpoint) => Promise<void>,
): Promise<void> {
  const listen = [{ transport: "udp", host: "127.0.0.1", port: 0 }] as const;
  const endpoint = await openSipEndpoint({ listen, product: "called", ...options });
  const [to] = endpoint.addresses;
  if (to === undefined) throw new Error("no address");
  const raw = await RawPeer.open(to);
  try {
    await run(raw, endpoint);
  } finally {
    await Promise.all([raw.close(), endpoint.close()]);
  }
}

for (const [name, half] of [
  ["line feed", "\n"],
  ["carriage return", "\r"],
] as const) {
  for (const header of ["From", "To", "Via", "Contact", "Call-ID", "Record-Route"]) {
    test(`a bare ${name} in ${header} begins no header of an answer`, async () => {
      await withPeer({ onInvite: (call) => call.answer({ body: SDP }) }, async (raw) => {
        const lines = ["Record-Route: <sip:127.0.0.1;lr>"];
        const invite = raw.invite({ callId: "a", branch: "z9hG4bKa", lines });
        const evil = `$1;x="y${half}Evil: 1"`;
        raw.send(invite.replace(new RegExp(`^(${header}: [^\\r\\n]*)`, "m"), evil));
        const answer = await raw.hears("400 INVITE");
        assert.not.match(answer, /[\r\n]Evil/);
        assert.match(answer, /^CSeq: 1 INVITE\r$/m);
      });
    });
  }
}

test("a PRACK that comes after the final response is still taken", async () => {
  const onInvite = (call: ServerCall): void => {
    call.progress(180, { reliable: true });
    call.answer({ body: SDP });
  };
  await withPeer({ onInvite }, async (raw) => {
    raw.send(raw.invite({ callId: "a", branch: "z9hG4bKa", lines: ["Supported: 100rel"] }));
    const ringing = await raw.hears("180 INVITE");
    const toTag = toTagOf(await raw.hears("200 INVITE"));
    const rseq = /^RSeq: (\d+)/m.exec(ringing)?.[1] ?? "";
    const lines = [`RAck: ${rseq} 1 INVITE`];
    const prack = { method: "PRACK", callId: "a", toTag, lines };
    raw.send(raw.request({ ...prack, branch: "z9hG4bKp", cseq: 2 }));
    await raw.hears("200 PRACK");
    raw.send(raw.request({ ...prack, branch: "z9hG4bKq", cseq: 3 }));
    await raw.hears("481 PRACK");
  });
});

test("an INVITE inside a dialog that is not answered yet is to come again later", async () => {
  await withPeer({ onInvite: (call) => call.progress(180) }, async (raw) => {
    raw.send(raw.invite({ callId: "a", branch: "z9hG4bKa" }));
    const toTag = toTagOf(await raw.hears("180 INVITE"));
    raw.send(raw.invite({ callId: "a", branch: "z9hG4bKr", cseq: 2, toTag }));
    assert.match(await raw.hears("500 INVITE"), /^Retry-After: 5\r$/m);
  });
});

test("a response to nobody's request is told and dropped", async () => {
  const faults = new Happenings<string>();
  await withPeer({ onFault: (what) => faults.add(what) }, async (raw, endpoint) => {
    const request = raw.invite({ callId: "a", branch: "z9hG4bKnobody" });
    raw.send(rawResponse(request, "200 OK", { toTag: "t" }));
    assert.is(await faults.next(), "a response 200 to no request of ours is dropped");
    assert.is(endpoint.counts().unmatched, 1);
    assert.equal(raw.heard, []);
  });
});

test("maddr says where a response goes, rport or not", async () => {
  await withPeer({}, async (raw, endpoint) => {
    const [to] = endpoint.addresses;
    if (to === undefined) throw new Error("no address");
    const other = await RawPeer.open(to);
    const via = `SIP/2.0/UDP 192.0.2.1:${other.port};branch=z9hG4bKo;rport;maddr=127.0.0.1`;
    raw.send(raw.request({ method: "OPTIONS", callId: "o", branch: "", via }));
    try {
      await other.hears("200 OPTIONS");
    } finally {
      await other.close();
    }
    assert.is(raw.heard.length, 0);
  });
});

/** A caller over TCP that also listens, for what comes when its own connection is gone. */
class TcpCaller {
  readonly heard = new Happenings<string>();
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Socket[] = [];

  static async open(): Promise<TcpCaller> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new TcpCaller(server);
  }

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (socket) => {
      this.#sockets.push(socket);
      socket.on("data", (data) => this.heard.add(data.toString()));
    });
  }

  request(method: string, branch: string, toTag = ""): string {
    return [
      `${method} sip:+442079460123@127.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/TCP 127.0.0.1:${this.port};branch=z9hG4bK${branch}`,
      "From: <sip:+14255550101@127.0.0.1>;tag=raw",
      `To: <sip:+442079460123@127.0.0.1>${toTag}`,
      "Call-ID: tcp",
      `CSeq: 1 ${method}`,
      `Contact: <sip:raw@127.0.0.1:${this.port};transport=tcp?Subject=x>`,
      "Content-Length: 0\r\n\r\n",
    ].join("\r\n");
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}

async function withTcpCaller(
  run: (caller: TcpCaller, socket: Socket, call: () => Promise<ServerCall>) => Promise<void>,
): Promise<void> {
  const came = new Signal<ServerCall>("an INVITE");
  const endpoint = await openSipEndpoint({
    listen: [{ transport: "tcp", host: "127.0.0.1", port: 0 }],
    product: "called",
    onInvite: (call) => came.fire(call),
  });
  const caller = await TcpCaller.open();
  const socket = connect(endpoint.addresses[0]?.port ?? 0, "127.0.0.1");
  try {
    await once(socket, "connect");
    await run(caller, socket, () => came.within());
  } finally {
    socket.destroy();
    await Promise.all([caller.close(), endpoint.close()]);
  }
}

/** Until the other end has seen it, too. */
async function closed(socket: Socket): Promise<void> {
  socket.end();
  socket.resume();
  await once(socket, "close");
}

test("a response whose connection is gone goes to the address of its Via", async () => {
  await withTcpCaller(async (caller, socket, call) => {
    socket.write(caller.request("INVITE", "1"));
    const received = await call();
    await closed(socket);
    received.reject(486);
    assert.is(lineOf(await caller.heard.next()), "486 INVITE");
  });
});

test("a BYE whose connection is gone goes to the Contact, without its headers", async () => {
  await withTcpCaller(async (caller, socket, call) => {
    socket.write(caller.request("INVITE", "1"));
    const received = await call();
    const confirmed = new Signal<void>("an ACK");
    received.events = { onConfirm: () => confirmed.fire() };
    received.answer({ body: SDP });
    const [answer] = (await once(socket, "data")) as [Buffer];
    socket.write(caller.request("ACK", "2", `;tag=${toTagOf(answer.toString())}`));
    await confirmed.within();
    await closed(socket);
    received.hangUp();
    const [line] = (await caller.heard.next()).split("\r\n");
    assert.is(line, `BYE sip:raw@127.0.0.1:${caller.port};transport=tcp SIP/2.0`);
  });
});

test.run();
