import { type DialedRecord, fieldsOf } from "../../engine/stream/dialed-record.ts";
import { readerFor } from "../../engine/stream/reader-for.ts";
import type { InputSetup } from "../../engine/stream/stream-setup.ts";

/** What a reader made of one record: its fields in the order of the CSV columns, or a fault. */
export type ReadRecord = readonly (string | null)[] | "fault";

export interface ReadRecords {
  readonly records: readonly ReadRecord[];
  /** Records whose fields were taken where they stand. */
  readonly inPlace: number;
  readonly lines: number;
}

function fieldTexts(record: DialedRecord): readonly (string | null)[] {
  return fieldsOf(record).map(({ start, end }) => {
    return start < 0 ? null : Buffer.from(record.bytes.subarray(start, end)).toString();
  });
}

/** Everything that the reader of a format finds in one chunk. */
export function readRecords(input: InputSetup, chunk: Uint8Array): ReadRecords {
  const reader = readerFor(input);
  // WHY inside other bytes: a look beyond the chunk must not find what it looks for.
  const around = new Uint8Array(chunk.length + 16).fill(34);
  around.set(chunk, 8);
  const inside = around.subarray(8, 8 + chunk.length);
  reader.open(inside);
  const records: ReadRecord[] = [];
  let inPlace = 0;
  while (reader.next()) {
    const { record } = reader;
    records.push(record.fault === null ? fieldTexts(record) : "fault");
    if (record.fault === null && record.bytes === inside) inPlace++;
  }
  return { records, inPlace, lines: reader.lines };
}
