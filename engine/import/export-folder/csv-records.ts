import { problem } from "../../model/problem.ts";
import { MAX_EXPORT_RECORDS } from "../budgets.ts";
import { parseCsvTable } from "../parse-csv-table.ts";
import { placeAt } from "../tenant-file/source-document.ts";
import type { ExportRecord, RecordReference, RecordsRead, TakeRecord } from "./export-document.ts";

/**
 * The records of a CSV text as Export-Csv writes it, with or without its line `#TYPE …`, separated by
 * commas, semicolons or tabs. An empty field stands for no value.
 *
 * @problem TENANT_SYNTAX no CSV; TENANT_TOO_LARGE too many rows
 */
export function csvRecords(file: string, text: string, take: TakeRecord): RecordsRead {
  const typed = /^#TYPE [^\n]*\n/.exec(text)?.[0] ?? "";
  const body = text.slice(typed.length);
  const header = body.slice(0, body.search(/[\r\n]|$/));
  const linesBefore = typed === "" ? 0 : 1;
  const table = parseCsvTable(body, delimiterOf(header), MAX_EXPORT_RECORDS);
  if (!table.ok && table.isTooLarge) {
    const what = `the file holds more than ${MAX_EXPORT_RECORDS} rows`;
    return refused("TENANT_TOO_LARGE", what, "export fewer objects", placeAt(file, text, 0));
  }
  if (!table.ok) {
    const at = { file, line: (table.line ?? 1) + linesBefore, column: 1 };
    const what = `this is no CSV: ${table.what}`;
    return refused("TENANT_SYNTAX", what, "export the file again with Export-Csv", at);
  }
  const { rows } = table;
  const names = (rows[0]?.fields ?? []).map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    const what = `the header names the column ${twice} twice`;
    const at = { file, line: 1 + linesBefore, column: 1 };
    return refused("TENANT_SYNTAX", what, "keep one of the two", at);
  }
  for (const { fields } of rows.slice(1)) take(recordOf(names, fields));
  const lines = rows.slice(1).map(({ line }) => line + linesBefore);
  const locate = (references: readonly RecordReference[]) =>
    references.map(({ record }) => ({ file, line: lines[record] ?? 1, column: 1 }));
  return { ok: true, locate, problems: [] };
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

function refused(
  code: "TENANT_SYNTAX" | "TENANT_TOO_LARGE",
  what: string,
  hint: string,
  at: ReturnType<typeof placeAt>,
): RecordsRead {
  return { ok: false, problems: [problem(code, what, hint, at)] };
}
