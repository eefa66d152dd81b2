import { isIP } from "node:net";

/** An end of a packet; the host an IP address of the same family as the other's. */
export interface PacketEnd {
  readonly host: string;
  readonly port: number;
}

/** What makes a TCP segment of a payload. */
export interface TcpPosition {
  readonly sequence: number;
  readonly acknowledged: number;
}

const UDP = 17;
const TCP = 6;
const UDP_HEADER_BYTES = 8;
const TCP_HEADER_BYTES = 20;
const PUSH_AND_ACK = 0x18;
const HOP_LIMIT = 64;
const ANY_WINDOW = 65_535;

/** Most that a UDP datagram carries over IPv4; over IPv6 it would be 20 more. */
export const MAX_UDP_PAYLOAD = 65_507;

/** An IP packet with one UDP datagram, its checksums right (RFC 768, 791, 8200). */
export function udpPacket(from: PacketEnd, to: PacketEnd, payload: Buffer): Buffer {
  const header = Buffer.alloc(UDP_HEADER_BYTES);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt16BE(UDP_HEADER_BYTES + payload.length, 4);
  const datagram = Buffer.concat([header, payload]);
  const sum = transportChecksum(from, to, UDP, datagram);
  // 0 would say that there is none.
  datagram.writeUInt16BE(sum === 0 ? 0xffff : sum, 6);
  return ipPacket(from, to, UDP, datagram);
}

/** An IP packet with one TCP segment (RFC 9293), PSH and ACK set. */
export function tcpPacket(
  from: PacketEnd,
  to: PacketEnd,
  { sequence, acknowledged }: TcpPosition,
  payload: Buffer,
): Buffer {
  const header = Buffer.alloc(TCP_HEADER_BYTES);
  header.writeUInt16BE(from.port, 0);
  header.writeUInt16BE(to.port, 2);
  header.writeUInt32BE(sequence, 4);
  header.writeUInt32BE(acknowledged, 8);
  header.writeUInt8((TCP_HEADER_BYTES / 4) << 4, 12);
  header.writeUInt8(PUSH_AND_ACK, 13);
  header.writeUInt16BE(ANY_WINDOW, 14);
  const segment = Buffer.concat([header, payload]);
  segment.writeUInt16BE(transportChecksum(from, to, TCP, segment), 16);
  return ipPacket(from, to, TCP, segment);
}

function ipPacket(from: PacketEnd, to: PacketEnd, protocol: number, payload: Buffer): Buffer {
  const header =
    isIP(from.host) === 6
      ? ipv6Header(from, to, protocol, payload.length)
      : ipv4Header(from, to, protocol, payload.length);
  return Buffer.concat([header, payload]);
}

function ipv4Header(from: PacketEnd, to: PacketEnd, protocol: number, bytes: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(header.length + bytes, 2);
  // Not to be fragmented.
  header.writeUInt16BE(0x4000, 6);
  header.writeUInt8(HOP_LIMIT, 8);
  header.writeUInt8(protocol, 9);
  addressBytes(from.host).copy(header, 12);
  addressBytes(to.host).copy(header, 16);
  header.writeUInt16BE(checksum([header]), 10);
  return header;
}

function ipv6Header(from: PacketEnd, to: PacketEnd, protocol: number, bytes: number): Buffer {
  const header = Buffer.alloc(40);
  header.writeUInt8(0x60, 0);
  header.writeUInt16BE(bytes, 4);
  header.writeUInt8(protocol, 6);
  header.writeUInt8(HOP_LIMIT, 7);
  addressBytes(from.host).copy(header, 8);
  addressBytes(to.host).copy(header, 24);
  return header;
}

/** Over the addresses, protocol and length too: the pseudo-header of both families adds up to the same. */
function transportChecksum(
  from: PacketEnd,
  to: PacketEnd,
  protocol: number,
  segment: Buffer,
): number {
  const rest = Buffer.alloc(8);
  rest.writeUInt32BE(segment.length, 0);
  rest.writeUInt32BE(protocol, 4);
  return checksum([addressBytes(from.host), addressBytes(to.host), rest, segment]);
}

/** The Internet checksum (RFC 1071); all parts but the last have an even number of bytes. */
function checksum(parts: readonly Buffer[]): number {
  let sum = 0;
  for (const part of parts) {
    const even = part.length - (part.length % 2);
    for (let at = 0; at < even; at += 2) sum += part.readUInt16BE(at);
    if (even < part.length) sum += part.readUInt8(even) << 8;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function addressBytes(host: string): Buffer {
  if (isIP(host) === 4) return Buffer.from(host.split(".").map(Number));
  return ipv6Bytes(host);
}

/** An IPv6 address without a zone, which the caller knows to be one. */
function ipv6Bytes(host: string): Buffer {
  const [before = "", after] = host.replace(/\d+\.\d+\.\d+\.\d+$/, ipv4AsGroups).split("::");
  const head = groupsOf(before);
  const tail = groupsOf(after ?? "");
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...head, ...zeros, ...tail].entries()) {
    bytes.writeUInt16BE(group, 2 * index);
  }
  return bytes;
}

function groupsOf(text: string): number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}

function ipv4AsGroups(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
