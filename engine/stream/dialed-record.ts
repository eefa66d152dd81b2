import type { InputFaultCode } from "./input-fault.ts";

/** What a reader found wrong with a record as a whole; fields of such a record are not looked at. */
export interface RecordFault {
  readonly code: InputFaultCode;
  readonly what: string;
  readonly hint: string;
  /** Position in the chunk that the report points at. */
  readonly at: number;
}

/** Bytes `start` to `end` (exclusive) of one field; `start` is -1 when the record lacks it. */
export interface FieldRange {
  start: number;
  end: number;
}

/**
 * One record of the input. A reader fills the same object again and again, so that nothing is
 * allocated for a record without faults.
 */
export interface DialedRecord {
  /** Where the ranges point into: the chunk, or the reader's own buffer for unescaped text. */
  bytes: Uint8Array;
  readonly dialed: FieldRange;
  readonly user: FieldRange;
  readonly kind: FieldRange;
  readonly site: FieldRange;
  readonly ingressTrunk: FieldRange;
  readonly hideCallerId: FieldRange;
  readonly originalCaller: FieldRange;
  /** Position in the chunk where the record starts. */
  start: number;
  /** Lines of the chunk before the record. */
  line: number;
  fault: RecordFault | null;
}

/** Reads the records of one chunk after another. */
export interface RecordReader {
  /** Starts on a chunk of whole records. */
  open(chunk: Uint8Array): void;
  /** Fills `record` with the next record; false at the end of the chunk. */
  next(): boolean;
  readonly record: DialedRecord;
  /** Lines of the chunk read so far. */
  readonly lines: number;
}

/** A record without fields, to be filled by a reader. */
export function emptyRecord(): DialedRecord {
  const absent = (): FieldRange => ({ start: -1, end: -1 });
  return {
    bytes: new Uint8Array(0),
    dialed: absent(),
    user: absent(),
    kind: absent(),
    site: absent(),
    ingressTrunk: absent(),
    hideCallerId: absent(),
    originalCaller: absent(),
    start: 0,
    line: 0,
    fault: null,
  };
}

/** The fields of a record in the order of the CSV columns. */
export function fieldsOf(record: DialedRecord): readonly FieldRange[] {
  const { dialed, user, kind, site, ingressTrunk, hideCallerId, originalCaller } = record;
  return [dialed, user, kind, site, ingressTrunk, hideCallerId, originalCaller];
}
