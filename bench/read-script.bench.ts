/**
 * How long does it take to read a script of 5,000 lines with windows and buttons? From its text to every
 * problem in it, by:
 *
 * - our reader: cut into statements, parsed, run as far as it can be, the rest looked at for syntax errors
 * - tree-sitter alone: the same text through the same grammar in one piece, its tree thrown away
 *
 * CPU time of the process. Not measured: loading the grammar, reading the file.
 *
 * @module
 */
import { loadGrammar } from "../engine/import/powershell/load-grammar.ts";
import { readScript } from "../engine/import/powershell/read-script.ts";
import { EMPTY_TENANT } from "../engine/model/tenant.ts";
import type { BenchReport } from "./report.ts";
import { timingOf } from "./rounds.ts";
import { sampleGuiScript } from "./sample-script.ts";

const OURS = "outdial";
const TREE_SITTER = "tree-sitter alone";
const LINES = 5000;
const TITLE = "a script of 5,000 lines";

/** Times the time of tree-sitter alone. */
const AT_MOST = 20;

/** CPU time of one run, in nanoseconds. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) * 1000;
}

/** Times both on the same text, in turn. */
export async function benchReadScript(rounds: number): Promise<BenchReport> {
  const text = sampleGuiScript(LINES);
  const parser = await loadGrammar();
  const ours: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(
      await cpuOf(async () => {
        const tree = parser.parse(text);
        if (tree === null) throw new Error("tree-sitter gave no tree");
        tree.delete();
      }),
    );
    ours.push(
      await cpuOf(async () => {
        const read = await readScript(text, { file: "window.ps1", tenant: EMPTY_TENANT });
        if (read.statements.understood === 0) throw new Error("nothing of the script was read");
      }),
    );
  }
  const timings = [timingOf(OURS, ours), timingOf(TREE_SITTER, alone)];
  return {
    name: "read-script",
    questions: [{ title: TITLE, numbers: LINES, hits: 1, timings }],
    floors: [{ question: TITLE, candidate: OURS, rival: TREE_SITTER, atMost: AT_MOST }],
  };
}
