/**
 * Searches of bytes four at a time. WHY: a scanner that looks at each byte by itself takes longer than
 * the decision it is for.
 *
 * The tests are exact for the lowest byte of a word that they find, and may be wrong for those above it:
 * a subtraction borrows from the next byte only where the one below was found.
 *
 * @module
 */

/** The highest bit of each of four bytes. */
const HIGH_BITS = 0x80808080;

/** Four bytes of `byte`. */
function fourOf(byte: number): number {
  return Math.imul(byte, 0x01010101);
}

const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;
const FIRST_PRINTABLE = 32;

const ABOVE_COMMA = fourOf(COMMA + 1);
const ONES = fourOf(1);
const QUOTES = fourOf(QUOTE);
const BACKSLASHES = fourOf(BACKSLASH);
const PRINTABLE = fourOf(FIRST_PRINTABLE);

/** Place, 0 to 3, of the lowest byte whose highest bit is set in `found`, which is not 0. */
function lowestByte(found: number): number {
  return (31 - Math.clz32(found & -found)) >> 3;
}

/**
 * Position of the first byte from `at` on that is a comma or less: all that ends a CSV field is, and few
 * others are. `limit` when there is none before it.
 */
export function findUpToComma(view: DataView, at: number, limit: number): number {
  let i = at;
  for (const last = limit - 4; i <= last; i += 4) {
    const word = view.getInt32(i, true);
    const found = (word - ABOVE_COMMA) & ~word & HIGH_BITS;
    if (found !== 0) return i + lowestByte(found);
  }
  while (i < limit && view.getUint8(i) > COMMA) i++;
  return i;
}

/** Position of the first `"` or line end from `at` on; `limit` when there is none before it. */
export function findQuoteOrLineEnd(view: DataView, at: number, limit: number): number {
  let i = at;
  for (; i < limit; i++) {
    i = findUpToComma(view, i, limit);
    if (i === limit) return i;
    const byte = view.getUint8(i);
    if (byte === QUOTE || byte === 10) return i;
  }
  return i;
}

/**
 * Position of the first byte from `at` on that is not printable ASCII, or is `"` or a backslash: where
 * the simple part of a JSON string ends. `limit` when there is none before it.
 */
export function findNotPlainJson(view: DataView, at: number, limit: number): number {
  let i = at;
  for (const last = limit - 4; i <= last; i += 4) {
    const word = view.getInt32(i, true);
    const quotes = (word ^ QUOTES) - ONES;
    const backslashes = (word ^ BACKSLASHES) - ONES;
    const found = (word | (word - PRINTABLE) | quotes | backslashes) & HIGH_BITS;
    if (found !== 0) return i + lowestByte(found);
  }
  while (i < limit && isPlainJson(view.getUint8(i))) i++;
  return i;
}

function isPlainJson(byte: number): boolean {
  return byte >= FIRST_PRINTABLE && byte < 128 && byte !== QUOTE && byte !== BACKSLASH;
}

/** The bytes `at` to `end`, at most four, as a word with the first lowest; 0 for those from `end` on. */
export function wordUpTo(view: DataView, at: number, end: number): number {
  if (at + 4 <= end) return view.getInt32(at, true);
  if (at + 4 <= view.byteLength) return view.getInt32(at, true) & ((1 << ((end - at) << 3)) - 1);
  let word = 0;
  for (let i = end - 1; i >= at; i--) word = (word << 8) | view.getUint8(i);
  return word;
}
