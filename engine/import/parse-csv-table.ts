import { CsvError, parse } from "csv-parse/sync";

/** All records of a CSV text, or what is the matter with it. */
export type CsvTable =
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly what: string };

/**
 * Parses a whole CSV text by RFC 4180, its header as the first row; blank lines are left out, records may
 * differ in length. Cost: O(characters).
 */
export function parseCsvTable(text: string, delimiter: string, maxRows: number): CsvTable {
  if (delimiter.length !== 1) return { ok: false, what: "the delimiter is not one character" };
  try {
    const rows: string[][] = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      to: maxRows + 2,
    });
    if (rows.length > maxRows + 1) return { ok: false, what: `it has more than ${maxRows} rows` };
    return { ok: true, rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      ok: false,
      what: `line ${Number(error["lines"] ?? 1)}: ${WHAT[error.code] ?? "it is no CSV"}`,
    };
  }
}

const WHAT: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: "a quote stands inside a field that does not start with one",
  CSV_INVALID_CLOSING_QUOTE: "text follows the closing quote of a field",
  CSV_QUOTE_NOT_CLOSED: "a quote is not closed",
};
