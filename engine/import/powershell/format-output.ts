/**
 * Prints objects as PowerShell's Format-List and Format-Table do.
 *
 * @module
 */
import { propertyOf } from "./change-object.ts";
import { asNumber, isArray, isObject, isTable, type ScriptValue, toText } from "./script-value.ts";

/**
 * Width of the labels of a list: as in Microsoft's "Configure Operator Connect" page, which prints
 * `RegistrarPool                        : pool.infra.lync.com`. Longer labels widen it.
 */
const LIST_LABEL_WIDTH = 36;

/** One property of one object: arrays in braces, `$null` empty. */
function showProperty(value: ScriptValue): string {
  if (isArray(value)) return `{${value.map(toText).join(", ")}}`;
  return toText(value).replace(/[\r\n]+/g, " ");
}

/** `Name : value` lines, an empty line between objects. `names` empty = every property. */
export function formatList(items: readonly ScriptValue[], names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const item of items) {
    if (!isObject(item)) {
      lines.push(...formatValue(item));
      continue;
    }
    if (lines.length > 0) lines.push("");
    const labels = names.length > 0 ? names : Object.keys(item.properties);
    const width = Math.max(LIST_LABEL_WIDTH, ...labels.map((label) => label.length));
    for (const label of labels) {
      const shown = showProperty(propertyOf(item, label) ?? null);
      lines.push(`${label.padEnd(width)} : ${shown}`);
    }
  }
  return lines;
}

/** A header, dashes under it, a row for each object. Numbers stand on the right. */
export function formatTable(items: readonly ScriptValue[], names: readonly string[]): string[] {
  const objects = items.filter(isObject);
  const first = objects[0];
  if (first === undefined) return items.flatMap(formatValue);
  const labels = names.length > 0 ? names : Object.keys(first.properties);
  const columns = labels.map((label) => {
    const values = objects.map((object) => propertyOf(object, label) ?? null);
    const cells = values.map(showProperty);
    const right = values.every((value) => asNumber(value) !== null);
    const width = Math.max(label.length, ...cells.map((cell) => cell.length));
    const pad = (text: string): string => (right ? text.padStart(width) : text.padEnd(width));
    return [pad(label), pad("-".repeat(label.length)), ...cells.map(pad)];
  });
  const rows = columns[0]?.map((_, row) => columns.map((column) => column[row]).join(" ")) ?? [];
  return rows.map((row) => row.trimEnd());
}

/** What a statement prints that does not say how: strings as lines, cmdlets' objects as lists. */
export function formatValue(value: ScriptValue): string[] {
  if (value === null) return [];
  if (isArray(value))
    return value.flatMap((one) => (isArray(one) ? [toText(one)] : formatValue(one)));
  if (isObject(value)) return formatList([value], []);
  if (isTable(value)) {
    return value.entries.map(([key, entry]) => `${key.padEnd(30)} ${showProperty(entry)}`);
  }
  return toText(value).split(/\r\n|\n|\r/);
}

/** Prints the items of a pipeline; `selected` when Select-Object made them. */
export function formatItems(items: readonly ScriptValue[], selected: boolean): string[] {
  const objects = items.filter(isObject);
  const columns = Object.keys(objects[0]?.properties ?? {}).length;
  if (selected && columns > 0 && columns <= 4) return formatTable(items, []);
  const lines: string[] = [];
  for (const item of items) {
    if (isObject(item) && lines.length > 0) lines.push("");
    lines.push(...formatValue(item));
  }
  return lines;
}
