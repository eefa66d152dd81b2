/**
 * Runs the benchmarks and writes what they found to `bench/results/`, where each replaces its own report
 * of the same day and machine.
 *
 * Usage: npm run bench [-- [match | decide | sip-parse | read-script | trunk-sim | caller | media | import] [--check] [--rounds N] [--no-save]]
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchCaller } from "./caller.bench.ts";
import { benchDecide } from "./decide.bench.ts";
import { benchImport } from "./import.bench.ts";
import { formatLoadReport, judgeLoadFloors, type LoadReport } from "./load-report.ts";
import { benchMatch } from "./match.bench.ts";
import { benchMedia } from "./media.bench.ts";
import { benchReadScript } from "./read-script.bench.ts";
import { type BenchReport, formatReport, judgeFloors } from "./report.ts";
import { benchRivals } from "./rivals.bench.ts";
import { benchSipParse } from "./sip-parse.bench.ts";
import { benchStream } from "./stream.bench.ts";
import { benchTrunkSim } from "./trunk-sim.bench.ts";
import { benchWorkers } from "./workers.bench.ts";

const DEFAULT_ROUNDS = 9;

type Report = BenchReport | LoadReport;

const BENCHES: Readonly<Record<string, (rounds: number) => Report | Promise<Report>>> = {
  match: benchMatch,
  decide: benchDecide,
  rivals: benchRivals,
  stream: benchStream,
  workers: benchWorkers,
  "sip-parse": benchSipParse,
  "read-script": benchReadScript,
  "trunk-sim": benchTrunkSim,
  media: benchMedia,
  import: benchImport,
  caller: benchCaller,
};

// The compiled file runs from dist/bench; results belong beside the sources.
const results = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bench", "results");

/** A report for people, and its floors. */
function read(report: Report): { text: string; floors: readonly { readonly holds: boolean }[] } {
  return "tables" in report
    ? { text: formatLoadReport(report), floors: judgeLoadFloors(report) }
    : { text: formatReport(report), floors: judgeFloors(report) };
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      rounds: { type: "string", default: String(DEFAULT_ROUNDS) },
      "no-save": { type: "boolean", default: false },
    },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const unknown = names.find((name) => BENCHES[name] === undefined);
  if (unknown !== undefined) {
    console.error(`No benchmark ${unknown}; there are: ${Object.keys(BENCHES).join(", ")}`);
    return 64;
  }
  const reports: SavedReport[] = [];
  for (const name of names) {
    const loadBefore = loadavg();
    const report = await BENCHES[name]?.(Math.max(1, Number(values.rounds) || DEFAULT_ROUNDS));
    if (report === undefined) continue;
    console.log(`${read(report).text}\n`);
    reports.push({ ...report, loadBefore });
  }
  if (!values["no-save"]) save(reports);
  const missed = reports.flatMap((report) => read(report).floors).filter(({ holds }) => !holds);
  return values.check && missed.length > 0 ? 1 : 0;
}

/** A report as it is kept: with the machine's load averages from before its run. */
type SavedReport = Report & { readonly loadBefore: readonly number[] };

/** Reports of benchmarks that did not run this time stay as they are. */
function save(reports: readonly SavedReport[]): void {
  const model = cpus()[0]?.model ?? "unknown";
  const machine = { cpu: model, cores: cpus().length, node: process.version };
  const date = new Date().toISOString().slice(0, 10);
  const slug = model.toLowerCase().match(/[a-z0-9]+/g) ?? ["unknown"];
  const file = join(results, `${date}-${slug.join("-")}.json`);
  const names = new Set(reports.map(({ name }) => name));
  const all = [...savedIn(file).filter(({ name }) => !names.has(name)), ...reports];
  const floors = all.flatMap((report) => read(report).floors);
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, reports: all, floors }, null, 2)}\n`);
  console.log(`written to ${file}`);
}

function savedIn(file: string): readonly SavedReport[] {
  if (!existsSync(file)) return [];
  const saved = JSON.parse(readFileSync(file, "utf8")) as { readonly reports: SavedReport[] };
  return saved.reports;
}

process.exitCode = await main();
