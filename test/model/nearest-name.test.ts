import { suite } from "uvu";
import * as assert from "uvu/assert";
import { didYouMean, nearestName } from "../../engine/model/nearest-name.ts";

const nearest = suite("nearest name");

const known = ["US and Canada", "International", "UK-National", "megan@contoso.com"];

const rows: readonly (readonly [string, string | null])[] = [
  ["UK-Natoinal", "UK-National"],
  ["uk-national", "UK-National"],
  ["Internatinal", "International"],
  ["Inter", "International"],
  ["megan@contoso.co", "megan@contoso.com"],
  ["Interantinal", "International"],
  ["nobody@contoso.com", null],
  ["Sales", null],
  ["", null],
  ["x".repeat(5000), null],
];
for (const [written, expected] of rows) {
  nearest(`"${written.slice(0, 20)}" is taken for ${expected ?? "nothing"}`, () => {
    assert.is(nearestName(written, known), expected);
  });
}

nearest("the hint quotes the name, and is absent when nothing is near", () => {
  assert.is(didYouMean("Interantional", known), 'did you mean "International"?');
  assert.is(didYouMean("zzz", known), null);
});

nearest("of equally near names the first is taken", () => {
  assert.is(nearestName("trunk-3", ["trunk-1", "trunk-2"]), "trunk-1");
});

nearest.run();
