/**
 * From the properties of a cmdlet's objects to the keys of the canonical tenant file, by tables.
 *
 * @module
 */
import { type KnownNames, NOT_UNDERSTOOD, type Reading } from "./convert-values.ts";
import { type ExportRecord, isRecord } from "./export-document.ts";
import { unflatten } from "./flattened-text.ts";

/** One property of a cmdlet's objects. */
export interface Field {
  /** The canonical key. */
  readonly to: string;
  /** What the property is or was called, in any case; the first that an object has counts. */
  readonly names: readonly string[];
  readonly read: Reading;
}

/** What of a cmdlet's objects is read. */
export interface FieldTable {
  readonly fields: readonly Field[];
  /** Properties that are known to have no part in routing, in any case. */
  readonly unread: readonly string[];
  /** Its values decide where calls go, so one that is not understood refuses the export. */
  readonly strict?: true;
}

/** Shorthand for a table: canonical key, reading, names. */
export function field(to: string, read: Reading, ...names: readonly string[]): Field {
  return { to, names, read };
}

/** A value that was not understood. */
export interface Misreading {
  readonly record: number;
  readonly field: Field;
  readonly raw: unknown;
}

/** An object of the canonical file, and the record that it was. */
export interface Mapped {
  readonly value: Readonly<Record<string, unknown>>;
  readonly record: number;
}

/** What became of the records of one file. */
export interface MappedRecords {
  readonly entries: readonly Mapped[];
  readonly misread: readonly Misreading[];
  /** How many misreadings of each key there are in all; `misread` holds the first few. */
  readonly misreadCounts: ReadonlyMap<string, number>;
  /** Properties that no table names, as written. */
  readonly unknown: readonly string[];
}

/** Misreadings of one key that are kept one by one. */
const MAX_MISREAD = 5;

type Place = { readonly field: Field; readonly rank: number } | "unread" | "unknown";

/** Maps all records of a list. */
export function mapRecords(
  records: readonly ExportRecord[],
  table: FieldTable,
  known: KnownNames,
): MappedRecords {
  const mapper = new RecordMapper(table, known);
  for (const record of records) mapper.take(record);
  return mapper.mapped();
}

/** Maps records one after another. Cost: linear; names are looked up once for each spelling. */
export class RecordMapper {
  readonly #places: Map<string, Place>;
  readonly #known: KnownNames;
  readonly #misread: Misreading[] = [];
  readonly #misreadCounts = new Map<string, number>();
  readonly #entries: Mapped[] = [];
  #taken = 0;

  constructor(table: FieldTable, known: KnownNames) {
    this.#places = placesByName(table);
    this.#known = known;
  }

  /** Takes the next record. */
  readonly take = (source: ExportRecord): void => {
    const record = this.#taken++;
    const value = mapRecord(source, this.#places, this.#known, (at, raw) => {
      const count = (this.#misreadCounts.get(at.to) ?? 0) + 1;
      this.#misreadCounts.set(at.to, count);
      if (count <= MAX_MISREAD) this.#misread.push({ record, field: at, raw });
    });
    if (Object.keys(value).length > 0) this.#entries.push({ value, record });
  };

  /** What became of those taken so far. */
  mapped(): MappedRecords {
    const unknown = [...this.#places].flatMap(([name, place]) =>
      place === "unknown" ? [name] : [],
    );
    return {
      entries: this.#entries,
      misread: this.#misread,
      misreadCounts: this.#misreadCounts,
      unknown,
    };
  }
}

/** By spelling; filled as spellings are met. */
function placesByName({ fields, unread }: FieldTable): Map<string, Place> {
  const byKey = new Map<string, Place>(unread.map((name) => [name.toLowerCase(), "unread"]));
  for (const one of fields) {
    for (const [rank, name] of one.names.entries()) {
      byKey.set(name.toLowerCase(), { field: one, rank });
    }
  }
  return new SpellingMap(byKey);
}

class SpellingMap extends Map<string, Place> {
  readonly #byKey: ReadonlyMap<string, Place>;

  constructor(byKey: ReadonlyMap<string, Place>) {
    super();
    this.#byKey = byKey;
  }

  override get(name: string): Place {
    const known = super.get(name);
    if (known !== undefined) return known;
    const place = this.#byKey.get(name.trim().toLowerCase()) ?? "unknown";
    this.set(name, place);
    return place;
  }
}

function mapRecord(
  source: ExportRecord,
  places: Map<string, Place>,
  known: KnownNames,
  misread: (at: Field, raw: unknown) => void,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const ranks: Record<string, number> = {};
  for (const name of Object.keys(source)) {
    const raw = source[name];
    const place = places.get(name);
    if (place === undefined || typeof place === "string" || isAbsent(raw)) continue;
    const { field: at, rank } = place;
    if ((ranks[at.to] ?? rank) < rank) continue;
    const read = at.read(raw, known);
    if (read === NOT_UNDERSTOOD) misread(at, raw);
    else if (read !== undefined) {
      value[at.to] = read;
      if (at.names.length > 1) ranks[at.to] = rank;
    }
  }
  return value;
}

function isAbsent(raw: unknown): boolean {
  return raw === null || raw === undefined || raw === "";
}

/** Objects inside objects: a list, a single one, or what ConvertTo-Json flattened them into. */
export function objects(fields: readonly Field[]): Reading {
  const keys = new Set(fields.flatMap(({ names }) => names.map((name) => name.toLowerCase())));
  const table: FieldTable = { fields, unread: [] };
  return (raw, known) => {
    const elements: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    const records: ExportRecord[] = [];
    for (const element of elements) {
      const found = typeof element === "string" ? unflatten(element, keys) : recordIn(element);
      if (found === null) return NOT_UNDERSTOOD;
      records.push(...found);
    }
    const mapped = mapRecords(records, table, known);
    if (mapped.misread.length > 0) return NOT_UNDERSTOOD;
    return mapped.entries.map(({ value }) => value);
  };
}

function recordIn(element: unknown): readonly ExportRecord[] | null {
  if (element === null) return [];
  return isRecord(element) ? [element] : null;
}
