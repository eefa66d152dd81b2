import { CALL_KINDS } from "../model/call.ts";
import { MAX_CACHED_USERS } from "./budgets.ts";
import { decodeForShow } from "./input-text.ts";
import type { RowFormat } from "./row-format.ts";

/** The kind of {@link CALL_KINDS} at a place, or `null` for the place behind the last: not known. */
export const UNKNOWN_KIND = CALL_KINDS.length;

/** Longer names are looked up each time: no user principal name is that long. */
const MAX_NAME_BYTES = 1024;

/** Names kept under one hash; hostile ones beyond it push each other out. */
const MAX_SAME_HASH = 8;

/** One way in which the input writes a user. */
export interface Caller {
  /** Index of the router; -1 = nobody of the tenant. */
  readonly index: number;
  /** As the input writes it; `null` when it names nobody. */
  readonly user: string | null;
  /** Parts of a row by kind, formatted when first needed. */
  readonly parts: (Uint8Array | null)[];
}

interface CachedCaller extends Caller {
  readonly bytes: Uint8Array;
  /** Next one with the same hash. */
  readonly next: CachedCaller | null;
}

/**
 * Finds callers by the bytes of the user field, so that a name is decoded and looked up once and not
 * once a row. Bounded: hostile input with ever new users only makes it start afresh.
 */
export class CallerCache {
  readonly #format: RowFormat;
  readonly #indexOf: (upn: string) => number;
  readonly #byHash = new Map<number, CachedCaller>();
  #last: CachedCaller | null = null;
  #size = 0;

  constructor(format: RowFormat, indexOf: (upn: string) => number) {
    this.#format = format;
    this.#indexOf = indexOf;
  }

  /** The caller for a name that is no bytes of the input. */
  callerFor(user: string | null): Caller {
    const index = user === null ? -1 : this.#indexOf(user.trim());
    return { index, user, parts: new Array(UNKNOWN_KIND + 1).fill(null) };
  }

  /** The caller that these bytes name. Cost: O(bytes). */
  find(bytes: Uint8Array, start: number, end: number): Caller {
    if (this.#last !== null && isSame(this.#last.bytes, bytes, start, end)) return this.#last;
    if (end - start > MAX_NAME_BYTES) {
      return this.callerFor(decodeForShow(bytes.subarray(start, end)));
    }
    const hash = hashOf(bytes, start, end);
    let found = this.#byHash.get(hash) ?? null;
    let depth = 0;
    for (; found !== null && !isSame(found.bytes, bytes, start, end); found = found.next) depth++;
    this.#last = found ?? this.#add(hash, bytes.slice(start, end), depth);
    return this.#last;
  }

  /** The part of a row that says who called and why. */
  part(caller: Caller, kind: number): Uint8Array {
    const known = caller.parts[kind];
    if (known) return known;
    const part = this.#format.formatCaller(caller.user, CALL_KINDS[kind] ?? null);
    caller.parts[kind] = part;
    return part;
  }

  #add(hash: number, bytes: Uint8Array, depth: number): CachedCaller {
    if (++this.#size > MAX_CACHED_USERS) {
      this.#byHash.clear();
      this.#size = 1;
    }
    const next = depth < MAX_SAME_HASH ? (this.#byHash.get(hash) ?? null) : null;
    const cached = { ...this.callerFor(decodeForShow(bytes)), bytes, next };
    this.#byHash.set(hash, cached);
    return cached;
  }
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash;
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) {
    if (known[i] !== bytes[start + i]) return false;
  }
  return true;
}
