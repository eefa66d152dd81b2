/**
 * Whole runs with workers and without, in rounds. A machine that has other work gives its threads less
 * than a core each, so every round is bracketed by a test of threads that share nothing.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ChunkPool } from "../engine/stream/chunk-task.ts";
import { scratchFolder } from "./rivals/program.ts";
import { startSpinTest } from "./spin-test.ts";
import { routeFile, startWorkers, streamGround } from "./stream-run.ts";
import { STREAM_LINES, streamNumbers, streamPatterns, writeStreamFiles } from "./stream-sample.ts";

/** Of the work that threads would do with a core each, at least this must have been done. */
const LEAST_SHARE = 0.8;

/** One round. */
export interface WorkerRound {
  /** How much of its core each thread had, before the runs and after them. */
  readonly shares: readonly [number, number];
  /** Wall time of a line in nanoseconds, by number of workers. */
  readonly nsByWorkers: ReadonlyMap<number, number>;
}

/**
 * Routes plain lines in each round with each number of workers; 0 = in place. The workers are warm.
 */
export async function measureWorkers(
  counts: readonly number[],
  rounds: number,
): Promise<readonly WorkerRound[]> {
  const folder = scratchFolder();
  const { lines } = writeStreamFiles(folder, streamNumbers());
  const ground = streamGround(streamPatterns());
  const pools = counts.map((count) => (count === 0 ? null : startWorkers(count, ground)));
  const threads = Math.max(...counts, 1);
  const spin = startSpinTest(threads);
  const run = (pool: ChunkPool | null, to: string): Promise<void> =>
    routeFile(lines, "lines", ground, to, pool);
  const share = async (): Promise<number> => (await spin.measure()) / threads;
  await warmUp(pools, (pool, i) => {
    const to = join(folder, `output.${i}`);
    return run(pool, to).then(() => readFileSync(to));
  });
  const all: WorkerRound[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = await share();
    const nsByWorkers = new Map<number, number>();
    for (const [i, count] of counts.entries()) {
      const startedAt = performance.now();
      await run(pools[i]?.pool ?? null, "/dev/null");
      nsByWorkers.set(count, ((performance.now() - startedAt) * 1e6) / STREAM_LINES);
    }
    all.push({ shares: [before, await share()], nsByWorkers });
  }
  await Promise.all([spin.stop(), ...pools.map((pool) => pool?.stop())]);
  return all;
}

/** Rounds in which every thread had its core. */
export function keptRounds(rounds: readonly WorkerRound[]): readonly WorkerRound[] {
  return rounds.filter(({ shares }) => shares.every((share) => share >= LEAST_SHARE));
}

type Pool = { readonly pool: ChunkPool } | null;

/** A run with each, the bytes of which are compared. */
async function warmUp(
  pools: readonly Pool[],
  outputOf: (pool: ChunkPool | null, i: number) => Promise<Buffer>,
): Promise<void> {
  let first: Buffer | null = null;
  for (const [i, pool] of pools.entries()) {
    const output = await outputOf(pool?.pool ?? null, i);
    first ??= output;
    if (!output.equals(first)) throw new Error("workers write other rows");
  }
}
