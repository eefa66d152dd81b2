import { MAX_CACHED_PLACES } from "./budgets.ts";
import { ByteTable } from "./byte-table.ts";
import { decodeForShow } from "./input-text.ts";

/** Names beyond this many bytes are looked up each time. */
const MAX_NAME_BYTES = 1024;

/**
 * Finds what the fields of a column name, sites or gateways, by their bytes, so that a name is decoded
 * and looked up once and not once a record.
 */
export class IndexCache {
  readonly #indexOf: (name: string) => number;
  readonly #names = new ByteTable(MAX_CACHED_PLACES);
  readonly #indices = new Int32Array(MAX_CACHED_PLACES);

  /** @param indexOf - What a name stands for; -1 = nothing. */
  constructor(indexOf: (name: string) => number) {
    this.#indexOf = indexOf;
  }

  /** What `indexOf` says of the name in `bytes[start .. end)`. Cost: O(bytes). */
  find(bytes: Uint8Array, start: number, end: number): number {
    const id = this.#names.find(bytes, start, end);
    return (id < 0 ? undefined : this.#indices[id]) ?? this.#add(bytes, start, end);
  }

  #add(bytes: Uint8Array, start: number, end: number): number {
    const index = this.#indexOf(decodeForShow(bytes.subarray(start, end)));
    if (end - start <= MAX_NAME_BYTES) this.#indices[this.#names.add(bytes, start, end)] = index;
    return index;
  }
}
