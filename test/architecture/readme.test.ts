/**
 * What README.md shows is what the commands print. Figures that differ from run to run are compared by
 * their shape only: numbers with a decimal point, milliseconds, and calls at a time; with them the widths of
 * a table's columns. Everything else, every count among it, is compared as it stands.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { OUTDIAL } from "../cli/outdial.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const text = readFileSync(join(root, "README.md"), "utf8");
const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => match[2] ?? "");

/** Each `$ command` with the lines below it, in the order of the page. */
const shown = blocks.flatMap((block) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = "", ...lines] = part.trimEnd().split("\n");
      return { command, lines: lines.filter((line) => line !== "") };
    }),
);

/** A line of output without what differs from run to run. */
function withoutVarying(line: string): string {
  const isOfTable = /^[┌│└]/.test(line);
  const widthless = isOfTable ? line.replace(/ +/g, " ").replace(/─+/g, "─") : line;
  return (
    widthless
      // WHY: every field that tenants gain changes their revision; that it is one is all a page can say.
      .replace(/\b[0-9a-f]{16}\b/g, "REVISION")
      .replace(/\d+\.\d+/g, "#.#")
      .replace(/\b\d+ ms\b/g, "# ms")
      .replace(/at most \d+ at a time/, "at most # at a time")
  );
}

const readme = suite<{ folder: string }>("README");

readme.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "outdial-readme-"));
  for (const block of blocks) {
    const script = /^# (\S+\.(?:ps1|yaml))\n/.exec(block)?.[1];
    if (script !== undefined) writeFileSync(join(context.folder, script), block);
  }
});
readme.after(({ folder }) => rmSync(folder, { recursive: true }));

readme("commands with their output were found", () => {
  assert.ok(shown.length >= 4, `found ${shown.length}`);
  assert.ok(shown.every(({ lines }) => lines.length > 0));
});

for (const { command, lines } of shown) {
  readme(`$ ${command}`, ({ folder }) => {
    const line = command.replace("npx outdial", `"${process.execPath}" "${OUTDIAL}"`);
    const { stdout, stderr } = spawnSync("sh", ["-c", line], { cwd: folder, encoding: "utf8" });
    const printed = `${stdout}\n${stderr}`.split("\n").filter((printedLine) => printedLine !== "");
    assert.equal(printed.map(withoutVarying).sort(), lines.map(withoutVarying).sort());
  });
}

readme.run();
