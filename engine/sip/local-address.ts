import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

/**
 * What to call ourselves towards a peer: the address listened on, or, where that is every address
 * (`0.0.0.0`, `::`), the first of the machine that a peer on the same side (loopback or network) can reach.
 */
export function localHostFor(listened: string, peerHost: string): string {
  if (listened !== "0.0.0.0" && listened !== "::") return listened;
  const family = isIPv4(listened) ? "IPv4" : "IPv6";
  const isLoopback = /^(127\.|::1$|localhost$)/i.test(peerHost);
  const found = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(
      (address) =>
        address.family === family &&
        address.internal === isLoopback &&
        !address.address.startsWith("fe80:"),
    );
  return found?.address ?? (family === "IPv4" ? "127.0.0.1" : "::1");
}
