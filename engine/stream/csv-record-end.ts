/**
 * Where CSV records end, found on bytes: the one rule by which the input is cut into chunks and by
 * which a chunk is read, so that no cut can change a row.
 *
 * A quote opens a quoted field only at the start of a field (RFC 4180); elsewhere it is a character
 * like any other. A quoted field may hold line ends, up to {@link MAX_RECORD_LINES} of them and
 * {@link MAX_RECORD_BYTES} in all. Beyond, its quote counts as never closed: the record is then its
 * first line alone, and reading goes on with the next.
 *
 * @module
 */
import { MAX_RECORD_BYTES, MAX_RECORD_LINES } from "./budgets.ts";

const LF = 10;
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

type Where = "field-start" | "unquoted" | "quoted" | "quote-in-quoted";

function step(where: Where, byte: number): Where {
  if (where === "quoted") return byte === QUOTE ? "quote-in-quoted" : "quoted";
  if (byte === COMMA) return "field-start";
  if (byte === QUOTE && where !== "unquoted") return "quoted";
  return "unquoted";
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
  const { at, where, firstLineEnd, isOver } = walk(bytes, start, limit);
  if (at < limit && !isOver) return { ending: "complete", end: at };
  const withinBudget = !isOver && end - start <= MAX_RECORD_BYTES;
  if (withinBudget && more) return { ending: "incomplete", end };
  if (firstLineEnd >= 0) return { ending: "unclosed-quote", end: firstLineEnd };
  if (withinBudget) return { ending: where === "quoted" ? "unclosed-quote" : "complete", end };
  return overLong(bytes, limit, end, more);
}

/** Goes on to the line end that ends the record, to `limit`, or past the budget of line ends. */
function walk(
  bytes: Uint8Array,
  start: number,
  limit: number,
): { at: number; where: Where; firstLineEnd: number; isOver: boolean } {
  let where: Where = "field-start";
  let firstLineEnd = -1;
  let lineEnds = 0;
  let at = start;
  for (; at < limit; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === LF) {
      if (where !== "quoted") break;
      if (firstLineEnd < 0) firstLineEnd = at;
      if (++lineEnds > MAX_RECORD_LINES) return { at, where, firstLineEnd, isOver: true };
    } else {
      where = step(where, byte);
    }
  }
  return { at, where, firstLineEnd, isOver: false };
}

function overLong(bytes: Uint8Array, from: number, end: number, more: boolean): CsvRecordEnd {
  const lineEnd = bytes.indexOf(LF, from);
  if (lineEnd >= 0 && lineEnd < end) return { ending: "too-long", end: lineEnd };
  return { ending: more ? "incomplete" : "too-long", end };
}
