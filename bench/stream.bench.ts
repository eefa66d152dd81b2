/**
 * What does a record cost from file to file? At 1000 routes and 1,000 users with a number each, on one
 * thread, by:
 *
 * - Outdial's stream: plain lines, CSV with a user column, NDJSON with a user
 * - a loop in C that reads plain lines, walks the same table, copies the number and the end of the row
 *   that we write, and writes: no user, no own numbers, no rule but the table
 * - for NDJSON: JSON.parse, the same router, JSON.stringify
 *
 * Measured: CPU time of whole runs, from a file to /dev/null, each way in a process of its own, all of them
 * warm. Not measured: starting, compiling the tenant.
 *
 * @module
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchReport, Floor } from "./report.ts";
import { buildProgram, scratchFolder } from "./rivals/program.ts";
import { type Rival, startRival } from "./rivals/rival-process.ts";
import { tableFileOf } from "./rivals/table-file.ts";
import { timeContenders } from "./rounds.ts";
import { countDifferentRows, rowEnds } from "./row-ends.ts";
import type { SampleNumbers } from "./sample-numbers.ts";
import {
  STREAM_NUMBERS,
  STREAM_ROUTES,
  STREAM_USERS,
  streamNumbers,
  streamPatterns,
  writeStreamFiles,
} from "./stream-sample.ts";
import { compileSample } from "./table-candidate.ts";

/** What the router decides by rules that the loop in C has not must stay the exception. */
const MOST_DIFFERENT_ROWS = 0.02;

const TITLE = `${STREAM_ROUTES} routes, ${STREAM_USERS} users, one thread`;
const LINES = "outdial, plain lines";
const CSV = "outdial, CSV with user column";
const NDJSON = "outdial, NDJSON with user";
const C_LOOP = "C loop, plain lines";
const PLAIN_NDJSON = "JSON.parse + decide + stringify";

const FLOORS: readonly Floor[] = [
  { question: TITLE, candidate: LINES, rival: C_LOOP, atMost: 3.5, aim: 2 },
  { question: TITLE, candidate: CSV, rival: LINES, atMost: 2.5, aim: 1.5 },
  { question: TITLE, candidate: NDJSON, rival: PLAIN_NDJSON, atLeast: 4, aim: 8 },
];

/** Times whole runs. */
export async function benchStream(rounds: number): Promise<BenchReport> {
  const folder = scratchFolder();
  const numbers = streamNumbers();
  const files = writeStreamFiles(folder, numbers);
  const output = (way: string): string => join(folder, `output.${way}`);
  const start = (way: string, file: string): Promise<Rival> =>
    startRival(process.execPath, [RUNNER, way, file, output(way)]);
  const started = [
    { name: LINES, rival: await start("lines", files.lines) },
    { name: CSV, rival: await start("csv", files.csv) },
    { name: NDJSON, rival: await start("ndjson", files.ndjson) },
    { name: PLAIN_NDJSON, rival: await start("plain-ndjson", files.ndjson) },
  ];
  if (!readFileSync(output("ndjson")).equals(readFileSync(output("plain-ndjson"))))
    throw new Error("the plain way to route NDJSON writes other rows");
  const [, ...rows] = linesOf(output("lines"));
  const missing: string[] = [];
  const built = buildProgram("read-decide-write", folder);
  if (!built.ok) missing.push(built.missing);
  else {
    const rival = await startLoop(built.file, files.lines, numbers, rows, folder);
    started.push({ name: C_LOOP, rival });
  }
  const contenders = started.map(({ name, rival }) => ({ name, turn: rival.turn }));
  const timings = await timeContenders(contenders, rounds);
  for (const { rival } of started) rival.stop();
  const hits = rows.filter((row) => row.split(",")[7] !== "").length / rows.length;
  return {
    name: "stream",
    questions: [{ title: TITLE, numbers: STREAM_NUMBERS, hits, timings }],
    floors: FLOORS.filter(({ rival }) => started.some(({ name }) => name === rival)),
    skipped: missing,
  };
}

const RUNNER = join(dirname(fileURLToPath(import.meta.url)), "stream-runner.js");

/** Starts the loop in C with the ends of our rows, and compares what it writes. */
async function startLoop(
  program: string,
  file: string,
  numbers: SampleNumbers,
  rows: readonly string[],
  folder: string,
): Promise<Rival> {
  const table = compileSample(streamPatterns());
  const [tableFile, ends, output] = ["table", "ends", "output.c"].map((name) => join(folder, name));
  writeFileSync(tableFile ?? "", tableFileOf(table));
  writeFileSync(ends ?? "", `${rowEnds(table, numbers, rows).join("\n")}\n`);
  const rival = await startRival(program, [file, tableFile ?? "", ends ?? "", output ?? ""]);
  const different = countDifferentRows(rows, linesOf(output ?? "")) / rows.length;
  if (different > MOST_DIFFERENT_ROWS)
    throw new Error(`the loop in C writes ${different} of the rows otherwise`);
  return rival;
}

function linesOf(file: string): string[] {
  return readFileSync(file, "latin1").trimEnd().split("\n");
}
