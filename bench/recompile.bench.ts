/**
 * What does one edited route of 1000 cost, against compiling all of them? A route is changed, put in or
 * taken out at places all over the list, in turn; between two edits all routes are compiled by a compiler
 * that knows nothing.
 *
 * Measured: the CPU time from patterns to the table of a policy, in one process, garbage collection
 * included; medians.
 *
 * @module
 */
import { PatternCache } from "../engine/compile/pattern-cache.ts";
import { TableCompiler } from "../engine/compile/table-compiler.ts";
import type { LoadReport } from "./load-report.ts";
import { sampleRoutes } from "./sample-routes.ts";

const ROUTES = 1000;
const LEAST_RATIO = 10;
const AIMED_RATIO = 20;

/** Edits in one round: one of each kind. */
const KINDS = 3;

/** Times edits and whole compilations in turn. */
export function benchRecompile(rounds: number): LoadReport {
  const routes = sampleRoutes({ routes: ROUTES, lookaheads: 0 });
  const patterns = routes.map(({ numberPattern }) => numberPattern);
  const remembering = newCompiler();
  compile(remembering, patterns);
  const whole: number[] = [];
  const edits: number[] = [];
  for (let round = 0; round < rounds; round++) {
    whole.push(cpuMs(() => compile(newCompiler(), patterns)));
    for (let kind = 0; kind < KINDS; kind++) {
      const edited = editedList(patterns, round * KINDS + kind);
      edits.push(cpuMs(() => compile(remembering, edited)));
    }
  }
  return {
    name: "recompile",
    tables: [],
    bounds: [
      {
        what: `CPU time of compiling ${ROUTES} routes, against that after one edit`,
        unit: "times",
        measured: median(whole) / median(edits),
        floor: LEAST_RATIO,
        aim: AIMED_RATIO,
        better: "more",
        provided: null,
      },
    ],
    skipped: [],
  };
}

function newCompiler(): TableCompiler {
  return new TableCompiler(new PatternCache("dfa").patternOf);
}

function compile(compiler: TableCompiler, patterns: readonly string[]): void {
  const ranks = patterns.map(() => 0);
  compiler.compile(patterns, ranks);
}

/** The list with one route changed, put in or taken out. */
function editedList(patterns: readonly string[], edit: number): readonly string[] {
  const at = (edit * 83 + 5) % patterns.length;
  const added = `^\\+1425${100 + (edit % 900)}\\d{4}$`;
  const edited = [...patterns];
  const kind = edit % KINDS;
  if (kind === 0) edited.splice(at, 1, added);
  else if (kind === 1) edited.splice(at, 0, added);
  else edited.splice(at, 1);
  return edited;
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
