/** Bytes per slab. WHY: parts beside each other, so that a row's come from few pages of memory. */
const SLAB_BYTES = 64 * 1024;
const WORD_SHIFT = 3;
/** Words are copied so many at a time, so that a part's last pair may reach beyond it. */
export const PAIR_WORDS = 2;

/** Words of a part of so many bytes. */
export function wordsFor(length: number): number {
  return PAIR_WORDS * Math.ceil(length / (PAIR_WORDS << WORD_SHIFT));
}

/** A piece of rows: `length` bytes from word `from` on, and so many words as make whole pairs. */
export interface RowPart {
  readonly words: Float64Array;
  readonly from: number;
  readonly length: number;
}

/**
 * Keeps pieces of rows in words of eight bytes, for `OutputBytes.putPart`. A part lives as long as
 * somebody has it.
 *
 * WHY words: calling `TypedArray.set` takes longer than writing 80 bytes so, and a row has up to five
 * parts. WHY floating point: no other word of eight bytes is read and written without an object. Bytes
 * survive it but for those of a NaN, and UTF-8 never makes one: there, a byte from F0 on would have to be
 * followed by 7F or FF, and is always followed by 80 to BF.
 */
export class RowParts {
  #words = new Float64Array(0);
  #bytes = new Uint8Array(0);
  #length = 0;

  /** A copy of texts, one after the other, which must be UTF-8. */
  keep(...texts: readonly Uint8Array[]): RowPart {
    let length = 0;
    for (const text of texts) length += text.length;
    const start = this.#reserve(wordsFor(length) << WORD_SHIFT);
    let at = start;
    for (const text of texts) {
      this.#bytes.set(text, at);
      at += text.length;
    }
    return { words: this.#words, from: start >>> WORD_SHIFT, length };
  }

  /** Where so many bytes are free. */
  #reserve(count: number): number {
    if (this.#length + count > this.#bytes.length) {
      const slab = new ArrayBuffer(Math.max(SLAB_BYTES, count));
      this.#words = new Float64Array(slab);
      this.#bytes = new Uint8Array(slab);
      this.#length = 0;
    }
    const start = this.#length;
    this.#length += count;
    return start;
  }
}
