/**
 * How do time and memory grow? A decision by the table and by the router, and the bytes of the table,
 * from 10 to 10,000 routes; the stream's throughput with 0, 1, 2 … workers up to the number of cores. Drawn
 * as charts where results are kept.
 *
 * @module
 */
import { availableParallelism } from "node:os";
import { timeCandidates, timingOf } from "./rounds.ts";
import { checkRouter, routerCandidate } from "./router-candidate.ts";
import { sampleNumbers } from "./sample-numbers.ts";
import { sampleRoutes } from "./sample-routes.ts";
import type { RoutesPoint, ScaleReport, WorkersPoint } from "./scale-report.ts";
import { compileSample, tableCandidate } from "./table-candidate.ts";
import { keptRounds, measureWorkers, type WorkerRound } from "./worker-rounds.ts";

const NUMBER_COUNT = 131_072;
const ROUTE_COUNTS = [10, 30, 100, 300, 1000, 3000, 10_000];

/** Measures both. */
export async function benchScale(rounds: number): Promise<ScaleReport> {
  const points = ROUTE_COUNTS.map((routes) => measureRoutes(routes, rounds));
  const counts = workerCounts(availableParallelism());
  const all = await measureWorkers(counts, rounds);
  const kept = keptRounds(all);
  const throughput = throughputOf(kept.length > 0 ? kept : all, counts);
  const notes = [
    kept.length > 0
      ? `median of ${kept.length} of ${all.length} rounds, in which each thread had its core`
      : `best of ${all.length} rounds; in none had each thread a core of its own`,
  ];
  return { name: "scale", points, throughput, notes };
}

function measureRoutes(routes: number, rounds: number): RoutesPoint {
  const sample = sampleRoutes({ routes, lookaheads: 0 });
  const patterns = sample.map(({ numberPattern }) => numberPattern);
  const numbers = sampleNumbers(NUMBER_COUNT, sample);
  const before = process.cpuUsage();
  const table = compileSample(patterns);
  const { user, system } = process.cpuUsage(before);
  const byTable = tableCandidate(table, numbers);
  const byRouter = routerCandidate(patterns, numbers);
  const count = numbers.strings.length;
  checkRouter(byRouter, byTable, count);
  const [ofTable, ofRouter] = timeCandidates([byTable, byRouter], count, rounds);
  return {
    routes,
    tableNs: ofTable?.nsPerDecision ?? Number.NaN,
    routerNs: ofRouter?.nsPerDecision ?? Number.NaN,
    tableBytes: bytesOf(table.banks, new Set()),
    compileMs: (user + system) / 1000,
  };
}

/** The typed arrays of a value, each once. */
function bytesOf(value: unknown, seen: Set<unknown>): number {
  if (typeof value !== "object" || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let bytes = 0;
  for (const part of Object.values(value)) bytes += bytesOf(part, seen);
  return bytes;
}

/** 0, 1, 2, 4 … and the number of cores. */
function workerCounts(cores: number): number[] {
  const counts = [0, 1];
  for (let workers = 2; workers < cores; workers *= 2) counts.push(workers);
  return cores > 1 ? [...counts, cores] : counts;
}

function throughputOf(rounds: readonly WorkerRound[], counts: readonly number[]): WorkersPoint[] {
  const wasQuiet = keptRounds(rounds).length > 0;
  return counts.map((workers) => {
    const times = rounds.map(({ nsByWorkers }) => nsByWorkers.get(workers) ?? Number.NaN);
    const { nsPerDecision, minNsPerDecision } = timingOf(`${workers}`, times);
    return { workers, linesPerSecond: 1e9 / (wasQuiet ? nsPerDecision : minNsPerDecision) };
  });
}
