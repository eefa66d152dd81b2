/** Wireshark's own reader on our captures: what it says of each packet is what was said. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as assert from "uvu/assert";
import { type TappedMessage, tapTo } from "../../engine/call/tapped-message.ts";
import { openPcap } from "../../engine/call/write-pcap.ts";
import { openSipSockets } from "../../engine/sip/open-sip-sockets.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import { peerSuite } from "../interop/peer-suite.ts";

const FIELDS = [
  ...["ip.src", "ipv6.src", "ip.dst", "ipv6.dst"],
  ...["udp.srcport", "tcp.srcport", "udp.dstport", "tcp.dstport"],
  ...["sip.Method", "sip.Status-Code", "sip.Call-ID"],
  ...["ip.checksum.status", "udp.checksum.status", "tcp.checksum.status"],
  ...["_ws.expert.message", "_ws.malformed"],
];
/** Bad checksums are looked for, and each port of ours is SIP. */
const OPTIONS = ["ip", "udp", "tcp"].flatMap((of) => ["-o", `${of}.check_checksum:TRUE`]);

const folder = mkdtempSync(join(tmpdir(), "outdial-tshark-"));
const tshark = peerSuite("Wireshark on our captures", ["tshark"]);

tshark.after(() => rmSync(folder, { recursive: true }));

interface Seen {
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly callId: string;
}

async function seenIn(path: string, ports: readonly number[]): Promise<readonly Seen[]> {
  const asSip = ports.flatMap((port) => [
    ...["-d", `udp.port==${port},sip`, "-d", `tcp.port==${port},sip`],
  ]);
  const fields = FIELDS.flatMap((field) => ["-e", field]);
  const { stdout } = await promisify(execFile)("tshark", [
    ...[...OPTIONS, ...asSip, "-r", path, "-Y", "sip", "-T", "fields", "-E", "separator=|"],
    ...fields,
  ]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map(seenOf);
}

function seenOf(line: string): Seen {
  const cells = line.split("|");
  const [ip4From, ip6From, ip4To, ip6To, udpFrom, tcpFrom, udpTo, tcpTo] = cells;
  const [method, status, callId = "", ...checks] = cells.slice(8);
  // 1 = Wireshark found the checksum right.
  for (const check of checks.slice(0, 3)) assert.ok(check === "" || check === "1", line);
  assert.is(checks[4], "", line);
  return {
    from: `${ip4From || ip6From} ${udpFrom || tcpFrom}`,
    to: `${ip4To || ip6To} ${udpTo || tcpTo}`,
    what: method || status || "",
    callId,
  };
}

const head = (firstLine: string, callId: string, body: string): string =>
  [
    firstLine,
    "Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK776asdhds",
    "From: <sip:+14255550101@contoso.com>;tag=1",
    "To: <sip:+442079460123@contoso.com>",
    `Call-ID: ${callId}`,
    "CSeq: 1 INVITE",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");

const PEERS: readonly [what: string, host: string, peer: SipPeer, seen: string][] = [
  ["UDP", "127.0.0.1", { transport: "udp", host: "192.0.2.7", port: 5071 }, "192.0.2.7 5071"],
  ["UDP of IPv6", "::1", { transport: "udp", host: "2001:db8::7", port: 5071 }, "2001:db8::7 5071"],
  ["TCP", "127.0.0.1", { transport: "tcp", host: "192.0.2.7", port: 5999 }, "192.0.2.7 5999"],
  ["TCP of IPv6", "::1", { transport: "tcp", host: "2001:db8::7", port: 5999 }, "2001:db8::7 5999"],
  [
    "TLS by name",
    "127.0.0.1",
    { transport: "tls", host: "sbc1.contoso.com", port: 5061 },
    "198.51.100.1 5061",
  ],
];

for (const [what, localHost, peer, seen] of PEERS) {
  tshark(`messages over ${what} are SIP with their method, status and addresses`, async () => {
    const path = join(folder, `${what}.pcap`);
    const file = await openPcap(path);
    const local = { transport: peer.transport, host: localHost, port: 5070 };
    const long = "a".repeat(peer.transport === "udp" ? 1_000 : 50_000);
    const said: readonly [TappedMessage["direction"], string, string][] = [
      ["sent", "INVITE sip:+442079460123@contoso.com SIP/2.0", long],
      ["received", "SIP/2.0 503 Service Unavailable", ""],
      ["sent", "ACK sip:+442079460123@contoso.com SIP/2.0", "odd"],
    ];
    for (const [index, [direction, firstLine, body]] of said.entries()) {
      const message = head(firstLine, `call${index}@contoso.com`, body);
      file.write({ at: 1_795_000_000_000 + index, direction, message, peer, local });
    }
    await file.close();
    const own = `${localHost} 5070`;
    assert.equal(await seenIn(path, [5070, peer.port]), [
      { from: own, to: seen, what: "INVITE", callId: "call0@contoso.com" },
      { from: seen, to: own, what: "503", callId: "call1@contoso.com" },
      { from: own, to: seen, what: "ACK", callId: "call2@contoso.com" },
    ]);
  });
}

tshark("what went over real sockets is what Wireshark sees", async () => {
  const path = join(folder, "sockets.pcap");
  const file = await openPcap(path);
  let heard = (): void => {};
  const answered = new Promise<void>((done) => {
    heard = done;
  });
  const far = await openSipSockets(
    { listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }] },
    {
      onMessage: (_message, flow) => void flow.send(head("SIP/2.0 486 Busy Here", "a", "")),
      onFault: () => undefined,
    },
  );
  const near = await openSipSockets(
    {
      listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
      tap: tapTo((tapped) => file.write(tapped)),
    },
    { onMessage: () => heard(), onFault: () => undefined },
  );
  const [own, other] = [near.addresses[0], far.addresses[0]];
  assert.ok(own !== undefined && other !== undefined);
  await near.flowTo(other).send(head("INVITE sip:a SIP/2.0", "a", ""));
  await answered;
  await Promise.all([near.close(), far.close(), file.close()]);
  assert.equal(await seenIn(path, [own.port, other.port]), [
    { from: `127.0.0.1 ${own.port}`, to: `127.0.0.1 ${other.port}`, what: "INVITE", callId: "a" },
    { from: `127.0.0.1 ${other.port}`, to: `127.0.0.1 ${own.port}`, what: "486", callId: "a" },
  ]);
});

tshark.run();
