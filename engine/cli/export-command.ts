import type { Command } from "commander";
import { loadTenant } from "../import/load-tenant.ts";
import { writeScript } from "../import/powershell/write-script.ts";
import { tenantToJson, tenantToYaml } from "../import/write-tenant.ts";
import { hasErrors } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { printProblems } from "./print-problems.ts";
import { writeElsewhere } from "./write-elsewhere.ts";

interface ExportOptions {
  readonly powershell?: true;
  readonly yaml?: true;
  readonly output?: string;
}

/** `outdial export --powershell|--yaml|--json`: importing what it prints gives the same revision. */
export function registerExportCommand(program: Command): void {
  program
    .command("export")
    .description("print the tenant as a script of cmdlets, or as a canonical file")
    .option("--powershell", "a script that recreates it")
    .option("--yaml", "a canonical YAML file (the default; --json gives JSON)")
    .option("-o, --output <file>", "write to this file instead of stdout")
    .addHelpText(
      "after",
      `
What no cmdlet creates (operators, numbers, users, licences, options, …) stands in a comment
"<# outdial-data … #>" at the head of the script, which outdial import reads first.

Example: outdial export --powershell --tenant tenant.yaml -o tenant.ps1`,
    )
    .action(async (options: ExportOptions, command: Command) => {
      const { tenant, json } = readCommonOptions(command);
      process.exitCode = await runExport(tenant, options, json);
    });
}

async function runExport(path: string, options: ExportOptions, json: boolean): Promise<number> {
  const forms = [options.powershell, options.yaml, json || undefined].filter(Boolean);
  if (forms.length > 1) {
    process.stderr.write("error: --powershell, --yaml and --json exclude each other\n");
    return EXIT.usage;
  }
  const loaded = await loadTenant(path);
  printProblems(loaded.problems);
  if (!loaded.ok) return EXIT.problems;
  const text = textOf(loaded.value.tenant, options, json);
  if (options.output === undefined) {
    process.stdout.write(text);
    return EXIT.fine;
  }
  const problems = await writeElsewhere(options.output, path, text);
  printProblems(problems);
  return hasErrors(problems) ? EXIT.problems : EXIT.fine;
}

function textOf(tenant: Tenant, { powershell }: ExportOptions, json: boolean): string {
  if (powershell === true) return writeScript(tenant);
  return json ? tenantToJson(tenant) : tenantToYaml(tenant);
}
