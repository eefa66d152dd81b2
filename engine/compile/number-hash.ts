/**
 * The hash of a number: what the table of own numbers and the turn of equal-rank trunks go by. Four
 * words stand for the number: its first eight symbols and its last eight, as ASCII in 32-bit words, low
 * byte first; a shorter number is filled up to eight with zero bytes behind.
 *
 * ```
 * h = a × 0x9e3779b1  ^  b × 0x85ebca77  ^  c × 0xc2b2ae3d  ^  d × 0x27d4eb2f          (32 bits)
 * hash = fmix32(h):   h ^= h>>>16;  h *= 0x85ebca6b;  h ^= h>>>13;  h *= 0xc2b2ae35;  h ^= h>>>16
 * ```
 * WHY words that overlap: a number of 9 to 16 symbols is read without a loop and without asking for its
 * length. A hash byte by byte, each step waiting for the one before, cost more than all the rest of a
 * decision.
 *
 * @module
 */

/** Symbols at either end of a number that its hash sees. */
export const HASHED_SYMBOLS = 8;

/** The hash of a number whose four words are known. */
export function hashOfWords(a: number, b: number, c: number, d: number): number {
  const ends = Math.imul(a, 0x9e3779b1) ^ Math.imul(d, 0x27d4eb2f);
  return mixBits(ends ^ Math.imul(b, 0x85ebca77) ^ Math.imul(c, 0xc2b2ae3d));
}

/** The hash of the number in `bytes[start .. end)`, a signed 32-bit integer. */
export function hashOfNumber(bytes: Uint8Array, start: number, end: number): number {
  const last = end - HASHED_SYMBOLS;
  if (last >= start) {
    return hashOfWords(
      wordAt(bytes, start),
      wordAt(bytes, start + 4),
      wordAt(bytes, last),
      wordAt(bytes, last + 4),
    );
  }
  return hashOfWords(
    wordBefore(bytes, start, end),
    wordBefore(bytes, start + 4, end),
    wordBefore(bytes, start, end),
    wordBefore(bytes, start + 4, end),
  );
}

/** fmix32 of MurmurHash3: every bit of `hash` reaches every bit of the result. */
export function mixBits(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function wordAt(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  return low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

/** Four bytes from `at` on, 0 for those from `end` on. */
function wordBefore(bytes: Uint8Array, at: number, end: number): number {
  let word = 0;
  for (let i = 0; i < 4 && at + i < end; i++) word |= (bytes[at + i] ?? 0) << (8 * i);
  return word;
}
