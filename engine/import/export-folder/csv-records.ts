import { CsvError, parse } from "csv-parse/sync";
import { problem } from "../../model/problem.ts";
import { MAX_EXPORT_RECORDS } from "../budgets.ts";
import { placeAt } from "../tenant-file/source-document.ts";
import type { ExportRecord, RecordReference, RecordsRead } from "./export-document.ts";

interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The records of a CSV text as Export-Csv writes it, with or without its line `#TYPE …`, separated by
 * commas, semicolons or tabs. An empty field stands for no value.
 *
 * @problem TENANT_SYNTAX no CSV; TENANT_TOO_LARGE too many rows
 */
export function csvRecords(file: string, text: string): RecordsRead {
  const typed = /^#TYPE [^\n]*\n/.exec(text)?.[0] ?? "";
  const body = text.slice(typed.length);
  const header = body.slice(0, body.search(/[\r\n]|$/));
  const linesBefore = typed === "" ? 0 : 1;
  let rows: readonly CsvRow[];
  try {
    rows = parse(body, {
      delimiter: delimiterOf(header),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_EXPORT_RECORDS + 2,
    }) as unknown as readonly CsvRow[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const found: unknown = error["lines"];
    const line = (typeof found === "number" ? found : 1) + linesBefore;
    const what = `this is no CSV: ${error.message.replace(/ at line \d+.*$/, "")}`;
    const at = { file, line, column: 1 };
    return refused("TENANT_SYNTAX", what, "export the file again with Export-Csv", at);
  }
  if (rows.length > MAX_EXPORT_RECORDS + 1) {
    const what = `the file holds more than ${MAX_EXPORT_RECORDS} rows`;
    return refused("TENANT_TOO_LARGE", what, "export fewer objects", placeAt(file, text, 0));
  }
  const names = (rows[0]?.record ?? []).map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    const what = `the header names the column ${twice} twice`;
    const at = { file, line: 1 + linesBefore, column: 1 };
    return refused("TENANT_SYNTAX", what, "keep one of the two", at);
  }
  const records = rows.slice(1).map(({ record }) => recordOf(names, record));
  const lines = rows
    .slice(1)
    .map(({ record, info }) => info.lines - breaksIn(record) + linesBefore);
  const locate = (references: readonly RecordReference[]) =>
    references.map(({ record }) => ({ file, line: lines[record] ?? 1, column: 1 }));
  return { ok: true, records, locate, problems: [] };
}

function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, "");
  const found = [";", "\t"].find((delimiter) => bare.includes(delimiter) && !bare.includes(","));
  return found ?? ",";
}

function recordOf(names: readonly string[], fields: readonly string[]): ExportRecord {
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const field = fields[index] ?? "";
      return field === "" || name === "" ? [] : [[name, field]];
    }),
  );
}

function breaksIn(fields: readonly string[]): number {
  return fields.reduce((count, field) => count + (field.match(/\n/g)?.length ?? 0), 0);
}

function refused(
  code: "TENANT_SYNTAX" | "TENANT_TOO_LARGE",
  what: string,
  hint: string,
  at: ReturnType<typeof placeAt>,
): RecordsRead {
  return { ok: false, problems: [problem(code, what, hint, at)] };
}
