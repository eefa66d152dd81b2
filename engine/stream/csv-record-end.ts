/**
 * Where CSV records end, found on bytes: the one rule by which the input is cut into chunks and by
 * which a chunk is read, so that no cut can change a row.
 *
 * A quoted field may hold line ends, up to {@link MAX_RECORD_LINES} of them and
 * {@link MAX_RECORD_BYTES} in all (RFC 4180). A record whose quotes are wrong, or not closed within
 * that, is its first line alone, and reading goes on with the next: so it costs no other line its row.
 *
 * @module
 */
import { MAX_RECORD_BYTES, MAX_RECORD_LINES } from "./budgets.ts";
import { findQuoteOrLineEnd, findUpToComma } from "./byte-words.ts";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

/** `incomplete`: the bytes end before the record does, and more may come. */
export type CsvRecordEnding = "complete" | "unclosed-quote" | "too-long" | "incomplete";

/** How the record that was looked at last ends. */
export interface CsvRecordEnd {
  ending: CsvRecordEnding;
  /** Position of its line end, or of the end of the input. */
  end: number;
}

/** `broken`: a quote stands where none may. */
type Where = "field-start" | "bare" | "quoted" | "quote-in-quoted" | "cr-behind-quote" | "broken";

function step(where: Where, byte: number): Where {
  switch (where) {
    case "field-start":
    case "bare":
      if (byte === COMMA) return "field-start";
      if (byte !== QUOTE) return "bare";
      return where === "bare" ? "broken" : "quoted";
    case "quoted":
      return byte === QUOTE ? "quote-in-quoted" : "quoted";
    case "quote-in-quoted":
      if (byte === QUOTE) return "quoted";
      if (byte === COMMA) return "field-start";
      return byte === CR ? "cr-behind-quote" : "broken";
    case "cr-behind-quote":
    case "broken":
      return "broken";
  }
}

/**
 * Passes over the records from `start` on whose fields are bare, or quoted without a quote or a line end
 * inside, and returns where the next one starts. WHY: nearly all are, and the walk through the others
 * takes several times as long.
 */
export function skipSimpleRecords(bytes: Uint8Array, start: number, end: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let next = start;
  for (;;) {
    const lineEnd = simpleRecordEnd(view, next, Math.min(end, next + MAX_RECORD_BYTES));
    if (lineEnd < 0) return next;
    next = lineEnd + 1;
  }
}

/** Position of the line feed that ends a simple record; -1 = it is none, or not whole. */
function simpleRecordEnd(view: DataView, start: number, limit: number): number {
  for (let at = start; at < limit; at++) {
    at = view.getUint8(at) === QUOTE ? behindQuotes(view, at, limit) : bareEnd(view, at, limit);
    if (at < 0 || at >= limit) return -1;
    const byte = view.getUint8(at);
    if (byte === LF) return at;
    if (byte !== COMMA) return -1;
  }
  return -1;
}

/** Position behind the quoted field at `at`, and behind the CR of a line end there; -1 = not that simple. */
function behindQuotes(view: DataView, at: number, limit: number): number {
  const close = findQuoteOrLineEnd(view, at + 1, limit);
  if (close >= limit || view.getUint8(close) === LF) return -1;
  const isCrLf =
    close + 2 < limit && view.getUint8(close + 1) === CR && view.getUint8(close + 2) === LF;
  return isCrLf ? close + 2 : close + 1;
}

/** Position of the comma, the quote or the line feed that a field without quotes ends at. */
function bareEnd(view: DataView, from: number, limit: number): number {
  let at = findUpToComma(view, from, limit);
  while (at < limit) {
    const byte = view.getUint8(at);
    if (byte === COMMA || byte === LF || byte === QUOTE) return at;
    at = findUpToComma(view, at + 1, limit);
  }
  return at;
}

/**
 * Finds the end of the record that starts at `start`. Cost: O(length of the record), at most the
 * budget.
 *
 * @param more - Whether bytes may follow `end`; when not, the record ends there at the latest.
 */
export function findCsvRecordEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  more: boolean,
): CsvRecordEnd {
  const limit = Math.min(end, start + MAX_RECORD_BYTES + 1);
  const { at, where, firstLineEnd, isBroken } = walk(bytes, start, limit);
  if (isBroken) return { ending: "unclosed-quote", end: firstLineEnd };
  // WHY: what is known to be broken need not be parsed to learn so; the parser's refusal costs 50 µs.
  const isWrong = where === "quoted" || where === "broken";
  if (at < limit) return { ending: isWrong ? "unclosed-quote" : "complete", end: at };
  const withinBudget = end - start <= MAX_RECORD_BYTES;
  if (withinBudget && more) return { ending: "incomplete", end };
  if (firstLineEnd >= 0) return { ending: "unclosed-quote", end: firstLineEnd };
  if (withinBudget) return { ending: isWrong ? "unclosed-quote" : "complete", end };
  return overLong(bytes, limit, end, more);
}

/**
 * Goes on to the line end that ends the record, to `limit`, or to where a record of several lines
 * proves broken.
 */
function walk(
  bytes: Uint8Array,
  start: number,
  limit: number,
): { at: number; where: Where; firstLineEnd: number; isBroken: boolean } {
  let where: Where = "field-start";
  let firstLineEnd = -1;
  let lineEnds = 0;
  let at = start;
  for (; at < limit; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === LF) {
      if (where !== "quoted") break;
      if (firstLineEnd < 0) firstLineEnd = at;
      lineEnds++;
    } else {
      where = step(where, byte);
    }
    const isBroken = lineEnds > MAX_RECORD_LINES || (lineEnds > 0 && where === "broken");
    if (isBroken) return { at, where, firstLineEnd, isBroken };
  }
  return { at, where, firstLineEnd, isBroken: false };
}

function overLong(bytes: Uint8Array, from: number, end: number, more: boolean): CsvRecordEnd {
  const lineEnd = bytes.indexOf(LF, from);
  if (lineEnd >= 0 && lineEnd < end) return { ending: "too-long", end: lineEnd };
  return { ending: more ? "incomplete" : "too-long", end };
}
