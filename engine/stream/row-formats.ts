import { csvRows } from "./csv-rows.ts";
import { ndjsonRows } from "./ndjson-rows.ts";
import type { OutputFormat, RowFormat } from "./row-format.ts";

/** The writer of rows of a format. */
export function rowFormatOf(format: OutputFormat): RowFormat {
  return format === "ndjson" ? ndjsonRows : csvRows;
}
