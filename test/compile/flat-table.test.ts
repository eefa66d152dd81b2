import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createFlatMatcher } from "../../engine/compile/flat-matcher.ts";
import { flatTableBytes, flattenDfa } from "../../engine/compile/flat-table.ts";
import { mergeDfas } from "../../engine/compile/merge-patterns.ts";
import { compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { type Dfa, runDfa } from "../../engine/pattern/dfa.ts";
import { firstLabel } from "../../engine/pattern/product-dfa.ts";
import { PROPERTY_RUNS, randomDfa } from "../pattern/random-dfa.ts";

const flat = suite("flat-table");

function dfaOf(pattern: string): Dfa {
  const compiled = compilePattern(pattern);
  if (!compiled.ok) throw new Error(`${pattern} does not compile`);
  return compiled.dfa;
}

function assertAsDfa(dfa: Dfa, numbers: readonly string[]): void {
  const matcher = createFlatMatcher(flattenDfa(dfa));
  for (const number of numbers) {
    const bytes = Buffer.from(`5${number}5`);
    const expected = runDfa(dfa, number);
    assert.is(matcher.match(bytes, 1, bytes.length - 1), expected, number);
    if (!/^\+?\d*$/.test(number)) continue;
    assert.is(matcher.matchDigits(bytes, 1, bytes.length - 1), expected, `digits ${number}`);
  }
}

const of = (symbols: string): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...symbols), maxLength: 34 });
const digits = of("0123456789");
const plusDigits = digits.map((rest) => `+${rest}`);
const numbers = fc.array(fc.oneof(plusDigits, digits, of("0123456789+*#")), {
  minLength: 30,
  maxLength: 60,
});
const anyDfa = fc.oneof(
  randomDfa({ onlySelfLoops: true, maxLabel: 3 }),
  randomDfa({ onlySelfLoops: false, maxLabel: 3 }),
  // Labels wider than 16 bits.
  randomDfa({ onlySelfLoops: true, maxLabel: 100_000 }),
);

flat("answers as the automaton does, whatever its shape and the number's length", () => {
  fc.assert(
    fc.property(anyDfa, numbers, (dfa, given) => assertAsDfa(dfa, given)),
    PROPERTY_RUNS,
  );
});

/** Numbers that begin like those of {@link exchanges}, and end at every length. */
function exchangeNumbers(): readonly string[] {
  return Array.from({ length: 4000 }, (_, i) => {
    const number = `+1${200 + ((i * 7) % 800)}${200 + ((i * 13) % 800)}0100555512345678`;
    return number.slice(0, 2 + (i % 20));
  });
}

/** Five exchanges in each of `count` areas: `^\\+1200(200|213|…)\\d{4}$` and so on. */
function exchanges(count: number): Dfa {
  const areas = Array.from({ length: count }, (_, i) => {
    const some = Array.from({ length: 5 }, (_, j) => 200 + ((i * 91 + j * 13) % 800));
    return dfaOf(`^\\+1${200 + i}(${some.join("|")})\\d{4}$`);
  });
  const [merged] = mergeDfas(areas, firstLabel);
  assert.ok(merged !== undefined);
  return merged;
}

flat("answers as the automaton does when exchanges decide", () => {
  for (const areas of [10, 400]) assertAsDfa(exchanges(areas), exchangeNumbers());
});

flat("a pattern for the end of a number is walked where places would multiply its states", () => {
  const dfa = dfaOf("5\\d{11}$");
  assert.is(flattenDfa(dfa).digits, null);
  assertAsDfa(dfa, [...exchangeNumbers(), "500000000000", "400000000000", "+15000000000000"]);
});

flat("states in which only the length counts are small, and share their answers", () => {
  const table = flattenDfa(exchanges(400));
  const states = table.walk.labels.length;
  assert.ok(table.digits !== null && table.digits.ends < 10, `${table.digits?.ends} ends`);
  assert.ok(flatTableBytes(table) < 100 * states, `${flatTableBytes(table)} for ${states}`);
});

flat.run();
