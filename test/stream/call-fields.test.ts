import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CALL_KINDS } from "../../engine/model/call.ts";
import { kindIndex, readFlag } from "../../engine/stream/call-fields.ts";
import { UNKNOWN_KIND } from "../../engine/stream/caller-cache.ts";
import { IndexCache } from "../../engine/stream/index-cache.ts";

const fields = suite("call fields");

fields("kinds are read in small and large letters, and nothing else is a kind", () => {
  for (const [index, kind] of CALL_KINDS.entries()) {
    for (const text of [kind, kind.toUpperCase(), `${kind[0]?.toUpperCase()}${kind.slice(1)}`]) {
      const bytes = Buffer.from(`x${text}x`);
      assert.is(kindIndex(bytes, 1, bytes.length - 1), index, text);
    }
  }
  for (const text of [
    "",
    "user",
    "user\rcall",
    "user_call",
    "user-cal1",
    "5ser-call",
    "forwardd",
  ]) {
    assert.is(kindIndex(Buffer.from(text), 0, text.length), UNKNOWN_KIND, JSON.stringify(text));
  }
});

const FLAGS: readonly (readonly [text: string, value: boolean | null])[] = [
  ["true", true],
  ["TRUE", true],
  ["Yes", true],
  ["1", true],
  ["false", false],
  ["No", false],
  ["0", false],
  [" true ", true],
  ["\t0", false],
  ["\u00a0no\u00a0", false],
  ["   true   ", null],
  ["", null],
  ["tru", null],
  ["truе", null],
  ["\u0011", null],
  ["2", null],
  ["on", null],
];

for (const [text, value] of FLAGS) {
  fields(`${JSON.stringify(text)} ${value === null ? "is no flag" : `is ${value}`}`, () => {
    const bytes = Buffer.from(`1${text}1`);
    assert.is(readFlag(bytes, 1, bytes.length - 1), value);
  });
}

fields("a name is looked up once, however often it stands in the input", () => {
  const asked: string[] = [];
  const cache = new IndexCache((name) => {
    asked.push(name);
    return ["Paris", "Redmond"].indexOf(name);
  });
  const bytes = Buffer.from("Paris,Redmond,Atlantis");
  for (let round = 0; round < 3; round++) {
    assert.is(cache.find(bytes, 0, 5), 0);
    assert.is(cache.find(bytes, 6, 13), 1);
    assert.is(cache.find(bytes, 14, 22), -1);
  }
  assert.equal(asked, ["Paris", "Redmond", "Atlantis"]);
});

fields("names beyond the budgets are still found", () => {
  const cache = new IndexCache((name) => name.length);
  const long = Buffer.from("x".repeat(5000));
  for (let i = 0; i < 2; i++) assert.is(cache.find(long, 0, 5000), 5000);
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 20_000; i++) {
      const name = Buffer.from(`site ${i}`);
      assert.is(cache.find(name, 0, name.length), name.length);
    }
  }
});

fields.run();
