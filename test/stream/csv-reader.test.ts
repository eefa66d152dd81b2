import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseCsvRecord } from "../../engine/import/parse-csv-record.ts";
import type { CsvLayout } from "../../engine/stream/csv-layout.ts";
import { findCsvRecordEnd } from "../../engine/stream/csv-record-end.ts";
import { MUTATION_RUNS, mutatedBytes } from "./mutated-text.ts";
import { type ReadRecord, readRecords } from "./read-records.ts";

const csv = suite("CSV reader");

const LAYOUTS: readonly CsvLayout[] = [
  { width: 1, positions: [0, -1, -1, -1, -1, -1, -1] },
  { width: 2, positions: [0, 1, -1, -1, -1, -1, -1] },
  { width: 3, positions: [2, 0, -1, -1, -1, -1, -1] },
  { width: 5, positions: [1, 3, -1, -1, -1, 4, -1] },
  { width: 7, positions: [0, 1, 2, 3, 4, 5, 6] },
];

/** What csv-parse makes of the chunk, record by record. */
function parsed(layout: CsvLayout, chunk: Uint8Array): readonly ReadRecord[] {
  const records: ReadRecord[] = [];
  for (let start = 0; start < chunk.length; ) {
    const { ending, end } = findCsvRecordEnd(chunk, start, chunk.length, false);
    const text = Buffer.from(chunk.subarray(start, end)).toString().replace(/\r$/, "");
    const record = parseCsvRecord(text);
    const isRecord = ending === "complete" && text !== "" && record.ok;
    if (!isRecord || record.fields.length !== layout.width) records.push("fault");
    else records.push(layout.positions.map((place) => record.fields[place] ?? null));
    start = end + 1;
  }
  return records;
}

const plain = fc.constantFrom(
  "+14255550101",
  "(425) 555-0102",
  "megan@contoso.com",
  "user-call",
  "",
  "a b",
  " x ",
  "Zürich",
  "!#$%&'()*+-./",
  "a\rb",
  "\r",
);
const field = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 4, arbitrary: plain.map((value) => `"${value}"`) },
  { weight: 1, arbitrary: fc.constantFrom('"a,b"', '"a""b"', '"two\nlines"', '"', '"a"b', 'a"b') },
);

function records(width: number): fc.Arbitrary<string> {
  const record = fc.oneof(
    { weight: 9, arbitrary: fc.array(field, { minLength: width, maxLength: width }) },
    { weight: 1, arbitrary: fc.array(field, { maxLength: width + 1 }) },
  );
  return fc
    .tuple(fc.array(record, { minLength: 1, maxLength: 4 }), fc.constantFrom("\n", "\r\n"))
    .chain(([rows, lineEnd]) =>
      fc
        .constantFrom("", lineEnd, "\r")
        .map((last) => rows.map((row) => row.join(",")).join(lineEnd) + last),
    );
}

const PIECES = [...',"\r\n +-.Aé~!', '","', '""', "\r\n", ",,", "\t", "\u0000", "\u007f"];

for (const layout of LAYOUTS) {
  csv(
    `${layout.width} columns: reads any record as csv-parse does, or refuses it as it does`,
    () => {
      let inPlace = 0;
      let all = 0;
      const chunks = mutatedBytes(records(layout.width), PIECES).filter(isUtf8);
      fc.assert(
        fc.property(chunks, (chunk) => {
          const read = readRecords({ format: "csv", layout }, chunk);
          const shown = JSON.stringify(Buffer.from(chunk).toString());
          assert.equal(read.records, parsed(layout, chunk), shown);
          assert.is(read.lines, lineCount(chunk), shown);
          inPlace += read.inPlace;
          all += read.records.length;
        }),
        { ...MUTATION_RUNS, numRuns: MUTATION_RUNS.numRuns / 5 },
      );
      assert.ok(inPlace > all / 10, `only ${inPlace} of ${all} were read where they stand`);
      assert.ok(inPlace < all - all / 10, `${inPlace} of ${all} were read where they stand`);
    },
  );
}

function isUtf8(chunk: Uint8Array): boolean {
  return Buffer.from(Buffer.from(chunk).toString()).equals(chunk);
}

function lineCount(chunk: Uint8Array): number {
  const text = Buffer.from(chunk).toString();
  return text.split("\n").length - (text.endsWith("\n") || text === "" ? 1 : 0);
}

csv("a record is as long as it may be or a byte longer, whoever reads it", () => {
  const layout = LAYOUTS[1] ?? { width: 0, positions: [] };
  for (const [length, isFault] of [
    [65_536, false],
    [65_537, true],
  ] as const) {
    for (const head of ["1,", '1,"', '1,"""']) {
      const tail = head.includes('"') ? '"' : "";
      const record = head + "x".repeat(length - head.length - tail.length) + tail;
      const { records: read } = readRecords({ format: "csv", layout }, Buffer.from(`${record}\n`));
      assert.equal(
        read.map((one) => one === "fault"),
        [isFault],
        `${length} bytes that start with ${head}`,
      );
    }
  }
});

csv.run();
