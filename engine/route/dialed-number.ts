import { HASHED_SYMBOLS, hashOfNumber, hashOfWords } from "../compile/number-hash.ts";
import { MAX_RESULT_LENGTH } from "../pattern/pattern-budget.ts";
import {
  appendExtension,
  isRoutable,
  MAX_DIALED_LENGTH,
  NOT_DIALABLE,
  normaliseDialedNumber,
} from "./normalise-dialed-number.ts";

const PLUS = 0x2b;
const SEMICOLON = 0x3b;

/** Four times the digit 0, and `+` with three of them. */
const ZEROS = 0x30303030;
const PLUS_AND_ZEROS = 0x3030302b;

/** Room for what a dial plan rule makes of a number, an extension, and what else was dialed. */
export const MAX_EXTENDED_LENGTH = MAX_RESULT_LENGTH + 2 * MAX_DIALED_LENGTH;

/** Longest that four words cover. */
const MAX_WORDS_LENGTH = 2 * HASHED_SYMBOLS;

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
  /** The bytes read last, and those that `view` shows. */
  private latest: Uint8Array | null = null;
  private viewed: Uint8Array | null = null;
  private viewedLength = 0;
  private view: DataView = new DataView(new ArrayBuffer(0));

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
    const length = end - start;
    // WHY: nearly all numbers of a stream are digits of this length. They are checked and hashed four at
    // a time, with nothing to guess for the processor; byte by byte cost four times as much.
    const fitsWords = length > HASHED_SYMBOLS && length <= MAX_WORDS_LENGTH;
    if (!fitsWords || bytes !== this.viewed || start < 0 || end > this.viewedLength) {
      return this.readBytes(bytes, start, end);
    }
    const { view } = this;
    const a = view.getInt32(start, true);
    const b = view.getInt32(start + 4, true);
    const c = view.getInt32(end - 8, true);
    const d = view.getInt32(end - 4, true);
    const head = (a & 0xff) === PLUS ? a ^ PLUS_AND_ZEROS : a ^ ZEROS;
    const wrong = notDigits(head) | notDigits(b ^ ZEROS) | notDigits(c ^ ZEROS);
    if ((wrong | notDigits(d ^ ZEROS)) !== 0) return this.readBytes(bytes, start, end);
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.hash = hashOfWords(a, b, c, d);
    this.isDigits = true;
    return true;
  }

  private readBytes(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes !== this.viewed) this.viewNext(bytes);
    const { own } = this;
    const length = normaliseDialedNumber(bytes, start, end, own);
    return this.take(length === NOT_DIALABLE ? 0 : length);
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
   * Sees that the next number in the same bytes can be read in words. Not for the first one: whoever
   * brings every number in bytes of its own would pay for a view each time.
   */
  private viewNext(bytes: Uint8Array): void {
    if (bytes === this.latest) {
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.viewed = bytes;
      this.viewedLength = bytes.byteLength;
    }
    this.latest = bytes;
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

/** 0 when each of four bytes is 0 to 9: no high bits, and none when 6 is added. */
function notDigits(word: number): number {
  return (word | (word + 0x06060606)) & 0xf0f0f0f0;
}
