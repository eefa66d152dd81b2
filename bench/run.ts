/**
 * Runs the benchmarks and writes what they found to `bench/results/`.
 *
 * Usage: npm run bench [-- [match | decide] [--check] [--rounds N] [--no-save]]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchDecide } from "./decide.bench.ts";
import { benchMatch } from "./match.bench.ts";
import { type BenchReport, formatReport, judgeFloors } from "./report.ts";

const DEFAULT_ROUNDS = 9;

const BENCHES: Readonly<Record<string, (rounds: number) => BenchReport>> = {
  match: benchMatch,
  decide: benchDecide,
};

// The compiled file runs from dist/bench; results belong beside the sources.
const results = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bench", "results");

function main(): number {
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
  const reports: BenchReport[] = [];
  for (const name of names) {
    const report = BENCHES[name]?.(Math.max(1, Number(values.rounds) || DEFAULT_ROUNDS));
    if (report === undefined) continue;
    console.log(`${formatReport(report)}\n`);
    reports.push(report);
  }
  if (!values["no-save"]) save(reports, loadBefore);
  const missed = reports.flatMap(judgeFloors).filter((floor) => !floor.holds);
  return values.check && missed.length > 0 ? 1 : 0;
}

function save(reports: readonly BenchReport[], loadBefore: readonly number[]): void {
  const model = cpus()[0]?.model ?? "unknown";
  const machine = { cpu: model, cores: cpus().length, node: process.version, loadBefore };
  const date = new Date().toISOString().slice(0, 10);
  const slug = model.toLowerCase().match(/[a-z0-9]+/g) ?? ["unknown"];
  const file = join(results, `${date}-${slug.join("-")}.json`);
  const floors = reports.flatMap(judgeFloors);
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, reports, floors }, null, 2)}\n`);
  console.log(`written to ${file}`);
}

process.exitCode = main();
