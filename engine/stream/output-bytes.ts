import type { RowPart } from "./row-parts.ts";

/** Writing in words may reach so many bytes beyond the end of what is written. */
const SLACK_BYTES = 16;

const WORD_BYTES = 8;

/** Lengths of text that {@link OutputBytes.putWords} takes. */
export const MIN_WORDS_LENGTH = WORD_BYTES;
export const MAX_WORDS_LENGTH = 2 * WORD_BYTES;

/** Bytes written one after another; grows as needed and is kept for the next chunk. */
export class OutputBytes {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;
  #view: DataView;

  constructor(buffer: ArrayBuffer) {
    this.bytes = new Uint8Array(buffer);
    this.#view = new DataView(buffer);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count + SLACK_BYTES > this.bytes.length) this.#grow(count);
  }

  #grow(count: number): void {
    const grown = new Uint8Array(2 * (this.length + count + SLACK_BYTES));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** Appends a copy. */
  put(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.length);
    this.length += part.length;
  }

  /** Appends a copy of `bytes[start .. end)`, of which there are few. */
  putBytes(bytes: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const target = this.bytes;
    let at = this.length;
    for (let i = start; i < end; i++) target[at++] = bytes[i] ?? 0;
    this.length = at;
  }

  /** Appends a copy. */
  putPart({ words, from, length }: RowPart): void {
    this.putFromWords(words, from, length);
  }

  /** Appends a copy of `length` bytes from word `from` on; see {@link RowPart}. */
  putFromWords(words: Float64Array, from: number, length: number): void {
    this.reserve(length);
    const view = this.#view;
    const start = this.length;
    const end = start + length;
    for (let at = start, word = from; at < end; at += 2 * WORD_BYTES, word += 2) {
      view.setFloat64(at, words[word] ?? 0, true);
      view.setFloat64(at + WORD_BYTES, words[word + 1] ?? 0, true);
    }
    this.length = end;
  }

  /**
   * Appends a copy of ASCII text in `[start .. end)`, of {@link MIN_WORDS_LENGTH} to
   * {@link MAX_WORDS_LENGTH} bytes.
   */
  putWords(text: DataView, start: number, end: number): void {
    this.reserve(MAX_WORDS_LENGTH);
    const view = this.#view;
    const at = this.length;
    const last = at + end - start - WORD_BYTES;
    view.setFloat64(at, text.getFloat64(start, true), true);
    view.setFloat64(last, text.getFloat64(end - WORD_BYTES, true), true);
    this.length = last + WORD_BYTES;
  }
}
