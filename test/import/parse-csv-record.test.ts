import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseCsvRecord } from "../../engine/import/parse-csv-record.ts";

const csv = suite("parse-csv-record");

for (const [text, fields] of [
  ["", [""]],
  ["a,b,", ["a", "b", ""]],
  ['"a, ""b""",c', ['a, "b"', "c"]],
  ['"a\nb",c', ["a\nb", "c"]],
  ['"a\r\nb",c', ["a\r\nb", "c"]],
  ["a\u0000b\u0085,c", ["a\u0000b\u0085", "c"]],
] as const) {
  csv(`${JSON.stringify(text)} has ${fields.length} fields`, () => {
    assert.equal(parseCsvRecord(text), { ok: true, fields });
  });
}

for (const [text, what] of [
  ['a"b', "a quote stands inside a field that does not start with one"],
  ['"a"b', "text follows the closing quote of a field"],
  ['"a', "a quote is not closed"],
] as const) {
  csv(`${JSON.stringify(text)} is refused`, () => {
    assert.equal(parseCsvRecord(text), { ok: false, what });
  });
}

csv.run();
