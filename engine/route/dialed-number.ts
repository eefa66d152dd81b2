import { hashOfNumber } from "../compile/number-hash.ts";
import { MAX_RESULT_LENGTH } from "../pattern/pattern-budget.ts";
import {
  appendExtension,
  isRoutable,
  MAX_DIALED_LENGTH,
  MAX_NUMBER_LENGTH,
  NOT_DIALABLE,
  normaliseDialedNumber,
} from "./normalise-dialed-number.ts";

const PLUS = 0x2b;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
const SEMICOLON = 0x3b;

/** Room for what a dial plan rule makes of a number, an extension, and what else was dialed. */
export const MAX_EXTENDED_LENGTH = MAX_RESULT_LENGTH + 2 * MAX_DIALED_LENGTH;

/**
 * The number of the call at hand, in `bytes[start .. end)`; empty when nothing dialable was dialed. It
 * stands where it was dialed when that is digits already, with or without `+`, else in bytes of its own.
 * Valid until the next one is read, and as long as the bytes that were given stay as they are.
 */
export class DialedNumber {
  bytes: Uint8Array;
  start = 0;
  end = 0;
  /** See `compile/number-hash.ts`. */
  hash = 0;
  /** Digits only, with or without `+` before them; otherwise it may have other symbols. */
  isDigits = false;
  /**
   * When it is empty: how many symbols and letters were dialed, in `bytes`; 0 when anything else was among
   * them.
   */
  unroutable = 0;
  private readonly own = new Uint8Array(MAX_EXTENDED_LENGTH);

  constructor() {
    this.bytes = this.own;
  }

  get length(): number {
    return this.end - this.start;
  }

  get startsWithPlus(): boolean {
    return this.bytes[this.start] === PLUS;
  }

  clear(): void {
    this.start = 0;
    this.end = 0;
  }

  /** Puts another number in the place of what was dialed. The bytes must stay as they are. */
  replace(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.start = 0;
    this.end = bytes.length;
    this.isDigits = false;
    this.hash = hashOfNumber(bytes, 0, bytes.length);
  }

  /** Reads what is dialed in `bytes[start .. end)`. Whether that can be dialed; allocates nothing. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (areDigits(bytes, start, end)) {
      this.stand(bytes, start, end, hashOfNumber(bytes, start, end));
      return true;
    }
    const length = normaliseDialedNumber(bytes, start, end, this.own);
    return this.take(length === NOT_DIALABLE ? 0 : length);
  }

  /** Takes a number that is digits, with or without `+`, where it was dialed. */
  stand(bytes: Uint8Array, start: number, end: number, hash: number): void {
    // WHY the question: storing a reference costs more than asking.
    if (this.bytes !== bytes) this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.hash = hash;
    this.isDigits = true;
  }

  /** Takes the first bytes of its own for the number, if that can be routed. */
  private take(length: number): boolean {
    const { own } = this;
    const isNumber = isRoutable(own, length);
    this.bytes = own;
    this.start = 0;
    this.end = isNumber ? length : 0;
    this.unroutable = isNumber ? 0 : length;
    this.isDigits = false;
    this.hash = hashOfNumber(own, 0, this.end);
    return isNumber;
  }

  /**
   * Reads what a dial plan rule has made, in `bytes[0 .. end)`: a number and nothing else but, behind a
   * `;`, its extension. Whether it can be routed; allocates nothing.
   */
  readTranslated(bytes: Uint8Array, end: number): boolean {
    let length = 0;
    while (length < end && bytes[length] !== SEMICOLON) {
      this.own[length] = bytes[length] ?? 0;
      length++;
    }
    return this.take(length);
  }

  /**
   * Appends the `;ext=…` of what was dialed to the bytes of the number just read, and returns where it
   * ends; the number's own end when none was dialed.
   */
  endOfExtension(dialed: Uint8Array, start: number, end: number): number {
    if (this.bytes !== this.own) return this.end;
    return appendExtension(dialed, start, end, this.own, this.end);
  }
}

/** Whether `bytes[start .. end)` is a number as it stands: digits, with or without `+` before them. */
function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start] === PLUS ? start + 1 : start;
  if (end - first < 1 || end - first >= MAX_NUMBER_LENGTH) return false;
  for (let at = first; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < DIGIT_ZERO || byte > DIGIT_NINE) return false;
  }
  return true;
}
