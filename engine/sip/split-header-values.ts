import { skipBlank, skipQuoted, trimBlankEnd } from "./sip-characters.ts";
import { MAX_LIST_VALUES } from "./sip-limits.ts";

/**
 * Splits a header that is a list at its commas, except those within quotes and angle brackets. Empty values
 * are left out (RFC 3261 lets a list be written with some). An unclosed quote takes in the rest. O(n).
 */
export function splitHeaderValues(line: string): string[] {
  if (!line.includes(",")) return line === "" ? [] : [line];
  const values: string[] = [];
  let start = 0;
  while (start < line.length) {
    const comma =
      values.length < MAX_LIST_VALUES - 1 ? nextComma(line, start, line.length) : line.length;
    push(values, line, start, comma);
    start = comma + 1;
  }
  return values;
}

/** The next comma that separates values; the end when there is none. O(n). */
export function nextComma(line: string, start: number, end: number): number {
  const comma = line.indexOf(",", start);
  if (comma < 0 || comma >= end) return end;
  for (let i = start; i < end; i++) {
    const code = line.charCodeAt(i);
    if (code === 44) return i;
    if (code === 34) i = skipQuoted(line, i, end) - 1;
    else if (code === 60) i = closingBracket(line, i, end);
    // Neither quote nor bracket is closed: the rest is one value.
    if (i < start) return end;
  }
  return end;
}

function closingBracket(line: string, open: number, end: number): number {
  const close = line.indexOf(">", open);
  return close < end ? close : -1;
}

function push(values: string[], line: string, from: number, to: number): void {
  const start = skipBlank(line, from, to);
  const end = trimBlankEnd(line, start, to);
  if (end > start) values.push(line.slice(start, end));
}
