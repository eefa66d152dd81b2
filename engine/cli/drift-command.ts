import type { Command } from "commander";
import { loadTenant } from "../import/load-tenant.ts";
import { printableLine } from "../model/printable-line.ts";
import { driftBetween } from "../what-if/drift.ts";
import { readCommonOptions } from "./common-options.ts";
import { describeDrift } from "./describe-changes.ts";
import { EXIT } from "./exit-code.ts";
import { told } from "./print-problems.ts";

/** `outdial drift A B`: what differs between two tenants or exports. */
export function registerDriftCommand(program: Command): void {
  program
    .command("drift")
    .description("tell what differs between two tenants or exports, object by object")
    .argument("<before>", "a tenant: a file, a script, a folder or a zip of exports")
    .argument("<after>", "the tenant to compare it with")
    .addHelpText(
      "after",
      `
Prints a line for each object that is not the same: + added, - removed, ~ changed, with the properties
that have another value. --json prints one document: beforeRevision, afterRevision, drift.
Exit code 0 when both are the same, 1 when they differ or one of them cannot be read.

Example: outdial drift last-week/ today.zip`,
    )
    .action((before: string, after: string, _: unknown, command: Command) =>
      drift(before, after, command),
    );
}

async function drift(before: string, after: string, command: Command): Promise<void> {
  const { json, quiet } = readCommonOptions(command);
  const first = told(await loadTenant(before));
  const second = told(await loadTenant(after));
  process.exitCode = EXIT.problems;
  if (first === null || second === null) return;
  const found = driftBetween(first.tenant, second.tenant);
  if (json) {
    const document = {
      beforeRevision: first.revision,
      afterRevision: second.revision,
      drift: found,
    };
    process.stdout.write(`${JSON.stringify(document)}\n`);
  } else {
    process.stdout.write(found.map((one) => `${printableLine(describeDrift(one))}\n`).join(""));
  }
  if (!quiet) {
    const count = found.length === 0 ? "no object differs" : `${found.length} objects differ`;
    const shown = found.length === 1 ? "1 object differs" : count;
    process.stderr.write(`${shown}; revision ${first.revision} → ${second.revision}\n`);
  }
  if (found.length === 0) process.exitCode = EXIT.fine;
}
