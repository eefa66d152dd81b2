import { MAX_RECORD_BYTES } from "./budgets.ts";
import { CSV_COLUMNS } from "./csv-layout.ts";
import { emptyRecord, fieldsOf, type RecordFault, type RecordReader } from "./dialed-record.ts";
import { FlatObjects } from "./flat-objects.ts";
import { decodeStrictly } from "./input-text.ts";
import { tooLong } from "./lines-reader.ts";
import { UnescapedFields } from "./unescaped-fields.ts";

const LF = 10;
const CR = 13;
const SHOULD_BE = 'write one object a line, like {"dialed":"+442079460123"}';

/**
 * Reads one JSON object a line, with the keys that a CSV input has as columns. A flat object without
 * escapes is read where it stands; any other line goes through JSON.parse.
 */
export class NdjsonReader implements RecordReader {
  readonly record = emptyRecord();
  lines = 0;
  readonly #flat = new FlatObjects(fieldsOf(this.record), this.record.dialed);
  readonly #fields = new UnescapedFields();
  #chunk = new Uint8Array(0);
  #at = 0;

  open(chunk: Uint8Array): void {
    this.#chunk = chunk as Uint8Array<ArrayBuffer>;
    this.#flat.open(chunk);
    this.#at = 0;
    this.lines = 0;
  }

  next(): boolean {
    const bytes = this.#chunk;
    const start = this.#at;
    if (start >= bytes.length) return false;
    const { record } = this;
    record.start = start;
    record.line = this.lines++;
    const flatEnd = this.#flat.take(start);
    if (flatEnd >= 0) {
      record.bytes = bytes;
      record.fault = null;
      this.#at = flatEnd + 1;
      return true;
    }
    let end = bytes.indexOf(LF, start);
    if (end < 0) end = bytes.length;
    this.#at = end + 1;
    if (end > start && bytes[end - 1] === CR) end--;
    record.fault = this.#read(start, end);
    return true;
  }

  #read(start: number, end: number): RecordFault | null {
    if (end - start > MAX_RECORD_BYTES) return tooLong(start);
    if (end === start) return malformed("the line is empty", SHOULD_BE, start);
    const text = decodeStrictly(this.#chunk.subarray(start, end));
    if (text === null) {
      return malformed("the line holds bytes that are not UTF-8", "save it as UTF-8", start);
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      const position = /position (\d+)/.exec(String(error))?.[1];
      const offset = Buffer.byteLength(text.slice(0, Number(position ?? 0)));
      return malformed("the line is not JSON", SHOULD_BE, start + offset);
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return malformed("the line is JSON but no object", SHOULD_BE, start);
    }
    return this.#fill(value as Record<string, unknown>, start);
  }

  #fill(value: Readonly<Record<string, unknown>>, start: number): RecordFault | null {
    const texts: (string | null)[] = [];
    for (const key of CSV_COLUMNS) {
      const field = Object.hasOwn(value, key) ? (value[key] ?? null) : null;
      const text = typeof field === "boolean" && key === "hide_caller_id" ? String(field) : field;
      if (text !== null && typeof text !== "string") {
        const kind = key === "hide_caller_id" ? "neither true nor false" : "not a string";
        return malformed(`"${key}" is ${kind}`, `write "${key}" as in the help of route`, start);
      }
      texts.push(text);
    }
    if (texts[0] === null) return malformed('the object has no "dialed"', SHOULD_BE, start);
    this.#fields.fill(this.record, texts);
    return null;
  }
}

function malformed(what: string, hint: string, at: number): RecordFault {
  return { code: "INPUT_MALFORMED", what, hint, at };
}
