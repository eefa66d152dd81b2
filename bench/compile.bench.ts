/**
 * What do hostile patterns among 1000 routes cost, when the policy is compiled? Against the routes alone,
 * each in processes of its own, in turn.
 *
 * Measured: the CPU time from patterns to tables, garbage collection and the optimising compiler on other
 * threads included, and the most memory that the process had.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompileRun } from "./compile-run.ts";
import { HOSTILE_PATTERNS } from "./hostile-patterns.ts";
import type { LoadFloor, LoadReport } from "./load-report.ts";

const here = dirname(fileURLToPath(import.meta.url));
const ROUTES = 1000;
const MOST_TIMES = 5;
const AIMED_TIMES = 2;
const MOST_MEGABYTES = 500;
const AIMED_MEGABYTES = 250;

/** Ten sets take a second or two each. */
const MOST_ROUNDS = 3;

/** Compiles every set. */
export function benchCompile(rounds: number): LoadReport {
  const sets = Object.keys(HOSTILE_PATTERNS);
  const alone: CompileRun[] = [];
  const runs = sets.map((): CompileRun[] => []);
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round++) {
    alone.push(run([]));
    for (const [i, set] of sets.entries()) runs[i]?.push(run([set]));
  }
  const ownMs = medianMs(alone);
  return {
    name: "compile",
    tables: [],
    bounds: sets.flatMap((set, i) => boundsOf(set, runs[i] ?? [], ownMs)),
    skipped: [],
  };
}

function boundsOf(set: string, runs: readonly CompileRun[], ownMs: number): readonly LoadFloor[] {
  const provided = {
    what: "every pattern can be used",
    holds: runs.every(({ unusable }) => unusable === 0),
  };
  const [first] = runs;
  return [
    {
      what: `CPU time of ${set} among ${ROUTES} routes (${first?.banks} banks), against these alone`,
      unit: "times",
      measured: medianMs(runs) / ownMs,
      floor: MOST_TIMES,
      aim: AIMED_TIMES,
      better: "less",
      provided,
    },
    {
      what: `memory for ${set} among ${ROUTES} routes`,
      unit: "MB",
      measured: Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes)),
      floor: MOST_MEGABYTES,
      aim: AIMED_MEGABYTES,
      better: "less",
      provided,
    },
  ];
}

function run(set: readonly string[]): CompileRun {
  const program = join(here, "compile-run.js");
  const output = execFileSync(process.execPath, [program, String(ROUTES), ...set]);
  return JSON.parse(output.toString()) as CompileRun;
}

function medianMs(runs: readonly CompileRun[]): number {
  const sorted = runs.map(({ cpuMs }) => cpuMs).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
