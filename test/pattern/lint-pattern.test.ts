import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PROBLEMS } from "../../engine/model/problem.ts";
import { lintPattern } from "../../engine/pattern/lint-pattern.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const read = (name: string): string =>
  readFileSync(join(root, "fixtures", "patterns", name), "utf8");

interface Lint {
  readonly code: string;
  readonly fires: readonly string[];
  /** Patterns that look alike and are fine. */
  readonly nearly: readonly string[];
}

const lints = JSON.parse(read("lints.json")) as readonly Lint[];
const codesOf = (pattern: string): readonly string[] => lintPattern(pattern).map((p) => p.code);

/** Told of a route among others, by `check`, never of a pattern alone. */
const OF_ROUTES = ["REGEX_EMERGENCY_COUNTRY_CODE", "REGEX_LOOKAHEAD_COUNTRY", "REGEX_RE2_DIFFERS"];

const lint = suite("pattern lint");

lint("has rows for every warning there is", () => {
  const codes = Object.entries(PROBLEMS).flatMap(([code, severity]) =>
    code.startsWith("REGEX_") && severity !== "error" && !OF_ROUTES.includes(code) ? [code] : [],
  );
  assert.equal(lints.map((row) => row.code).toSorted(), codes.toSorted());
});

for (const { code, fires, nearly } of lints) {
  for (const pattern of fires) {
    lint(`${code} is told of ${pattern}`, () => {
      const found = lintPattern(pattern).find((problem) => problem.code === code);
      assert.ok(found, `only ${codesOf(pattern)}`);
      assert.ok(found.what.length > 0 && !found.what.endsWith("."));
      assert.match(found.hint, /^[a-z].*[^.]$/);
      assert.ok(found.offset + found.length <= pattern.length);
    });
  }
  for (const pattern of nearly) {
    lint(`${code} is not told of ${pattern}`, () => {
      assert.not.ok(codesOf(pattern).includes(code));
      assert.not.ok(codesOf(pattern).includes("REGEX_INVALID"));
    });
  }
}

lint("tells what does not compile instead", () => {
  assert.equal(codesOf("(1"), ["REGEX_INVALID"]);
  assert.equal(codesOf("(1)\\1"), ["REGEX_UNSUPPORTED"]);
  assert.equal(codesOf("1{0,2147483647}"), ["REGEX_TOO_COMPLEX"]);
});

lint("places a warning on what it is about, in the order of the text", () => {
  const pattern = "^+1[2,3] 4";
  const marked = lintPattern(pattern).map((p) => [
    p.code,
    pattern.slice(p.offset, p.offset + p.length),
  ]);
  assert.equal(marked, [
    ["REGEX_QUANTIFIED_ANCHOR", "^+"],
    ["REGEX_NEVER_E164", pattern],
    ["REGEX_CLASS_SUSPECT", ","],
    ["REGEX_BLANK", " "],
  ]);
});

lint("names a number that goes round a lookahead", () => {
  const [problem] = lintPattern("^(\\+1((?!425)|(\\d{3}))\\d{7})$");
  assert.match(problem?.what ?? "", "+14250000000 matches all the same");
});

lint("says of the published patterns what was counted by hand", () => {
  const counts: Record<string, number> = {};
  for (const line of read("public/number-patterns.tsv").trimEnd().split("\n")) {
    for (const code of new Set(codesOf(line.split("\t")[0] ?? ""))) {
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
  assert.is(counts["REGEX_INVALID"], 2);
  assert.is(counts["REGEX_ALTERNATION_ANCHOR"], 4);
  assert.is(counts["REGEX_QUANTIFIED_ANCHOR"], 4);
  assert.is(counts["REGEX_LOOKAHEAD_NOOP"], 1);
});

lint.run();
