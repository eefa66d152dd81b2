import { HASHED_SYMBOLS } from "../compile/number-hash.ts";

/** How long numbers are that four words cover, their first eight bytes and their last. */
export const MIN_WORDS_LENGTH = HASHED_SYMBOLS + 1;
export const MAX_WORDS_LENGTH = 2 * HASHED_SYMBOLS;

/**
 * The bytes of a stream four at a time. Making a view costs more than reading a number byte by byte, so
 * an array of bytes is viewed from its second number on; until then its numbers are copied.
 */
export class WordsInView {
  /** What `view` shows. */
  bytes: Uint8Array = new Uint8Array(MAX_WORDS_LENGTH);
  view: DataView = new DataView(this.bytes.buffer);
  length = this.bytes.length;
  private readonly own = this.bytes;
  private readonly ownView = this.view;
  private latest: Uint8Array = this.own;

  /** Whether `view` shows `bytes[start .. end)`. */
  shows(bytes: Uint8Array, start: number, end: number): boolean {
    return bytes === this.bytes && start >= 0 && end <= this.length;
  }

  /**
   * Brings `bytes[start .. end)`, at most {@link MAX_WORDS_LENGTH}, into view and says where they begin
   * there. Allocates nothing but one view for each array that brings many numbers in a row.
   */
  show(bytes: Uint8Array, start: number, end: number): number {
    const isStream = bytes === this.latest && start >= 0 && end <= bytes.length;
    this.latest = bytes;
    if (isStream) {
      this.take(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      return start;
    }
    this.take(this.own, this.ownView);
    for (let at = start; at < end; at++) this.own[at - start] = bytes[at] ?? 0;
    return 0;
  }

  private take(bytes: Uint8Array, view: DataView): void {
    this.bytes = bytes;
    this.view = view;
    this.length = bytes.length;
  }
}
