import { suite } from "uvu";
import * as assert from "uvu/assert";
import { judgeFloors } from "../../bench/report.ts";
import type { WorkerRound } from "../../bench/worker-rounds.ts";
import { workersReport } from "../../bench/workers.bench.ts";

/** A round in which two workers take half as long as in place, by `factor`. */
function roundOf(before: number, after: number, factor: number): WorkerRound {
  const nsByWorkers = new Map([
    [0, 400],
    [1, 420],
    [2, 400 / factor],
  ]);
  return { shares: [before, after], nsByWorkers };
}

const workers = suite("workers");

workers("only rounds in which each thread had its core, before and after, count", () => {
  const report = workersReport([
    roundOf(0.8, 0.8, 1.6),
    roundOf(0.95, 0.5, 4),
    roundOf(0.5, 0.95, 0.5),
  ]);
  const [floor] = judgeFloors(report);
  assert.is(floor?.measured.toFixed(3), "1.600");
  assert.equal([floor?.holds, floor?.reachesAim], [true, false]);
  assert.match(report.notes?.[0] ?? "", /^1 of 3 rounds kept/);
});

workers("a run without a round that counts neither holds nor misses the floor, and says so", () => {
  const report = workersReport([roundOf(0.79, 0.9, 0.5)]);
  assert.equal(report.floors, []);
  assert.is(report.skipped?.length, 1);
});

workers("workers that bring too little miss the floor", () => {
  const [floor] = judgeFloors(workersReport([roundOf(1, 1, 1.4)]));
  assert.is(floor?.holds, false);
});

workers.run();
