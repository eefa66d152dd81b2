/**
 * Which of several equal-rank trunks is tried first. Deciding is stateless: the turn is a hash of the
 * number and a seed, so that calls spread and the same call always goes the same way.
 *
 * ```
 * h = FNV-1a (32 bits) over the seed (4 bytes, low one first) and the number's ASCII bytes
 * h = h ^ h>>>16;  h *= 0x85ebca6b;  h ^= h>>>13;  h *= 0xc2b2ae35;  h ^= h>>>16     (MurmurHash3 fmix32)
 * turn = the highest 8 bits of h                                                     0 … 255
 * ```
 * A set of trunks with weights w starts with the first one whose running total of weights exceeds
 * turn × (sum of w) / 256, and goes on in order, cyclically.
 *
 * @module
 */

/** Different turns there are; the shares of weights are true to 1/256. */
export const TURNS = 256;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The state of the hash after the seed: once per router. */
export function seedState(seed: number): number {
  let hash = FNV_OFFSET;
  for (let shift = 0; shift < 32; shift += 8) {
    hash = Math.imul(hash ^ ((seed >>> shift) & 0xff), FNV_PRIME);
  }
  return hash;
}

/** The turn of a number. O(digits), allocates nothing. */
export function turnOf(state: number, number: Uint8Array, length: number): number {
  let hash = state;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (number[i] ?? 0), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 24;
}

/** `items` beginning with the one whose turn it is. `weights` sum to more than 0. */
export function rotate<T>(items: readonly T[], weights: readonly number[], turn: number): T[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let running = 0;
  let first = 0;
  for (const [index, weight] of weights.entries()) {
    running += weight;
    if (running * TURNS > turn * total) {
      first = index;
      break;
    }
  }
  return [...items.slice(first), ...items.slice(0, first)];
}
