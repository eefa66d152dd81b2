import type { CallKind } from "../model/call.ts";
import { refusedOutline } from "../route/outline.ts";
import type { Router } from "../route/router.ts";
import { LineRows, ROW_FROM, ROW_LENGTH, ROW_TALLY } from "./line-rows.ts";
import { MAX_WORDS_LENGTH, MIN_WORDS_LENGTH, type OutputBytes } from "./output-bytes.ts";
import type { RowFormat } from "./row-format.ts";
import { type RowPart, RowParts } from "./row-parts.ts";
import type { ChunkTally } from "./tally.ts";

const LF = 10;
const CR = 13;

/** Longest line that is plain; no number that can be dialed is longer. */
const MAX_PLAIN_LENGTH = 64;

const UNDIALABLE = refusedOutline("NUMBER_NOT_DIALABLE");

/** 1 for every byte that stands in a row of any format as it was typed. */
const AS_TYPED = new Uint8Array(256);
AS_TYPED.fill(1, 0x20, 0x7f);
for (const special of ['"', ",", "\\"]) AS_TYPED[special.charCodeAt(0)] = 0;

/** What all calls of plain lines have in common. */
export interface LineCalls {
  /** Indexes of the router, as its `outlineBytes` takes them. */
  readonly caller: number;
  readonly gateway: number;
  readonly site: number;
  readonly kind: CallKind;
  readonly hideCallerId: boolean;
  /** The part of each row that says who called and why. */
  readonly callerPart: Uint8Array;
}

/**
 * Routes plain lines, whose calls differ in nothing but the number: between the bytes of the line and
 * those of the row there is only the decision. Leaves every line that needs a closer look to the caller.
 */
export class PlainLines {
  /** Lines that the last run routed. */
  routed = 0;
  readonly #router: Router;
  readonly #tally: ChunkTally;
  readonly #calls: LineCalls;
  readonly #rows: LineRows;
  readonly #beforeDialed: RowPart;
  readonly #beforeNumber: RowPart | null;
  #chunk = new Uint8Array(0);
  #view: DataView = new DataView(this.#chunk.buffer);

  constructor(router: Router, format: RowFormat, tally: ChunkTally, calls: LineCalls) {
    this.#router = router;
    this.#tally = tally;
    this.#calls = calls;
    this.#rows = new LineRows(format, router, tally, calls.callerPart);
    const parts = new RowParts();
    this.#beforeDialed = parts.keep(format.beforeDialed);
    this.#beforeNumber = format.beforeNumber === null ? null : parts.keep(format.beforeNumber);
  }

  /** Starts on a chunk of whole lines. */
  open(chunk: Uint8Array, view: DataView): void {
    this.#chunk = chunk as Uint8Array<ArrayBuffer>;
    this.#view = view;
  }

  /**
   * Routes the lines from `from` on and appends a row each to `out`, up to the first one that is not
   * plain; gives where that starts, or the end of the chunk.
   */
  route(out: OutputBytes, from: number): number {
    const chunk = this.#chunk;
    const view = this.#view;
    const { length } = chunk;
    let at = from;
    let routed = 0;
    while (at < length) {
      const lineEnd = findLineEnd(view, at);
      const isCrLf = lineEnd > at && chunk[lineEnd - 1] === CR;
      if (!this.#routeLine(out, at, isCrLf ? lineEnd - 1 : lineEnd)) break;
      at = lineEnd + 1;
      routed++;
    }
    this.routed = routed;
    return at;
  }

  /** Whether it was a plain line; else nothing has happened. */
  #routeLine(out: OutputBytes, start: number, end: number): boolean {
    const length = end - start;
    if (length === 0 || length > MAX_PLAIN_LENGTH) return false;
    const chunk = this.#chunk;
    const router = this.#router;
    const { caller, kind, hideCallerId, gateway, site } = this.#calls;
    const outline = router.outlineBytes(
      caller,
      kind,
      hideCallerId,
      chunk,
      start,
      end,
      gateway,
      site,
    );
    if (outline === UNDIALABLE) return false;
    const rows = this.#rows;
    const row = rows.find(outline);
    const isAsDialed =
      router.numberBytes === chunk && router.numberStart === start && router.numberEnd === end;
    if (isAsDialed && length >= MIN_WORDS_LENGTH && length <= MAX_WORDS_LENGTH) {
      this.#putDigits(out, start, end);
    } else if (!this.#putTyped(out, start, end)) return false;
    const { counts } = this.#tally;
    const { table, words } = rows;
    const way = table[row + ROW_TALLY] ?? 0;
    counts[way] = (counts[way] ?? 0) + 1;
    out.putFromWords(words, table[row + ROW_FROM] ?? 0, table[row + ROW_LENGTH] ?? 0);
    return true;
  }

  #putDigits(out: OutputBytes, start: number, end: number): void {
    const view = this.#view;
    out.putPart(this.#beforeDialed);
    out.putWords(view, start, end);
    if (this.#beforeNumber === null) return;
    out.putPart(this.#beforeNumber);
    out.putWords(view, start, end);
  }

  /** Whether that could be written as typed. */
  #putTyped(out: OutputBytes, start: number, end: number): boolean {
    const chunk = this.#chunk;
    for (let i = start; i < end; i++) if (AS_TYPED[chunk[i] ?? 0] === 0) return false;
    out.putPart(this.#beforeDialed);
    out.putBytes(chunk, start, end);
    if (this.#beforeNumber === null) return true;
    const { numberBytes, numberStart, numberEnd } = this.#router;
    out.putPart(this.#beforeNumber);
    out.putBytes(numberBytes, numberStart, numberEnd);
    return true;
  }
}

/** Four line feeds, four ones, and the highest bit of each of four bytes. */
const LINE_FEEDS = 0x0a0a0a0a;
const ONES = 0x01010101;
const HIGH_BITS = 0x80808080;

/** The highest bit of each byte that is a line feed; perhaps of others above the lowest of them. */
function lineFeedsIn(word: number): number {
  const other = word ^ LINE_FEEDS;
  return (other - ONES) & ~other & HIGH_BITS;
}

/** Place, 0 to 3, of the lowest byte with its highest bit in `found`, which is not 0. */
function lowestByte(found: number): number {
  return (31 - Math.clz32(found & -found)) >> 3;
}

/** Position of the first line feed from `at` on; the end of the bytes when there is none. */
function findLineEnd(view: DataView, at: number): number {
  const limit = view.byteLength;
  let i = at;
  for (const last = limit - 4; i <= last; i += 4) {
    const found = lineFeedsIn(view.getInt32(i, true));
    if (found !== 0) return i + lowestByte(found);
  }
  while (i < limit && view.getUint8(i) !== LF) i++;
  return i;
}
