import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { runDfa } from "../../engine/pattern/dfa.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

interface Corner {
  readonly name: string;
  readonly pattern: string;
  /** .NET's message, and where we say it is. */
  readonly error?: string;
  readonly offset?: number;
  readonly length?: number;
  readonly matches?: Readonly<Record<string, boolean>>;
}

const corners = JSON.parse(
  readFileSync(join(root, "fixtures", "patterns", "dialect-corners.json"), "utf8"),
) as readonly Corner[];

const dialect = suite("dialect corners");

dialect("hold both kinds", () => {
  assert.ok(corners.filter((corner) => corner.error !== undefined).length >= 30);
  assert.ok(corners.filter((corner) => corner.matches !== undefined).length >= 60);
});

for (const { name, pattern, error, offset, length, matches } of corners) {
  dialect(`${name}: ${pattern}`, () => {
    const compiled = compilePattern(pattern);
    if (error !== undefined) {
      if (compiled.ok) return assert.unreachable("it compiles");
      const [problem] = compiled.problems;
      assert.is(compiled.problems.length, 1);
      assert.is(problem?.code, "REGEX_INVALID");
      assert.is(`${problem?.what}.`, `.NET rejects it: ${error}`);
      assert.equal([problem?.offset, problem?.length], [offset, length]);
      assert.match(problem?.hint ?? "", /^[a-z]/);
      return;
    }
    if (!compiled.ok) return assert.unreachable(compiled.problems[0]?.what);
    for (const [number, matched] of Object.entries(matches ?? {})) {
      assert.is(runDfa(compiled.dfa, number) === 1, matched, number);
    }
  });
}

const UNSUPPORTED: Readonly<Record<string, readonly [offset: number, length: number]>> = {
  "^(1)\\1$": [4, 2],
  "(?<a>1)\\k<a>": [7, 5],
  "1(?>2)": [1, 2],
  "(?(1)2|3)": [0, 2],
  "(1)(?<a-1>2)": [3, 6],
  "\\p{_xmlD}": [0, 9],
};

for (const [pattern, place] of Object.entries(UNSUPPORTED)) {
  dialect(`${pattern} is told to be unsupported, in its place`, () => {
    const compiled = compilePattern(pattern);
    if (compiled.ok) return assert.unreachable("it compiles");
    const [problem] = compiled.problems;
    assert.is(problem?.code, "REGEX_UNSUPPORTED");
    assert.equal([problem?.offset, problem?.length], place);
  });
}

dialect.run();
