/**
 * The fixed header of an RTP packet (RFC 3550 section 5.1), read and written by hand: twelve bytes, no
 * object more than needed.
 *
 * @module
 */

export const RTP_HEADER_BYTES = 12;

const VERSION = 2;
const EXTENSION_HEADER_BYTES = 4;
/** RTCP on the same port (RFC 5761 section 4): its packet types 192 to 223 in the second byte. */
const FIRST_RTCP_TYPE = 192;
const LAST_RTCP_TYPE = 223;

export interface RtpHeader {
  /** 0 to 127. */
  readonly payloadType: number;
  readonly marker: boolean;
  /** 0 to 65,535. */
  readonly sequence: number;
  /** Unsigned, 32 bits, in units of the payload's clock. */
  readonly timestamp: number;
  /** Synchronisation source, unsigned, 32 bits. */
  readonly ssrc: number;
}

export interface RtpPacket extends RtpHeader {
  /** Bytes of payload, without contributing sources, header extension and padding. */
  readonly payloadBytes: number;
}

/** Writes a header without contributing sources or extension at the start of `bytes`. */
export function writeRtpHeader(bytes: Buffer, header: RtpHeader): void {
  bytes[0] = VERSION << 6;
  bytes[1] = (header.marker ? 0x80 : 0) | header.payloadType;
  bytes.writeUInt16BE(header.sequence, 2);
  bytes.writeUInt32BE(header.timestamp, 4);
  bytes.writeUInt32BE(header.ssrc, 8);
}

/**
 * Reads what came in a datagram; `null` = no RTP packet: too short for what its header announces,
 * another version, or RTCP.
 */
export function readRtpPacket(bytes: Buffer): RtpPacket | null {
  if (bytes.length < RTP_HEADER_BYTES) return null;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  if (first >> 6 !== VERSION) return null;
  if (second >= FIRST_RTCP_TYPE && second <= LAST_RTCP_TYPE) return null;
  const payloadBytes = payloadLength(bytes, first);
  if (payloadBytes < 0) return null;
  return {
    payloadType: second & 0x7f,
    marker: second >= 0x80,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payloadBytes,
  };
}

/** Negative when the header announces more than there is. */
function payloadLength(bytes: Buffer, first: number): number {
  let start = RTP_HEADER_BYTES + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (bytes.length < start + EXTENSION_HEADER_BYTES) return -1;
    start += EXTENSION_HEADER_BYTES + 4 * bytes.readUInt16BE(start + 2);
  }
  const rest = bytes.length - start;
  if (rest <= 0 || (first & 0x20) === 0) return rest;
  const padding = bytes.readUInt8(bytes.length - 1);
  return padding === 0 ? -1 : rest - padding;
}
