import { hashOfNumber } from "./number-hash.ts";

/**
 * The tenant's own numbers as one hash table over bytes, on shared memory. Plain data: it can be posted
 * to worker threads.
 *
 * ```
 * filter   a bit for each of many values of the hash: 0 = no number of the table has that
 * slots    open addressing, three words each: hash | number's start in bytes, its length above | index + 1
 * bytes    all numbers, one after the other
 * ```
 */
export interface OnNetTable {
  readonly filter: Int32Array;
  readonly slots: Int32Array;
  readonly bytes: Uint8Array;
}

const SLOT_WORDS = 3;
const START_BITS = 24;
const START_MASK = (1 << START_BITS) - 1;

/** Slots for each number: most look-ups of foreign numbers then end at the first, empty slot. */
const SPACE_FACTOR = 4;

/**
 * Words of the filter for each slot, as a shift: 4 slots share one. That is 32 to 64 times as many bits as
 * numbers, so that 1 in 32 foreign numbers at most gets past it.
 */
const FILTER_SHIFT = 2;

/** Longer ones can be nobody's number. */
const MAX_LENGTH = 127;

/**
 * Makes the table of `numbers` (E.164 with `+`); the answer of {@link findOnNet} is an index into them.
 * Of equal numbers the first counts. Cost: O(numbers), about 75 bytes each.
 */
export function compileOnNetTable(numbers: readonly string[]): OnNetTable {
  const usable = numbers.map((number) => Buffer.from(number));
  let capacity = 8;
  while (capacity < numbers.length * SPACE_FACTOR) capacity *= 2;
  const total = usable.reduce((sum, number) => sum + number.length, 0);
  const filter = new Int32Array(new SharedArrayBuffer((capacity >> FILTER_SHIFT) * 4));
  const slots = new Int32Array(new SharedArrayBuffer(capacity * SLOT_WORDS * 4));
  const bytes = new Uint8Array(new SharedArrayBuffer(total));
  const table = { filter, slots, bytes };
  let used = 0;
  usable.forEach((number, index) => {
    if (number.length > MAX_LENGTH || used + number.length > START_MASK) return;
    if (findOnNet(table, number, 0, number.length) !== -1) return;
    bytes.set(number, used);
    const hash = hashOfNumber(number, 0, number.length);
    const slot = freeSlot(slots, hash);
    slots[slot] = hash;
    slots[slot + 1] = used | (number.length << START_BITS);
    slots[slot + 2] = index + 1;
    const word = filterWord(filter, hash);
    filter[word] = (filter[word] ?? 0) | (1 << hash);
    used += number.length;
  });
  return table;
}

/**
 * The index of the number in `bytes[start .. end)`, -1 when it is none of the table's. Allocates nothing;
 * cost: O(length).
 */
export function findOnNet(
  table: OnNetTable,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const hash = hashOfNumber(bytes, start, end);
  return mayBeOnNet(table, hash) ? findHashed(table, hash, bytes, start, end) : -1;
}

/**
 * Whether a number with this hash may be in the table: "no" is sure, and nearly always said of foreign
 * numbers. One look-up in an array of a few kilobytes, where the slots of many numbers are far away.
 */
export function mayBeOnNet({ filter }: OnNetTable, hash: number): boolean {
  return (((filter[filterWord(filter, hash)] ?? 0) >>> hash) & 1) !== 0;
}

/** As {@link findOnNet}, for a number whose hash is known. */
export function findHashed(
  table: OnNetTable,
  hash: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const { slots } = table;
  const last = slots.length - SLOT_WORDS;
  for (let slot = slotOf(hash, slots); ; slot = slot === last ? 0 : slot + SLOT_WORDS) {
    const index = slots[slot + 2] ?? 0;
    if (index === 0) return -1;
    if (slots[slot] !== hash) continue;
    if (isNumberAt(table, slots[slot + 1] ?? 0, bytes, start, end)) return index - 1;
  }
}

function isNumberAt(
  table: OnNetTable,
  place: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (place >>> START_BITS !== end - start) return false;
  const at = (place & START_MASK) - start;
  for (let i = start; i < end; i++) if (table.bytes[at + i] !== bytes[i]) return false;
  return true;
}

function freeSlot(slots: Int32Array, hash: number): number {
  let slot = slotOf(hash, slots);
  while (slots[slot + 2] !== 0) slot = (slot + SLOT_WORDS) % slots.length;
  return slot;
}

/** The low five bits of the hash are the bit in the word. */
function filterWord(filter: Int32Array, hash: number): number {
  return (hash >>> 5) & (filter.length - 1);
}

function slotOf(hash: number, slots: Int32Array): number {
  return (hash & (slots.length / SLOT_WORDS - 1)) * SLOT_WORDS;
}
