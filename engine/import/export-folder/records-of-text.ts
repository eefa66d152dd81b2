import { csvRecords } from "./csv-records.ts";
import type { RecordsRead, TakeRecord } from "./export-document.ts";
import { jsonRecords } from "./json-records.ts";
import { listRecords, looksLikeList } from "./list-records.ts";

/**
 * Hands on the records of an exported text, whatever its form. The form is seen from the text and not from the
 * file's ending: backup scripts write JSON into files that end in .txt.
 *
 * @problem TENANT_SYNTAX, TENANT_TOO_LARGE, EXPORT_NOT_UNDERSTOOD
 */
export function recordsOfText(path: string, text: string, take: TakeRecord): RecordsRead {
  if (text.trim() === "") return { ok: true, locate: () => [], problems: [] };
  if (/^\s*[[{]/.test(text)) return jsonRecords(path, text, take);
  const isCsv = path.toLowerCase().endsWith(".csv") || /^(?:#TYPE |"[^"\n]*"\s*[,;\t])/.test(text);
  if (isCsv) return csvRecords(path, text, take);
  return looksLikeList(text) ? listRecords(path, text, take) : jsonRecords(path, text, take);
}
