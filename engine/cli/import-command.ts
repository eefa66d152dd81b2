import { type Command, Option } from "commander";
import { tenantToYaml } from "../import/write-tenant.ts";
import { printableLine } from "../model/printable-line.ts";
import { hasErrors, type Problem } from "../model/problem.ts";
import { revisionOf } from "../model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../model/tenant.ts";
import { type CommonOptions, readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { importTestCases } from "./import-test-cases.ts";
import { collectPlaceholder } from "./placeholder-values.ts";
import { countProblems, printProblems } from "./print-problems.ts";
import { countStatements, type ReadChange, readChange } from "./read-change.ts";
import { tenantTextFor } from "./tenant-text.ts";
import { writeElsewhere } from "./write-elsewhere.ts";

interface ImportOptions {
  readonly output?: string;
  readonly set: ReadonlyMap<string, string>;
  readonly testCases?: string;
}

/** What `--json` prints, as one document; the tenant only when it goes to no file. */
interface ImportReport {
  /** Null when nothing was loaded. */
  readonly revision: string | null;
  /** What the script printed, line by line. */
  readonly printed: readonly string[];
  readonly statements: ReadChange["statements"];
  readonly problems: readonly Problem[];
  /** The file that was written, or null. */
  readonly written: string | null;
  readonly tenant: Tenant | null;
}

/** `outdial import SRC -o tenant.yaml`: any accepted source as a canonical tenant file. */
export function registerImportCommand(program: Command): void {
  program
    .command("import")
    .description("turn a script, exports or another tenant source into a canonical tenant file")
    .argument(
      "<source>",
      "a .ps1, a tenant file, or a folder or zip of exports (see outdial collect)",
    )
    .option(
      "-o, --output <file>",
      "where to write it: .yaml, .json or .ps1 (default: YAML to stdout)",
    )
    .addOption(
      new Option("--set <name=value>", "value for a <placeholder> of the script")
        .argParser(collectPlaceholder)
        .default(new Map(), "none"),
    )
    .option(
      "--test-cases <file>",
      "read voice test configurations of Lync and write them there as cases of outdial test",
    )
    .addHelpText(
      "after",
      `
What is not understood changes nothing, is reported with its place, and makes the exit code 1; what is
understood is still written. --json prints one document: revision, printed, statements, problems,
written, and without -o the tenant itself.

With --test-cases the source is what Get-CsVoiceTestConfiguration exported, or a script with
New-CsVoiceTestConfiguration; callers are chosen from the tenant of --tenant by their policies.

Examples:
  outdial import provision.ps1 -o tenant.yaml --set user=megan@contoso.com
  outdial import outdial-export -o tenant.yaml
  outdial import Get-CsVoiceTestConfiguration.json --test-cases cases.yaml --tenant tenant.yaml`,
    )
    .action(async (source: string, options: ImportOptions, command: Command) => {
      const { output, testCases } = options;
      if (testCases !== undefined) {
        process.exitCode = await importTestCases(source, testCases, readCommonOptions(command));
        return;
      }
      const report = await runImport(source, output, options.set);
      printReport(source, report, output, readCommonOptions(command));
      process.exitCode = hasErrors(report.problems) ? EXIT.problems : EXIT.fine;
    });
}

async function runImport(
  source: string,
  output: string | undefined,
  placeholders: ReadonlyMap<string, string>,
): Promise<ImportReport> {
  const read = await readChange(source, EMPTY_TENANT, placeholders);
  const report: ImportReport = {
    revision: read.tenant === null ? null : revisionOf(read.tenant),
    printed: read.printed,
    statements: read.statements,
    problems: read.problems,
    written: null,
    tenant: read.tenant,
  };
  if (read.tenant === null || output === undefined) return report;
  const unwritten = await writeElsewhere(output, source, tenantTextFor(output, read.tenant));
  if (unwritten.length > 0) return { ...report, problems: [...read.problems, ...unwritten] };
  return { ...report, written: output };
}

/** Where the tenant itself goes to stdout, what its script printed goes to stderr. */
function printReport(
  source: string,
  report: ImportReport,
  output: string | undefined,
  { json, quiet }: CommonOptions,
): void {
  const { tenant, printed, problems } = report;
  if (json) {
    const shown = output === undefined ? report : { ...report, tenant: undefined };
    process.stdout.write(`${JSON.stringify(shown)}\n`);
  } else {
    const stream = output === undefined ? process.stderr : process.stdout;
    stream.write(printed.map((line) => `${printableLine(line)}\n`).join(""));
    if (output === undefined && tenant !== null) process.stdout.write(tenantToYaml(tenant));
  }
  printProblems(problems);
  if (!quiet) process.stderr.write(`${printableLine(closingLine(source, report))}\n`);
}

function closingLine(source: string, { revision, statements, problems }: ImportReport): string {
  const counted = statements === null ? "" : `; ${countStatements(statements)}`;
  const made = revision === null ? "nothing was loaded" : `revision ${revision}`;
  return `${countProblems(problems)} in ${source}${counted}; ${made}`;
}
