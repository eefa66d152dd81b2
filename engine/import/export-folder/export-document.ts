/**
 * What a Get- cmdlet wrote to a file: objects with properties, whatever the form of the text.
 *
 * @module
 */
import type { Problem, SourcePlace } from "../../model/problem.ts";

/** One exported object. Read own properties only: a file may hold a key `__proto__`. */
export type ExportRecord = Readonly<Record<string, unknown>>;

/** A property of a record, by any of its names; no names = the record as a whole. */
export interface RecordReference {
  readonly record: number;
  /** In any case. */
  readonly names: readonly string[];
}

/**
 * Where records and their properties stand. What is not there has its nearest parent's place. Cost: may
 * read the whole text again; ask for all at once, and only when there is something to report.
 */
export type LocateRecords = (references: readonly RecordReference[]) => readonly SourcePlace[];

/** Takes one record after another; it should keep of each only what it needs. */
export type TakeRecord = (record: ExportRecord) => void;

/**
 * The way back to the places of records that were taken, or why they are none: then what was taken of them
 * so far counts for nothing.
 */
export type RecordsRead =
  | {
      readonly ok: true;
      readonly locate: LocateRecords;
      /** What was not understood of the text although the rest was. */
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Whether it is an object with properties: what a record must be. */
export function isRecord(value: unknown): value is ExportRecord {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Lines and columns of offsets, in the order given. Cost: one search for line ends. */
export function placesOf(
  file: string,
  text: string,
  offsets: readonly number[],
): readonly SourcePlace[] {
  const inOrder = offsets.map((offset, index) => ({ offset, index }));
  inOrder.sort((a, b) => a.offset - b.offset);
  const places: SourcePlace[] = offsets.map(() => ({ file, line: 1, column: 1 }));
  let line = 1;
  let lineStart = 0;
  for (const { offset, index } of inOrder) {
    for (;;) {
      const lineEnd = text.indexOf("\n", lineStart);
      if (lineEnd < 0 || lineEnd >= offset) break;
      line += 1;
      lineStart = lineEnd + 1;
    }
    places[index] = { file, line, column: offset - lineStart + 1 };
  }
  return places;
}
