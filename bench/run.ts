/**
 * Runs the benchmarks and writes what they found to `bench/results/`.
 *
 * Usage: npm run bench [-- [match | decide | sip-parse | trunk-sim | caller | media] [--check] [--rounds N] [--no-save]]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchCaller } from "./caller.bench.ts";
import { benchDecide } from "./decide.bench.ts";
import { formatLoadReport, judgeLoadFloors, type LoadReport } from "./load-report.ts";
import { benchMatch } from "./match.bench.ts";
import { benchMedia } from "./media.bench.ts";
import { type BenchReport, formatReport, judgeFloors } from "./report.ts";
import { benchSipParse } from "./sip-parse.bench.ts";
import { benchTrunkSim } from "./trunk-sim.bench.ts";

const DEFAULT_ROUNDS = 9;

type Report = BenchReport | LoadReport;

const BENCHES: Readonly<Record<string, (rounds: number) => Report | Promise<Report>>> = {
  match: benchMatch,
  decide: benchDecide,
  "sip-parse": benchSipParse,
  "trunk-sim": benchTrunkSim,
  media: benchMedia,
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
  const loadBefore = loadavg();
  const reports: Report[] = [];
  for (const name of names) {
    const report = await BENCHES[name]?.(Math.max(1, Number(values.rounds) || DEFAULT_ROUNDS));
    if (report === undefined) continue;
    console.log(`${read(report).text}\n`);
    reports.push(report);
  }
  if (!values["no-save"]) save(reports, loadBefore);
  const missed = reports.flatMap((report) => read(report).floors).filter(({ holds }) => !holds);
  return values.check && missed.length > 0 ? 1 : 0;
}

function save(reports: readonly Report[], loadBefore: readonly number[]): void {
  const model = cpus()[0]?.model ?? "unknown";
  const machine = { cpu: model, cores: cpus().length, node: process.version, loadBefore };
  const date = new Date().toISOString().slice(0, 10);
  const slug = model.toLowerCase().match(/[a-z0-9]+/g) ?? ["unknown"];
  const file = join(results, `${date}-${slug.join("-")}.json`);
  const floors = reports.flatMap((report) => read(report).floors);
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, reports, floors }, null, 2)}\n`);
  console.log(`written to ${file}`);
}

process.exitCode = await main();
