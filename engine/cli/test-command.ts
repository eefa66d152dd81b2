import type { Command } from "commander";
import { loadTenant } from "../import/load-tenant.ts";
import { readTestCases } from "../import/test-cases/read-test-cases.ts";
import { writeFileAtomically } from "../import/write-file-atomically.ts";
import { EVERYTHING_UP } from "../model/call.ts";
import { printableLine } from "../model/printable-line.ts";
import type { Problem } from "../model/problem.ts";
import { junitReport } from "../what-if/test-cases/junit-report.ts";
import {
  runTestCases,
  type TestResult,
  type TestRun,
} from "../what-if/test-cases/run-test-cases.ts";
import { readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { printProblems, printWorthTelling, told } from "./print-problems.ts";

/** `outdial test CASES.yaml`: whether calls go where they are meant to go. */
export function registerTestCommand(program: Command): void {
  const command = program
    .command("test")
    .description("run routing test cases against a tenant")
    .argument("<cases>", "a .yaml or .json file: cases, each with what is expected")
    .option("--junit <file>", "also write the results as JUnit XML, for build servers");
  command
    .addHelpText(
      "after",
      `
A file holds cases: [{ name, dialed, user, kind?, expect: { outcome?, operator?, trunk?, callerId?,
number?, route?, usage?, policy?, reason? } }]; only the keys that a case names are checked, and null means
that there must be none. Its form is docs/schema/test-cases.schema.json. Voice test configurations of Lync
and Skype for Business become such a file by outdial import --test-cases. Failed cases are printed with
what was expected, what was found, and why; --json prints one document: revision, passed, failed, results.
Exit code 0 when all cases passed, 1 when some failed.

Example: outdial test cases.yaml --tenant tenant.yaml --junit results.xml`,
    )
    .action((cases: string, options: { readonly junit?: string }) =>
      test(command, cases, options.junit ?? null),
    );
}

async function test(command: Command, file: string, junit: string | null): Promise<void> {
  const { tenant, json, quiet } = readCommonOptions(command);
  process.exitCode = EXIT.problems;
  const loaded = told(await loadTenant(tenant));
  const cases = told(await readTestCases(file));
  if (loaded === null || cases === null) return;
  const run = runTestCases(loaded.tenant, cases, EVERYTHING_UP);
  printWorthTelling(run.problems);
  const failed = run.results.filter(({ passed }) => !passed);
  process.stdout.write(
    json ? `${JSON.stringify(documentOf(run))}\n` : failed.map(failureText).join(""),
  );
  if (!quiet) {
    const passed = run.results.length - failed.length;
    process.stderr.write(`${passed} passed, ${failed.length} failed; revision ${run.revision}\n`);
  }
  const unwritten = await writeReport(junit, run);
  printProblems(unwritten);
  if (failed.length === 0 && unwritten.length === 0) process.exitCode = EXIT.fine;
}

async function writeReport(junit: string | null, run: TestRun): Promise<readonly Problem[]> {
  return junit === null ? [] : writeFileAtomically(junit, junitReport(run));
}

function documentOf({ revision, results }: TestRun): Readonly<Record<string, unknown>> {
  const passed = results.filter((result) => result.passed).length;
  return { revision, passed, failed: results.length - passed, results };
}

function failureText({ name, dialed, user, mismatches, why }: TestResult): string {
  const lines = [
    `FAILED ${name}: ${dialed} by ${user}`,
    ...mismatches.map(
      ({ key, expected, actual }) =>
        `  ${key}: expected ${expected ?? "none"}, was ${actual ?? "none"}`,
    ),
    `  ${why}`,
  ];
  return lines.map((line) => `${printableLine(line)}\n`).join("");
}
