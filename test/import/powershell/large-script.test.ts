import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sampleGuiScript } from "../../../bench/sample-script.ts";
import { loadGrammar } from "../../../engine/import/powershell/load-grammar.ts";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { EMPTY_TENANT } from "../../../engine/model/tenant.ts";

/** As many times tree-sitter's own time may reading take, in CPU. */
const MOST = 20;

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const large = suite("large scripts");

large("a script of 5,000 lines with windows costs under 20 times its parse alone", async () => {
  const text = sampleGuiScript(5000);
  assert.ok(text.split("\n").length >= 5000);
  const parser = await loadGrammar();
  const start = cpu();
  const tree = parser.parse(text);
  assert.is(tree?.rootNode.hasError, false);
  tree?.delete();
  const parsed = cpu();
  const read = await readScript(text, { file: "window.ps1", tenant: EMPTY_TENANT });
  const ratio = (cpu() - parsed) / (parsed - start);
  assert.ok(ratio < MOST, `${ratio.toFixed(1)} times`);
  const codes = new Set(read.problems.map(({ code }) => code));
  assert.equal([...codes], ["IMPORT_UNRESOLVED"]);
});

large("twice the lines cost about twice as much", async () => {
  const timeOf = async (lines: number): Promise<number> => {
    const text = sampleGuiScript(lines);
    const start = cpu();
    await readScript(text, { file: "window.ps1", tenant: EMPTY_TENANT });
    return cpu() - start;
  };
  await timeOf(1000);
  const ratio = (await timeOf(6000)) / (await timeOf(1500));
  assert.ok(ratio < 12, `4 times the lines took ${ratio.toFixed(1)} times as long`);
});

large.run();
