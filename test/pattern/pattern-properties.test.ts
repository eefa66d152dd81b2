import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type CompiledPattern, compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { runDfa } from "../../engine/pattern/dfa.ts";
import { failingPosition } from "../../engine/pattern/live-states.ts";
import { compileRe2PatternSet, isRe2Pattern } from "../../engine/pattern/re2-pattern-set.ts";
import { toRe2Source } from "../../engine/pattern/re2-source.ts";
import {
  sampleAccepted,
  seededRandom,
  shortestAccepted,
} from "../../engine/pattern/sample-numbers.ts";
import { PROPERTY_RUNS, randomNumber } from "./random-dfa.ts";
import { randomPattern } from "./random-pattern.ts";
import { referenceMatches } from "./reference-matcher.ts";

const properties = suite("pattern properties");

const anyPattern = randomPattern({ lookarounds: true, dressing: true });
const re2Pattern = randomPattern({ lookarounds: false, dressing: true });
const numbers = fc.array(randomNumber(8), { minLength: 12, maxLength: 12 });
const RUNS = { ...PROPERTY_RUNS, numRuns: PROPERTY_RUNS.numRuns * 5 };

type Compiled = Extract<CompiledPattern, { ok: true }>;

function compiledOf(source: string): Compiled | null {
  const compiled = compilePattern(source);
  if (compiled.ok) return compiled;
  const codes = compiled.problems.map((problem) => problem.code);
  assert.ok(
    codes.every((code) => code !== "REGEX_UNSUPPORTED"),
    `${source}: ${codes}`,
  );
  return null;
}

/** The given numbers, and some that the pattern accepts: whole, cut, and with a digit changed. */
function probesOf({ dfa }: Compiled, given: readonly string[]): readonly string[] {
  const random = seededRandom(7);
  const accepted = Array.from({ length: 6 }, () => sampleAccepted(dfa, random) ?? "");
  return [
    "",
    ...given,
    ...accepted.flatMap((n) => [n, n.slice(1), n.slice(0, -1), `${n}1`, `2${n}`]),
  ];
}

properties("the automaton is the definition, lookarounds and all", () => {
  let compiledCount = 0;
  fc.assert(
    fc.property(anyPattern, numbers, (source, given) => {
      const compiled = compiledOf(source);
      if (compiled === null) return;
      compiledCount++;
      for (const number of probesOf(compiled, given)) {
        const expected = referenceMatches(compiled.tree, number) ? 1 : 0;
        assert.is(runDfa(compiled.dfa, number), expected, `${source} on "${number}"`);
      }
    }),
    RUNS,
  );
  assert.ok(compiledCount > RUNS.numRuns * 0.8, `only ${compiledCount} compiled`);
});

properties("RE2 reads what we write for it as we do", () => {
  let written = 0;
  fc.assert(
    fc.property(re2Pattern, numbers, (source, given) => {
      const compiled = compiledOf(source);
      if (compiled === null) return;
      const re2Source = toRe2Source(compiled.tree);
      if (re2Source === null) return assert.unreachable(`no RE2 source for ${source}`);
      assert.ok(isRe2Pattern(re2Source), `${source}: RE2 rejects ${re2Source}`);
      written++;
      const re2 = compileRe2PatternSet([re2Source]);
      for (const number of probesOf(compiled, given)) {
        const bytes = Buffer.from(number);
        const matched = re2.matches(bytes, 0, bytes.length).length;
        assert.is(matched, runDfa(compiled.dfa, number), `${source}, ${re2Source} on "${number}"`);
      }
    }),
    PROPERTY_RUNS,
  );
  assert.ok(written > PROPERTY_RUNS.numRuns * 0.8, `only ${written} written`);
});

properties("samples are accepted, and none is shorter than the shortest", () => {
  fc.assert(
    fc.property(anyPattern, (source) => {
      const compiled = compiledOf(source);
      if (compiled === null) return;
      const shortest = shortestAccepted(compiled.dfa);
      const sample = sampleAccepted(compiled.dfa, seededRandom(8));
      assert.is(shortest === null, sample === null);
      if (shortest === null || sample === null) return;
      assert.is(runDfa(compiled.dfa, shortest), 1, source);
      assert.is(runDfa(compiled.dfa, sample), 1, source);
      assert.ok(shortest.length <= sample.length);
    }),
    PROPERTY_RUNS,
  );
});

properties("the failing digit is the first one that nothing can mend", () => {
  fc.assert(
    fc.property(anyPattern, randomNumber(8), (source, number) => {
      const compiled = compiledOf(source);
      if (compiled === null) return;
      const at = failingPosition(compiled.dfa, number);
      assert.is(at === -1, runDfa(compiled.dfa, number) === 1, source);
      if (at <= 0 || at > number.length) return;
      const before = number.slice(0, at);
      assert.is.not(failingPosition(compiled.dfa, before), at - 1);
      assert.ok([-1, at].includes(failingPosition(compiled.dfa, before)), source);
    }),
    PROPERTY_RUNS,
  );
});

properties.run();
