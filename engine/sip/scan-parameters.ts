import {
  HEADER_PARAMETER,
  skipBlank,
  skipClass,
  skipQuoted,
  TOKEN,
  trimBlankEnd,
} from "./sip-characters.ts";
import { MAX_PARAMETERS } from "./sip-limits.ts";

/** Names in lower case and values in turn; `null` = a parameter without value. Quotes stay. */
export type ParameterList = readonly (string | null)[];

const NONE: ParameterList = [];

/**
 * Reads `;name=value;name` with blanks anywhere around `;` and `=` (RFC 3261 section 25.1, generic-param).
 * `null` = malformed. O(n).
 */
export function scanParameters(text: string, start: number, end: number): ParameterList | null {
  let at = skipBlank(text, start, end);
  if (at >= end) return NONE;
  const list: (string | null)[] = [];
  while (at < end) {
    if (text.charCodeAt(at) !== 59 || list.length >= 2 * MAX_PARAMETERS) return null;
    at = skipBlank(text, at + 1, end);
    const nameEnd = skipClass(text, at, end, TOKEN);
    if (nameEnd === at) return null;
    list.push(text.slice(at, nameEnd).toLowerCase());
    at = skipBlank(text, nameEnd, end);
    if (at < end && text.charCodeAt(at) === 61) {
      at = skipBlank(text, at + 1, end);
      const valueEnd = skipValue(text, at, end);
      if (valueEnd <= at) return null;
      list.push(text.slice(at, valueEnd));
      at = skipBlank(text, valueEnd, end);
    } else list.push(null);
  }
  return list;
}

function skipValue(text: string, at: number, end: number): number {
  if (text.charCodeAt(at) === 34 && at < end) return skipQuoted(text, at, end);
  const simple = skipClass(text, at, end, HEADER_PARAMETER);
  // Carriers put more into values than a token may hold; only what ends a parameter is refused.
  return simple === end || text.charCodeAt(simple) === 59 ? simple : skipLiberal(text, at, end);
}

function skipLiberal(text: string, start: number, end: number): number {
  let i = start;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 59) break;
    if (code < 32 || code === 34 || code === 44 || code === 127) return -1;
  }
  return trimBlankEnd(text, start, i);
}

/** Value of a parameter by its lower-case name; `undefined` = it is not there. The first one counts. */
export function parameterOf(list: ParameterList, name: string): string | null | undefined {
  for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
  return undefined;
}

/** As sip.js takes them. A name that would change the object itself is left out. */
export function parameterRecord(list: ParameterList): { [name: string]: string } {
  const record: { [name: string]: string | null } = {};
  for (let i = 0; i < list.length; i += 2) {
    const name = list[i];
    if (name != null && name !== "__proto__") record[name] ??= list[i + 1] ?? null;
  }
  // sip.js says `string` where it takes `null` for a parameter without value.
  return record as { [name: string]: string };
}
