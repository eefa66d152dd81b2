import { createOffer } from "../media/sdp.ts";
import { localHostFor } from "../sip/local-address.ts";
import type { CallMedia } from "./switchboard.ts";

/** The discard port: who sends there is heard by nobody. */
const DISCARD_PORT = 9;
/** Calls without sound: they offer G.711 like any other, but no packet is sent or read. */
export function silentMedia(listened: string): (peerHost: string) => CallMedia {
  let sessionId = 0;
  return (peerHost) => ({
    offer: createOffer({
      address: localHostFor(listened, peerHost),
      port: DISCARD_PORT,
      sessionId: ++sessionId,
      version: 1,
    }),
    start() {},
    stop: () => null,
  });
}
