import { type Problem, problem } from "../../model/problem.ts";
import { MAX_EXPORT_RECORDS, MAX_TENANT_NESTING } from "../budgets.ts";
import { cappedProblems } from "../tenant-file/placed-problems.ts";
import { scanJson } from "../tenant-file/scan-json.ts";
import { placeAt } from "../tenant-file/source-document.ts";
import {
  isRecord,
  placesOf,
  type RecordReference,
  type RecordsRead,
  type TakeRecord,
} from "./export-document.ts";
import { type JsonOutline, offsetOfKey, outlineOf } from "./json-outline.ts";

/**
 * Bytes of a list of records that are parsed at a time. WHY: the objects of a whole file take several times
 * its size, and little of each is kept.
 */
const BATCH_LENGTH = 1024 * 1024;

/**
 * Hands on the records of a JSON text as ConvertTo-Json writes it: a list of objects, one object, or a list in
 * the wrapper of Windows PowerShell. A list of plain texts gives records with the one property `value`.
 *
 * Cost: JSON.parse, and about as much again to know places and to find keys that stand twice, of which
 * JSON.parse keeps the last in silence.
 *
 * @problem TENANT_SYNTAX no JSON, or an object with one key twice
 * @problem TENANT_TOO_LARGE nested too deeply, or too many objects
 */
export function jsonRecords(file: string, text: string, take: TakeRecord): RecordsRead {
  const outline = outlineOf(text);
  if (outline.depth > MAX_TENANT_NESTING) return refused(faultsOf(file, text));
  if (outline.offsets.length > MAX_EXPORT_RECORDS) {
    const what = `the file holds more than ${MAX_EXPORT_RECORDS} objects`;
    const at = placeAt(file, text, 0);
    return refused([problem("TENANT_TOO_LARGE", what, "export fewer objects", at)]);
  }
  let keys = 0;
  let odd = 0;
  try {
    for (const batch of batchesOf(text, outline)) {
      const value: unknown = JSON.parse(batch);
      keys += countKeys(value);
      odd += takeAll(value, take);
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refused(faultsOf(file, text));
  }
  if (keys !== outline.keys) {
    const faults = faultsOf(file, text);
    if (faults.length > 0) return refused(faults);
  }
  const locate = (references: readonly RecordReference[]) =>
    placesOf(
      file,
      text,
      references.map((reference) => offsetOf(text, outline.offsets, reference)),
    );
  return { ok: true, locate, problems: oddEntries(file, odd) };
}

/**
 * A list as several lists of its records in order, each of about {@link BATCH_LENGTH}; any other text, and one
 * whose outline is that of no list, as it is. The whole is JSON if and only if all of them are and nothing is
 * thrown.
 */
function* batchesOf(text: string, { offsets }: JsonOutline): Generator<string> {
  const [first = 0] = offsets;
  const isList = offsets.length > 1 && text.slice(0, first).trim() === "[";
  if (!isList) {
    yield text;
    return;
  }
  let from = first;
  for (const offset of offsets) {
    if (offset - from < BATCH_LENGTH) continue;
    const comma = text.lastIndexOf(",", offset);
    if (text.slice(comma + 1, offset).trim() !== "")
      throw new SyntaxError("a list in a list's place");
    yield `[${text.slice(from, comma)}]`;
    from = offset;
  }
  yield `[${text.slice(from)}`;
}

function countKeys(value: unknown): number {
  if (value === null || typeof value !== "object") return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const element of value) keys += countKeys(element);
    return keys;
  }
  for (const key in value) {
    if (Object.hasOwn(value, key)) {
      keys += 1 + countKeys((value as Readonly<Record<string, unknown>>)[key]);
    }
  }
  return keys;
}

/** What is wrong with the text, with places: a slow second reading. */
function faultsOf(file: string, text: string): readonly Problem[] {
  const twice: Problem[] = [];
  let count = 0;
  const fault = scanJson(text, {
    key: (_, key, offset, duplicate) => {
      if (!duplicate) return;
      count += 1;
      if (count > 20) return;
      const at = placeAt(file, text, offset);
      twice.push(
        problem("TENANT_SYNTAX", `key ${key} stands here twice`, "keep one of the two", at),
      );
    },
  });
  if (fault === null) return cappedProblems(twice, count);
  const at = placeAt(file, text, fault.offset);
  return fault.kind === "nesting"
    ? [problem("TENANT_TOO_LARGE", fault.what, "export with a smaller -Depth", at)]
    : [problem("TENANT_SYNTAX", fault.what, "export the file again, or correct the JSON here", at)];
}

/** Hands on what a value holds, and counts the entries that are no records. */
function takeAll(value: unknown, take: TakeRecord): number {
  let odd = 0;
  for (const entry of listOf(value)) {
    if (isRecord(entry)) take(entry);
    else if (typeof entry === "string") take({ value: entry });
    else {
      // WHY: an empty one keeps the numbers of the records equal to those of the outline.
      take({});
      if (entry !== null) odd += 1;
    }
  }
  return odd;
}

function oddEntries(file: string, odd: number): readonly Problem[] {
  if (odd === 0) return [];
  const what = `${odd} entries are no objects and were left out`;
  const at = { file, line: 1, column: 1 };
  return [problem("EXPORT_NOT_UNDERSTOOD", what, "export objects, not their formatting", at)];
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return value === null ? [] : [value];
  const key = Object.keys(value).find((name) => name.toLowerCase() === "value");
  const wrapped = key === undefined ? null : value[key];
  const keys = Object.keys(value).length;
  if (Array.isArray(wrapped) && (keys === 1 || Object.hasOwn(value, "Count"))) return wrapped;
  return [value];
}

function offsetOf(
  text: string,
  offsets: readonly number[],
  { record, names }: RecordReference,
): number {
  const start = offsets[record] ?? 0;
  if (names.length === 0) return start;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  return offsetOfKey(text, start, offsets[record + 1] ?? text.length, wanted);
}

function refused(problems: readonly Problem[]): RecordsRead {
  return { ok: false, problems };
}
