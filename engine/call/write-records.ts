import type { Writable } from "node:stream";
import type { CallDetailRecord } from "../model/call-detail-record.ts";

/** Writes records as they come. */
export interface RecordWriter {
  /** Resolves when the stream can take more: whoever waits for it is held back by a slow reader. */
  write(record: CallDetailRecord): Promise<void> | void;
  /** Lines written. */
  readonly written: number;
}

/**
 * Writes records as NDJSON, one line each, to a stream that stays open. Keys are those of
 * `docs/schema/call-detail-record.schema.json`. A stream that fails rejects the write in progress and all that follow.
 */
export function writeRecords(output: Writable): RecordWriter {
  let written = 0;
  let failure: { readonly error: unknown } | null = null;
  output.on("error", (error) => {
    failure ??= { error };
  });
  const drained = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        output.off("drain", end);
        output.off("close", end);
        if (failure !== null) reject(failure.error);
        else resolve();
      };
      // An error that ends the stream is followed by its close.
      output.once("drain", end);
      output.once("close", end);
    });
  return {
    write(record) {
      if (failure !== null) return Promise.reject(failure.error);
      written++;
      return output.write(`${JSON.stringify(record)}\n`) ? undefined : drained();
    },
    get written() {
      return written;
    },
  };
}
