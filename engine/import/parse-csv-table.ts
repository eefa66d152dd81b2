import { CsvError, parse } from "csv-parse/sync";
import { WHAT_IS_NO_CSV } from "./parse-csv-record.ts";

/** A record of a CSV text. */
export interface CsvRow {
  readonly fields: readonly string[];
  /** The line on which it begins, from 1. */
  readonly line: number;
}

/** All records of a CSV text, or what is the matter with it. */
export type CsvTable =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  | {
      readonly ok: false;
      /** It is CSV, and too much of it. */
      readonly isTooLarge: boolean;
      /** `null` = it is not about one line. */
      readonly line: number | null;
      readonly what: string;
    };

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Parses a whole CSV text by RFC 4180, its header as the first row; blank lines are left out, records may
 * differ in length. Cost: O(characters).
 */
export function parseCsvTable(text: string, delimiter: string, maxRows: number): CsvTable {
  if (delimiter.length !== 1) return refused(null, "the delimiter is not one character");
  try {
    const rows = parse(text, {
      delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      to: maxRows + 2,
    }) as unknown as readonly ParsedRow[];
    if (rows.length > maxRows + 1) {
      return { ...refused(null, `it has more than ${maxRows} rows`), isTooLarge: true };
    }
    return { ok: true, rows: rows.map(rowOf) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refused(Number(error["lines"] ?? 1), WHAT_IS_NO_CSV[error.code] ?? "it is no CSV");
  }
}

/** WHY the breaks: the parser tells the line on which a record ends. */
function rowOf({ record, info }: ParsedRow): CsvRow {
  const breaks = record.reduce((count, field) => count + (field.match(/\n/g)?.length ?? 0), 0);
  return { fields: record, line: info.lines - breaks };
}

function refused(line: number | null, what: string) {
  return { ok: false, isTooLarge: false, line, what } as const;
}
