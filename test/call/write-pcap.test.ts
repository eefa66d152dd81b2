import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { TappedMessage } from "../../engine/call/tapped-message.ts";
import { openPcap } from "../../engine/call/write-pcap.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-pcap-"));

const pcap = suite("write-pcap");

pcap.after(() => rmSync(folder, { recursive: true }));

interface ReadPacket {
  readonly at: number;
  readonly bytes: Buffer;
}

function readPcap(path: string): readonly ReadPacket[] {
  const file = readFileSync(path);
  assert.is(file.toString("hex", 0, 8), "d4c3b2a102000400");
  assert.is(file.readUInt32LE(20), 101);
  const packets: ReadPacket[] = [];
  for (let at = 24; at < file.length; ) {
    const length = file.readUInt32LE(at + 8);
    assert.is(file.readUInt32LE(at + 12), length);
    const time = file.readUInt32LE(at) * 1_000 + file.readUInt32LE(at + 4) / 1_000;
    packets.push({ at: time, bytes: file.subarray(at + 16, at + 16 + length) });
    at += 16 + length;
  }
  return packets;
}

/** Words added up with end-around carry: 0xffff where a checksum among them is right. */
function onesSum(...parts: readonly Buffer[]): number {
  let sum = 0n;
  for (const part of parts) {
    const even = part.length % 2 === 0 ? part : Buffer.concat([part, Buffer.of(0)]);
    for (let at = 0; at < even.length; at += 2) sum += BigInt(even.readUInt16BE(at));
  }
  while (sum > 0xffffn) sum = (sum & 0xffffn) + (sum >> 16n);
  return Number(sum);
}

function pseudoHeader(addresses: Buffer, protocol: number, length: number): Buffer {
  const rest = Buffer.alloc(8);
  rest.writeUInt32BE(length, 0);
  rest.writeUInt8(protocol, 7);
  return Buffer.concat([addresses, rest]);
}

/** The transport part of a packet, its checksums looked at. */
function transportOf({ bytes }: ReadPacket): { hosts: string; segment: Buffer } {
  const isIpv4 = bytes.readUInt8(0) === 0x45;
  const protocol = bytes.readUInt8(isIpv4 ? 9 : 6);
  const addresses = isIpv4 ? bytes.subarray(12, 20) : bytes.subarray(8, 40);
  const segment = bytes.subarray(isIpv4 ? 20 : 40);
  const length = isIpv4 ? bytes.readUInt16BE(2) - 20 : bytes.readUInt16BE(4);
  assert.is(segment.length, length);
  if (isIpv4) assert.is(onesSum(bytes.subarray(0, 20)), 0xffff);
  assert.is(onesSum(pseudoHeader(addresses, protocol, length), segment), 0xffff);
  return { hosts: addresses.toString("hex"), segment };
}

function message(
  peer: SipPeer,
  text: string,
  direction: "received" | "sent" = "sent",
  localHost = "127.0.0.1",
): TappedMessage {
  const local = { transport: peer.transport, host: localHost, port: 5070 };
  return { at: 1_795_000_000_123.456, direction, message: text, peer, local };
}

async function written(...messages: readonly TappedMessage[]): Promise<readonly ReadPacket[]> {
  const path = join(folder, "calls.pcap");
  const file = await openPcap(path);
  for (const one of messages) file.write(one);
  await file.close();
  assert.is(file.omitted, 0);
  return readPcap(path);
}

pcap("a UDP message is a datagram over IPv4 with its time and addresses", async () => {
  const peer: SipPeer = { transport: "udp", host: "192.0.2.7", port: 5071 };
  const [sent, received] = await written(
    message(peer, "INVITE ö"),
    message(peer, "200", "received"),
  );
  assert.ok(sent !== undefined && received !== undefined);
  assert.ok(Math.abs(sent.at - 1_795_000_000_123.456) < 0.002);
  const { hosts, segment } = transportOf(sent);
  assert.is(hosts, "7f000001c0000207");
  assert.equal([segment.readUInt16BE(0), segment.readUInt16BE(2)], [5070, 5071]);
  assert.is(segment.toString("utf8", 8), "INVITE ö");
  const back = transportOf(received);
  assert.is(back.hosts, "c00002077f000001");
  assert.equal([back.segment.readUInt16BE(0), back.segment.readUInt16BE(2)], [5071, 5070]);
});

const IPV6: readonly [host: string, hex: string][] = [
  ["::1", "00000000000000000000000000000001"],
  ["::", "00000000000000000000000000000000"],
  ["2001:db8::7:8", "20010db8000000000000000000070008"],
  ["1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
  ["fe80::1%lo", "fe800000000000000000000000000001"],
  ["::ffff:192.0.2.1", "00000000000000000000ffffc0000201"],
  ["192.0.2.1", "00000000000000000000ffffc0000201"],
];

for (const [host, hex] of IPV6) {
  pcap(`${host} beside ::1 is written as IPv6`, async () => {
    const peer: SipPeer = { transport: "udp", host, port: 5071 };
    for (const text of ["odd", "even"]) {
      const [packet] = await written(message(peer, text, "sent", "::1"));
      assert.ok(packet !== undefined);
      const { hosts, segment } = transportOf(packet);
      assert.is(hosts, `00000000000000000000000000000001${hex}`);
      assert.is(segment.toString("utf8", 8), text);
    }
  });
}

pcap(
  "TCP messages continue each other's sequence numbers, both ways, long ones in pieces",
  async () => {
    const peer: SipPeer = { transport: "tcp", host: "192.0.2.7", port: 5071 };
    const long = "a".repeat(65_535);
    const packets = await written(
      message(peer, "INVITE"),
      message(peer, "100", "received"),
      message(peer, long),
      message(peer, "ACK", "sent"),
    );
    const segments = packets.map((packet) => transportOf(packet).segment);
    assert.equal(
      segments.map((segment) => [segment.readUInt32BE(4), segment.readUInt32BE(8)]),
      [
        [1, 1],
        [1, 7],
        [7, 4],
        [7 + 32_768, 4],
        [7 + 65_535, 4],
      ],
    );
    assert.is(
      segments
        .slice(2, 4)
        .map((one) => one.toString("utf8", 20))
        .join(""),
      long,
    );
  },
);

pcap("a name has an address to stand for it, always the same, and localhost its own", async () => {
  const to = (host: string): TappedMessage => message({ transport: "udp", host, port: 5071 }, "a");
  const names = ["sbc1.contoso.com", "sbc2.contoso.com", "sbc1.contoso.com", "localhost"];
  const packets = await written(...names.map(to));
  assert.equal(
    packets.map((packet) => transportOf(packet).hosts.slice(8)),
    ["c6336401", "c6336402", "c6336401", "7f000001"],
  );
});

pcap("a message that no datagram holds is left out and counted", async () => {
  const path = join(folder, "large.pcap");
  const file = await openPcap(path);
  const peer: SipPeer = { transport: "udp", host: "192.0.2.7", port: 5071 };
  file.write(message(peer, "a".repeat(65_508)));
  file.write(message(peer, "a".repeat(65_507)));
  await file.close();
  assert.is(file.omitted, 1);
  assert.equal(
    readPcap(path).map((packet) => packet.bytes.length),
    [65_535],
  );
});

pcap("what comes faster than the disk takes it is left out, not kept in memory", async () => {
  const path = join(folder, "fast.pcap");
  const file = await openPcap(path);
  const peer: SipPeer = { transport: "udp", host: "192.0.2.7", port: 5071 };
  const large = message(peer, "a".repeat(60_000));
  for (let i = 0; i < 500; i++) file.write(large);
  assert.ok(file.omitted > 0, "30 MB at once are more than may wait");
  await file.close();
  assert.is(readPcap(path).length, 500 - file.omitted);
});

pcap("a file that cannot be made is told in words", async () => {
  for (const path of [join(folder, "none", "a.pcap"), folder]) {
    try {
      await openPcap(path);
      assert.unreachable();
    } catch (error) {
      assert.is((error as { code?: unknown }).code, "ENGINE_FILE_UNWRITABLE");
      assert.match((error as Error).message, /cannot be written: /);
    }
  }
});

pcap.run();
