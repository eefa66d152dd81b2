import { CALL_KINDS } from "../model/call.ts";
import { MAX_CACHED_USERS } from "./budgets.ts";
import { ByteTable } from "./byte-table.ts";
import { decodeForShow } from "./input-text.ts";
import type { RowFormat } from "./row-format.ts";
import { type RowPart, RowParts } from "./row-parts.ts";

/** The kind of {@link CALL_KINDS} at a place, or `null` for the place behind the last: not known. */
export const UNKNOWN_KIND = CALL_KINDS.length;

/** Longer names are looked up each time: no user principal name is that long. */
const MAX_NAME_BYTES = 1024;

/** One way in which the input writes a user. */
export interface Caller {
  /** Index of the router; -1 = nobody of the tenant. */
  readonly index: number;
  /** As the input writes it; `null` when it names nobody. */
  readonly user: string | null;
  /** Parts of a row by kind, formatted when first needed. */
  readonly parts: (RowPart | null)[];
}

/**
 * Finds callers by the bytes of the user field, so that a name is decoded and looked up once and not
 * once a row. Bounded: hostile input with ever new users only makes it start afresh.
 */
export class CallerCache {
  readonly #format: RowFormat;
  readonly #parts = new RowParts();
  readonly #indexOf: (upn: string) => number;
  readonly #names = new ByteTable(MAX_CACHED_USERS);
  /** By the number of the name. */
  #callers: Caller[] = [];

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
    const id = this.#names.find(bytes, start, end);
    const known = id < 0 ? undefined : this.#callers[id];
    return known ?? this.#add(bytes, start, end);
  }

  /** The part of a row that says who called and why. */
  part(caller: Caller, kind: number): RowPart {
    const known = caller.parts[kind];
    if (known) return known;
    const text = this.#format.formatCaller(caller.user, CALL_KINDS[kind] ?? null);
    const part = this.#parts.keep(text);
    caller.parts[kind] = part;
    return part;
  }

  #add(bytes: Uint8Array, start: number, end: number): Caller {
    const caller = this.callerFor(decodeForShow(bytes.subarray(start, end)));
    if (end - start > MAX_NAME_BYTES) return caller;
    const id = this.#names.add(bytes, start, end);
    if (id === 0) this.#callers = [];
    this.#callers[id] = caller;
    return caller;
  }
}
