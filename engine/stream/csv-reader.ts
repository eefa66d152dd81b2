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
    const limit = Math.min(view.byteLength, start + MAX_RECORD_BYTES);
    const width = this.#width;
    let at = start;
    for (let place = 0; place < width; place++) {
      at = this.#takeField(at, limit, place);
      if (at < 0) return -1;
      if (at === view.byteLength || view.getUint8(at) !== COMMA) {
        const isEmptyLine = at === start;
        if (place + 1 < width || isEmptyLine) return -1;
        return at < view.byteLength && view.getUint8(at) === CR ? at + 1 : at;
      }
      at++;
    }
    return -1;
  }

  /**
   * Takes the field that starts at `at` and returns the position of what ends it, a comma or a line end;
   * -1 = not that simple.
   */
  #takeField(at: number, limit: number, place: number): number {
    const view = this.#view;
    let from = at;
    let to: number;
    let behind: number;
    if (at < limit && view.getUint8(at) === QUOTE) {
      from = at + 1;
      to = closingQuote(view, from, limit);
      behind = to + 1;
      if (to < 0 || !isFieldEnd(view, behind)) return -1;
    } else {
      behind = to = bareEnd(view, at, limit);
      if (to < 0) return -1;
    }
    const field = this.#wanted[place] ?? null;
    if (field !== null) {
      field.start = from;
      field.end = to;
    }
    return behind;
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

/** Whether a line ends here: by LF, CR LF, or with the input, a CR before it or not. */
function isLineEnd(view: DataView, at: number): boolean {
  if (at >= view.byteLength) return true;
  const byte = view.getUint8(at);
  if (byte !== CR) return byte === LF;
  return at + 1 >= view.byteLength || view.getUint8(at + 1) === LF;
}

/** Whether a comma or a line end stands here. */
function isFieldEnd(view: DataView, at: number): boolean {
  return isLineEnd(view, at) || view.getUint8(at) === COMMA;
}

/** End of a field without quotes; -1 when a quote stands in it. */
function bareEnd(view: DataView, from: number, limit: number): number {
  for (let i = from; ; i++) {
    i = findUpToComma(view, i, limit);
    if (i === limit) return limit === view.byteLength ? limit : -1;
    const byte = view.getUint8(i);
    if (byte === COMMA || byte === LF || (byte === CR && isLineEnd(view, i))) return i;
    if (byte === QUOTE) return -1;
  }
}

/** Position of the quote that ends the field; -1 when the field is not that simple. */
function closingQuote(view: DataView, from: number, limit: number): number {
  const to = findQuoteOrLineEnd(view, from, limit);
  return to < limit && view.getUint8(to) === QUOTE ? to : -1;
}

function unclosed(at: number): RecordFault {
  const what = "a quote is not closed, or not where a field ends";
  return malformed(what, "close the quote, or double it where it is meant as a character", at);
}

function malformed(what: string, hint: string, at: number): RecordFault {
  return { code: "INPUT_MALFORMED", what, hint, at };
}
