/**
 * Values as exports write them: JSON's own, or texts from CSV and Format-List, enumerations as numbers or
 * words, lists flattened into texts.
 *
 * @module
 */

import { parseLineUri } from "../../model/line-uri.ts";
import { nameKey } from "../../model/name-key.ts";
import { printableLine } from "../../model/printable-line.ts";
import { MAX_NAME_LENGTH } from "../../model/text-limits.ts";
import { isRecord } from "./export-document.ts";

/** A value was there and nothing could be made of it. */
export const NOT_UNDERSTOOD = Symbol("not understood");

/** Names that lists may hold, in lower case, to tell apart what was joined with blanks. */
export interface KnownNames {
  readonly usages: ReadonlySet<string>;
  readonly gateways: ReadonlySet<string>;
  readonly translationRules: ReadonlySet<string>;
}

/** Makes the canonical value; `undefined` = as if it were not there. Never given null or "". */
export type Reading = (raw: unknown, known: KnownNames) => unknown;

/** A text as it stands. */
export const text: Reading = (raw) => {
  if (typeof raw === "string") return raw;
  return typeof raw === "number" || typeof raw === "boolean" ? String(raw) : NOT_UNDERSTOOD;
};

/** A text that only people read: one line, of a length that a name may have. */
export const label: Reading = (raw, known) => {
  const found = text(raw, known);
  if (typeof found !== "string") return found;
  return printableLine(found).replaceAll("\t", " ").trim().slice(0, MAX_NAME_LENGTH) || undefined;
};

/** A name that may come inside an object: `"X"`, `"Tag:X"`, `{ "Name": "X" }`. */
export const identity: Reading = (raw, known) => {
  const inner = isRecord(raw) ? ownValue(raw, ["name", "identity", "id"]) : raw;
  const found = text(inner, known);
  return typeof found === "string" ? found.trim().replace(/^(?:tag:\s*)+/i, "") : found;
};

/**
 * A policy of a person: absent, a text or an object with Name and Authority (observed in exports). Global
 * is what counts for those who have none, so it is none.
 */
export const policy: Reading = (raw, known) => {
  if (isRecord(raw) && ownValue(raw, ["name"]) == null) return undefined;
  const found = identity(raw, known);
  return typeof found === "string" && (found === "" || nameKey(found) === "global")
    ? undefined
    : found;
};

/** A whole number, also as a text. */
export const wholeNumber: Reading = (raw) => {
  if (typeof raw === "number") return raw;
  return typeof raw === "string" && /^\s*[+-]?\d{1,10}\s*$/.test(raw)
    ? Number(raw)
    : NOT_UNDERSTOOD;
};

/** True or false, also as a text or as 1 or 0. */
export const flag: Reading = (raw) => {
  if (typeof raw === "boolean") return raw;
  if (/^\$?true$|^1$/i.test(String(raw).trim())) return true;
  return /^\$?false$|^0$/i.test(String(raw).trim()) ? false : NOT_UNDERSTOOD;
};

/** One of some words in any case; `numbers` gives the words in the order of the enumeration. */
export function oneOf(
  words: Readonly<Record<string, string>>,
  numbers: readonly string[] = [],
): Reading {
  const byKey = new Map(Object.entries(words).map(([word, value]) => [word.toLowerCase(), value]));
  return (raw) => {
    const inner = isRecord(raw) ? ownValue(raw, ["value"]) : raw;
    const asNumber = /^\d{1,2}$/.test(String(inner)) ? numbers[Number(inner)] : undefined;
    return asNumber ?? byKey.get(String(inner).trim().toLowerCase()) ?? NOT_UNDERSTOOD;
  };
}

/** E.164 with `+`, from `+1425…`, `1425…` or `tel:+1425…`, also inside an object with Number. */
export const telephoneNumber: Reading = (raw) => {
  const inner = isRecord(raw) ? ownValue(raw, ["number", "telephonenumber"]) : raw;
  if (inner === null || inner === undefined) return undefined;
  const found = parseLineUri(String(inner));
  const digits = found?.number.replace(/^\+/, "") ?? "";
  if (!/^[1-9][0-9]{1,14}$/.test(digits)) return NOT_UNDERSTOOD;
  return found?.extension == null ? `+${digits}` : `+${digits};ext=${found.extension}`;
};

/** `tel:+14255550101;ext=101`. */
export const lineUri: Reading = (raw) => {
  const found = parseLineUri(String(raw));
  if (found === null || !/^\+?[0-9]+$/.test(found.number)) return NOT_UNDERSTOOD;
  const extension = found.extension === null ? "" : `;ext=${found.extension}`;
  return `tel:${found.number}${extension}`;
};

/** ISO 3166-1 alpha-2 in capitals. */
export const country: Reading = (raw) => {
  const code = String(raw).trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? code : NOT_UNDERSTOOD;
};

/** An id; the GUID of zeros stands for none. */
export const id: Reading = (raw, known) => {
  const found = text(raw, known);
  return typeof found === "string" && /^[0-]+$/.test(found) ? undefined : found;
};

/** SIP response codes as a list or as a text such as `408, 503, 504`. */
export const responseCodes: Reading = (raw) => {
  const written = Array.isArray(raw) ? raw.join(",") : String(raw);
  if (!/^[\d\s,;]*$/.test(written)) return NOT_UNDERSTOOD;
  return (written.match(/\d+/g) ?? []).map(Number);
};

/** A list of names; texts are taken apart by what is `known` of the names. */
export function names(of: keyof KnownNames | null): Reading {
  return (raw, known) => {
    const set = of === null ? NONE : known[of];
    if (typeof raw === "string") return namesInText(raw, set);
    const elements: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    const found = elements.map((element) => identity(element, known));
    return found.includes(NOT_UNDERSTOOD) ? NOT_UNDERSTOOD : found;
  };
}

const NONE: ReadonlySet<string> = new Set();

/** `a;b`, `{a, b}`, `a,b`, or `a b` as ConvertTo-Json joins what stands deeper than its -Depth. */
function namesInText(raw: string, known: ReadonlySet<string>): unknown {
  const whole = raw.trim();
  if (known.has(nameKey(whole))) return [whole];
  // WHY: Export-Csv writes the type of a list in its place, Format-List ends a long one in dots.
  if (/^(?:System|Microsoft|Deserialized)\.[\w.]+(?:`\d)?(?:\[|$)/.test(whole))
    return NOT_UNDERSTOOD;
  if (/(?:\.\.\.|…)\}?$/.test(whole)) return NOT_UNDERSTOOD;
  const inner = /^\{.*\}$/s.test(whole) ? whole.slice(1, -1) : whole;
  if (inner.trim() === "") return [];
  const separator = [";", "\n", ","].find((mark) => inner.includes(mark));
  const parts = separator === undefined ? joinedWithBlanks(inner, known) : inner.split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** The longest known names first; what is not known is taken word by word. */
function joinedWithBlanks(joined: string, known: ReadonlySet<string>): readonly string[] {
  const words = joined.split(/\s+/).filter((word) => word !== "");
  const found: string[] = [];
  for (let at = 0; at < words.length; ) {
    let length = Math.min(words.length - at, 12);
    while (length > 1 && !known.has(nameKey(words.slice(at, at + length).join(" ")))) length -= 1;
    found.push(words.slice(at, at + length).join(" "));
    at += length;
  }
  return found;
}

/** An own property by its names in lower case, the first that there is. */
export function ownValue(
  record: Readonly<Record<string, unknown>>,
  wanted: readonly string[],
): unknown {
  for (const name of wanted) {
    const key = Object.keys(record).find((own) => own.toLowerCase() === name);
    if (key !== undefined) return record[key];
  }
  return undefined;
}
