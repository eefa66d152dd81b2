import { csvRecords } from "./csv-records.ts";
import type { RecordsRead } from "./export-document.ts";
import { jsonRecords } from "./json-records.ts";
import { listRecords, looksLikeList } from "./list-records.ts";

/**
 * The records of an exported text, whatever its form. The form is seen from the text and not from the
 * file's ending: backup scripts write JSON into files that end in .txt.
 *
 * @problem TENANT_SYNTAX, TENANT_TOO_LARGE, EXPORT_NOT_UNDERSTOOD
 */
export function recordsOfText(path: string, text: string): RecordsRead {
  if (text.trim() === "") return { ok: true, records: [], locate: () => [], problems: [] };
  if (/^\s*[[{]/.test(text)) return jsonRecords(path, text);
  const isCsv = path.toLowerCase().endsWith(".csv") || /^(?:#TYPE |"[^"\n]*"\s*[,;\t])/.test(text);
  if (isCsv) return csvRecords(path, text);
  return looksLikeList(text) ? listRecords(path, text) : jsonRecords(path, text);
}
