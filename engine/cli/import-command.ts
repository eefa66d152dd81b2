import { extname } from "node:path";
import type { Command } from "commander";
import { writeFileAtomically } from "../import/write-file-atomically.ts";
import { hasErrors, type Problem } from "../model/problem.ts";
import { revisionOf } from "../model/revision.ts";
import { EMPTY_TENANT } from "../model/tenant.ts";
import { readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { collectPlaceholder } from "./placeholder-values.ts";
import { countProblems, printProblems } from "./print-problems.ts";
import { countStatements, readChange } from "./read-change.ts";
import { tenantTextFor } from "./tenant-text.ts";

interface ImportOptions {
  readonly output?: string;
  readonly set: ReadonlyMap<string, string>;
}

/** `outdial import SRC -o tenant.yaml`: any accepted source as a canonical tenant file. */
export function registerImportCommand(program: Command): void {
  program
    .command("import")
    .description("turn a script or another tenant source into a canonical tenant file")
    .argument("<source>", "a .ps1 script, a tenant file, or a folder of them")
    .option(
      "-o, --output <file>",
      "where to write it: .yaml, .json or .ps1 (default: YAML to stdout)",
    )
    .option(
      "--set <name=value>",
      "value for a <placeholder> of the script",
      collectPlaceholder,
      new Map(),
    )
    .addHelpText(
      "after",
      `
What is not understood changes nothing, is reported with its place, and makes the exit code 1; what is
understood is still written.

Example: outdial import provision.ps1 -o tenant.yaml --set user=megan@contoso.com`,
    )
    .action(async (source: string, options: ImportOptions, command: Command) => {
      process.exitCode = await runImport(source, options, readCommonOptions(command).quiet);
    });
}

async function runImport(source: string, options: ImportOptions, quiet: boolean): Promise<number> {
  const read = await readChange(source, EMPTY_TENANT, options.set);
  const problems: Problem[] = [...read.problems];
  const { output } = options;
  if (read.tenant !== null) {
    const text = tenantTextFor(output ?? ".yaml", read.tenant);
    const stream = output === undefined ? process.stderr : process.stdout;
    for (const line of read.printed) stream.write(`${line}\n`);
    if (output === undefined) process.stdout.write(text);
    else problems.push(...(await writeFileAtomically(output, text)));
  }
  printProblems(problems);
  if (!quiet) summarise(source, read, problems);
  return hasErrors(problems) ? EXIT.problems : EXIT.fine;
}

function summarise(
  source: string,
  { tenant, statements }: Awaited<ReturnType<typeof readChange>>,
  problems: readonly Problem[],
): void {
  const counted = statements === null ? "" : `; ${countStatements(statements)}`;
  const revision = tenant === null ? "nothing was loaded" : `revision ${revisionOf(tenant)}`;
  const kind = extname(source) === "" ? "folder" : "file";
  const from = kind === "folder" ? `folder ${source}` : source;
  process.stderr.write(`${countProblems(problems)} in ${from}${counted}; ${revision}\n`);
}
