import { isBlank, skipBlank, skipClass, TOKEN, trimBlankEnd } from "./sip-characters.ts";
import { type HeaderName, headerNameAt, SLOT_COUNT } from "./sip-header-names.ts";
import { MAX_HEADER_LENGTH, MAX_HEADER_LINES } from "./sip-limits.ts";

/** Where the header lines of a message stand. Three lists of one length, in the order of the lines. */
export interface HeaderLines {
  /** The text that the positions are of: that of the message, but with folded lines joined. */
  readonly text: string;
  readonly names: readonly HeaderName[];
  /** Where each value begins and ends, without the blanks around it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** First line of each header that has a slot; -1 = there is none. */
  readonly slots: readonly number[];
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
  const found: Found = {
    text,
    names: [],
    starts: [],
    ends: [],
    slots: new Array<number>(SLOT_COUNT).fill(-1),
    fault: null,
    emptyLine: -1,
  };
  let colon = -1;
  let at = start;
  while (at < text.length) {
    const lineEnd = endOrIndex(text, "\r\n", at);
    if (lineEnd === at) {
      found.emptyLine = at;
      break;
    }
    if (isBlank(text.charCodeAt(lineEnd + 2))) return indexFoldedLines(text, start);
    // Looked for only once where several lines have none, lest that take long.
    if (colon < at) colon = endOrIndex(text, ":", at);
    const fault = addLine(found, at, colon, lineEnd);
    found.fault ??= fault;
    at = lineEnd + 2;
  }
  return found;
}

/** Header lines while they are being found. */
interface Found extends HeaderLines {
  readonly names: HeaderName[];
  readonly starts: number[];
  readonly ends: number[];
  readonly slots: number[];
  fault: string | null;
  emptyLine: number;
}

/** Adds the line whose first colon is given. A sentence = what is wrong with it. */
function addLine(found: Found, start: number, colon: number, lineEnd: number): string | null {
  const { text, names, starts, ends, slots } = found;
  if (names.length >= MAX_HEADER_LINES) return `More than ${MAX_HEADER_LINES} header lines`;
  if (colon >= lineEnd) return "Header line without name and colon";
  const nameEnd = trimBlankEnd(text, start, colon);
  if (nameEnd === start) return "Header line without name and colon";
  const name = headerNameAt(text, start, nameEnd);
  if (!name.known && skipClass(text, start, nameEnd, TOKEN) !== nameEnd) {
    return "Malformed header name";
  }
  const valueStart = skipBlank(text, colon + 1, lineEnd);
  const valueEnd = trimBlankEnd(text, valueStart, lineEnd);
  const line = names.push(name) - 1;
  starts.push(valueStart);
  ends.push(valueEnd);
  if (name.slot >= 0) {
    if (slots[name.slot] === -1) slots[name.slot] = line;
    else if (name.single) return `More than one ${name.name} header`;
  }
  if (hasBareBreak(text, valueStart, lineEnd)) return `Line break within the ${name.name} header`;
  return valueEnd - valueStart > MAX_HEADER_LENGTH ? `${name.name} header too long` : null;
}

/**
 * Half a line break: no header may hold one, quoted or not (RFC 3261 section 25.1), and whoever takes it for
 * a whole one would read a header of the sender's making in what we answer.
 */
function hasBareBreak(text: string, start: number, lineEnd: number): boolean {
  return endOrIndex(text, "\r", start) < lineEnd || endOrIndex(text, "\n", start) < lineEnd;
}

function endOrIndex(text: string, what: string, start: number): number {
  const index = text.indexOf(what, start);
  return index < 0 ? text.length : index;
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
