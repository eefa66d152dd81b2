/**
 * Objects that ConvertTo-Json flattened into texts, because they stood deeper than its -Depth (2 unless
 * told otherwise): `@{Pattern=^9(\d+)$; Translation=+$1}` from PowerShell objects, and
 * `Description=;Pattern=^9(\d+)$;Translation=+$1;Name=Out;IsInternalExtension=False` from those of older
 * modules (observed in published backups).
 *
 * @module
 */
import type { ExportRecord } from "./export-document.ts";

/**
 * The objects inside a text, by the names their properties may have (in lower case); `null` when it is no
 * such text. Values may hold `;` and `=`.
 */
export function unflatten(
  text: string,
  names: ReadonlySet<string>,
): readonly ExportRecord[] | null {
  const objects: ExportRecord[] = [];
  // WHY: Format-List writes a list in braces, `{a, b}`, and an empty one as `{}`.
  const listed = /^\{.*\}$/s.exec(text.trim());
  const inner = listed === null ? text.trim() : text.trim().slice(1, -1).trim();
  if (inner === "") return [];
  for (const part of objectTexts(inner)) {
    const object = objectOf(part, names);
    if (object === null) return null;
    objects.push(object);
  }
  return objects;
}

/** The text of each object, without `@{` and `}`. */
function objectTexts(text: string): readonly string[] {
  if (text.startsWith("@{") && text.endsWith("}")) return text.slice(2, -1).split(/\}[\s,;]+@\{/);
  const first = /^([A-Za-z]+)=/.exec(text)?.[1];
  if (first === undefined) return [text];
  // WHY: lists of such objects are written with blanks between them, each with the same first property.
  // A run of blanks is tried from its beginning only, else a long one would cost its square.
  return text.split(new RegExp(`(?:,|(?<![\\s,]))\\s+(?=${first}=)`));
}

function objectOf(text: string, names: ReadonlySet<string>): ExportRecord | null {
  const object: Record<string, string> = {};
  let name: string | null = null;
  let start = 0;
  for (const match of text.matchAll(/(?:^|;)\s*([A-Za-z]+)=/g)) {
    const next = (match[1] ?? "").toLowerCase();
    if (!names.has(next) || Object.hasOwn(object, next) || next === name) continue;
    if (name !== null) object[name] = text.slice(start, match.index).trim();
    else if (match.index > 0) return null;
    name = next;
    start = match.index + match[0].length;
  }
  if (name === null) return null;
  object[name] = text.slice(start).replace(/;\s*$/, "").trim();
  return object;
}
