import { isBlank, skipBlank, skipClass, TOKEN, trimBlankEnd } from "./sip-characters.ts";
import { type HeaderName, headerNameAt } from "./sip-header-names.ts";
import { MAX_HEADER_LENGTH, MAX_HEADER_LINES } from "./sip-limits.ts";

/** Where the header lines of a message stand. Three lists of one length, in the order of the lines. */
export interface HeaderLines {
  /** The text that the positions are of: that of the message, but with folded lines joined. */
  readonly text: string;
  readonly names: readonly HeaderName[];
  /** Where each value begins and ends, without the blanks around it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** What is wrong with the first line that could not be read; `null` = nothing. */
  readonly fault: string | null;
  /** Where the empty line stands in the text of the message; -1 = there is none. */
  readonly emptyLine: number;
}

/**
 * Finds the header lines from `start` to the empty line. A line that cannot be read is left out and named;
 * the others are still found, so that the request can be answered. O(n).
 */
export function indexHeaderLines(text: string, start: number): HeaderLines {
  const names: HeaderName[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let fault: string | null = null;
  let emptyLine = -1;
  let at = start;
  while (at < text.length) {
    const lineEnd = endOfLine(text, at);
    if (lineEnd === at) {
      emptyLine = at;
      break;
    }
    if (isBlank(text.charCodeAt(lineEnd + 2))) return indexFoldedLines(text, start);
    const nameEnd = skipClass(text, at, lineEnd, TOKEN);
    const colon = skipBlank(text, nameEnd, lineEnd);
    if (names.length >= MAX_HEADER_LINES) fault ??= `More than ${MAX_HEADER_LINES} header lines`;
    else if (nameEnd === at || colon >= lineEnd || text.charCodeAt(colon) !== 58) {
      fault ??= "Header line without name and colon";
    } else {
      const valueStart = skipBlank(text, colon + 1, lineEnd);
      const valueEnd = trimBlankEnd(text, valueStart, lineEnd);
      if (valueEnd - valueStart > MAX_HEADER_LENGTH) fault ??= "Header too long";
      names.push(headerNameAt(text, at, nameEnd));
      starts.push(valueStart);
      ends.push(valueEnd);
    }
    at = lineEnd + 2;
  }
  return { text, names, starts, ends, fault, emptyLine };
}

/** Position of the next line break, the end of the text when there is none. */
function endOfLine(text: string, start: number): number {
  const lineEnd = text.indexOf("\r\n", start);
  return lineEnd < 0 ? text.length : lineEnd;
}

/** The same where some line is folded (RFC 3261 section 7.3.1): rare, so the head is written anew without. */
function indexFoldedLines(text: string, start: number): HeaderLines {
  const emptyLine = text.startsWith("\r\n", start) ? start : endOfHead(text, start);
  const head = text.slice(start, emptyLine < 0 ? text.length : emptyLine);
  const lines: string[] = [];
  for (const line of head.split("\r\n")) {
    const from = skipBlank(line, 0, line.length);
    const piece = line.slice(from, trimBlankEnd(line, from, line.length));
    if (from === 0 || lines.length === 0) lines.push(piece);
    else lines.push(`${lines.pop()} ${piece}`);
  }
  return { ...indexHeaderLines(lines.join("\r\n"), 0), emptyLine };
}

function endOfHead(text: string, start: number): number {
  const blank = text.indexOf("\r\n\r\n", start);
  return blank < 0 ? -1 : blank + 2;
}
