import { type Problem, problem } from "../../model/problem.ts";
import { MAX_QUOTED_VALUE } from "../budgets.ts";
import type { LocateRecords } from "./export-document.ts";
import type { FieldTable, MappedRecords } from "./map-records.ts";

/** Properties that stand on every object of the Teams module and say nothing of the tenant. */
const OF_EVERY_OBJECT: readonly string[] = [
  "Anchor",
  "ConfigId",
  "ConfigMetadata",
  "DataSource",
  "Element",
  "Key",
  "PSComputerName",
  "PSShowComputerName",
  "RunspaceId",
  "ScopeClass",
  "Tag",
  "Count",
  "XsAnyAttributes",
  "XsAnyElements",
].map((name) => name.toLowerCase());

/** Names of properties that are told; the rest is counted. */
const MAX_NAMES = 15;

/**
 * What of a file's objects was not understood, and which properties nobody reads.
 *
 * @problem EXPORT_NOT_UNDERSTOOD a value of a property that is read; it counts as absent
 * @problem TENANT_INVALID_VALUE the same where it decides where calls go
 * @problem EXPORT_NOT_READ properties without a part in routing, or unknown to us
 */
export function mappingProblems(
  path: string,
  cmdlet: string,
  table: FieldTable,
  mapped: MappedRecords,
  locate: LocateRecords,
): readonly Problem[] {
  const code = table.strict === true ? "TENANT_INVALID_VALUE" : "EXPORT_NOT_UNDERSTOOD";
  const places = locate(
    mapped.misread.map(({ record, field }) => ({ record, names: field.names })),
  );
  const problems = mapped.misread.map(({ field, raw }, index) => {
    const name = field.names[0] ?? field.to;
    const absent = table.strict === true ? "" : "; it counts as absent";
    const what = `${name} is ${quoted(raw)}, which is not understood${absent}`;
    const hint = "export it with ConvertTo-Json -Depth 10, or mend the value";
    return problem(code, what, hint, places[index] ?? null);
  });
  const at = { file: path, line: 1, column: 1 };
  for (const [key, count] of mapped.misreadCounts) {
    const shown = mapped.misread.filter(({ field }) => field.to === key);
    if (count <= shown.length) continue;
    const name = shown[0]?.field.names[0] ?? key;
    const what = `${count - shown.length} more values of ${name} are not understood`;
    problems.push(problem(code, what, "mend the first ones", at));
  }
  const unread = mapped.unknown.filter((name) => !OF_EVERY_OBJECT.includes(name.toLowerCase()));
  if (unread.length > 0 && table.fields.length > 0) {
    const names = unread.length > MAX_NAMES ? unread.slice(0, MAX_NAMES) : unread;
    const rest = unread.length - names.length;
    const more = rest > 0 ? ` and ${rest} more` : "";
    const what = `of the objects of ${cmdlet}, outdial does not read ${names.join(", ")}${more}`;
    const hint = "leave them; no rule of routing that is known uses them";
    problems.push(problem("EXPORT_NOT_READ", what, hint, at));
  }
  return problems;
}

function quoted(raw: unknown): string {
  const text = typeof raw === "string" ? JSON.stringify(raw.slice(0, 200)) : shortJson(raw);
  return text.length > MAX_QUOTED_VALUE ? `${text.slice(0, MAX_QUOTED_VALUE)}…` : text;
}

/** Only a little of a large value is written out. */
function shortJson(raw: unknown): string {
  const sample: unknown = Array.isArray(raw) ? raw.slice(0, 3) : raw;
  return JSON.stringify(sample) ?? String(sample);
}
