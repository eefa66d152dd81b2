import { randomInt } from "node:crypto";

/** A power of two; with 60,000 open calls a bucket holds seven. */
const BUCKETS = 8_192;

interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
}

/**
 * A map for entries that come and go by the thousand each second.
 *
 * WHY not a Map: V8 replaces a Map's table after so many deletions, and the old table points to the new.
 * Once an old table has been promoted, that chain keeps every call that was in one of them through all
 * minor collections, 10 KB a call (measured at 2,000 calls/s: three times the time in minor collections).
 *
 * The hash is seeded, so that nobody can choose keys that meet in one bucket.
 */
export class ChurningTable<Value> {
  readonly #buckets: (Entry<Value>[] | undefined)[] = new Array(BUCKETS).fill(undefined);
  readonly #seed = randomInt(2 ** 31);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    const bucket = this.#buckets[this.#slot(key)];
    if (bucket === undefined) return undefined;
    for (const entry of bucket) if (entry.key === key) return entry.value;
    return undefined;
  }

  set(key: string, value: Value): void {
    const slot = this.#slot(key);
    let bucket = this.#buckets[slot];
    if (bucket === undefined) {
      bucket = [];
      this.#buckets[slot] = bucket;
    }
    const at = bucket.findIndex((entry) => entry.key === key);
    if (at >= 0) {
      bucket[at] = { key, value };
      return;
    }
    bucket.push({ key, value });
    this.#size++;
  }

  delete(key: string): void {
    const bucket = this.#buckets[this.#slot(key)];
    const at = bucket?.findIndex((entry) => entry.key === key) ?? -1;
    const last = at < 0 ? undefined : bucket?.pop();
    if (bucket === undefined || last === undefined) return;
    if (at < bucket.length) bucket[at] = last;
    this.#size--;
  }

  /** A copy of all values. */
  values(): Value[] {
    return this.#buckets.flatMap((bucket) => bucket?.map(({ value }) => value) ?? []);
  }

  #slot(key: string): number {
    let hash = this.#seed;
    for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
    return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
  }
}
