import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const runner = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "scripts", "run-tests.js");
const uvu = import.meta.resolve("uvu");

/** Runs the runner over a folder that holds just these files. */
function run(files: Readonly<Record<string, string>>): { code: number | null; lines: string[] } {
  const folder = mkdtempSync(join(tmpdir(), "outdial-runner-"));
  try {
    for (const [name, body] of Object.entries(files)) {
      writeFileSync(join(folder, name), `import { test } from "${uvu}";\n${body}\n`);
    }
    const { status, stdout } = spawnSync(process.execPath, [runner, "--in", folder], {
      encoding: "utf8",
    });
    return { code: status, lines: stdout.trimEnd().split("\n") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const good = "test('a', () => {}); test('b', () => {}); test.run();";

const runTests = suite("run-tests");

runTests("counts what passed and ends with the line", () => {
  const { code, lines } = run({ "a.test.js": good, "b.test.js": good, "ignored.js": good });
  assert.is(code, 0);
  assert.is(lines.at(-1), "4 passed, 0 failed");
});

runTests("a failing test fails the run, and the others still run", () => {
  const { code, lines } = run({
    "a.test.js":
      "test('a', () => { throw new Error('broken'); }); test('b', () => {}); test.run();",
    "b.test.js": good,
  });
  assert.is(code, 1);
  assert.is(lines.at(-1), "3 passed, 1 failed");
  assert.ok(lines.some((line) => line.includes("broken")));
});

runTests("a file that registers no test fails", () => {
  const { code, lines } = run({ "a.test.js": "test('a', () => {});", "b.test.js": good });
  assert.is(code, 1);
  assert.is(lines.at(-1), "2 passed, 1 failed");
});

runTests("a file whose suite is empty fails", () => {
  const { code, lines } = run({ "a.test.js": "test.run();" });
  assert.is(code, 1);
  assert.ok(lines.some((line) => line.includes("registered no test")));
});

runTests("a thrown value that is no Error fails", () => {
  const { code, lines } = run({
    "a.test.js": "test('a', () => { throw 'x'; }); test('b', () => {}); test.run();",
  });
  assert.is(code, 1);
  assert.is.not(lines.at(-1)?.endsWith(" 0 failed"), true);
});

runTests("a file that cannot be loaded fails", () => {
  const { code, lines } = run({ "a.test.js": "import './missing.js';" });
  assert.is(code, 1);
  assert.is(lines.at(-1), "0 passed, 1 failed");
});

runTests("a run of nothing fails", () => {
  const { code, lines } = run({});
  assert.is(code, 1);
  assert.equal(lines, ["no test file was found", "0 passed, 0 failed"]);
});

runTests.run();
