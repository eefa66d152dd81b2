import { parseCsvRecord } from "../import/parse-csv-record.ts";
import { MAX_RECORD_BYTES } from "./budgets.ts";
import type { CsvLayout } from "./csv-layout.ts";
import { findCsvRecordEnd } from "./csv-record-end.ts";
import {
  emptyRecord,
  type FieldRange,
  fieldsOf,
  type RecordFault,
  type RecordReader,
} from "./dialed-record.ts";
import { decodeStrictly } from "./input-text.ts";
import { tooLong } from "./lines-reader.ts";
import { UnescapedFields } from "./unescaped-fields.ts";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

/**
 * Reads the records of a CSV input. A record whose fields are bare, or quoted without a quote inside,
 * is read where it stands; any other one goes through csv-parse.
 */
export class CsvReader implements RecordReader {
  readonly record = emptyRecord();
  lines = 0;
  readonly #width: number;
  /** For each place in a record the field that is wanted from it, if any. */
  readonly #wanted: (FieldRange | null)[];
  readonly #positions: readonly number[];
  readonly #fields = new UnescapedFields();
  #chunk = new Uint8Array(0);
  #at = 0;

  constructor(layout: CsvLayout) {
    this.#width = layout.width;
    this.#positions = layout.positions;
    const fields = fieldsOf(this.record);
    this.#wanted = Array.from({ length: layout.width }, (_, place) => {
      return fields[layout.positions.indexOf(place)] ?? null;
    });
  }

  open(chunk: Uint8Array): void {
    this.#chunk = chunk as Uint8Array<ArrayBuffer>;
    this.#at = 0;
    this.lines = 0;
  }

  next(): boolean {
    const start = this.#at;
    if (start >= this.#chunk.length) return false;
    const { record } = this;
    record.start = start;
    record.line = this.lines;
    record.bytes = this.#chunk;
    const end = this.#readInPlace(start);
    if (end >= 0) {
      record.fault = null;
      this.#at = end + 1;
      this.lines++;
    } else {
      for (const field of fieldsOf(record)) field.start = field.end = -1;
      this.#readSlowly(start);
    }
    return true;
  }

  /** Position of the record's line end when its fields could be taken as they stand; else -1. */
  #readInPlace(start: number): number {
    const bytes = this.#chunk;
    const limit = Math.min(bytes.length, start + MAX_RECORD_BYTES);
    let at = start;
    for (let place = 0; place < this.#width; place++) {
      at = this.#takeField(at, limit, place);
      if (at < 0) return -1;
      if (isRecordEnd(bytes, at)) {
        const isEmptyLine = at === start;
        if (place + 1 < this.#width || isEmptyLine) return -1;
        return bytes[at] === CR ? at + 1 : at;
      }
      if (bytes[at] !== COMMA) return -1;
      at++;
    }
    return -1;
  }

  /** Takes the field that starts at `at` and returns the position behind it; -1 = not that simple. */
  #takeField(at: number, limit: number, place: number): number {
    const bytes = this.#chunk;
    const isQuoted = bytes[at] === QUOTE;
    const from = isQuoted ? at + 1 : at;
    const to = isQuoted ? closingQuote(bytes, from, limit) : bareEnd(bytes, from, limit);
    if (to < 0) return -1;
    const field = this.#wanted[place];
    if (field) {
      field.start = from;
      field.end = to;
    }
    return isQuoted ? to + 1 : to;
  }

  #readSlowly(start: number): void {
    const bytes = this.#chunk;
    const { ending, end } = findCsvRecordEnd(bytes, start, bytes.length, false);
    this.#at = end + 1;
    const textEnd = end > start && bytes[end - 1] === CR ? end - 1 : end;
    const text = bytes.subarray(start, textEnd);
    if (ending === "too-long") this.record.fault = tooLong(start);
    else if (ending === "unclosed-quote") this.record.fault = unclosed(start);
    else this.record.fault = this.#parse(text, start);
    for (const byte of text) if (byte === LF) this.lines++;
    this.lines++;
  }

  #parse(bytes: Uint8Array, at: number): RecordFault | null {
    if (bytes.length === 0) {
      return malformed("the line is empty", "take it out, or write a number on it", at);
    }
    const text = decodeStrictly(bytes);
    if (text === null) {
      return malformed("the line holds bytes that are not UTF-8", "save the file as UTF-8", at);
    }
    const parsed = parseCsvRecord(text);
    if (!parsed.ok) {
      return malformed(parsed.what, 'quote the whole field and double each quote in it, ""', at);
    }
    const { fields } = parsed;
    if (fields.length !== this.#width) {
      const what = `the record has ${fields.length} fields where the header has ${this.#width}`;
      return malformed(what, "quote the fields that hold a comma, and fill in missing ones", at);
    }
    this.#fields.fill(
      this.record,
      this.#positions.map((place) => (place < 0 ? null : (fields[place] ?? null))),
    );
    return null;
  }
}

function isRecordEnd(bytes: Uint8Array, i: number): boolean {
  if (i >= bytes.length || bytes[i] === LF) return true;
  return bytes[i] === CR && (i + 1 >= bytes.length || bytes[i + 1] === LF);
}

/** End of a field without quotes; -1 when a quote stands in it. */
function bareEnd(bytes: Uint8Array, from: number, limit: number): number {
  for (let i = from; i < limit; i++) {
    const byte = bytes[i];
    if (byte === COMMA || byte === LF || (byte === CR && isRecordEnd(bytes, i))) return i;
    if (byte === QUOTE) return -1;
  }
  return limit === bytes.length ? limit : -1;
}

/** Position of the quote that ends the field; -1 when the field is not that simple. */
function closingQuote(bytes: Uint8Array, from: number, limit: number): number {
  for (let i = from; i < limit; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) return i;
    if (byte === LF) return -1;
  }
  return -1;
}

function unclosed(at: number): RecordFault {
  const what = "a quote is not closed, or not where a field ends";
  return malformed(what, "close the quote, or double it where it is meant as a character", at);
}

function malformed(what: string, hint: string, at: number): RecordFault {
  return { code: "INPUT_MALFORMED", what, hint, at };
}
