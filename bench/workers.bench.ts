/**
 * What do two workers bring? Plain lines from a file to /dev/null, at 1000 routes, by:
 *
 * - two workers, as many as the floor speaks of
 * - one worker
 * - the stream in place, on one thread
 *
 * Measured: wall time of whole runs, since that is what workers are for; the workers are warm. A machine
 * that has other work gives two threads less than two cores, so every round is bracketed by a test of two
 * threads that share nothing: it counts only if they got at least 1.6 times the work of one done, before
 * and after. Not measured: starting the workers.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChunkPool } from "../engine/stream/chunk-task.ts";
import type { BenchReport } from "./report.ts";
import { scratchFolder } from "./rivals/program.ts";
import { type TurnTime, timingOf } from "./rounds.ts";
import { startSpinTest } from "./spin-test.ts";
import { routeFile, startWorkers, streamGround } from "./stream-run.ts";
import {
  STREAM_LINES,
  STREAM_NUMBERS,
  STREAM_ROUTES,
  streamNumbers,
  streamPatterns,
  writeStreamFiles,
} from "./stream-sample.ts";

const WORKERS = 2;
const LEAST_SPIN = 1.6;

const TITLE = `${STREAM_ROUTES} routes, plain lines, wall time`;
const IN_PLACE = "one thread, in place";
const ONE = "1 worker";
const TWO = "2 workers";

interface Round {
  readonly spins: readonly number[];
  /** Nanoseconds a line. */
  readonly times: Readonly<Record<string, number>>;
}

/** Times whole runs with and without workers. */
export async function benchWorkers(rounds: number): Promise<BenchReport> {
  const folder = scratchFolder();
  const { lines } = writeStreamFiles(folder, streamNumbers());
  const ground = streamGround(streamPatterns());
  const one = startWorkers(1, ground);
  const two = startWorkers(WORKERS, ground);
  const spin = startSpinTest(WORKERS);
  const run = (pool: ChunkPool | null, to: string): Promise<void> =>
    routeFile(lines, "lines", ground, to, pool);
  const ways = { [TWO]: two.pool, [ONE]: one.pool, [IN_PLACE]: null };
  const outputs: Buffer[] = [];
  for (const [name, pool] of Object.entries(ways)) {
    await run(pool, join(folder, name));
    outputs.push(readFileSync(join(folder, name)));
    await run(pool, "/dev/null");
  }
  if (outputs.some((output) => !output.equals(outputs[0] ?? Buffer.alloc(0))))
    throw new Error("workers write other rows");
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await spin.measure();
    const times: Record<string, number> = {};
    for (const [name, pool] of Object.entries(ways)) {
      times[name] = await wallNsOf(() => run(pool, "/dev/null"));
    }
    all.push({ spins: [before, await spin.measure()], times });
  }
  await Promise.all([spin.stop(), one.stop(), two.stop()]);
  return reportOf(all, Object.keys(ways));
}

async function wallNsOf(run: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return ((performance.now() - startedAt) * 1e6) / STREAM_LINES;
}

function reportOf(all: readonly Round[], names: readonly string[]): BenchReport {
  const kept = all.filter(({ spins }) => spins.every((spin) => spin >= LEAST_SPIN));
  const spins = all.flatMap((round) => round.spins).map((spin) => spin.toFixed(2));
  const floor = { question: TITLE, candidate: TWO, rival: IN_PLACE, atLeast: 1.5, aim: 1.85 };
  const timings = names.map((name) => {
    const times = kept.map((round): TurnTime => {
      const ns = round.times[name] ?? Number.NaN;
      return { cpuNs: ns, wallNs: ns };
    });
    return timingOf(name, times);
  });
  return {
    name: "workers",
    questions: kept.length === 0 ? [] : [{ title: TITLE, numbers: STREAM_NUMBERS, timings }],
    floors: kept.length === 0 ? [] : [floor],
    notes: [
      `${kept.length} of ${all.length} rounds kept: two spinning threads got ${spins.join(", ")} times the work of one done`,
      `times as fast as in place, in the kept rounds: ${kept.map(speedUp).join(", ") || "none"}`,
    ],
    skipped: kept.length === 0 ? ["2 workers: the machine had no two cores for them"] : [],
  };
}

function speedUp({ times }: Round): string {
  return ((times[IN_PLACE] ?? Number.NaN) / (times[TWO] ?? Number.NaN)).toFixed(2);
}
