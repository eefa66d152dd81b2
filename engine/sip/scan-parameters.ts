import {
  HEADER_PARAMETER,
  skipBlank,
  skipClass,
  skipQuoted,
  TOKEN,
  trimBlankEnd,
} from "./sip-characters.ts";
import { MAX_PARAMETERS } from "./sip-limits.ts";

/** Parameters found in a text, in their order. Read them by `parameterOf` and `parametersIn`. */
export interface ParameterList {
  readonly text: string;
  /** Four positions for each: name from, name to, value from, value to. -1 = no value. */
  readonly spans: readonly number[];
}

const SPAN = 4;
const NO_SPANS: readonly number[] = [];

/**
 * Finds `;name=value;name` with blanks anywhere around `;` and `=` (RFC 3261 section 25.1, generic-param).
 * `null` = malformed. O(n).
 */
export function scanParameters(text: string, start: number, end: number): ParameterList | null {
  let at = skipBlank(text, start, end);
  if (at >= end) return { text, spans: NO_SPANS };
  const spans: number[] = [];
  while (at < end) {
    if (text.charCodeAt(at) !== 59 || spans.length >= SPAN * MAX_PARAMETERS) return null;
    const nameStart = skipBlank(text, at + 1, end);
    const nameEnd = skipClass(text, nameStart, end, TOKEN);
    if (nameEnd === nameStart) return null;
    at = skipBlank(text, nameEnd, end);
    let valueStart = -1;
    let valueEnd = -1;
    if (at < end && text.charCodeAt(at) === 61) {
      valueStart = skipBlank(text, at + 1, end);
      valueEnd = skipValue(text, valueStart, end);
      if (valueEnd <= valueStart) return null;
      at = skipBlank(text, valueEnd, end);
    }
    spans.push(nameStart, nameEnd, valueStart, valueEnd);
  }
  return { text, spans };
}

function skipValue(text: string, at: number, end: number): number {
  if (at < end && text.charCodeAt(at) === 34) return skipQuoted(text, at, end);
  const simple = skipClass(text, at, end, HEADER_PARAMETER);
  // Carriers put more into values than a token may hold; only what ends a parameter is refused.
  const next = skipBlank(text, simple, end);
  const isDone = next === end || text.charCodeAt(next) === 59;
  return isDone && simple > at ? simple : skipLiberal(text, at, end);
}

function skipLiberal(text: string, start: number, end: number): number {
  let i = start;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 59) break;
    if ((code < 32 && code !== 9) || code === 34 || code === 44 || code === 127) return -1;
  }
  return trimBlankEnd(text, start, i);
}

/**
 * Value of a parameter by its lower-case name, quotes and all; `null` = it is there without value, `undefined` =
 * it is not there. The first one counts.
 */
export function parameterOf(list: ParameterList, name: string): string | null | undefined {
  const { text, spans } = list;
  for (let i = 0; i < spans.length; i += SPAN) {
    const start = spans[i] ?? 0;
    if ((spans[i + 1] ?? 0) - start === name.length && isNamed(text, start, name)) {
      return valueAt(list, i);
    }
  }
  return undefined;
}

function isNamed(text: string, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const code = text.charCodeAt(start + i);
    const lower = code >= 65 && code <= 90 ? code | 32 : code;
    if (lower !== name.charCodeAt(i)) return false;
  }
  return true;
}

function valueAt({ text, spans }: ParameterList, i: number): string | null {
  const start = spans[i + 2] ?? -1;
  return start < 0 ? null : text.slice(start, spans[i + 3]);
}

/** Name in lower case and value, or `null`, of each. */
export function parametersIn(list: ParameterList): (readonly [name: string, string | null])[] {
  const record: { [name: string]: string | null } = {};
  fillParameters(record, list);
  return Object.entries(record);
}

/** Adds them to a record by lower-case name. The first of a name counts; `null` = without value. */
export function fillParameters(
  record: { [name: string]: string | null },
  list: ParameterList,
): void {
  const { text, spans } = list;
  for (let i = 0; i < spans.length; i += SPAN) {
    const name = text.slice(spans[i], spans[i + 1]).toLowerCase();
    // One name would change the record itself.
    if (record[name] === undefined && name !== "__proto__") record[name] = valueAt(list, i);
  }
}
