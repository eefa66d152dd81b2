import type { RtpPacket } from "./rtp-packet.ts";

/**
 * Whose packets are listened to (symmetric RTP, RFC 4961): the address the other end announced, or, as a
 * NAT may stand between, whoever sends two packets in sequence before that one does. Once somebody is
 * heard, the same address may change its source identifier and the announced address may take over, again
 * by two in sequence; packets of all others are passed over.
 *
 * @module
 */

export interface RtpAddress {
  /** IP address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

interface Heard {
  readonly packet: RtpPacket;
  readonly from: RtpAddress;
  readonly arrival: number;
}

export interface Admission {
  /** The packet before, held back until its sender was believed; `null` = it was counted or is none. */
  readonly former: Heard | null;
  /** Its sender is another than the one before: sequence and timestamps begin anew. */
  readonly isNewSender: boolean;
}

const KNOWN: Admission = { former: null, isNewSender: false };

export class RtpSource {
  #announced: RtpAddress | null = null;
  #address: RtpAddress | null = null;
  #ssrc = 0;
  #candidate: Heard | null = null;

  /** Where the other end is heard from; `null` = nothing was heard yet. */
  get address(): RtpAddress | null {
    return this.#address;
  }

  /** Whom the other end said it is; a changed address is heard anew. */
  announce(address: RtpAddress | null): void {
    const before = this.#announced;
    this.#announced = address;
    if (before !== null && address !== null && !isSame(before, address)) this.#address = null;
  }

  /** `null` = the packet is not to be counted (now). */
  admit(packet: RtpPacket, from: RtpAddress, arrival: number): Admission | null {
    if (this.#address !== null && packet.ssrc === this.#ssrc && isSame(from, this.#address)) {
      this.#candidate = null;
      return KNOWN;
    }
    const isAnnounced = this.#announced !== null && isSame(from, this.#announced);
    if (this.#address === null && isAnnounced) return this.#believe(packet, from, null);
    if (this.#address !== null && !isAnnounced && !isSame(from, this.#address)) return null;
    const former = this.#candidate;
    if (former !== null && follows(former, packet, from)) {
      return this.#believe(packet, from, former);
    }
    this.#candidate = { packet, from, arrival };
    return null;
  }

  #believe(packet: RtpPacket, from: RtpAddress, former: Heard | null): Admission {
    const isNewSender = this.#ssrc !== packet.ssrc;
    this.#address = { host: from.host, port: from.port };
    this.#ssrc = packet.ssrc;
    this.#candidate = null;
    return { former, isNewSender };
  }
}

function isSame(one: RtpAddress, other: RtpAddress): boolean {
  return one.port === other.port && one.host === other.host;
}

function follows(former: Heard, packet: RtpPacket, from: RtpAddress): boolean {
  return (
    packet.ssrc === former.packet.ssrc &&
    packet.sequence === ((former.packet.sequence + 1) & 0xffff) &&
    isSame(from, former.from)
  );
}
