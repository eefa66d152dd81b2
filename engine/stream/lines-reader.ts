import { MAX_RECORD_BYTES } from "./budgets.ts";
import { emptyRecord, type RecordFault, type RecordReader } from "./dialed-record.ts";

const LF = 10;
const CR = 13;

/** The report about a record that passes the budget. */
export function tooLong(at: number): RecordFault {
  return {
    code: "INPUT_LINE_TOO_LONG",
    what: `the line is longer than ${MAX_RECORD_BYTES} bytes`,
    hint: "break the line, one call each",
    at,
  };
}

/** Reads plain lines: each is one dialed number, everything else comes from the command line. */
export class LinesReader implements RecordReader {
  readonly record = emptyRecord();
  lines = 0;
  #chunk = new Uint8Array(0);
  #at = 0;

  open(chunk: Uint8Array): void {
    this.#chunk = chunk as Uint8Array<ArrayBuffer>;
    this.record.bytes = chunk;
    this.#at = 0;
    this.lines = 0;
  }

  /** Where the next line starts. */
  get at(): number {
    return this.#at;
  }

  /** Goes on at `at`, `lines` lines further: somebody else has read these. */
  skip(at: number, lines: number): void {
    this.#at = at;
    this.lines += lines;
  }

  next(): boolean {
    const bytes = this.#chunk;
    const start = this.#at;
    if (start >= bytes.length) return false;
    let end = start;
    while (end < bytes.length && bytes[end] !== LF) end++;
    this.#at = end + 1;
    if (end > start && bytes[end - 1] === CR) end--;
    const { record } = this;
    record.start = start;
    record.line = this.lines++;
    record.dialed.start = start;
    record.dialed.end = end;
    record.fault = end - start > MAX_RECORD_BYTES ? tooLong(start) : null;
    return true;
  }
}
