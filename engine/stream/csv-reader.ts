import { parseCsvRecord } from "../import/parse-csv-record.ts";
import { MAX_RECORD_BYTES } from "./budgets.ts";
import { findQuoteOrLineEnd, findUpToComma } from "./byte-words.ts";
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
  #view: DataView = new DataView(this.#chunk.buffer);
  #length = 0;
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
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#length = chunk.length;
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
    const view = this.#view;
    const length = this.#length;
    const limit = Math.min(length, start + MAX_RECORD_BYTES);
    const wanted = this.#wanted;
    const width = wanted.length;
    let at = start;
    for (let place = 0; place < width && at < limit; place++) {
      const quotes = view.getUint8(at) === QUOTE ? 1 : 0;
      const from = at + quotes;
      const to = fieldEnd(view, from, quotes, limit, length);
      if (to < 0) return -1;
      setRange(wanted[place] ?? null, from, to);
      at = to + quotes;
      if (at === length || view.getUint8(at) !== COMMA) {
        return place + 1 < width || at === start ? -1 : lineEnd(view, at, length);
      }
      at++;
    }
    return -1;
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

/**
 * Position of the line feed, or of the end of the input, of a line that ends at `at`, with a CR before
 * it or not; -1 = no line ends there.
 */
function lineEnd(view: DataView, at: number, length: number): number {
  if (at >= length || view.getUint8(at) === LF) return at;
  if (view.getUint8(at) !== CR) return -1;
  return at + 1 >= length || view.getUint8(at + 1) === LF ? at + 1 : -1;
}

/** End of a field's text, of one that stands in `quotes` (0 or 1); -1 = it is not that simple. */
function fieldEnd(
  view: DataView,
  from: number,
  quotes: number,
  limit: number,
  length: number,
): number {
  return quotes === 1 ? closingQuote(view, from, limit) : bareEnd(view, from, limit, length);
}

/** End of a field without quotes; -1 when a quote stands in it, or it goes on beyond `limit`. */
function bareEnd(view: DataView, from: number, limit: number, length: number): number {
  for (let i = from; ; i++) {
    i = findUpToComma(view, i, limit);
    if (i === limit) return limit === length ? limit : -1;
    const byte = view.getUint8(i);
    if (byte === COMMA || byte === LF) return i;
    if (byte === QUOTE) return -1;
    if (byte === CR && lineEnd(view, i, length) >= 0) return i;
  }
}

/** Position of the quote that ends the field; -1 when the field is not that simple. */
function closingQuote(view: DataView, from: number, limit: number): number {
  const to = findQuoteOrLineEnd(view, from, limit);
  return to < limit && view.getUint8(to) === QUOTE ? to : -1;
}

function setRange(field: FieldRange | null, start: number, end: number): void {
  if (field === null) return;
  field.start = start;
  field.end = end;
}

function unclosed(at: number): RecordFault {
  const what = "a quote is not closed, or not where a field ends";
  return malformed(what, "close the quote, or double it where it is meant as a character", at);
}

function malformed(what: string, hint: string, at: number): RecordFault {
  return { code: "INPUT_MALFORMED", what, hint, at };
}
