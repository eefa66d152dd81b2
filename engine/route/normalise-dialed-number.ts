/**
 * From what was dialed to the number that is routed, in bytes.
 *
 * Blanks, `-`, `.`, `(`, `)` and a leading `tel:` count for nothing (assumed; Teams clients do so), and
 * everything from `;` on is invisible to number patterns (observed by administrators) and to dial plan
 * rules. Letters are not translated into digits: they are kept for dial plan rules, and a number in which
 * letters are left cannot be routed (assumed).
 *
 * @module
 */

/** What may be dialed, as typed. */
export const MAX_DIALED_LENGTH = 40;
/** `+` and 20 characters: what can be routed. More may be dialed, where a dial plan rule shortens it. */
export const MAX_NUMBER_LENGTH = 21;
/** What {@link normaliseDialedNumber} returns when no number is left. */
export const NOT_DIALABLE = -1;

const PLUS = 0x2b;
const SEMICOLON = 0x3b;
const SPACE = 0x20;

const DROPPED = 1;
const KEPT = 2;
const LETTER = 3;

/** What becomes of each byte; 0 = nothing dialable holds it. */
const FATE = new Uint8Array(256);
for (const separator of " -.()") FATE[separator.charCodeAt(0)] = DROPPED;
for (const symbol of "0123456789*#") FATE[symbol.charCodeAt(0)] = KEPT;
for (let letter = 0; letter < 26; letter++) FATE[0x41 + letter] = FATE[0x61 + letter] = LETTER;

/**
 * Writes what was dialed into `into` (at least {@link MAX_DIALED_LENGTH} bytes) and returns its length, or
 * {@link NOT_DIALABLE} when what is left is not `+?[0-9A-Za-z*#]+`. O(length), allocates nothing.
 */
export function normaliseDialedNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
): number {
  if (end - start > MAX_DIALED_LENGTH) return NOT_DIALABLE;
  let at = skipTel(bytes, start, end);
  while (at < end && FATE[bytes[at] ?? 0] === DROPPED) at++;
  const isInternational = at < end && bytes[at] === PLUS;
  if (isInternational) into[0] = PLUS;
  return isInternational
    ? copyDigits(bytes, at + 1, end, into, 1)
    : copyDigits(bytes, at, end, into, 0);
}

/** Copies digits behind the first `from` bytes of `into`, up to a `;`; returns the whole length. */
function copyDigits(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  from: number,
): number {
  let length = from;
  for (let at = start; at < end && bytes[at] !== SEMICOLON; at++) {
    const byte = bytes[at] ?? 0;
    const fate = FATE[byte];
    if (fate === DROPPED) continue;
    if (fate !== KEPT && fate !== LETTER) return NOT_DIALABLE;
    into[length++] = byte;
  }
  return length === from ? NOT_DIALABLE : length;
}

/** Whether there is a letter in `bytes[start .. end)`. */
export function hasLetter(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (FATE[bytes[at] ?? 0] === LETTER) return true;
  return false;
}

/** Whether `bytes[0 .. length)` can be routed: `+?[0-9*#]{1,20}`. */
export function isRoutable(bytes: Uint8Array, length: number): boolean {
  const from = length > 0 && bytes[0] === PLUS ? 1 : 0;
  const symbols = length - from;
  if (symbols < 1 || symbols >= MAX_NUMBER_LENGTH) return false;
  for (let at = from; at < length; at++) if (FATE[bytes[at] ?? 0] !== KEPT) return false;
  return true;
}

/** Past blanks and `tel:`, in any case. */
function skipTel(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === SPACE) at++;
  return isWord(bytes, at, end, TEL) ? at + TEL.length : at;
}

const TEL = Uint8Array.from("tel:", (c) => c.charCodeAt(0));
const EXT = Uint8Array.from(";ext=", (c) => c.charCodeAt(0));

/** Whether `word` (lower case) stands at `at`, in any case. */
function isWord(bytes: Uint8Array, at: number, end: number, word: Uint8Array): boolean {
  if (end - at < word.length) return false;
  for (let i = 0; i < word.length; i++) {
    const byte = bytes[at + i] ?? 0;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
    if (lower !== word[i]) return false;
  }
  return true;
}

/**
 * Appends `;ext=…` of the dialed string to the number that `into` holds and returns the new length;
 * `length` itself when none was dialed. O(length), allocates nothing.
 */
export function appendExtension(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  length: number,
): number {
  let at = start;
  while (at < end && (bytes[at] !== SEMICOLON || !isWord(bytes, at, end, EXT))) at++;
  const valueStart = at + EXT.length;
  if (valueStart >= end || bytes[valueStart] === SEMICOLON) return length;
  let to = length;
  for (let i = 0; i < EXT.length; i++) into[to++] = EXT[i] ?? 0;
  for (let from = valueStart; from < end && bytes[from] !== SEMICOLON; from++) {
    into[to++] = bytes[from] ?? 0;
  }
  return to;
}
