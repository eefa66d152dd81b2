/**
 * Runs the benchmarks and writes what they found to `bench/results/`, where each replaces its own report
 * of the same day and machine; or compares two such files.
 *
 * Usage: npm run bench [-- [NAME …] [--check] [--rounds N] [--no-save]]
 *        npm run bench -- compare BEFORE.json AFTER.json
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { benchCaller } from "./caller.bench.ts";
import { compareResults } from "./compare.ts";
import { benchCompile } from "./compile.bench.ts";
import { benchDecide } from "./decide.bench.ts";
import { benchImport } from "./import.bench.ts";
import { benchMatch } from "./match.bench.ts";
import { benchMedia } from "./media.bench.ts";
import { benchReadScript } from "./read-script.bench.ts";
import { benchRecompile } from "./recompile.bench.ts";
import {
  type Report,
  readReport,
  readResults,
  type SavedReport,
  saveReports,
} from "./results-file.ts";
import { benchRivals } from "./rivals.bench.ts";
import { benchScale } from "./scale.bench.ts";
import { benchSipParse } from "./sip-parse.bench.ts";
import { benchStream } from "./stream.bench.ts";
import { benchTrunkSim } from "./trunk-sim.bench.ts";
import { benchWorkers } from "./workers.bench.ts";

const DEFAULT_ROUNDS = 9;
const WRONG_USAGE = 64;

const BENCHES: Readonly<Record<string, (rounds: number) => Report | Promise<Report>>> = {
  match: benchMatch,
  decide: benchDecide,
  compile: benchCompile,
  recompile: benchRecompile,
  rivals: benchRivals,
  stream: benchStream,
  workers: benchWorkers,
  scale: benchScale,
  "sip-parse": benchSipParse,
  "read-script": benchReadScript,
  "trunk-sim": benchTrunkSim,
  media: benchMedia,
  import: benchImport,
  caller: benchCaller,
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      rounds: { type: "string", default: String(DEFAULT_ROUNDS) },
      "no-save": { type: "boolean", default: false },
    },
  });
  if (positionals[0] === "compare") return compare(positionals.slice(1));
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) {
    console.error(`No benchmark ${unknown}; there are: ${Object.keys(BENCHES).join(", ")}`);
    return WRONG_USAGE;
  }
  const reports: SavedReport[] = [];
  for (const name of names) {
    const loadBefore = loadavg();
    const report = await BENCHES[name]?.(Math.max(1, Number(values.rounds) || DEFAULT_ROUNDS));
    if (report === undefined) continue;
    console.log(`${readReport(report).text}\n`);
    reports.push({ ...report, loadBefore });
  }
  if (!values["no-save"]) console.log(`written to ${saveReports(reports).join(", ")}`);
  const missed = reports.flatMap((report) => readReport(report).floors).filter((f) => !f.holds);
  return values.check && missed.length > 0 ? 1 : 0;
}

function compare([before, after]: readonly string[]): number {
  if (before === undefined || after === undefined) {
    console.error("Name two files: npm run bench -- compare BEFORE.json AFTER.json");
    return WRONG_USAGE;
  }
  console.log(compareResults(readResults(before), readResults(after)));
  return 0;
}

process.exitCode = await main();
