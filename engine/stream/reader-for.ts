import { CsvReader } from "./csv-reader.ts";
import type { RecordReader } from "./dialed-record.ts";
import { LinesReader } from "./lines-reader.ts";
import { NdjsonReader } from "./ndjson-reader.ts";
import type { InputSetup } from "./stream-setup.ts";

/** The reader for records as they are written in one input. */
export function readerFor(input: InputSetup): RecordReader {
  if (input.format === "csv") return new CsvReader(input.layout);
  return input.format === "ndjson" ? new NdjsonReader() : new LinesReader();
}
