/**
 * How does the table stand against programs in C and C++ that match many patterns at once, against a
 * routing server's own look-up, and against itself walked in C? At 100 and 1000 routes, by:
 *
 * - Outdial's table, on bytes, and Outdial's router with all its rules
 * - the same table walked in C (`-O3`)
 * - RE2::Set in C++, smallest index of its answer
 * - Hyperscan in block mode, smallest index
 * - Kamailio's `dialplan`, one rule a route
 *
 * Measured: CPU time from a number in memory to the first matching route, each on the same routes and
 * numbers in the same order, in rounds that give each a turn. Not measured: compiling.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyTable } from "../engine/compile/policy-table.ts";
import type { BenchReport, Floor, Question } from "./report.ts";
import { kamailioMissing, startKamailioDialplan } from "./rivals/kamailio-dialplan.ts";
import { buildProgram, type ProgramName, scratchFolder } from "./rivals/program.ts";
import { type Rival, startRival } from "./rivals/rival-process.ts";
import { tableFileOf } from "./rivals/table-file.ts";
import { type Candidate, type Contender, startTurns, timeContenders } from "./rounds.ts";
import { checkRouter, ROUTER, routerCandidate } from "./router-candidate.ts";
import { type SampleNumbers, sampleNumbers } from "./sample-numbers.ts";
import { sampleRoutes } from "./sample-routes.ts";
import { compileSample, TABLE, tableCandidate } from "./table-candidate.ts";

const NUMBER_COUNT = 131_072;
const ROUTE_COUNTS = [100, 1000];

const SAME_TABLE = "the same table in C";
const KAMAILIO = "Kamailio dialplan";

const PROGRAMS: Readonly<Partial<Record<ProgramName, string>>> = {
  "table-walk": SAME_TABLE,
  "re2-set": "C++ RE2::Set",
  hyperscan: "Hyperscan",
};

const FLOORS: readonly Floor[] = [
  { question: titleOf(1000), candidate: TABLE, rival: "C++ RE2::Set", atLeast: 8, aim: 15 },
  { question: titleOf(1000), candidate: TABLE, rival: "Hyperscan", atLeast: 20, aim: 40 },
  { question: titleOf(1000), candidate: TABLE, rival: KAMAILIO, atLeast: 1000, aim: 2500 },
  { question: titleOf(1000), candidate: TABLE, rival: SAME_TABLE, atMost: 2, aim: 1.3 },
];

/** Times all that can be built or started here. */
export async function benchRivals(rounds: number): Promise<BenchReport> {
  const folder = scratchFolder();
  const { programs, missing } = buildPrograms(folder);
  const kamailio = kamailioMissing();
  const questions: Question[] = [];
  for (const routes of ROUTE_COUNTS) {
    const ground = groundOf(routes, join(folder, `${routes}`));
    const rivals = await startRivals(ground, programs, kamailio === null);
    questions.push(await ask(ground, rivals, rounds));
    for (const { rival } of rivals) rival.stop();
  }
  const isThere = (name: string): boolean =>
    questions.every(({ timings }) => timings.some((timing) => timing.name === name));
  return {
    name: "rivals",
    questions,
    floors: FLOORS.filter(({ rival }) => isThere(rival)),
    skipped: [...missing, ...(kamailio === null ? [] : [kamailio])],
  };
}

function titleOf(routes: number): string {
  return `${routes} routes`;
}

type BuiltProgram = { readonly name: string; readonly file: string; readonly ofTable: boolean };

function buildPrograms(folder: string): { programs: BuiltProgram[]; missing: string[] } {
  const programs: BuiltProgram[] = [];
  const missing: string[] = [];
  for (const [program, name] of Object.entries(PROGRAMS)) {
    const built = buildProgram(program as ProgramName, folder);
    if (built.ok) programs.push({ name, file: built.file, ofTable: program === "table-walk" });
    else missing.push(built.missing);
  }
  return { programs, missing };
}

/** What all are asked, and our answers. */
interface Ground {
  readonly routes: number;
  readonly folder: string;
  readonly patterns: readonly string[];
  readonly numbers: SampleNumbers;
  readonly table: PolicyTable;
  readonly candidate: Candidate;
  /** The first route of each number, -1 = none. */
  readonly answers: Int32Array;
}

function groundOf(routes: number, folder: string): Ground {
  const sample = sampleRoutes({ routes, lookaheads: 0 });
  const patterns = sample.map(({ numberPattern }) => numberPattern);
  const numbers = sampleNumbers(NUMBER_COUNT, sample);
  const table = compileSample(patterns);
  const candidate = tableCandidate(table, numbers);
  const answers = Int32Array.from(numbers.strings, (_, i) => candidate.answer(i));
  return { routes, folder, patterns, numbers, table, candidate, answers };
}

interface StartedRival {
  readonly name: string;
  readonly rival: Rival;
}

async function startRivals(
  ground: Ground,
  programs: readonly BuiltProgram[],
  withKamailio: boolean,
): Promise<readonly StartedRival[]> {
  const { folder, patterns, numbers, answers } = ground;
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Uint8Array): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const sample = [
    write("routes", `${patterns.join("\n")}\n`),
    write("numbers", `${numbers.strings.join("\n")}\n`),
    write("answers", new Uint8Array(answers.buffer)),
  ];
  const table = write("table", tableFileOf(ground.table));
  const started: StartedRival[] = [];
  for (const { name, file, ofTable } of programs) {
    const rival = await startRival(file, ofTable ? [...sample, table] : sample);
    started.push({ name, rival });
  }
  if (withKamailio) {
    const rival = await startKamailioDialplan(folder, patterns, numbers.strings, answers);
    started.push({ name: KAMAILIO, rival });
  }
  return started;
}

async function ask(
  ground: Ground,
  rivals: readonly StartedRival[],
  rounds: number,
): Promise<Question> {
  const { routes, patterns, numbers, candidate, answers } = ground;
  const count = numbers.strings.length;
  const router = routerCandidate(patterns, numbers);
  checkRouter(router, candidate, count);
  const contenders: Contender[] = [
    { name: TABLE, turn: startTurns(candidate, count) },
    { name: ROUTER, turn: startTurns(router, count) },
    ...rivals.map(({ name, rival }) => ({ name, turn: rival.turn })),
  ];
  const hits = answers.filter((answer) => answer >= 0).length / count;
  const timings = await timeContenders(contenders, rounds);
  return { title: titleOf(routes), numbers: count, hits, timings };
}
