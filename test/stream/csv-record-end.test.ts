import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findCsvRecordEnd, skipSimpleRecords } from "../../engine/stream/csv-record-end.ts";
import { MUTATION_RUNS, mutatedBytes } from "./mutated-text.ts";

const ends = suite("CSV record ends");

/** Where records start, by the rule alone; the last is the first that is not whole. */
function recordStarts(bytes: Uint8Array): readonly number[] {
  const starts = [0];
  for (let start = 0; ; ) {
    const { ending, end } = findCsvRecordEnd(bytes, start, bytes.length, true);
    if (ending === "incomplete") return starts;
    start = end + 1;
    starts.push(start);
  }
}

const field = fc.constantFrom("", "+1425", "a b", '"x"', '""', '"a,b"', '"+1 (425)"', "é", "\r");
const record = fc.array(field, { minLength: 1, maxLength: 4 }).map((fields) => fields.join(","));
const text = fc
  .tuple(fc.array(record, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"))
  .map(([records, lineEnd]) => records.map((one) => one + lineEnd).join(""));
const PIECES = [...',"\r\na ', '"a"b', '""', '"\n"', '",'];

ends("simple records are passed over to where a record starts, and never further", () => {
  let passed = 0;
  let all = 0;
  fc.assert(
    fc.property(mutatedBytes(text, PIECES), (bytes) => {
      const starts = recordStarts(bytes);
      const next = skipSimpleRecords(bytes, 0, bytes.length);
      assert.ok(
        starts.includes(next),
        `${next} in ${JSON.stringify(Buffer.from(bytes).toString())}`,
      );
      passed += starts.indexOf(next);
      all += starts.length - 1;
    }),
    MUTATION_RUNS,
  );
  assert.ok(passed > all / 3, `only ${passed} of ${all} were passed over`);
});

ends("it stops before what is not simple, and before what is not whole", () => {
  const simple = 'a,b\r\n"a","b"\r\n"a,",\n\n';
  for (const rest of ["", "a,b", '"a', '"a"', '"a"\r', '"a""b"\n', '"a\nb"\n', 'a"\n', '"a"b\n']) {
    const bytes = Buffer.from(simple + rest);
    assert.is(skipSimpleRecords(bytes, 0, bytes.length), simple.length, JSON.stringify(rest));
  }
});

ends.run();
