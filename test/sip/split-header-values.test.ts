import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MAX_LIST_VALUES } from "../../engine/sip/sip-limits.ts";
import { splitHeaderValues } from "../../engine/sip/split-header-values.ts";

const splitting = suite("splitHeaderValues");

const ROWS: readonly (readonly [line: string, values: readonly string[]])[] = [
  ["", []],
  ["one", ["one"]],
  ["one,two", ["one", "two"]],
  [" one ,\ttwo ", ["one", "two"]],
  [",", []],
  [",,one, ,two,", ["one", "two"]],
  [
    '"a,b" <sip:a@contoso.com>, <sip:b@contoso.com>',
    ['"a,b" <sip:a@contoso.com>', "<sip:b@contoso.com>"],
  ],
  ["<sip:a,b@contoso.com>,c", ["<sip:a,b@contoso.com>", "c"]],
  ['"a\\",b",c', ['"a\\",b"', "c"]],
  ['"a\\\\",b', ['"a\\\\"', "b"]],
  ['"<",a,">"', ['"<"', "a", '">"']],
  ['<a">,b', ['<a">', "b"]],
  ["a>,b", ["a>", "b"]],
  ['a,"b,c', ["a", '"b,c']],
  ["a,<b,c", ["a", "<b,c"]],
  ["a;x=1,b;y=2", ["a;x=1", "b;y=2"]],
];

for (const [line, values] of ROWS) {
  splitting(`${JSON.stringify(line)} holds ${values.length}`, () => {
    assert.equal(splitHeaderValues(line), values);
  });
}

splitting("a list without end is not taken apart without end: its rest is the last value", () => {
  const values = splitHeaderValues("x,".repeat(MAX_LIST_VALUES + 10));
  assert.is(values.length, MAX_LIST_VALUES);
  assert.match(values.at(-1) ?? "", /^x,x,/);
});

splitting.run();
