/**
 * What do two workers bring? Plain lines from a file to /dev/null, at 1000 routes, by two workers, by one,
 * and by the stream in place, on one thread.
 *
 * Measured: wall time of whole runs, since that is what workers are for; the workers are warm. Only rounds
 * count in which two threads that share nothing got 1.6 times the work of one done, before and after. Not
 * measured: starting the workers.
 *
 * @module
 */
import type { BenchReport } from "./report.ts";
import { timingOf } from "./rounds.ts";
import { STREAM_NUMBERS, STREAM_ROUTES } from "./stream-sample.ts";
import { keptRounds, measureWorkers, type WorkerRound } from "./worker-rounds.ts";

const TITLE = `${STREAM_ROUTES} routes, plain lines, wall time`;
const NAMES: ReadonlyMap<number, string> = new Map([
  [2, "2 workers"],
  [1, "1 worker"],
  [0, "one thread, in place"],
]);

/** Times whole runs with and without workers. */
export async function benchWorkers(rounds: number): Promise<BenchReport> {
  return workersReport(await measureWorkers([...NAMES.keys()], rounds));
}

/** What came of the rounds; without rounds that count the floor neither holds nor is missed. */
export function workersReport(all: readonly WorkerRound[]): BenchReport {
  const kept = keptRounds(all);
  const spins = all.flatMap(({ shares }) => shares).map((share) => (2 * share).toFixed(2));
  const notes = [
    `${kept.length} of ${all.length} rounds kept: two spinning threads did ${spins.join(", ")} times the work of one`,
  ];
  if (kept.length === 0) {
    const skipped = ["2 workers: the machine had no two cores for them"];
    return { name: "workers", questions: [], floors: [], notes, skipped };
  }
  const speedUps = kept.map((round) => (nsOf(round, 0) / nsOf(round, 2)).toFixed(2));
  const timings = [...NAMES].map(([workers, name]) =>
    timingOf(
      name,
      kept.map((round) => nsOf(round, workers)),
    ),
  );
  const [candidate, rival] = [NAMES.get(2) ?? "", NAMES.get(0) ?? ""];
  return {
    name: "workers",
    questions: [{ title: TITLE, numbers: STREAM_NUMBERS, timings }],
    floors: [{ question: TITLE, candidate, rival, atLeast: 1.5, aim: 1.85 }],
    notes: [...notes, `2 workers in these: ${speedUps.join(", ")} times as fast as in place`],
  };
}

function nsOf({ nsByWorkers }: WorkerRound, workers: number): number {
  return nsByWorkers.get(workers) ?? Number.NaN;
}
