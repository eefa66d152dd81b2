import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MAX_RESULT_LENGTH, MAX_TRANSLATION_LENGTH } from "../../engine/pattern/pattern-budget.ts";
import {
  applyFirstRule,
  compileRewrite,
  compileRewriteOf,
  NOT_REWRITTEN,
  type NumberRewrite,
  NumberRewriter,
  readyRules,
} from "../../engine/pattern/rewrite-number.ts";
import { PROPERTY_RUNS, randomNumber } from "./random-dfa.ts";

const rewriting = suite("rewriting numbers");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const rewriter = new NumberRewriter();

interface Row {
  readonly name: string;
  readonly pattern: string;
  readonly translation: string;
  readonly number: string;
  /** `null` = the pattern does not match. */
  readonly result: string | null;
}

const rows = JSON.parse(
  readFileSync(join(root, "fixtures", "patterns", "replacements.json"), "utf8"),
) as readonly Row[];

function rewriteOf(pattern: string, translation: string): NumberRewrite {
  const compiled = compileRewrite(pattern, translation);
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.problems[0]?.what}`);
  return compiled.rewrite;
}

for (const { name, pattern, translation, number, result } of rows) {
  rewriting(`${name}: ${pattern} → ${translation}`, () => {
    assert.is(rewriter.rewrite(rewriteOf(pattern, translation), number), result);
  });
}

const words: readonly (readonly [pattern: string, number: string, result: string | null])[] = [
  ["^0800CONTOSO$", "0800CONTOSO", "<0800CONTOSO>"],
  ["^0800CONTOSO$", "0800Contoso", null],
  ["(?i)^0800contoso$", "0800CONTOSO", "<0800CONTOSO>"],
  ["^0800[A-F]+$", "0800CAFE", "<0800CAFE>"],
  ["^0800[A-F]+$", "0800CAFES", null],
  ["\\b0800\\b", "0800CAFE", null],
  ["0800\\B", "0800CAFE", "<0800>CAFE"],
  ["\\d+", "12AB34", "<12>AB<34>"],
  ["[^\\d]", "1x2Y", "1<x>2<Y>"],
  // Each letter for itself: 18 are told apart, and no more.
  ["^A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|Q$", "Q", "<Q>"],
  ["^A|B|C|D|E|F|G|H|I|J|K|L|M|N|O|P|Q|R$", "R", null],
];

for (const [pattern, number, result] of words) {
  rewriting(`letters: ${pattern} on ${number}`, () => {
    const rewrite = compileRewriteOf(number, { pattern, translation: "<$0>" });
    assert.is(rewrite === null ? null : rewriter.rewrite(rewrite, number), result);
  });
}

rewriting("rules for numbers match no letters", () => {
  assert.is(rewriter.rewrite(rewriteOf(".*", "1"), "0800CAFE"), null);
});

/** What .NET and JavaScript read alike: nothing that captures is repeated, no group is named. */
const plainAtom = fc.oneof(
  fc.constantFrom(
    "0",
    "1",
    "2",
    "\\d",
    ".",
    "\\+",
    "#",
    "[12]",
    "[^0]",
    "(?=1)",
    "(?!\\d2)",
    "\\b",
  ),
  fc.constantFrom("(?<=1)", "(?<!0)"),
);
const repeated = fc
  .tuple(
    fc.constantFrom("0", "1", "\\d", ".", "(?:1|2)", "(?:1|12)"),
    fc.constantFrom("*", "+", "?", "{2}", "{0,2}", "{1,3}", "{2,}"),
    fc.constantFrom("", "?"),
  )
  .map((parts) => parts.join(""));
const piece = fc.oneof(plainAtom, repeated);
const group = fc
  .tuple(fc.constantFrom("(", "(", "(?:", "(?=", "(?:0|"), fc.array(piece, { maxLength: 3 }))
  .map(([open, pieces]) => `${open}${pieces.join("")})`);
const branch = fc.array(fc.oneof(piece, group), { maxLength: 4 }).map((parts) => parts.join(""));
const plainPattern = fc
  .tuple(
    fc.constantFrom("", "", "^"),
    fc.array(branch, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "$"),
  )
  .map(([start, branches, end]) => `${start}(${branches.join("|")})${end}`);
const translations = fc
  .array(fc.constantFrom("+1", "$1", "$2", "$&", "$`", "$'", "$$", "-5"), { maxLength: 5 })
  .map((parts) => parts.join(""));

rewriting("it is JavaScript's replace where JavaScript reads the pattern alike", () => {
  let changed = 0;
  fc.assert(
    fc.property(
      plainPattern,
      translations,
      fc.array(randomNumber(9), { minLength: 8, maxLength: 8 }),
      (pattern, given, numbers) => {
        // A group that is not there stands for itself in both, but JavaScript has it as $2 without a group 1.
        const translation = pattern.split("(").length > 3 ? given : given.replaceAll("$2", "");
        const groups = new RegExp(`${pattern}|`).exec("")?.length ?? 1;
        if (groups < 3 && translation.includes("$2")) return;
        const rewrite = rewriteOf(pattern, translation);
        for (const number of numbers) {
          const js = new RegExp(pattern).test(number)
            ? number.replace(new RegExp(pattern, "g"), translation)
            : null;
          if (js !== null) changed++;
          const ours = rewriter.rewrite(rewrite, number);
          assert.is(ours, js?.slice(0, MAX_RESULT_LENGTH) ?? null, `${pattern} on "${number}"`);
        }
      },
    ),
    { ...PROPERTY_RUNS, numRuns: PROPERTY_RUNS.numRuns * 10 },
  );
  assert.ok(changed > 1_000);
});

rewriting("bytes are rewritten as text is", () => {
  const rewrite = rewriteOf("^0(\\d+)$", "+44$1");
  const bytes = Buffer.from("xx020794601x");
  const length = rewriter.rewriteBytes(rewrite, bytes, 2, 11);
  assert.is(String.fromCharCode(...rewriter.result.subarray(0, length)), "+4420794601");
  assert.is(rewriter.rewriteBytes(rewrite, bytes, 0, 11), NOT_REWRITTEN);
});

rewriting("a text with anything but the symbols of numbers, or too long, is not rewritten", () => {
  const rewrite = rewriteOf(".*", "1");
  assert.is(rewriter.rewrite(rewrite, "12x"), null);
  assert.is(rewriter.rewrite(rewrite, "1".repeat(41)), null);
  assert.is(rewriter.rewrite(rewrite, "1".repeat(40)), "11");
});

rewriting("the first rule that matches is applied, and no other", () => {
  const rules = readyRules([
    { name: "broken", pattern: "^(\\d{7}$", translation: "1" },
    { name: "other", pattern: "^9", translation: "2" },
    { name: "first", pattern: "^(\\d{7})$", translation: "9$1" },
    { name: "second", pattern: "^9\\d+$", translation: "3" },
  ]);
  assert.equal(applyFirstRule(rules, "5550123"), { rule: rules[2]?.rule, result: "95550123" });
  assert.is(applyFirstRule(rules, "123"), null);
});

const SOON_MS = 5_000;
const HOSTILE = [
  "^(\\d*\\d*)*$",
  "^(((\\d+)+)+)+#$",
  "^(?:(\\d)|(\\d\\d))*#",
  "((1?){60}){20}#",
  `${"(?=(".repeat(40)}\\d*${"))".repeat(40)}#`,
  `${"(?<=(".repeat(30)}\\d*${"))".repeat(30)}$#`,
];

for (const pattern of HOSTILE) {
  rewriting(`${pattern.slice(0, 24)} is answered soon`, () => {
    const rewrite = rewriteOf(pattern, "$1");
    const before = performance.now();
    rewriter.rewrite(rewrite, "1".repeat(40));
    assert.ok(performance.now() - before < SOON_MS);
  });
}

const REFUSED: readonly (readonly [string, string, string])[] = [
  ["^(\\d{7}$", "1", "REGEX_INVALID"],
  ["^(\\d)\\1$", "1", "REGEX_UNSUPPORTED"],
  ["(\\d{1000}){1000}", "1", "REGEX_TOO_COMPLEX"],
  [`${"(".repeat(50)}1?${"?)".repeat(50)}{300}`, "1", "REGEX_TOO_COMPLEX"],
  ["^\\d$", "$".repeat(MAX_TRANSLATION_LENGTH + 1), "REGEX_TOO_COMPLEX"],
  ["^\\d$", "$99999999999", "REGEX_INVALID"],
];

for (const [pattern, translation, code] of REFUSED) {
  rewriting(`${pattern.slice(0, 20)} → ${translation.slice(0, 20)} is refused: ${code}`, () => {
    const compiled = compileRewrite(pattern, translation);
    assert.ok(!compiled.ok);
    assert.equal(
      compiled.problems.map((problem) => problem.code),
      [code],
    );
  });
}

rewriting("a result has an end, whatever the translation", () => {
  const rewrite = rewriteOf("", "$_".repeat(500));
  assert.is(rewriter.rewrite(rewrite, "1".repeat(40))?.length, MAX_RESULT_LENGTH);
});

rewriting.run();
