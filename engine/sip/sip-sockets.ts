import type { TrunkTransport } from "../model/operator.ts";
import type { ListenAddress, SipPeer } from "./sip-peer.ts";

/**
 * What carries SIP messages: one contract over UDP, TCP and TLS. Bytes in and out; nothing here knows
 * what a header means, but for the Content-Length that frames a stream.
 *
 * @module
 */

/** A way to one peer: a UDP address, or one TCP or TLS connection. */
export interface SipFlow {
  readonly transport: TrunkTransport;
  readonly peer: SipPeer;
  /** The address of ours that it leaves from. */
  readonly local: ListenAddress;
  /** UDP loses messages: whoever sends over it repeats them. */
  readonly reliable: boolean;
  /** Rejects when the message could not be handed to the network. */
  send(message: string): Promise<void>;
}

/** Who hears what arrives. */
export interface SipSocketEvents {
  /** One whole message (a datagram, or one framed from a stream), never empty or keep-alive only. */
  onMessage(message: Buffer, flow: SipFlow): void;
  /**
   * The head of a message on a stream whose end cannot be found; a request among them is answered with
   * `status` by whoever listens here, at once. The fault was told before; the connection ends after this.
   */
  onUnframable?(head: Buffer, status: 400 | 413 | 513, what: string, flow: SipFlow): void;
  /** What was wrong on the wire, for the log. A stream that cannot be framed any more is closed after it. */
  onFault(what: string, peer: SipPeer | null): void;
}

export interface SipSocketCounts {
  /** Listening sockets and open connections. */
  readonly sockets: number;
  readonly messagesReceived: number;
  readonly messagesSent: number;
  /** Dropped unread because their source sent too many. */
  readonly messagesRefused: number;
}

export interface SipSockets {
  /** As bound, with the real ports, in the order asked for. */
  readonly addresses: readonly ListenAddress[];
  /** The flow to a peer: an open connection is used again, else one is opened by the first `send`. */
  flowTo(peer: SipPeer): SipFlow;
  counts(): SipSocketCounts;
  /** Resolves when every socket is closed. */
  close(): Promise<void>;
}
