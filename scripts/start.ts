/**
 * `npm start`: routes the sample stream for the sample tenant, explains one decision, and places some of
 * the calls over SIP to simulated trunks, by the same commands that a user types. Ends by itself.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const outdialFile = join(root, "dist", "engine", "cli", "main.js");
const stream = join(root, "fixtures", "numbers", "contoso-120000.csv");

/** `file:line:column severity CODE …`: what `route` says of single lines. */
const ABOUT_A_LINE = /^\S+:\d+:\d+ (?:error|warning) /;

/** Runs a command and prints it with its output; of what it says of single lines only the number. */
function show(
  args: readonly string[],
  shown: readonly string[],
  expected: readonly number[],
): void {
  console.log(`$ npx outdial ${shown.join(" ")}`);
  const run = spawnSync(process.execPath, [outdialFile, ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = `${run.stdout}${run.stderr}`.trimEnd().split("\n");
  const others = lines.filter((line) => !ABOUT_A_LINE.test(line));
  if (others.length < lines.length) {
    console.log(
      `(${lines.length - others.length} lines about single bad numbers are left out here)`,
    );
  }
  console.log(`${others.join("\n")}\n`);
  if (run.status === null || !expected.includes(run.status)) {
    console.error(`ended with ${run.status ?? run.signal}, expected ${expected.join(" or ")}`);
    process.exitCode = 1;
  }
}

const folder = mkdtempSync(join(tmpdir(), "outdial-start-"));
try {
  const decisions = join(folder, "decisions.csv");
  // 1: the stream names some users that the tenant does not have, as real ones do.
  const numbers = relative(process.cwd(), stream);
  show(
    ["route", stream, "--summary", "-o", decisions],
    ["route", numbers, "--summary", "-o", decisions],
    [0, 1],
  );
  const explain = ["explain", "+442079460123", "--user", "alexw@contoso.com", "--kind", "dial-out"];
  show(explain, explain, [0]);
  const load = ["--start-trunk-sim", "--calls", "500", "--rate", "60", "--hold", "1"];
  show(["simulate", stream, ...load], ["simulate", numbers, ...load], [0]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
