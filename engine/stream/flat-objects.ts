import { MAX_RECORD_BYTES } from "./budgets.ts";
import { findNotPlainJson, wordUpTo } from "./byte-words.ts";
import { CSV_COLUMNS } from "./csv-layout.ts";
import type { FieldRange } from "./dialed-record.ts";
import { BARE, ObjectShape, TEXT } from "./object-shape.ts";

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN = 123;
const CLOSE = 125;

const encoder = new TextEncoder();

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The four bytes of an ASCII text as {@link wordUpTo} reads them. */
function wordOf(text: string): number {
  return wordUpTo(viewOf(encoder.encode(text)), 0, 4);
}

const TRUE = wordOf("true");
const NULL = wordOf("null");
const FALS = wordOf("fals");
const E = 101;

const HIDE_CALLER_ID = CSV_COLUMNS.indexOf("hide_caller_id");
const NO_KEY = -1;

interface Key {
  /** In {@link CSV_COLUMNS}. */
  readonly place: number;
  readonly view: DataView;
}

/** The keys with a meaning, by their length. */
const KEYS_BY_LENGTH: readonly (readonly Key[])[] = Array.from({ length: 16 }, (_, length) =>
  CSV_COLUMNS.flatMap((key, place) =>
    key.length === length ? [{ place, view: viewOf(encoder.encode(key)) }] : [],
  ),
);

/**
 * Takes the fields of one-line JSON objects as they stand in the input. It takes only what JSON.parse
 * takes, and gives it the same meaning: objects that hold nothing but ASCII strings without escapes,
 * true, false, null and, under keys without a meaning, numbers. For any other it steps aside.
 */
export class FlatObjects {
  readonly #fields: readonly FieldRange[];
  readonly #dialed: FieldRange;
  readonly #shape = new ObjectShape();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #limit = 0;

  /**
   * @param fields - Filled with where the values stand, in the order of {@link CSV_COLUMNS}.
   * @param dialed - The first of them.
   */
  constructor(fields: readonly FieldRange[], dialed: FieldRange) {
    this.#fields = fields;
    this.#dialed = dialed;
  }

  open(chunk: Uint8Array): void {
    this.#view = viewOf(chunk);
    this.#shape.open(this.#view);
  }

  /**
   * Fills the fields from the object whose line starts at `start`. Returns the position of the line's
   * end; -1 = it steps aside, and the fields mean nothing.
   */
  take(start: number): number {
    this.#limit = Math.min(this.#view.byteLength, start + MAX_RECORD_BYTES);
    const end = this.#shape.count > 0 ? this.#takeAlike(start) : -1;
    return end >= 0 ? end : this.#takeAny(start);
  }

  /** Takes an object that looks like the one before; -1 = it does not. */
  #takeAlike(start: number): number {
    const view = this.#view;
    const shape = this.#shape;
    const limit = this.#limit;
    const { count, keys, kinds } = shape;
    let at = start;
    for (let value = 0; value < count; value++) {
      at = shape.pass(value, at, limit);
      if (at < 0) return -1;
      const key = keys[value] ?? NO_KEY;
      if (kinds[value] === BARE) {
        at = this.#takeBareValue(at, key);
        if (at < 0) return -1;
        continue;
      }
      // WHY no look at what ends the text: the shape goes on with the quote that must.
      const end = findNotPlainJson(view, at, limit);
      if (key !== NO_KEY) this.#set(key, at, end);
      at = end;
    }
    at = shape.pass(count, at, limit);
    return at >= 0 && this.#dialed.start >= 0 ? at - 1 : -1;
  }

  /** Takes any flat object, and learns what it looks like. */
  #takeAny(start: number): number {
    this.#shape.begin(start);
    for (const field of this.#fields) field.start = field.end = -1;
    let at = this.#behind(OPEN, this.#skipBlanks(start));
    while (at >= 0) {
      at = this.#takeMember(at);
      if (at < 0) return -1;
      const byte = this.#byteAt(at);
      at = this.#skipBlanks(at + 1);
      if (byte === COMMA) continue;
      return byte === CLOSE && this.#dialed.start >= 0 ? this.#finish(at) : -1;
    }
    return -1;
  }

  /** Returns `at` when the line ends there. */
  #finish(at: number): number {
    if (at === this.#view.byteLength) return at;
    if (this.#byteAt(at) !== LF) return -1;
    this.#shape.finish(at + 1);
    return at;
  }

  /** Takes a key with its value and returns the position of what follows; -1 = it steps aside. */
  #takeMember(start: number): number {
    const keyEnd = this.#stringEnd(start);
    if (keyEnd < 0) return -1;
    const at = this.#behind(COLON, this.#skipBlanks(keyEnd + 1));
    if (at < 0) return -1;
    const key = keyAt(this.#view, start + 1, keyEnd);
    if (this.#byteAt(at) !== QUOTE) {
      const end = this.#takeBareValue(at, key);
      this.#shape.learn(key, BARE, at, end);
      return this.#skipBlanks(end);
    }
    const end = this.#stringEnd(at);
    if (end < 0) return -1;
    if (key !== NO_KEY) this.#set(key, at + 1, end);
    this.#shape.learn(key, TEXT, at + 1, end);
    return this.#skipBlanks(end + 1);
  }

  /** Takes a value that is no string and returns the position behind it. */
  #takeBareValue(at: number, key: number): number {
    const word = wordUpTo(this.#view, at, Math.min(at + 4, this.#limit));
    if (word === NULL) {
      if (key !== NO_KEY) this.#set(key, -1, -1);
      return at + 4;
    }
    const isFalse = word === FALS && this.#byteAt(at + 4) === E;
    if (word !== TRUE && !isFalse) return key === NO_KEY ? this.#numberEnd(at) : -1;
    const end = isFalse ? at + 5 : at + 4;
    if (key === HIDE_CALLER_ID) this.#set(key, at, end);
    else if (key !== NO_KEY) return -1;
    return end;
  }

  #set(key: number, start: number, end: number): void {
    const field = this.#fields[key];
    if (field === undefined) return;
    field.start = start;
    field.end = end;
  }

  /** Position of the quote that closes the string that one at `at` opens; -1 = it steps aside. */
  #stringEnd(at: number): number {
    if (this.#byteAt(at) !== QUOTE) return -1;
    const end = findNotPlainJson(this.#view, at + 1, this.#limit);
    return this.#byteAt(end) === QUOTE ? end : -1;
  }

  /** End of the number at `at`, by the grammar of RFC 8259; -1 = there is none. */
  #numberEnd(at: number): number {
    let end = this.#byteAt(at) === 45 ? at + 1 : at;
    end = this.#byteAt(end) === 48 ? end + 1 : this.#digitsEnd(end);
    if (end >= 0 && this.#byteAt(end) === 46) end = this.#digitsEnd(end + 1);
    if (end >= 0 && (this.#byteAt(end) | 32) === E) {
      const sign = this.#byteAt(end + 1);
      end = this.#digitsEnd(sign === 43 || sign === 45 ? end + 2 : end + 1);
    }
    return end;
  }

  /** Position behind one digit or more; -1 = there is none. */
  #digitsEnd(at: number): number {
    let end = at;
    for (let byte = this.#byteAt(end); byte >= 48 && byte <= 57; byte = this.#byteAt(end)) end++;
    return end > at ? end : -1;
  }

  /** Position of what stands behind `byte` and the blanks after it; -1 when another stands here. */
  #behind(byte: number, at: number): number {
    return this.#byteAt(at) === byte ? this.#skipBlanks(at + 1) : -1;
  }

  /** Passes over what is blank in JSON but for the line feed; a position of -1 stays. */
  #skipBlanks(at: number): number {
    let i = at;
    if (i < 0) return -1;
    for (let byte = this.#byteAt(i); byte <= SPACE; byte = this.#byteAt(++i)) {
      if (byte !== SPACE && byte !== TAB && byte !== CR) break;
    }
    return i;
  }

  /** 0, which no JSON holds, for what is beyond the longest record. */
  #byteAt(at: number): number {
    return at < this.#limit ? this.#view.getUint8(at) : 0;
  }
}

/** Place in {@link CSV_COLUMNS} of the key in these bytes. */
function keyAt(view: DataView, start: number, end: number): number {
  const keys = end - start < KEYS_BY_LENGTH.length ? KEYS_BY_LENGTH[end - start] : undefined;
  if (keys === undefined) return NO_KEY;
  for (const key of keys) if (isKey(key.view, view, start)) return key.place;
  return NO_KEY;
}

function isKey(key: DataView, view: DataView, start: number): boolean {
  for (let i = 0; i < key.byteLength; i += 4) {
    const end = Math.min(i + 4, key.byteLength);
    if (wordUpTo(key, i, end) !== wordUpTo(view, start + i, start + end)) return false;
  }
  return true;
}
