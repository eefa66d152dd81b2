import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { runDfa } from "../../engine/pattern/dfa.ts";
import { lintPattern } from "../../engine/pattern/lint-pattern.ts";
import { MAX_NESTING_DEPTH, MAX_PATTERN_LENGTH } from "../../engine/pattern/pattern-budget.ts";

const budget = suite("pattern budget");

/** Long enough for a loaded machine; without the budgets these take minutes or never end. */
const SOON_MS = 20_000;

const TOO_COMPLEX: Readonly<Record<string, string>> = {
  "too many nodes": "\\d{1000}{1000}".replace("}{", "}){").replace("\\d", "(\\d"),
  "too many nodes by optional ones": "(?:1{0,999}){0,999}",
  "a bound near Int32": "1{0,2147483647}",
  "too many states": "5\\d{16}$",
  "too many states of a lookahead": "^(?=.*5\\d{16}$)1",
  "too many states of a lookbehind": "(?<=5\\d{16})1",
  "too many steps": "^(?:.?.?.?.?.?.?.?.?){400}$",
  "too many steps for its length": "^(\\+?(1|11|111){1,20}){20}$",
  "too many sets of obligations": `^${"(?:\\d(?!1\\d*2\\d*3))*".repeat(12)}${"(?=\\d*4\\d{9})".repeat(6)}`,
  "too deep": `${"(".repeat(MAX_NESTING_DEPTH + 1)}1${")".repeat(MAX_NESTING_DEPTH + 1)}`,
  "sets too deep": "[0-[".repeat(MAX_NESTING_DEPTH + 2) + "]]".repeat(MAX_NESTING_DEPTH + 2),
  "too long": "1".repeat(MAX_PATTERN_LENGTH + 1),
};

for (const [name, pattern] of Object.entries(TOO_COMPLEX)) {
  budget(`${name} is refused soon`, () => {
    const before = performance.now();
    const compiled = compilePattern(pattern);
    assert.ok(performance.now() - before < SOON_MS);
    if (compiled.ok) return assert.unreachable(`it compiles: ${compiled.dfa.stateCount} states`);
    const [problem] = compiled.problems;
    assert.is(problem?.code, "REGEX_TOO_COMPLEX");
    assert.ok((problem?.offset ?? -1) + (problem?.length ?? 0) <= pattern.length);
  });
}

budget("patterns at which backtracking despairs compile", () => {
  for (const pattern of ["^(\\d*\\d*)*$", "^(?:\\d+)+$", "^(?:1|1?)*2$", "(?:(?:^)*){99999}1"]) {
    const compiled = compilePattern(pattern);
    assert.ok(compiled.ok, pattern);
    assert.is(compiled.ok && runDfa(compiled.dfa, "1".repeat(30)), pattern.includes("2") ? 0 : 1);
  }
});

budget("what is in reach of people's hands compiles", () => {
  const exchanges = Array.from({ length: 500 }, (_, i) => `425${200 + i}`).join("|");
  for (const pattern of [
    "5\\d{12}$",
    "1[2-9]\\d{2}[2-9]\\d{6}$",
    `(${exchanges})\\d{4}$`,
    `^(?!\\+1(${exchanges}))\\+\\d+$`,
    "^\\+(?!1|44|49)(?!.*[*#])\\d{7,15}$",
  ]) {
    assert.ok(compilePattern(pattern).ok, pattern);
  }
});

budget("nesting as deep as allowed compiles", () => {
  const deep = `${"(".repeat(MAX_NESTING_DEPTH)}1${")".repeat(MAX_NESTING_DEPTH)}`;
  assert.ok(compilePattern(deep).ok);
  assert.ok(lintPattern(deep).length > 0);
});

budget.run();
