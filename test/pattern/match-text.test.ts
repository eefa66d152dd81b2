import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { runDfa } from "../../engine/pattern/dfa.ts";
import { matchesText } from "../../engine/pattern/match-text.ts";
import { MAX_TEXT_LENGTH } from "../../engine/pattern/pattern-budget.ts";
import { randomPattern } from "./random-pattern.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

const rows = JSON.parse(
  readFileSync(join(root, "fixtures", "patterns", "texts.json"), "utf8"),
) as readonly {
  readonly name: string;
  readonly pattern: string;
  readonly matches: Readonly<Record<string, boolean>>;
}[];

const texts = suite("texts that are no numbers");

for (const { name, pattern, matches } of rows) {
  texts(`${name}: ${pattern}`, () => {
    for (const [text, expected] of Object.entries(matches)) {
      assert.equal(matchesText(pattern, text), { ok: true, matches: expected }, text);
    }
  });
}

texts("numbers are answered as by the automaton", () => {
  const pattern = randomPattern({ lookarounds: true, dressing: true });
  const number = fc
    .array(fc.constantFrom(..."01259+*#"), { maxLength: 8 })
    .map((symbols) => symbols.join(""));
  const isLong = process.env["LONG"] !== undefined;
  fc.assert(
    fc.property(pattern, fc.array(number, { minLength: 8, maxLength: 8 }), (source, numbers) => {
      const compiled = compilePattern(source);
      for (const one of numbers) {
        const found = matchesText(source, one);
        if (compiled.ok)
          assert.equal(found, { ok: true, matches: runDfa(compiled.dfa, one) === 1 });
        else assert.is(found.ok && compiled.problems[0]?.code !== "REGEX_TOO_COMPLEX", false);
      }
    }),
    isLong ? { numRuns: 20_000 } : { numRuns: 500, seed: 7 },
  );
});

const REFUSED: Readonly<Record<string, readonly [pattern: string, text: string, code: string]>> = {
  "a text too long": ["1", "1".repeat(MAX_TEXT_LENGTH + 1), "REGEX_TOO_COMPLEX"],
  "a text of too many characters": [
    "1",
    Array.from({ length: 32 }, (_, i) => String.fromCharCode(64 + i)).join(""),
    "REGEX_TOO_COMPLEX",
  ],
  "a pattern that .NET rejects": ["(", "a", "REGEX_INVALID"],
  "a back-reference": ["(1)\\1", "a", "REGEX_UNSUPPORTED"],
  "a category that .NET does not document": ["\\p{_xmlD}", "a", "REGEX_UNSUPPORTED"],
};

for (const [name, [pattern, text, code]] of Object.entries(REFUSED)) {
  texts(`${name} is refused`, () => {
    const found = matchesText(pattern, text);
    assert.equal(found.ok ? [] : found.problems.map((problem) => problem.code), [code]);
  });
}

const SOON_MS = 20_000;

const HEAVY: Readonly<Record<string, string>> = {
  "stars in stars": `${"(".repeat(190)}a${")*".repeat(190)}`,
  "counts in counts": "(?:[a-h]{2,9}){3,99}".repeat(200),
  "counts near Int32": "(?:[a-h]{0,2147483647}){2147483647}".repeat(110),
  "many lookarounds": "(?=.*h)(?<=a.*|)".repeat(250),
  "lookarounds in lookarounds": `${"(?=.*".repeat(199)}h${")".repeat(199)}`,
  "all of Unicode in any case": `(?i)${"[\\u0000-\\uffff]".repeat(255)}`,
};

texts("heavy patterns are answered soon on the longest text", () => {
  const text = "abcdefgh".repeat(MAX_TEXT_LENGTH / 8);
  for (const [name, pattern] of Object.entries(HEAVY)) {
    const before = performance.now();
    assert.ok(matchesText(pattern, text).ok, name);
    assert.ok(performance.now() - before < SOON_MS, name);
  }
});

texts.run();
