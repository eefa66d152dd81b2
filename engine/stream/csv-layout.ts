import { parseCsvRecord } from "../import/parse-csv-record.ts";
import { type Outcome, type Problem, problem, type SourcePlace } from "../model/problem.ts";

/** Columns with a meaning, in the order in which {@link CsvLayout.positions} gives their places. */
export const CSV_COLUMNS = [
  "dialed",
  "user",
  "kind",
  "site",
  "ingress_trunk",
  "hide_caller_id",
  "original_caller",
] as const;

/** Where the columns of one CSV input stand. */
export interface CsvLayout {
  /** How many fields every record has. */
  readonly width: number;
  /** For each of {@link CSV_COLUMNS} its place from 0, or -1 when the input lacks it. */
  readonly positions: readonly number[];
}

/**
 * Reads the header line of a CSV input. Names are taken without regard to case and surrounding
 * blanks; columns without a meaning are passed over.
 *
 * @problem INPUT_NO_DIALED_COLUMN
 * @problem INPUT_DUPLICATE_COLUMN
 * @problem INPUT_MALFORMED
 */
export function readCsvHeader(line: string, at: SourcePlace): Outcome<CsvLayout> {
  const record = parseCsvRecord(line);
  if (!record.ok) {
    const hint = "write the header on one line, each name quoted or free of quotes";
    return refused(problem("INPUT_MALFORMED", `the header line: ${record.what}`, hint, at));
  }
  const names = record.fields.map((name) => name.trim().toLowerCase());
  const twice = CSV_COLUMNS.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) {
    const what = `the header names column ${twice} more than once`;
    return refused(problem("INPUT_DUPLICATE_COLUMN", what, "keep one of them", at));
  }
  const positions = CSV_COLUMNS.map((name) => names.indexOf(name));
  if (positions[0] === -1) return refused(noDialedColumn(names, at));
  return { ok: true, value: { width: names.length, positions }, problems: [] };
}

function refused(found: Problem): Outcome<CsvLayout> {
  return { ok: false, problems: [found] };
}

function noDialedColumn(names: readonly string[], at: SourcePlace): Problem {
  const seen = names.slice(0, 8).join(", ").slice(0, 200);
  return problem(
    "INPUT_NO_DIALED_COLUMN",
    `the header has no column dialed; it has ${seen === "" ? "none" : seen}`,
    "name the column of dialed numbers dialed, or read plain numbers with --in lines",
    at,
  );
}
