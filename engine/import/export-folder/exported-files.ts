/**
 * What the files of an export gave, by the cmdlets whose output they hold.
 *
 * @module
 */
import { type DraftEntry, entryOf, type OriginFile } from "./draft-tenant.ts";
import type { Mapped } from "./map-records.ts";

/** What one file gave. */
export interface ExportedFile {
  /** WHY apart: entries of the tenant to be point at it, and would else keep all that the file gave. */
  readonly file: OriginFile;
  readonly entries: readonly Mapped[];
}

/** Files by the cmdlet whose output they hold. */
export type ExportedFiles = ReadonlyMap<string, ExportedFile>;

/** Values of a canonical object before they are judged. */
export type Values = Readonly<Record<string, unknown>>;

/** Entries of one cmdlet's file, each changed by `change`. */
export function entriesOf(
  files: ExportedFiles,
  cmdlet: string,
  change: (value: Values) => Values = (value) => value,
): readonly DraftEntry[] {
  const exported = files.get(cmdlet);
  if (exported === undefined) return [];
  const { file, entries } = exported;
  return entries.map(({ value, record }) => entryOf(change(value), { file, record }));
}

/** Mapped values of one cmdlet's file; empty when there is none. */
export function valuesOf(files: ExportedFiles, cmdlet: string): readonly Values[] {
  return files.get(cmdlet)?.entries.map(({ value }) => value) ?? [];
}

/** A text of a mapped object; "" when it has none. */
export function textOf(value: Values, key: string): string {
  const found = value[key];
  return typeof found === "string" ? found : "";
}

/** Objects or names inside a mapped object. */
export function listOf(value: Values, key: string): readonly unknown[] {
  const found = value[key];
  return Array.isArray(found) ? found : [];
}
