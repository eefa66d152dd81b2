import { lookup } from "node:dns/promises";
import { MAX_CACHED_NAMES, NAME_CACHE_MILLISECONDS } from "./socket-budgets.ts";

interface CachedName {
  readonly address: Promise<string>;
  readonly until: number;
}

/**
 * Addresses of names, kept for a short while: a lookup for every datagram would cost more than the call.
 * Failures are not kept.
 */
export class HostNames {
  readonly #known = new Map<string, CachedName>();

  /** The first address of a name, of one family if asked for. Rejects with Node's error. */
  resolve(name: string, family: 0 | 4 | 6): Promise<string> {
    const key = `${family} ${name.toLowerCase()}`;
    const now = performance.now();
    const known = this.#known.get(key);
    if (known !== undefined && known.until > now) return known.address;
    // WHY: Node takes no name at all for this machine's.
    if (name === "")
      return Promise.reject(Object.assign(new Error("no host"), { code: "ENOTFOUND" }));
    const address = lookup(name, { family }).then((found) => found.address);
    address.catch(() => this.#known.delete(key));
    if (this.#known.size >= MAX_CACHED_NAMES) this.#known.clear();
    this.#known.set(key, { address, until: now + NAME_CACHE_MILLISECONDS });
    return address;
  }
}
