import { type Problem, problem } from "../../model/problem.ts";
import { MAX_EXPORT_RECORDS, MAX_TENANT_NESTING } from "../budgets.ts";
import { cappedProblems } from "../tenant-file/placed-problems.ts";
import { scanJson } from "../tenant-file/scan-json.ts";
import { placeAt } from "../tenant-file/source-document.ts";
import {
  type ExportRecord,
  isRecord,
  placesOf,
  type RecordReference,
  type RecordsRead,
} from "./export-document.ts";
import { offsetOfKey, outlineOf } from "./json-outline.ts";

/**
 * The records of a JSON text as ConvertTo-Json writes it: a list of objects, one object, or a list in
 * the wrapper of Windows PowerShell. A list of plain texts gives records with the one property `value`.
 *
 * Cost: JSON.parse, and about as much again to know places and to find keys that stand twice, of which
 * JSON.parse keeps the last in silence.
 *
 * @problem TENANT_SYNTAX no JSON, or an object with one key twice
 * @problem TENANT_TOO_LARGE nested too deeply, or too many objects
 */
export function jsonRecords(file: string, text: string): RecordsRead {
  const outline = outlineOf(text);
  if (outline.depth > MAX_TENANT_NESTING) return refused(faultsOf(file, text));
  if (outline.offsets.length > MAX_EXPORT_RECORDS) {
    const what = `the file holds more than ${MAX_EXPORT_RECORDS} objects`;
    const at = placeAt(file, text, 0);
    return refused([problem("TENANT_TOO_LARGE", what, "export fewer objects", at)]);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(faultsOf(file, text));
  }
  if (countKeys(value) !== outline.keys) {
    const faults = faultsOf(file, text);
    if (faults.length > 0) return refused(faults);
  }
  const { records, problems } = recordsOf(file, value);
  const locate = (references: readonly RecordReference[]) =>
    placesOf(
      file,
      text,
      references.map((reference) => offsetOf(text, outline.offsets, reference)),
    );
  return { ok: true, records, locate, problems };
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

function recordsOf(
  file: string,
  value: unknown,
): { readonly records: readonly ExportRecord[]; readonly problems: readonly Problem[] } {
  const list = listOf(value);
  const records: ExportRecord[] = [];
  let odd = 0;
  for (const entry of list) {
    if (isRecord(entry)) records.push(entry);
    else if (typeof entry === "string") records.push({ value: entry });
    else {
      // WHY: an empty one keeps the numbers of the records equal to those of the outline.
      records.push({});
      if (entry !== null) odd += 1;
    }
  }
  if (odd === 0) return { records, problems: [] };
  const what = `${odd} entries are no objects and were left out`;
  const at = { file, line: 1, column: 1 };
  const problems = [
    problem("EXPORT_NOT_UNDERSTOOD", what, "export objects, not their formatting", at),
  ];
  return { records, problems };
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
