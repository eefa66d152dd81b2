/**
 * Cuts a stream of bytes into chunks of whole records, in memory that does not grow with the input.
 *
 * @module
 */
import { invariant } from "../model/engine-error.ts";
import { MAX_RECORD_BYTES } from "./budgets.ts";
import { findCsvRecordEnd, skipSimpleRecords } from "./csv-record-end.ts";

const LF = 10;
const QUOTE = 34;

/** Bytes that a chunk buffer can hold for chunks of `chunkBytes`: an unfinished record fits behind. */
export function chunkCapacity(chunkBytes: number): number {
  return chunkBytes + 2 * MAX_RECORD_BYTES + 16;
}

/**
 * Collects pieces of input and hands out whole records. Of a line longer than
 * {@link MAX_RECORD_BYTES} only so much is kept as shows that it is too long.
 */
export class RecordCutter {
  #buffer: Uint8Array<ArrayBuffer>;
  #length = 0;
  /** In the rest of a line that is already known to be too long. */
  #dropping = false;
  readonly #chunkBytes: number;
  readonly #csv: boolean;
  readonly #takeBuffer: () => Uint8Array<ArrayBuffer>;

  /** @param takeBuffer - Gives an empty buffer of {@link chunkCapacity} bytes. */
  constructor(chunkBytes: number, csv: boolean, takeBuffer: () => Uint8Array<ArrayBuffer>) {
    this.#chunkBytes = chunkBytes;
    this.#csv = csv;
    this.#takeBuffer = takeBuffer;
    this.#buffer = takeBuffer();
  }

  /** Takes in a piece and yields the chunks that it fills. */
  *push(piece: Uint8Array): Generator<Uint8Array<ArrayBuffer>> {
    let offset = 0;
    while (offset < piece.length) {
      if (this.#dropping) {
        offset = piece.indexOf(LF, offset);
        if (offset < 0) return;
        this.#dropping = false;
      }
      offset += this.#append(piece, offset);
      if (this.#length < this.#chunkBytes) continue;
      const cut = this.#lastRecordEnd();
      if (cut > 0) yield this.#cutAt(cut);
      else if (this.#length > MAX_RECORD_BYTES + 1) {
        this.#length = MAX_RECORD_BYTES + 2;
        this.#dropping = true;
      }
    }
  }

  /** The whole records collected so far, though they fill no chunk; `null` when there are none. */
  flush(): Uint8Array<ArrayBuffer> | null {
    const cut = this.#lastRecordEnd();
    return cut > 0 ? this.#cutAt(cut) : null;
  }

  /** What is left at the end of the input, its last record perhaps without a line end. */
  finish(): Uint8Array<ArrayBuffer> | null {
    return this.#length > 0 ? this.#buffer.subarray(0, this.#length) : null;
  }

  #append(piece: Uint8Array, offset: number): number {
    const room = this.#buffer.length - this.#length;
    invariant(room > 0, "the chunk buffer is full without a whole record");
    const toFill = this.#chunkBytes - this.#length;
    const count = Math.min(room, toFill > 0 ? toFill : this.#chunkBytes);
    const part = piece.subarray(offset, offset + count);
    this.#buffer.set(part, this.#length);
    this.#length += part.length;
    return part.length;
  }

  /** Position behind the last whole record; 0 when there is none. */
  #lastRecordEnd(): number {
    const bytes = this.#buffer;
    const lastLine = (before: number): number =>
      before === 0 ? 0 : bytes.lastIndexOf(LF, before - 1) + 1;
    const quote = this.#csv ? bytes.subarray(0, this.#length).indexOf(QUOTE) : -1;
    if (quote < 0) return lastLine(this.#length);
    for (let start = lastLine(quote); ; ) {
      start = skipSimpleRecords(bytes, start, this.#length);
      const { ending, end } = findCsvRecordEnd(bytes, start, this.#length, true);
      if (ending === "incomplete") return start;
      start = end + 1;
    }
  }

  #cutAt(cut: number): Uint8Array<ArrayBuffer> {
    const full = this.#buffer;
    const rest = full.subarray(cut, this.#length);
    this.#buffer = this.#takeBuffer();
    this.#buffer.set(rest);
    this.#length = rest.length;
    return full.subarray(0, cut);
  }
}
