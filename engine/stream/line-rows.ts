import { NOT_KEPT } from "../route/outline.ts";
import type { Router } from "../route/router.ts";
import { MAX_KEPT_ROW_BYTES } from "./budgets.ts";
import type { RowFormat } from "./row-format.ts";
import { PAIR_WORDS, wordsFor } from "./row-parts.ts";
import type { ChunkTally } from "./tally.ts";

/** Numbers in {@link LineRows.table} for each outline, in this order. */
const ROW_NUMBERS = 4;
/** First word of the row in {@link LineRows.words}. */
export const ROW_FROM = 0;
/** Bytes of the row. */
export const ROW_LENGTH = 1;
/** Where it is counted. */
export const ROW_TALLY = 2;
/** For which index of what is shown of the caller it holds, plus {@link FIRST_SHOWN}; or one of these. */
const ROW_SHOWN = 3;

/** The row is not known. */
const UNKNOWN = 0;
/** The row does not depend on the caller. */
const ANY = 1;
/** The row is that of the last call alone. */
const ONCE = 2;
/** Above the others, though the index is -1 where nothing was asked for. */
const FIRST_SHOWN = 4;

/** Outlines and words there is room for at first. */
const FIRST_OUTLINES = 1024;
const FIRST_WORDS = 16_384;

const WORD_BYTES = 8;

/**
 * What the rows of one caller's calls of one kind end with: all that follows the number, by the outline.
 *
 * WHY typed arrays: with an object for each row, finding it took longer than deciding the call.
 */
export class LineRows {
  table = new Int32Array(FIRST_OUTLINES * ROW_NUMBERS);
  words = new Float64Array(FIRST_WORDS);
  readonly #format: RowFormat;
  readonly #router: Router;
  readonly #tally: ChunkTally;
  /** The part of each row that says who called and why. */
  readonly #caller: Uint8Array;
  #wordCount = 0;
  #generation = 0;

  constructor(format: RowFormat, router: Router, tally: ChunkTally, caller: Uint8Array) {
    this.#format = format;
    this.#router = router;
    this.#tally = tally;
    this.#caller = caller;
  }

  /**
   * Where the table tells of the row of the call that the router decided last, by its outline. Valid until
   * the next call, as are the table and the words.
   */
  find(outline: number): number {
    const router = this.#router;
    const at = outline * ROW_NUMBERS;
    const shown = this.table[at + ROW_SHOWN];
    const isKnown = shown === ANY || shown === router.callerId + FIRST_SHOWN;
    if (isKnown && router.generation === this.#generation) return at;
    this.#add(outline, at);
    return at;
  }

  #add(outline: number, at: number): void {
    const router = this.#router;
    if (router.generation !== this.#generation) this.#forget();
    const { decision, showsOwnNumber } = router.outline(outline);
    const shown = showsOwnNumber ? router.shownCallerId(router.callerId) : decision.callerId;
    const { before, after } = this.#format.formatDecision(decision, router.revision);
    const callerId = this.#format.formatCallerId(shown);
    const texts = [this.#format.afterNumber, this.#caller, before, callerId, after];
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    this.#reserve(at, wordsFor(length));
    this.#write(texts);
    this.table[at + ROW_FROM] = this.#wordCount;
    this.table[at + ROW_LENGTH] = length;
    this.table[at + ROW_TALLY] = this.#tally.indexOf(decision);
    const holdsFor = showsOwnNumber ? router.callerId + FIRST_SHOWN : ANY;
    this.table[at + ROW_SHOWN] = outline === NOT_KEPT ? ONCE : holdsFor;
    if (outline !== NOT_KEPT) this.#wordCount += wordsFor(length);
  }

  #write(texts: readonly Uint8Array[]): void {
    const bytes = new Uint8Array(this.words.buffer);
    let to = this.#wordCount * WORD_BYTES;
    for (const text of texts) {
      bytes.set(text, to);
      to += text.length;
    }
  }

  /** Makes room for a row at this place of the table and of so many words, even if all others must go. */
  #reserve(at: number, words: number): void {
    if ((this.#wordCount + words) * WORD_BYTES > MAX_KEPT_ROW_BYTES) this.#forget();
    const wanted = this.#wordCount + words + PAIR_WORDS;
    if (wanted > this.words.length) {
      const grown = new Float64Array(2 * wanted);
      new Uint8Array(grown.buffer).set(new Uint8Array(this.words.buffer));
      this.words = grown;
    }
    if (at + ROW_NUMBERS <= this.table.length) return;
    const grown = new Int32Array(2 * (at + ROW_NUMBERS));
    grown.set(this.table);
    this.table = grown;
  }

  #forget(): void {
    this.table.fill(UNKNOWN);
    this.#wordCount = 0;
    this.#generation = this.#router.generation;
  }
}
