/**
 * What does it cost to read the export of a tenant of 50,000 users with as many numbers? Against
 * JSON.parse on the same files, each in processes of its own, in turn.
 *
 * Measured: the CPU time of the work, garbage collection on other threads included, and the most memory
 * that the process had.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeExportFolder } from "./export-folder-data.ts";
import type { ImportRun } from "./import-run.ts";
import type { LoadReport } from "./load-report.ts";

const here = dirname(fileURLToPath(import.meta.url));
const USERS = 50_000;
const MOST_TIMES = 10;
const AIMED_TIMES = 5;
const MOST_MEGABYTES = 1_000;
const AIMED_MEGABYTES = 900;

/** Reads the folder both ways. */
export function benchImport(rounds: number): LoadReport {
  const folder = mkdtempSync(join(tmpdir(), "outdial-bench-import-"));
  try {
    writeExportFolder(folder, USERS);
    const parsed: ImportRun[] = [];
    const imported: ImportRun[] = [];
    for (let round = 0; round < rounds; round++) {
      parsed.push(run("parse", folder));
      imported.push(run("import", folder));
    }
    const whole = [...parsed, ...imported].every(({ users }) => users === USERS);
    const provided = { what: `all ${USERS} users were found`, holds: whole };
    const ratio =
      median(imported.map(({ cpuMs }) => cpuMs)) / median(parsed.map(({ cpuMs }) => cpuMs));
    return {
      name: "import",
      tables: [],
      bounds: [
        {
          what: `CPU time of an export of ${USERS} users, against JSON.parse`,
          unit: "times",
          measured: ratio,
          floor: MOST_TIMES,
          aim: AIMED_TIMES,
          better: "less",
          provided,
        },
        {
          what: `memory for an export of ${USERS} users`,
          unit: "MB",
          measured: Math.max(...imported.map(({ peakMegabytes }) => peakMegabytes)),
          floor: MOST_MEGABYTES,
          aim: AIMED_MEGABYTES,
          better: "less",
          provided,
        },
      ],
      skipped: [],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(way: "parse" | "import", folder: string): ImportRun {
  const output = execFileSync(process.execPath, [join(here, "import-run.js"), way, folder]);
  return JSON.parse(output.toString()) as ImportRun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
