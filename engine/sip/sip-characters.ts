/**
 * Which characters may stand where in a SIP message (RFC 3261 section 25.1), as one table of bits: a
 * look-up per character, and no regular expression that hostile input could make slow.
 *
 * @module
 */

/** `token`: methods, header and parameter names. */
export const TOKEN = 1;
/** `user`: letters, digits, marks, `&=+$,;?/`; `%` is checked apart. */
export const USER = 2;
/** Host names, with the underscore that real ones have. */
export const HOST = 4;
/** Values of URI parameters: `[]/:&+$`, letters, digits, marks. */
export const URI_PARAMETER = 8;
/** Values of header parameters: tokens, host names, IPv6 addresses. */
export const HEADER_PARAMETER = 16;
/** Whatever an absolute URI of a foreign scheme may hold. */
export const ABSOLUTE_URI = 32;
/** `password`. */
export const PASSWORD = 64;
/** Digits, visual separators and what else a telephone-subscriber holds (RFC 3966), parameters included. */
export const TELEPHONE = 128;

const ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const MARK = "-_.!~*'()";

const CLASSES = new Uint8Array(128);
function add(bit: number, characters: string): void {
  for (let i = 0; i < characters.length; i++) {
    const code = characters.charCodeAt(i);
    CLASSES[code] = (CLASSES[code] ?? 0) | bit;
  }
}
add(TOKEN, `${ALPHANUMERIC}-.!%*_+\`'~`);
add(USER, `${ALPHANUMERIC}${MARK}&=+$,;?/`);
add(PASSWORD, `${ALPHANUMERIC}${MARK}&=+$,`);
add(HOST, `${ALPHANUMERIC}-._`);
add(URI_PARAMETER, `${ALPHANUMERIC}${MARK}[]/:&+$`);
add(HEADER_PARAMETER, `${ALPHANUMERIC}-.!%*_+\`'~[]:`);
add(ABSOLUTE_URI, `${ALPHANUMERIC}${MARK};/?:@&=+$,#[]`);
add(TELEPHONE, `${ALPHANUMERIC}${MARK}+;=/:&$[]#`);

/** First position from `start` on that is not of the class, `end` when all are. O(n). */
export function skipClass(text: string, start: number, end: number, bit: number): number {
  let i = start;
  while (i < end) {
    const code = text.charCodeAt(i);
    if (code > 127 || ((CLASSES[code] ?? 0) & bit) === 0) return i;
    i++;
  }
  return i;
}

/** Like `skipClass`, with `%` and two hexadecimal digits allowed too. */
export function skipEscaped(text: string, start: number, end: number, bit: number): number {
  let i = skipClass(text, start, end, bit);
  while (i + 2 < end && text.charCodeAt(i) === 37 && isHex(text, i + 1) && isHex(text, i + 2)) {
    i = skipClass(text, i + 3, end, bit);
  }
  return i;
}

/** First position from `start` on that is neither blank nor tab. */
export function skipBlank(text: string, start: number, end: number): number {
  let i = start;
  while (i < end && isBlank(text.charCodeAt(i))) i++;
  return i;
}

/** End of the text without the blanks and tabs it ends with. */
export function trimBlankEnd(text: string, start: number, end: number): number {
  let i = end;
  while (i > start && isBlank(text.charCodeAt(i - 1))) i--;
  return i;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isHex(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isDigit(code) || ((code | 32) >= 97 && (code | 32) <= 102);
}

/** Position after the quoted string that starts at `start`; -1 = it does not end before `end`. */
export function skipQuoted(text: string, start: number, end: number): number {
  for (let i = start + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) return i + 1;
    if (code === 92) i++;
  }
  return -1;
}

/** The decimal number that the text is as a whole; -1 = it is none or greater than `max`. */
export function readNumber(text: string, start: number, end: number, max: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code)) return -1;
    value = value * 10 + (code - 48);
    if (value > max) return -1;
  }
  return value;
}
