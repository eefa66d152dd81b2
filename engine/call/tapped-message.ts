import type { WireTap } from "../sip/sip-endpoint.ts";
import type { ListenAddress, SipPeer } from "../sip/sip-peer.ts";

/** One message as it passed the socket of an end, for what shows or keeps it afterwards. */
export interface TappedMessage {
  /** Milliseconds since 1970, to a fraction. */
  readonly at: number;
  readonly direction: "received" | "sent";
  readonly message: string;
  readonly peer: SipPeer;
  /** The end that was tapped. */
  readonly local: ListenAddress;
}

/** A tap that gives each message with its time. The clock is steady: no later message has an earlier time. */
export function tapTo(hear: (tapped: TappedMessage) => void): WireTap {
  return (direction, message, peer, local) =>
    hear({ at: performance.timeOrigin + performance.now(), direction, message, peer, local });
}
