/**
 * The tenant's own numbers as one hash table over bytes, on shared memory. Plain data: it can be posted
 * to worker threads.
 *
 * ```
 * slots    open addressing, three words each: hash | number's start in bytes, its length above | index + 1
 * bytes    all numbers, one after the other
 * ```
 */
export interface OnNetTable {
  readonly slots: Int32Array;
  readonly bytes: Uint8Array;
}

const SLOT_WORDS = 3;
const START_BITS = 24;
const START_MASK = 2 ** START_BITS - 1;

/** Slots for each number: most look-ups of foreign numbers then end at the first, empty slot. */
const SPACE_FACTOR = 4;

/** Longer ones can be nobody's number. */
const MAX_LENGTH = 127;

/**
 * Makes the table of `numbers` (E.164 with `+`); the answer of {@link findOnNet} is an index into them.
 * Of equal numbers the first counts. Cost: O(numbers), about 60 bytes each.
 */
export function compileOnNetTable(numbers: readonly string[]): OnNetTable {
  const usable = numbers.map((number) => Buffer.from(number));
  let capacity = 8;
  while (capacity < numbers.length * SPACE_FACTOR) capacity *= 2;
  const total = usable.reduce((sum, number) => sum + number.length, 0);
  const slots = new Int32Array(new SharedArrayBuffer(capacity * SLOT_WORDS * 4));
  const bytes = new Uint8Array(new SharedArrayBuffer(total));
  const table = { slots, bytes };
  let used = 0;
  usable.forEach((number, index) => {
    if (number.length > MAX_LENGTH || used + number.length > START_MASK) return;
    if (findOnNet(table, number, 0, number.length) !== -1) return;
    bytes.set(number, used);
    const hash = hashOf(number, 0, number.length);
    const slot = freeSlot(slots, hash);
    slots[slot] = hash;
    slots[slot + 1] = used | (number.length << START_BITS);
    slots[slot + 2] = index + 1;
    used += number.length;
  });
  return table;
}

/**
 * The index of the number in `bytes[start .. end)`, -1 when it is none of the table's. Allocates nothing;
 * cost: O(length), about 5 ns when it is none.
 */
export function findOnNet(
  table: OnNetTable,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const { slots } = table;
  const hash = hashOf(bytes, start, end);
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

function slotOf(hash: number, slots: Int32Array): number {
  return ((hash ^ (hash >>> 15)) & (slots.length / SLOT_WORDS - 1)) * SLOT_WORDS;
}

/** Both halves of the number, four bits a symbol: exact up to 16 symbols, so E.164 numbers spread well. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const middle = (start + end) >>> 1;
  let head = 0;
  let tail = 0;
  for (let i = start; i < middle; i++) head = (head << 4) | ((bytes[i] ?? 0) & 15);
  for (let i = middle; i < end; i++) tail = (tail << 4) | ((bytes[i] ?? 0) & 15);
  return Math.imul(head, 0x9e3779b1) ^ Math.imul(tail, 0x85ebca6b);
}
