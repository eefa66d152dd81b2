import { extname } from "node:path";
import type { Command } from "commander";
import { loadTenant } from "../import/load-tenant.ts";
import { writeFileAtomically } from "../import/write-file-atomically.ts";
import { hasErrors, type Problem, problem } from "../model/problem.ts";
import { revisionOf } from "../model/revision.ts";
import type { Tenant } from "../model/tenant.ts";
import { type CommonOptions, readCommonOptions } from "./common-options.ts";
import { describeChanges } from "./describe-changes.ts";
import { EXIT } from "./exit-code.ts";
import { collectPlaceholder } from "./placeholder-values.ts";
import { countProblems, printProblems } from "./print-problems.ts";
import { countStatements, type ReadChange, readChange } from "./read-change.ts";
import { tenantTextFor } from "./tenant-text.ts";

interface ApplyOptions {
  readonly output?: string;
  readonly set: ReadonlyMap<string, string>;
  readonly keepGoing?: true;
}

/** `outdial apply CHANGE`: a script or a tenant onto a tenant, all or nothing. */
export function registerApplyCommand(program: Command): void {
  program
    .command("apply")
    .description("apply a script, or another tenant, to a tenant and write the result")
    .argument("<change>", "a .ps1 script, a tenant file, or a folder of them")
    .option("-o, --output <file>", "where to write it: .yaml, .json or .ps1")
    .option(
      "--set <name=value>",
      "value for a <placeholder> of the script",
      collectPlaceholder,
      new Map(),
    )
    .option("--keep-going", "write what was understood although some statement was not")
    .addHelpText(
      "after",
      `
Prints what the script printed, then what changed. Nothing is written when any statement was refused or
not understood, unless --keep-going is given. Without -o the tenant is changed in place, which needs
--tenant to be given and to name one canonical file (.yaml or .json). A script that begins with an
outdial-data block (see outdial export --powershell) and a tenant replace the tenant as a whole.

Example: outdial apply conferencing.ps1 --tenant tenant.yaml --set user=megan@contoso.com`,
    )
    .action(async (change: string, options: ApplyOptions, command: Command) => {
      process.exitCode = await runApply(change, options, readCommonOptions(command));
    });
}

async function runApply(
  change: string,
  options: ApplyOptions,
  common: CommonOptions,
): Promise<number> {
  const target = targetOf(options, common);
  if (typeof target !== "string") return refused([target]);
  const base = await loadTenant(common.tenant);
  if (!base.ok) return refused(base.problems);
  const read = await readChange(change, base.value.tenant, options.set);
  for (const line of read.printed) process.stdout.write(`${line}\n`);
  const stopped = read.tenant === null || (hasErrors(read.problems) && options.keepGoing !== true);
  if (stopped || read.tenant === null) {
    printProblems(read.problems);
    if (!common.quiet) sayNothingWritten(change, read);
    return EXIT.problems;
  }
  const problems = [...base.problems, ...read.problems];
  problems.push(...(await writeFileAtomically(target, tenantTextFor(target, read.tenant))));
  printProblems(problems);
  report(base.value.tenant, read.tenant, problems, common);
  if (!common.quiet && !problems.some((p) => p.code === "FILE_NOT_WRITTEN")) {
    process.stderr.write(`${countProblems(problems)}; ${target} written\n`);
  }
  return hasErrors(problems) ? EXIT.problems : EXIT.fine;
}

/** The file to write, or why there is none. */
function targetOf(options: ApplyOptions, common: CommonOptions): string | Problem {
  if (options.output !== undefined) return options.output;
  const canonical = [".yaml", ".yml", ".json"].includes(extname(common.tenant).toLowerCase());
  if (common.tenantGiven && canonical) return common.tenant;
  const what = common.tenantGiven
    ? `${common.tenant} is not one canonical file, so it cannot be changed in place`
    : "the sample tenant is never changed in place";
  return problem("FILE_NOT_WRITTEN", what, "name the file to write with -o");
}

function refused(problems: readonly Problem[]): number {
  printProblems(problems);
  return EXIT.problems;
}

function sayNothingWritten(change: string, { problems, statements }: ReadChange): void {
  const counted = statements === null ? "" : `; ${countStatements(statements)}`;
  process.stderr.write(`${countProblems(problems)} in ${change}${counted}; nothing was written\n`);
}

function report(
  before: Tenant,
  after: Tenant,
  problems: readonly Problem[],
  { json, quiet }: CommonOptions,
): void {
  const changes = describeChanges(before, after);
  const baseRevision = revisionOf(before);
  const newRevision = revisionOf(after);
  if (json) {
    process.stdout.write(`${JSON.stringify({ baseRevision, newRevision, changes, problems })}\n`);
    return;
  }
  if (quiet) return;
  for (const line of changes) process.stdout.write(`${line}\n`);
  const count = `${changes.length} change${changes.length === 1 ? "" : "s"}`;
  process.stdout.write(`${count}, revision ${baseRevision} → ${newRevision}\n`);
}
