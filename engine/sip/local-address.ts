import { isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

const KEPT_MILLISECONDS = 30_000;

/** Asking the system costs more than sending a message: what it said is kept for a while. */
const kept = new Map<string, { readonly host: string; readonly until: number }>();

/**
 * What to call ourselves towards a peer: the address listened on, or, where that is every address
 * (`0.0.0.0`, `::`), the first of the machine that a peer on the same side (loopback or network) can reach.
 */
export function localHostFor(listened: string, peerHost: string): string {
  if (listened !== "0.0.0.0" && listened !== "::") return listened;
  const isLoopback = /^(127\.|::1$|localhost$)/i.test(peerHost);
  const key = `${listened} ${isLoopback}`;
  const known = kept.get(key);
  const now = performance.now();
  if (known !== undefined && known.until > now) return known.host;
  const host = firstAddress(isIPv4(listened) ? "IPv4" : "IPv6", isLoopback);
  kept.set(key, { host, until: now + KEPT_MILLISECONDS });
  return host;
}

function firstAddress(family: "IPv4" | "IPv6", isLoopback: boolean): string {
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
