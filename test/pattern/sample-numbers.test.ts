import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compilePattern } from "../../engine/pattern/compile-pattern.ts";
import type { Dfa } from "../../engine/pattern/dfa.ts";
import { failingPosition } from "../../engine/pattern/live-states.ts";
import { parsePattern } from "../../engine/pattern/parse-pattern.ts";
import { toRe2Source } from "../../engine/pattern/re2-source.ts";
import { exampleNumbers, shortestAccepted } from "../../engine/pattern/sample-numbers.ts";

const numbers = suite("numbers of a pattern");

function compiled(pattern: string): Dfa {
  const result = compilePattern(pattern);
  if (!result.ok) throw new Error(result.problems[0]?.what);
  return result.dfa;
}

const FAILS: readonly (readonly [pattern: string, number: string, at: number])[] = [
  ["^\\+1(425|206)(\\d{7})$", "+14255550100", -1],
  ["^\\+1(425|206)(\\d{7})$", "+13605550100", 2],
  ["^\\+1(425|206)(\\d{7})$", "+1425555010", 11],
  ["^\\+1(425|206)(\\d{7})$", "+142555501000", 12],
  ["^\\+(?!44)\\d+$", "+442079460123", 2],
  ["425", "+1360", 5],
  ["(?!)", "911", 0],
  ["^911$", "9-1", 1],
  ["^911$", "", 0],
];

for (const [pattern, number, at] of FAILS) {
  numbers(`${pattern} fails ${number === "" ? "nothing" : number} at ${at}`, () => {
    assert.is(failingPosition(compiled(pattern), number), at);
  });
}

numbers("examples are numbers of digits where there are any, the shortest first", () => {
  assert.equal(exampleNumbers(compiled("^9(11|33)$"), 5), ["911", "933"]);
  assert.equal(exampleNumbers(compiled("^\\*98$"), 5), ["*98"]);
  assert.equal(exampleNumbers(compiled("^1\\+$"), 5), []);
  const many = exampleNumbers(compiled("1"), 5);
  assert.is(many.length, 5);
  assert.ok(many.every((number) => /^\+?\d{1,15}$/.test(number)));
  assert.equal(many, exampleNumbers(compiled("1"), 5));
});

numbers("the shortest may be empty, and may not be there", () => {
  assert.is(shortestAccepted(compiled("1*")), "");
  assert.is(shortestAccepted(compiled("^\\+44")), "+44");
  assert.is(shortestAccepted(compiled("(?!)")), null);
});

const RE2_SOURCES: Readonly<Record<string, string | null>> = {
  "^\\+1(425|206)(\\d{7})$": "^\\+1(?:425|206)(?:\\d{7})$",
  "^+000$": "^000$",
  "^*911": "(?:^|)911",
  "[\\d-[5]]": "[0-46-9]",
  "[90-4]": "[0-49]",
  "[^5]\\D[123]": "[0-46-9+*#][+*#][123]",
  "1{2,}?2{,3}": "1{2,}2[^\\s\\S][^\\s\\S]3[^\\s\\S]",
  "(?x) 1 | # one\n 2": "1|2",
  "\\A1\\Z": "^1$",
  "(?!1)": null,
  "(?<=1)2": null,
  "1{1001}": null,
  "(?:1{100}){11}": null,
};

for (const [pattern, source] of Object.entries(RE2_SOURCES)) {
  numbers(`${JSON.stringify(pattern)} is ${source} for RE2`, () => {
    const result = parsePattern(pattern);
    assert.ok(result.ok);
    assert.is(result.ok ? toRe2Source(result.tree) : "", source);
  });
}

numbers.run();
