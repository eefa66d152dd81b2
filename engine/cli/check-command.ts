import { realpath } from "node:fs/promises";
import { dirname, extname, relative, resolve } from "node:path";
import type { Command } from "commander";
import pc from "picocolors";
import { type LoadedTenant, loadTenant } from "../import/load-tenant.ts";
import { pathText } from "../import/tenant-file/source-document.ts";
import { placesInTenant } from "../import/tenant-file/tenant-places.ts";
import { writeFileAtomically } from "../import/write-file-atomically.ts";
import { formatPainted } from "../model/format-problem.ts";
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { hasErrors, type Outcome, type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { problemOf } from "../what-if/check/check-finding.ts";
import { type CheckedFamily, checkTenant } from "../what-if/check/check-tenant.ts";
import { fixScript } from "../what-if/check/fix-script.ts";
import { type UserReport, userReport } from "../what-if/check/user-report.ts";
import {
  type CheckedProblem,
  countLine,
  type ProblemGroup,
  problemLines,
  userLines,
} from "./check-output.ts";
import { type CommonOptions, readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { packageVersion } from "./package-version.ts";
import { PAINT, printProblems } from "./print-problems.ts";
import { problemHelp } from "./problem-help.ts";
import { sarifLog } from "./sarif-log.ts";

interface CheckOptions {
  readonly user?: string;
  readonly sarif?: string;
  readonly fix?: string;
  readonly strict?: true;
}

/** `outdial check`: everything wrong or suspicious in a tenant. */
export function registerCheckCommand(program: Command): void {
  program
    .command("check")
    .description("find everything that is wrong or suspicious in a tenant")
    .option("--user <upn>", "why this user can or cannot call, and what concerns her")
    .option("--fix <file>", "write a .ps1 with cures for what has one obvious cure")
    .option("--sarif <file>", "write the findings as SARIF 2.1.0")
    .option("--strict", "end with exit code 1 on warnings too")
    .addHelpText(
      "after",
      `
Prints a line for each finding: file:line:column severity CODE what. Fix: hint. docs/errors.md tells what
the codes mean. Routes that no number reaches are found on automata, exactly, with the routes that cover
them. Exit code 1 on errors; warnings and infos alone end with 0, unless --strict is given.

Examples:
  outdial check --tenant tenant.yaml
  outdial check --user megan@contoso.com
  outdial check --tenant tenant.yaml --fix cures.ps1
  outdial apply cures.ps1 --tenant tenant.yaml -o mended.yaml`,
    )
    .action(async (options: CheckOptions, command: Command) => {
      process.exitCode = await runCheck(options, readCommonOptions(command));
    });
}

async function runCheck(options: CheckOptions, common: CommonOptions): Promise<number> {
  if (options.fix !== undefined && extname(options.fix).toLowerCase() !== ".ps1") {
    const what = `--fix writes PowerShell, and ${options.fix} does not end in .ps1`;
    printProblems([problem("FILE_NOT_WRITTEN", what, "name a .ps1 file")]);
    return EXIT.problems;
  }
  const loaded = await loadTenant(common.tenant);
  if (!loaded.ok) return printAll(options, common, [loadGroup(loaded.problems)], null);
  const { tenant } = loaded.value;
  const user = options.user === undefined ? null : findUser(tenant, options.user);
  if (user !== null && "code" in user) {
    printProblems([user]);
    return EXIT.problems;
  }
  const families = checkTenant(tenant);
  const report = user === null ? null : userReport(tenant, user, families);
  const groups = await groupsOf(common, loaded, families, report);
  const unwritten =
    options.fix === undefined ? [] : await writeFix(options.fix, common, tenant, families);
  const code = await printAll(options, common, groups, report);
  printProblems(unwritten);
  return hasErrors(unwritten) ? EXIT.problems : code;
}

/** The user of that UPN, or a problem. */
function findUser(tenant: Tenant, upn: string): Tenant["users"][number] | Problem {
  const found = tenant.users.find((user) => nameKey(user.userPrincipalName) === nameKey(upn));
  if (found !== undefined) return found;
  const names = tenant.users.map((user) => user.userPrincipalName);
  const hint = didYouMean(upn, names) ?? "name a user of the tenant by her UPN";
  return problem("USER_UNKNOWN", `no user "${upn}" is in the tenant`, hint);
}

function loadGroup(problems: readonly Problem[]): ProblemGroup {
  const told = problems.map((one): CheckedProblem => ({ ...one, path: null, users: [] }));
  return { title: "Reading the tenant", problems: told };
}

/** What loading told, then the families; of a user's report only what concerns her. */
async function groupsOf(
  { tenant: source }: CommonOptions,
  loaded: Outcome<LoadedTenant> & { readonly ok: true },
  families: readonly CheckedFamily[],
  report: UserReport | null,
): Promise<readonly ProblemGroup[]> {
  const hers = report === null ? null : new Set(report.findings);
  const shown = families.map(({ title, findings }) => ({
    title,
    findings: findings.filter((one) => hers === null || hers.has(one)),
  }));
  const paths = shown.flatMap(({ findings }) => findings.map(({ path }) => path));
  const placeOf = await placesInTenant(source, loaded.value.tenant, paths);
  const groups = shown.map(({ title, findings }) => ({
    title,
    problems: findings.map(
      (one): CheckedProblem => ({
        ...problemOf(one, placeOf(one.path)),
        path: pathText(one.path),
        users: one.users,
      }),
    ),
  }));
  const read = hers === null ? [loadGroup(loaded.problems)] : [];
  return [...read, ...groups].filter(({ problems }) => problems.length > 0);
}

async function printAll(
  options: CheckOptions,
  common: CommonOptions,
  groups: readonly ProblemGroup[],
  report: UserReport | null,
): Promise<number> {
  const problems = groups.flatMap((group) => group.problems);
  if (options.sarif !== undefined) {
    const log = sarifLog(problems, { version: packageVersion(), helpOf: problemHelp() });
    const unwritten = await writeBeside(options.sarif, common, `${JSON.stringify(log, null, 2)}\n`);
    printProblems(unwritten);
    if (hasErrors(unwritten)) return EXIT.problems;
  }
  if (common.json) printJson(problems, report);
  else printText(groups, problems, report, common);
  const isBad =
    hasErrors(problems) ||
    (options.strict === true && problems.some(({ severity }) => severity === "warning"));
  return isBad ? EXIT.problems : EXIT.fine;
}

function printJson(problems: readonly CheckedProblem[], report: UserReport | null): void {
  if (report === null) {
    process.stdout.write(`${JSON.stringify(problems)}\n`);
    return;
  }
  const { findings: _, ...rest } = report;
  process.stdout.write(`${JSON.stringify({ ...rest, problems })}\n`);
}

function printText(
  groups: readonly ProblemGroup[],
  problems: readonly CheckedProblem[],
  report: UserReport | null,
  common: CommonOptions,
): void {
  const painted = (severity: Problem["severity"]): string =>
    pc.isColorSupported && process.stdout.isTTY ? PAINT[severity](severity) : severity;
  const lines = [
    ...(report === null ? [] : userLines(report)),
    ...problemLines(groups, (one) => formatPainted(one, painted)),
    ...(report === null ? [] : [report.conclusion]),
  ];
  process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  if (!common.quiet) process.stdout.write(`${countLine(problems)}\n`);
}

/** @problem FILE_NOT_WRITTEN also when the file is the tenant itself, or lies in its folder */
async function writeFix(
  file: string,
  common: CommonOptions,
  tenant: Tenant,
  families: readonly CheckedFamily[],
): Promise<readonly Problem[]> {
  const { text, cured } = fixScript(tenant, families);
  const problems = await writeBeside(file, common, text);
  if (problems.length === 0 && !common.quiet) {
    process.stderr.write(`${file}: cures for ${cured.length} of the findings\n`);
  }
  return problems;
}

/** Writes a file that is no part of the tenant: a script in a tenant's folder would be applied to it. */
async function writeBeside(
  file: string,
  { tenant }: CommonOptions,
  text: string,
): Promise<readonly Problem[]> {
  const target = resolve(
    await realpath(dirname(file)).catch(() => dirname(file)),
    file.split("/").at(-1) ?? file,
  );
  const source = await realpath(tenant).catch(() => resolve(tenant));
  const below = relative(source, target);
  if (below !== "" && below.startsWith("..")) return writeFileAtomically(file, text);
  const what = `${file} is, or lies in, the tenant that is checked`;
  return [problem("FILE_NOT_WRITTEN", what, "name a file elsewhere")];
}
