import { extname } from "node:path";
import { type Command, Option } from "commander";
import { loadTenant } from "../import/load-tenant.ts";
import { printableLine } from "../model/printable-line.ts";
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
import { writeElsewhere } from "./write-elsewhere.ts";

interface ApplyOptions {
  readonly output?: string;
  readonly set: ReadonlyMap<string, string>;
  readonly keepGoing?: true;
}

/** What `--json` prints, as one document; what was not come to is null. */
interface ApplyReport {
  readonly baseRevision: string | null;
  /** Null when nothing was written. */
  readonly newRevision: string | null;
  readonly changes: readonly string[];
  /** What the script printed, line by line. */
  readonly printed: readonly string[];
  readonly statements: ReadChange["statements"];
  readonly problems: readonly Problem[];
  /** The file that was written, or null. */
  readonly written: string | null;
}

const NOTHING: ApplyReport = {
  baseRevision: null,
  newRevision: null,
  changes: [],
  printed: [],
  statements: null,
  problems: [],
  written: null,
};

/** `outdial apply CHANGE`: a script or a tenant onto a tenant, all or nothing. */
export function registerApplyCommand(program: Command): void {
  program
    .command("apply")
    .description("apply a script, or another tenant, to a tenant and write the result")
    .argument(
      "<change>",
      "a .ps1 script, a tenant file, a folder of them, or a folder or zip of exports",
    )
    .option("-o, --output <file>", "where to write it: .yaml, .json or .ps1")
    .addOption(
      new Option("--set <name=value>", "value for a <placeholder> of the script")
        .argParser(collectPlaceholder)
        .default(new Map(), "none"),
    )
    .option("--keep-going", "write what was understood although some statement was not")
    .addHelpText(
      "after",
      `
Prints what the script printed, then what changed. Nothing is written when any statement was refused or
not understood, unless --keep-going is given. Without -o the tenant is changed in place, which needs
--tenant to be given and to name one canonical file (.yaml or .json). A script that begins with an
outdial-data block (see outdial export --powershell), a tenant and exports replace it as a whole.
--json prints one document: baseRevision, newRevision, changes, printed, statements, problems, written.

Example: outdial apply conferencing.ps1 --tenant tenant.yaml --set user=megan@contoso.com`,
    )
    .action(async (change: string, options: ApplyOptions, command: Command) => {
      const common = readCommonOptions(command);
      const report = await runApply(change, options, common);
      printReport(change, report, common);
      process.exitCode = hasErrors(report.problems) ? EXIT.problems : EXIT.fine;
    });
}

async function runApply(
  change: string,
  options: ApplyOptions,
  common: CommonOptions,
): Promise<ApplyReport> {
  const target = targetOf(options, common);
  if (typeof target !== "string") return { ...NOTHING, problems: [target] };
  const base = await loadTenant(common.tenant);
  if (!base.ok) return { ...NOTHING, problems: base.problems };
  const read = await readChange(change, base.value.tenant, options.set);
  const report: ApplyReport = {
    ...NOTHING,
    baseRevision: base.value.revision,
    printed: read.printed,
    statements: read.statements,
    problems: [...base.problems, ...read.problems],
  };
  const refused = hasErrors(read.problems) && options.keepGoing !== true;
  if (read.tenant === null || refused) return report;
  return writeChange(target, change, { before: base.value.tenant, after: read.tenant }, report);
}

async function writeChange(
  target: string,
  change: string,
  { before, after }: { readonly before: Tenant; readonly after: Tenant },
  report: ApplyReport,
): Promise<ApplyReport> {
  const unwritten = await writeElsewhere(target, change, tenantTextFor(target, after));
  if (unwritten.length > 0) return { ...report, problems: [...report.problems, ...unwritten] };
  return {
    ...report,
    newRevision: revisionOf(after),
    changes: describeChanges(before, after),
    written: target,
  };
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

function printReport(change: string, report: ApplyReport, common: CommonOptions): void {
  const { baseRevision, newRevision, changes, printed, problems } = report;
  printProblems(problems);
  if (common.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    const lines = [...printed, ...(common.quiet ? [] : changes)].map(printableLine);
    if (newRevision !== null && !common.quiet) {
      const count = `${changes.length} change${changes.length === 1 ? "" : "s"}`;
      lines.push(`${count}, revision ${baseRevision} → ${newRevision}`);
    }
    process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  }
  if (!common.quiet) process.stderr.write(`${printableLine(closingLine(change, report))}\n`);
}

function closingLine(change: string, { problems, statements, written }: ApplyReport): string {
  if (written !== null) return `${countProblems(problems)}; ${written} written`;
  const counted = statements === null ? "" : `; ${countStatements(statements)}`;
  return `${countProblems(problems)} in ${change}${counted}; nothing was written`;
}
