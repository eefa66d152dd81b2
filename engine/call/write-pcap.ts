import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { isIP } from "node:net";
import { EngineError } from "../model/engine-error.ts";
import { whyUnwritable } from "../model/file-failure.ts";
import type { ListenAddress, SipPeer } from "../sip/sip-peer.ts";
import { MAX_UDP_PAYLOAD, type PacketEnd, tcpPacket, udpPacket } from "./ip-packet.ts";
import type { TappedMessage } from "./tapped-message.ts";

/** Packets without a link layer, each begins with its IP header. */
const LINKTYPE_RAW = 101;
const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const SNAPSHOT_BYTES = 262_144;

/** Bytes that wait for the disk; what comes on top is left out, and counted. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** Bytes of a message in one TCP segment. */
const SEGMENT_BYTES = 32_768;

/** TCP connections whose sequence numbers are known; the oldest begin anew. */
const MAX_CONNECTIONS = 10_000;

/** Names that have an address to stand for them: all of 198.51.100.0/24 but its ends. */
const MAX_STAND_INS = 254;

/** A packet capture that is being written. */
export interface PcapFile {
  /** Adds one message; never waits. */
  write(tapped: TappedMessage): void;
  /** Messages left out because the disk was too slow, or because no datagram could hold them. */
  readonly omitted: number;
  /** Resolves when all is on disk. @throws EngineError `ENGINE_FILE_UNWRITABLE` */
  close(): Promise<void>;
}

/**
 * Writes tapped messages as a packet capture (classic pcap, link type RAW) that Wireshark reads. What is
 * below the messages is made up, as the tap does not see it:
 *
 * - UDP: one datagram each, checksums right.
 * - TCP: segments of PSH and ACK with continuing sequence numbers and no handshake.
 * - TLS: what was said inside of it, in the clear, as TCP. On port 5061 Wireshark has to be told:
 *   `tshark -d tcp.port==5061,sip`.
 * - A host that is a name, no address: one of 198.51.100.0/24 (RFC 5737) stands for it, always the same.
 *
 * The file is made anew. Memory is bounded, whatever the speed of the disk.
 *
 * @throws EngineError `ENGINE_FILE_UNWRITABLE` when it cannot be opened
 */
export async function openPcap(path: string): Promise<PcapFile> {
  const stream = createWriteStream(path);
  let failure: Error | null = null;
  stream.on("error", (error) => {
    failure ??= error;
  });
  await once(stream, "open").catch((error: unknown) => {
    throw unwritable(path, error);
  });
  stream.write(fileHeader());
  const packets = new PacketMaker();
  let omitted = 0;
  return {
    get omitted() {
      return omitted;
    },
    write(tapped) {
      const made = failure === null && hasRoom(stream) ? packets.packetsOf(tapped) : [];
      if (made.length === 0) omitted++;
      for (const packet of made) stream.write(withRecordHeader(tapped.at, packet));
    },
    async close() {
      if (failure === null) await new Promise<void>((ended) => stream.end(() => ended()));
      if (failure !== null) throw unwritable(path, failure);
    },
  };
}

function hasRoom(stream: WriteStream): boolean {
  return stream.writableLength <= MAX_WAITING_BYTES;
}

function unwritable(path: string, cause: unknown): EngineError {
  const what = `${path} cannot be written: ${whyUnwritable(cause)}`;
  return new EngineError("ENGINE_FILE_UNWRITABLE", what, { cause });
}

function fileHeader(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(MAGIC_MICROSECONDS, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(SNAPSHOT_BYTES, 16);
  header.writeUInt32LE(LINKTYPE_RAW, 20);
  return header;
}

function withRecordHeader(at: number, packet: Buffer): Buffer {
  const microseconds = Math.round(at * 1_000);
  const header = Buffer.alloc(16);
  header.writeUInt32LE(Math.floor(microseconds / 1_000_000), 0);
  header.writeUInt32LE(microseconds % 1_000_000, 4);
  header.writeUInt32LE(packet.length, 8);
  header.writeUInt32LE(packet.length, 12);
  return Buffer.concat([header, packet]);
}

/** Makes packets of messages, and keeps what has to go on from one to the next. */
class PacketMaker {
  /** The sequence number that comes next, by connection and direction. */
  readonly #sequences = new Map<string, number>();
  readonly #standIns = new Map<string, string>();

  /** None for a message that no datagram can hold. */
  packetsOf({ direction, message, peer, local }: TappedMessage): Buffer[] {
    const [own, other] = sameFamily(this.#endOf(local), this.#endOf(peer));
    const [from, to] = direction === "sent" ? [own, other] : [other, own];
    const payload = Buffer.from(message);
    if (peer.transport !== "udp") return this.#segmentsOf(from, to, payload);
    return payload.length > MAX_UDP_PAYLOAD ? [] : [udpPacket(from, to, payload)];
  }

  #segmentsOf(from: PacketEnd, to: PacketEnd, payload: Buffer): Buffer[] {
    const way = `${from.host} ${from.port} ${to.host} ${to.port}`;
    const back = `${to.host} ${to.port} ${from.host} ${from.port}`;
    const acknowledged = this.#sequences.get(back) ?? 1;
    let sequence = this.#sequences.get(way) ?? 1;
    const segments: Buffer[] = [];
    for (let at = 0; at < payload.length; at += SEGMENT_BYTES) {
      const part = payload.subarray(at, at + SEGMENT_BYTES);
      segments.push(tcpPacket(from, to, { sequence, acknowledged }, part));
      sequence = (sequence + part.length) % 2 ** 32;
    }
    const oldest = this.#sequences.keys().next().value;
    if (this.#sequences.size >= 2 * MAX_CONNECTIONS && oldest !== undefined) {
      this.#sequences.delete(oldest);
    }
    this.#sequences.set(way, sequence);
    return segments;
  }

  #endOf({ host, port }: SipPeer | ListenAddress): PacketEnd {
    const [address = ""] = host.split("%");
    return { host: isIP(address) === 0 ? this.#standInFor(host) : address, port: port & 0xffff };
  }

  #standInFor(name: string): string {
    if (name.toLowerCase() === "localhost") return "127.0.0.1";
    const known = this.#standIns.get(name);
    if (known !== undefined) return known;
    const standIn = `198.51.100.${1 + (this.#standIns.size % MAX_STAND_INS)}`;
    if (this.#standIns.size < MAX_STAND_INS) this.#standIns.set(name, standIn);
    return standIn;
  }
}

/** Both of one family: an IPv4 address beside an IPv6 one is written as that (RFC 4291 section 2.5.5.2). */
function sameFamily(one: PacketEnd, other: PacketEnd): [PacketEnd, PacketEnd] {
  if (isIP(one.host) === isIP(other.host)) return [one, other];
  const asIpv6 = (end: PacketEnd): PacketEnd =>
    isIP(end.host) === 4 ? { ...end, host: `::ffff:${end.host}` } : end;
  return [asIpv6(one), asIpv6(other)];
}
