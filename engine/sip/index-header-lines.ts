import { isBlank, skipBlank, skipClass, TOKEN, trimBlankEnd } from "./sip-characters.ts";
import { type HeaderName, headerName } from "./sip-header-names.ts";
import { MAX_HEADER_LENGTH, MAX_HEADER_LINES } from "./sip-limits.ts";

/** The header lines of a message, in their order. */
export interface HeaderLines {
  readonly names: readonly HeaderName[];
  /** The value of each, trimmed, folded lines joined by one blank. */
  readonly values: readonly string[];
  /** What is wrong with the first line that could not be read; `null` = nothing. */
  readonly fault: string | null;
}

/**
 * Finds the header lines from `start` to `end`. A line that cannot be read is left out and named; the others are
 * still found, so that the request can be answered. O(n).
 */
export function indexHeaderLines(text: string, start: number, end: number): HeaderLines {
  const names: HeaderName[] = [];
  const values: string[] = [];
  let fault: string | null = null;
  let at = start;
  while (at < end) {
    const lineEnd = endOfLine(text, at, end);
    if (names.length >= MAX_HEADER_LINES) {
      fault ??= `More than ${MAX_HEADER_LINES} header lines`;
      break;
    }
    const nameEnd = skipClass(text, at, lineEnd, TOKEN);
    const colon = skipBlank(text, nameEnd, lineEnd);
    if (nameEnd === at || text.charCodeAt(colon) !== 58 || colon >= lineEnd) {
      fault ??= "Header line without name and colon";
    } else {
      const value = lineValue(text, colon + 1, lineEnd);
      if (value.length > MAX_HEADER_LENGTH) fault ??= "Header too long";
      names.push(headerName(text.slice(at, nameEnd)));
      values.push(value);
    }
    at = lineEnd + 2;
  }
  return { names, values, fault };
}

/** Position of the line break that no folded line follows. */
function endOfLine(text: string, start: number, end: number): number {
  let lineEnd = text.indexOf("\r\n", start);
  while (lineEnd >= 0 && lineEnd + 2 < end && isBlank(text.charCodeAt(lineEnd + 2))) {
    lineEnd = text.indexOf("\r\n", lineEnd + 2);
  }
  return lineEnd < 0 || lineEnd > end ? end : lineEnd;
}

function lineValue(text: string, start: number, end: number): string {
  const from = skipBlank(text, start, end);
  const value = text.slice(from, trimBlankEnd(text, from, end));
  return value.includes("\r\n") ? unfold(value) : value;
}

function unfold(value: string): string {
  const pieces = value.split("\r\n").map((piece) => {
    const from = skipBlank(piece, 0, piece.length);
    return piece.slice(from, trimBlankEnd(piece, from, piece.length));
  });
  return pieces.filter((piece) => piece !== "").join(" ");
}
