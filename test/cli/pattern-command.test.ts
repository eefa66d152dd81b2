import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EXIT } from "../../engine/cli/exit-code.ts";
import type { PatternReport } from "../../engine/cli/pattern-command.ts";

const main = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "engine", "cli", "main.js");

interface Ran {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

function outdial(...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "pattern", ...args], {
    encoding: "utf8",
  });
  return { exit: status, out: stdout, err: stderr };
}

const command = suite("outdial pattern");

command("tells of a pattern and answers for each number in two columns", () => {
  const { exit, out, err } = outdial(
    "^\\+1(425|206)(\\d{7})$",
    "+14255550100",
    "+442079460123",
    "+1",
  );
  assert.is(exit, EXIT.fine);
  assert.is(err, "");
  const lines = out.trimEnd().split("\n");
  assert.equal(
    lines.filter((line) => line.includes("\t")),
    ["+14255550100\tmatch", "+442079460123\tno match", "+1\tno match"],
  );
  assert.equal(lines.slice(0, 3), [
    "compiles: yes, here and with .NET",
    "states: 16",
    "RE2: yes, as ^\\+1(?:425|206)(?:\\d{7})$",
  ]);
  assert.match(lines[3] ?? "", /^examples: \+1(206|425)\d{7} /);
  assert.is(lines[4], "+442079460123: fails at symbol 2, +[4]42079460123");
  assert.is(lines[5], "+1: too short, more symbols are needed");
});

command("prints the two columns alone when it shall be quiet", () => {
  assert.is(outdial("--quiet", "^9", "911", "112").out, "911\tmatch\n112\tno match\n");
});

command("says in the words of .NET why a pattern does not compile, and where", () => {
  const { exit, out, err } = outdial("^\\+1(\\d{10}$", "+14255550100");
  assert.is(exit, EXIT.problems);
  assert.is(out, "compiles: no\n");
  const said = "pattern:1:5 error REGEX_INVALID .NET rejects it: Not enough )'s. Fix: ";
  assert.ok(err.startsWith(said), err);
});

command("warns on stderr and is fine with it", () => {
  const { exit, err } = outdial("^+000$");
  assert.is(exit, EXIT.fine);
  assert.match(err, "pattern:1:1 warning REGEX_QUANTIFIED_ANCHOR ");
});

command("prints everything as one object with --json", () => {
  const { exit, out } = outdial("--json", "^(?!44)\\d{2}", "44", "91");
  assert.is(exit, EXIT.fine);
  const report = JSON.parse(out) as PatternReport;
  assert.is(report.re2, null);
  assert.is(report.compiles, true);
  assert.equal(report.numbers, [
    { number: "44", match: false, failsAt: 1, holdsOther: false },
    { number: "91", match: true, failsAt: -1, holdsOther: false },
  ]);
  assert.equal(
    report.problems.map((p) => [p.code, p.severity]),
    [["REGEX_UNANCHORED_END", "info"]],
  );
});

command("prints the automaton on demand", () => {
  const { out } = outdial("--states", "^1$");
  assert.match(out, "state 0       023456789+*# → 1   1 → 2");
  assert.match(out, "state 2 match 0123456789+*# → 1");
  assert.match(out, "state 1 never ");
});

command("keeps a number with a tab or a line break to its row", () => {
  const { out } = outdial("--quiet", "1", "1\t2\n3");
  assert.is(out, "1 2 3\tmatch\n");
});

command("answers for a text that is no number as .NET does, and says what routing does", () => {
  const { exit, out } = outdial("^\\+1425\\d{7}", "+14255550100;ext=12345", "+1 425 555 0100");
  assert.is(exit, EXIT.fine);
  const lines = out.trimEnd().split("\n");
  assert.equal(lines.slice(-2), ["+14255550100;ext=12345\tmatch", "+1 425 555 0100\tno match"]);
  const notes = lines.filter((line) => line.includes("routing takes off everything from ; "));
  assert.equal(
    notes.map((note) => note.split(": ")[0]),
    ["+14255550100;ext=12345", "+1 425 555 0100"],
  );
});

command("does not guess at a text too long for it", () => {
  const { exit, out, err } = outdial("--quiet", "^9", `9;${"1".repeat(63)}`, "91");
  assert.is(exit, EXIT.problems);
  assert.match(out, /^9;1{63}\tnot known\n91\tmatch\n$/);
  assert.match(err, "REGEX_TOO_COMPLEX the text to be matched has 65 characters, more than 64");
});

command("wants a pattern", () => {
  assert.is(outdial().exit, EXIT.usage);
});

command.run();
