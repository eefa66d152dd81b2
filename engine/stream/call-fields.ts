/**
 * Reads the short fields of a record from bytes, without making strings on the usual path.
 *
 * @module
 */
import { CALL_KINDS } from "../model/call.ts";
import { UNKNOWN_KIND } from "./caller-cache.ts";
import { decodeForShow } from "./input-text.ts";

const encoder = new TextEncoder();
const LARGE_A = 65;
const LARGE_Z = 90;

interface Named<T> {
  readonly name: Uint8Array;
  readonly value: T;
}

function named<T>(text: string, value: T): Named<T> {
  return { name: encoder.encode(text), value };
}

const KINDS = CALL_KINDS.map((kind, index) => named<number>(kind, index));

/** Place in {@link CALL_KINDS} of the kind these bytes name, case aside; else `UNKNOWN_KIND`. */
export function kindIndex(bytes: Uint8Array, start: number, end: number): number {
  return valueNamed(KINDS, bytes, start, end) ?? UNKNOWN_KIND;
}

const FLAGS = [
  named("true", true),
  named("false", false),
  named("yes", true),
  named("no", false),
  named("1", true),
  named("0", false),
];

/** Longest flag with the blanks around it. */
const MAX_FLAG_BYTES = 8;

/** Reads `true/yes/1` or `false/no/0`, case and blanks around it aside; `null` = neither. */
export function readFlag(bytes: Uint8Array, start: number, end: number): boolean | null {
  const flag = valueNamed(FLAGS, bytes, start, end);
  if (flag !== null || end - start > MAX_FLAG_BYTES) return flag;
  const trimmed = encoder.encode(decodeForShow(bytes.subarray(start, end)).trim());
  return valueNamed(FLAGS, trimmed, 0, trimmed.length);
}

function valueNamed<T>(
  all: readonly Named<T>[],
  bytes: Uint8Array,
  start: number,
  end: number,
): T | null {
  for (const { name, value } of all) {
    if (name.length === end - start && isName(name, bytes, start)) return value;
  }
  return null;
}

/** Whether the name stands at `start`, its letters large or small. */
function isName(name: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < name.length; i++) {
    const byte = bytes[start + i] ?? 0;
    const small = byte >= LARGE_A && byte <= LARGE_Z ? byte | 0x20 : byte;
    if (small !== name[i]) return false;
  }
  return true;
}
