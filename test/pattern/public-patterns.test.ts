import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { NO_SYMBOL, SYMBOL_OF_BYTE } from "../../engine/pattern/alphabet.ts";
import { compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { runDfa } from "../../engine/pattern/dfa.ts";
import { matchesText } from "../../engine/pattern/match-text.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const linesOf = (name: string): readonly string[] =>
  readFileSync(join(root, "fixtures", "patterns", "public", name), "utf8")
    .trimEnd()
    .split("\n");

const numbers = linesOf("nums.txt");
const answers = linesOf("dotnet.tsv").map((line) => line.split("\t"));

const isNumber = (text: string): boolean =>
  [...Buffer.from(text)].every((byte) => SYMBOL_OF_BYTE[byte] !== NO_SYMBOL);

const patterns = suite("published patterns");

patterns("are those of the list, each with an answer of .NET for every number", () => {
  const listed = linesOf("number-patterns.tsv").map((line) => line.split("\t")[0]);
  assert.equal(listed.length, 207);
  assert.equal(
    answers.map((row) => row[1]),
    listed,
  );
  assert.equal(answers.filter((row) => row[0] === "OK").length, 205);
  assert.equal(numbers.length, 38);
  assert.equal(numbers.filter(isNumber).length, 37);
});

for (const [status, pattern = "", bits = ""] of answers) {
  patterns(`${pattern} gives .NET's answers`, () => {
    const compiled = compilePattern(pattern);
    if (status !== "OK") {
      assert.equal(compiled.ok ? "compiled" : compiled.problems.map((p) => p.code), [
        "REGEX_INVALID",
      ]);
      return;
    }
    if (!compiled.ok) throw new Error(compiled.problems.map((p) => p.what).join());
    for (const [i, number] of numbers.entries()) {
      const dotnet = bits.charAt(i) === "1";
      assert.equal(matchesText(pattern, number), { ok: true, matches: dotnet }, number);
      // WHY: one probe holds `;ext=`; no number does, and the automaton reads numbers only.
      if (isNumber(number)) assert.is(runDfa(compiled.dfa, number) === 1, dotnet, number);
    }
  });
}

patterns.run();
