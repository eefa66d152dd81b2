/**
 * A tenant while it is put together from many files: the canonical keys as a person would have written
 * them, each entry with the way back to where it came from.
 *
 * @module
 */
import type { SourcePlace } from "../../model/problem.ts";
import {
  entryKey,
  TENANT_LIST_KEYS,
  TENANT_LISTS,
  type TenantListKey,
} from "../../model/tenant-lists.ts";
import type { NodeReference, SourceDocument } from "../tenant-file/source-document.ts";
import { isRecord, type LocateRecords, type RecordReference } from "./export-document.ts";
import type { FieldTable } from "./map-records.ts";

/** A file that was read, as far as places need it. */
export interface OriginFile {
  readonly path: string;
  readonly table: FieldTable;
  readonly locate: LocateRecords;
}

/** The record that an entry was. */
export interface Origin {
  readonly file: OriginFile;
  readonly record: number;
}

/** An entry of a list. */
export interface DraftEntry {
  readonly value: unknown;
  /** `null` = in no exported file. */
  readonly origin: Origin | null;
  /** Where operators.yaml has the entry, if it does. */
  readonly overlay: number | null;
}

/** All lists and single keys of a tenant to be. */
export interface Draft {
  readonly lists: Map<TenantListKey, readonly DraftEntry[]>;
  /** Values of the other keys. */
  readonly singles: Map<string, DraftEntry>;
  /** operators.yaml. */
  readonly overlay: SourceDocument | null;
}

/** An entry that came from a record. */
export function entryOf(value: unknown, origin: Origin | null): DraftEntry {
  return { value, origin, overlay: null };
}

/**
 * Lays a document over a draft: single keys and their fields, and entries of lists by their names. What
 * the document says wins over what was exported.
 */
export function withOverlay(draft: Draft, overlay: SourceDocument): Draft {
  const written = isRecord(overlay.value) ? overlay.value : {};
  const lists = new Map(draft.lists);
  const singles = new Map(draft.singles);
  const known: readonly string[] = TENANT_LIST_KEYS;
  for (const [key, value] of Object.entries(written)) {
    const listKey = TENANT_LIST_KEYS.find((name) => name === key);
    if (listKey !== undefined && Array.isArray(value)) {
      lists.set(listKey, overlaidList(listKey, draft.lists.get(listKey) ?? [], value));
    } else if (!known.includes(key) || value !== null) {
      const before = singles.get(key);
      const merged =
        isRecord(before?.value) && isRecord(value) ? { ...before.value, ...value } : value;
      singles.set(key, { value: merged, origin: before?.origin ?? null, overlay: 0 });
    }
  }
  return { lists, singles, overlay };
}

function overlaidList(
  key: TenantListKey,
  before: readonly DraftEntry[],
  written: readonly unknown[],
): readonly DraftEntry[] {
  const list = TENANT_LISTS[key];
  const entries = [...before];
  const indexes = new Map(before.map(({ value }, index) => [entryKey(list, value), index]));
  for (const [overlay, value] of written.entries()) {
    const index = indexes.get(entryKey(list, value));
    const under = index === undefined ? undefined : entries[index];
    if (index === undefined || under === undefined) {
      entries.push({ value, origin: null, overlay });
    } else if (under.overlay !== null) {
      // WHY: the document has it twice; both stay, so that the duplicate is told.
      entries.push({ value, origin: null, overlay });
    } else {
      const merged =
        isRecord(under.value) && isRecord(value) ? { ...under.value, ...value } : value;
      entries[index] = { value: merged, origin: under.origin, overlay };
    }
  }
  return entries;
}

/** Where an exported entry's key stands; `null` when no exported file has the entry. */
export function placeOfEntry({ origin }: DraftEntry, key: string): SourcePlace | null {
  if (origin === null) return null;
  const names = origin.file.table.fields.find(({ to }) => to === key)?.names ?? [];
  return origin.file.locate([{ record: origin.record, names }])[0] ?? null;
}

/** The draft as one document of the canonical format. */
export function draftDocument(draft: Draft, folder: string): SourceDocument {
  // WHY: fromEntries makes own properties even of a key __proto__, which the schema then refuses.
  const value: unknown = Object.fromEntries([
    ["outdial", 1],
    ...[...draft.singles].map(([key, single]) => [key, single.value] as const),
    ...[...draft.lists].map(
      ([key, entries]) => [key, entries.map((entry) => entry.value)] as const,
    ),
  ]);
  return { value, locate: (references) => locateIn(draft, folder, references) };
}

function locateIn(
  draft: Draft,
  folder: string,
  references: readonly NodeReference[],
): readonly SourcePlace[] {
  const byFile = new Map<OriginFile, { readonly at: number; readonly record: RecordReference }[]>();
  const places = references.map((reference, at): SourcePlace => {
    const { entry, property, inOverlay } = find(draft, reference);
    if (entry?.origin != null && !inOverlay) {
      const { file, record } = entry.origin;
      const field = file.table.fields.find(({ to }) => to === property);
      const asked = byFile.get(file) ?? [];
      asked.push({ at, record: { record, names: field?.names ?? [] } });
      byFile.set(file, asked);
    }
    const written = draft.overlay?.locate([overlayReference(reference, entry)])[0];
    return written ?? { file: folder, line: 1, column: 1 };
  });
  for (const [file, asked] of byFile) {
    const found = file.locate(asked.map(({ record }) => record));
    for (const [index, { at }] of asked.entries()) places[at] = found[index] ?? places[at] ?? HERE;
  }
  return places;
}

const HERE: SourcePlace = { file: "", line: 1, column: 1 };

function find(
  draft: Draft,
  { path }: NodeReference,
): {
  readonly entry: DraftEntry | undefined;
  readonly property: string;
  readonly inOverlay: boolean;
} {
  const [key = "", index, inEntry] = path;
  const listed = draft.lists.get(key as TenantListKey);
  const isList = listed !== undefined && typeof index === "number";
  const entry = isList ? listed[index] : draft.singles.get(String(key));
  const property = String((isList ? inEntry : index) ?? "");
  return {
    entry,
    property,
    inOverlay: entry !== undefined && overlaid(draft, entry, key, property),
  };
}

/** Whether operators.yaml is what says this property of the entry. */
function overlaid(
  { overlay }: Draft,
  entry: DraftEntry,
  key: string | number,
  property: string,
): boolean {
  if (entry.overlay === null || !isRecord(overlay?.value)) return false;
  if (entry.origin === null) return true;
  const written = overlay.value[String(key)];
  const own: unknown = Array.isArray(written) ? written[entry.overlay] : written;
  return isRecord(own) && Object.hasOwn(own, property);
}

function overlayReference(reference: NodeReference, entry: DraftEntry | undefined): NodeReference {
  const [key = "", index, ...rest] = reference.path;
  if (typeof index !== "number" || entry?.overlay == null) return reference;
  return { ...reference, path: [key, entry.overlay, ...rest] };
}
