import { mixBits } from "../compile/number-hash.ts";
import { wordUpTo } from "./byte-words.ts";

/** Slots looked at for one name; hostile names that want the same ones push each other out. */
const MAX_PROBES = 8;

const FIRST_SLOTS = 1024;
const FIRST_WORDS = 8192;

/** Words of all names together, 4 MB. */
const MAX_WORDS = 1 << 20;

/** Words of a name before its text: its id, its length in bytes. */
const HEAD_WORDS = 2;

/**
 * Numbers the names of an input by their bytes, without a string for any. Open addressing over one array
 * that holds every name; each look-up takes time linear in the name's length, whatever the names are.
 */
export class ByteTable {
  readonly #maxNames: number;
  /** Two words a slot: the name's hash, and where it stands in `#names`; 0 = free. */
  #slots = new Int32Array(2 * FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #names = new Int32Array(FIRST_WORDS);
  #end = 1;
  #size = 0;
  #bytes = new Uint8Array(0);
  #view: DataView = new DataView(this.#bytes.buffer);

  /** @param maxNames - Beyond so many the table starts afresh. */
  constructor(maxNames: number) {
    this.#maxNames = maxNames;
  }

  /** The id of the name in `bytes[start .. end)`; -1 = it is not in the table (any more). */
  find(bytes: Uint8Array, start: number, end: number): number {
    const view = this.#viewOf(bytes);
    const hash = hashOf(view, start, end);
    const slots = this.#slots;
    const names = this.#names;
    const mask = this.#mask;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const slot = ((hash + probe) & mask) << 1;
      const place = slots[slot + 1] ?? 0;
      if (place === 0) return -1;
      if (slots[slot] === hash && isSame(names, place, view, start, end)) return names[place] ?? -1;
    }
    return -1;
  }

  /**
   * Takes up a name that {@link find} did not find. Ids count from 0; a 0 says that the table started
   * afresh, and that the ids given before mean nothing any more.
   */
  add(bytes: Uint8Array, start: number, end: number): number {
    const view = this.#viewOf(bytes);
    const words = HEAD_WORDS + ((end - start) >> 2) + 1;
    if (this.#size >= this.#maxNames || this.#end + words > MAX_WORDS) this.#clear();
    if (2 * this.#size > this.#mask) this.#growSlots();
    this.#reserve(words);
    const place = this.#end;
    const names = this.#names;
    names[place] = this.#size;
    names[place + 1] = end - start;
    let word = place + HEAD_WORDS;
    for (let at = start; at + 4 <= end; at += 4) names[word++] = view.getInt32(at, true);
    names[word] = lastWord(view, start, end);
    this.#end += words;
    this.#place(hashOf(view, start, end), place);
    return this.#size++;
  }

  #place(hash: number, place: number): void {
    const slots = this.#slots;
    let slot = (hash & this.#mask) << 1;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const tried = ((hash + probe) & this.#mask) << 1;
      if (slots[tried + 1] !== 0) continue;
      slot = tried;
      break;
    }
    slots[slot] = hash;
    slots[slot + 1] = place;
  }

  #growSlots(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(2 * before.length);
    this.#mask = before.length - 1;
    for (let slot = 0; slot < before.length; slot += 2) {
      const place = before[slot + 1] ?? 0;
      if (place !== 0) this.#place(before[slot] ?? 0, place);
    }
  }

  #reserve(words: number): void {
    if (this.#end + words <= this.#names.length) return;
    const grown = new Int32Array(2 * (this.#end + words));
    grown.set(this.#names);
    this.#names = grown;
  }

  #clear(): void {
    this.#slots.fill(0);
    this.#end = 1;
    this.#size = 0;
  }

  #viewOf(bytes: Uint8Array): DataView {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes as Uint8Array<ArrayBuffer>;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    return this.#view;
  }
}

/** Four bytes a step. */
function hashOf(view: DataView, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at + 4 <= end; at += 4) hash = mixedWith(hash, view.getInt32(at, true));
  return mixBits(mixedWith(hash, lastWord(view, start, end)));
}

/** WHY turned: the product alone never takes a high bit to a lower one. */
function mixedWith(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return (product << 15) | (product >>> 17);
}

/** The last four bytes, some of them seen before; of a shorter name all. */
function lastWord(view: DataView, start: number, end: number): number {
  return end - start >= 4 ? view.getInt32(end - 4, true) : wordUpTo(view, start, end);
}

function isSame(
  names: Int32Array,
  place: number,
  view: DataView,
  start: number,
  end: number,
): boolean {
  if (names[place + 1] !== end - start) return false;
  let word = place + HEAD_WORDS;
  for (let at = start; at + 4 <= end; at += 4) {
    if (names[word++] !== view.getInt32(at, true)) return false;
  }
  return names[word] === lastWord(view, start, end);
}
