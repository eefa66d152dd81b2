import { extname } from "node:path";
import { CSV_COLUMNS } from "./csv-layout.ts";

/** How dialed numbers are written: one a line, CSV with a header, or one JSON object a line. */
export type InputFormat = "lines" | "csv" | "ndjson";

export const INPUT_FORMATS: readonly InputFormat[] = ["lines", "csv", "ndjson"];

const BY_EXTENSION: Readonly<Record<string, InputFormat>> = {
  ".txt": "lines",
  ".csv": "csv",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
};

/** The format a file's name promises; `null` when its extension says nothing. */
export function formatByName(fileName: string): InputFormat | null {
  return BY_EXTENSION[extname(fileName).toLowerCase()] ?? null;
}

/**
 * The format that the first line of the input looks like: a JSON object, a CSV header with a column
 * `dialed`, else plain lines.
 */
export function sniffFormat(firstLine: string): InputFormat {
  if (firstLine.trimStart().startsWith("{")) return "ndjson";
  const names = firstLine.split(",").map((name) => name.trim().replace(/^"|"$/g, "").toLowerCase());
  return names.includes(CSV_COLUMNS[0]) ? "csv" : "lines";
}
