/**
 * Every problem code has a line in docs/errors.md and a case in fixtures/problems that provokes it
 * through the command line, in exactly the words a user sees, or in fixtures/check.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PROBLEMS, type ProblemCode } from "../../engine/model/problem.ts";
import { PROBLEM_CASES, problemCases, runProblemCase } from "../../scripts/problem-cases.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const codes = Object.keys(PROBLEMS).sort() as ProblemCode[];
const expected = new Map(
  problemCases().map((name) => [
    name,
    readFileSync(join(PROBLEM_CASES, name, "expected.txt"), "utf8"),
  ]),
);

const problemCodes = suite("problem codes");

problemCodes("docs/errors.md has a line for each code, with its severity, and no other", () => {
  const text = readFileSync(join(root, "docs", "errors.md"), "utf8");
  const documented = [...text.matchAll(/^\| `([A-Z0-9_]+)` \| (\w+) \|/gm)];
  assert.equal(
    documented.map((match) => `${match[1]} ${match[2]}`).sort(),
    codes.map((code) => `${code} ${PROBLEMS[code]}`),
  );
});

problemCodes("each code is provoked by a case", () => {
  const seen = new Set(
    [...expected.values()].flatMap((text) =>
      [...text.matchAll(/^(?:\S+ )?(?:error|warning|info) ([A-Z0-9_]+) /gm)].map(
        (match) => match[1],
      ),
    ),
  );
  // Those of `outdial check` have a case each there, which its own test runs.
  const checked = new Set(readdirSync(join(root, "fixtures", "check")));
  assert.equal(
    codes.filter((code) => !seen.has(code) && !checked.has(`${code}.yaml`)),
    [],
  );
});

for (const [name, text] of expected) {
  problemCodes(`${name}: the problems are told in these words`, () => {
    assert.not.match(text, /^exit .*not/m);
    assert.fixture(runProblemCase(name), text);
  });
}

problemCodes.run();
