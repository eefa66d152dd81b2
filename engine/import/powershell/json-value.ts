import { MAX_ELEMENTS } from "../budgets.ts";
import { makeObject, makeTable } from "./change-object.ts";
import type { ScriptValue } from "./script-value.ts";

/** Nesting that is read. */
const MAX_JSON_DEPTH = 64;

/** What `ConvertFrom-Json` makes of a text; `undefined` when it is no JSON, too deep or too long. */
export function valueOfJson(text: string, asTables: boolean): ScriptValue | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  return convert(parsed, asTables, 0);
}

function convert(value: unknown, asTables: boolean, depth: number): ScriptValue | undefined {
  if (depth > MAX_JSON_DEPTH) return undefined;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) {
    if (value.length > MAX_ELEMENTS) return undefined;
    const items = value.map((item) => convert(item, asTables, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const entries: [string, ScriptValue][] = [];
  for (const [key, inner] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    const converted = convert(inner, asTables, depth + 1);
    if (converted === undefined) return undefined;
    entries.push([key, converted]);
  }
  return asTables ? makeTable(entries) : makeObject(entries);
}
