/**
 * Reads the short fields of a record from bytes, without making strings on the usual path.
 *
 * @module
 */
import { CALL_KINDS } from "../model/call.ts";
import { UNKNOWN_KIND } from "./caller-cache.ts";
import { decodeForShow } from "./input-text.ts";

const encoder = new TextEncoder();

/** The kinds by the length of their names, which all differ. */
const KIND_BY_LENGTH = new Map(
  CALL_KINDS.map((kind, index) => [kind.length, { index, name: encoder.encode(kind) }] as const),
);

/** Place in {@link CALL_KINDS} of the kind these bytes name, case aside; else `UNKNOWN_KIND`. */
export function kindIndex(bytes: Uint8Array, start: number, end: number): number {
  const candidate = KIND_BY_LENGTH.get(end - start);
  if (candidate === undefined) return UNKNOWN_KIND;
  const { name } = candidate;
  for (let i = 0; i < name.length; i++) {
    // WHY: setting bit 5 makes ASCII letters lower case and leaves the hyphen as it is.
    if (((bytes[start + i] ?? 0) | 0x20) !== name[i]) return UNKNOWN_KIND;
  }
  return candidate.index;
}

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  "1": true,
  false: false,
  no: false,
  "0": false,
};

/** Reads `true/yes/1` or `false/no/0`, case aside; `null` = neither. */
export function readFlag(bytes: Uint8Array, start: number, end: number): boolean | null {
  if (end - start > 8) return null;
  const text = decodeForShow(bytes.subarray(start, end)).trim().toLowerCase();
  return Object.hasOwn(FLAGS, text) ? (FLAGS[text] ?? null) : null;
}
