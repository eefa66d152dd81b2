import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatLoadReport, judgeLoadFloors, type LoadReport } from "./load-report.ts";
import { type BenchReport, formatReport, judgeFloors } from "./report.ts";
import { scaleCharts } from "./scale-charts.ts";
import { formatScaleReport, type ScaleReport } from "./scale-report.ts";

export type Report = BenchReport | LoadReport | ScaleReport;

/** A report as it is kept: with the machine's load averages from before its run. */
export type SavedReport = Report & { readonly loadBefore: readonly number[] };

/** What a file in `bench/results/` holds. */
export interface Results {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string };
  readonly reports: readonly SavedReport[];
}

/** Where they belong: beside the sources; the compiled file runs from dist/bench. */
const RESULTS = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "bench", "results");

/** A report for people, and its floors. */
export function readReport(report: Report): {
  readonly text: string;
  readonly floors: readonly { readonly holds: boolean }[];
} {
  if ("points" in report) return { text: formatScaleReport(report), floors: [] };
  return "tables" in report
    ? { text: formatLoadReport(report), floors: judgeLoadFloors(report) }
    : { text: formatReport(report), floors: judgeFloors(report) };
}

/** Keeps reports under today's date and this machine; those of other benchmarks stay; draws the charts. Gives the files. */
export function saveReports(reports: readonly SavedReport[]): readonly string[] {
  const model = cpus()[0]?.model ?? "unknown";
  const machine = { cpu: model, cores: cpus().length, node: process.version };
  const date = new Date().toISOString().slice(0, 10);
  const slug = model.toLowerCase().match(/[a-z0-9]+/g) ?? ["unknown"];
  const file = join(RESULTS, `${date}-${slug.join("-")}.json`);
  const names = new Set(reports.map(({ name }) => name));
  const before = existsSync(file) ? readResults(file).reports : [];
  const all = [...before.filter(({ name }) => !names.has(name)), ...reports];
  const floors = all.flatMap((report) => readReport(report).floors);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, reports: all, floors }, null, 2)}\n`);
  const where = `${model}, ${machine.cores} cores, Node ${machine.node}, ${date}`;
  const charts = reports.flatMap((report) =>
    "points" in report ? scaleCharts(report, where) : [],
  );
  for (const { name, svg } of charts) writeFileSync(join(RESULTS, name), svg);
  return [file, ...charts.map(({ name }) => join(RESULTS, name))];
}

export function readResults(file: string): Results {
  return JSON.parse(readFileSync(file, "utf8")) as Results;
}
