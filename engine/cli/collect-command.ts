import type { Command } from "commander";
import { collectScript } from "../import/export-folder/collect-script.ts";

/** `outdial collect`: the PowerShell that exports a tenant. */
export function registerCollectCommand(program: Command): void {
  program
    .command("collect")
    .description("print the PowerShell script that exports a real tenant for import")
    .addHelpText(
      "after",
      `
The script only reads, and writes a folder outdial-export with one file for each Get- cmdlet. A comment
before each says what it is for. Run it where Connect-MicrosoftTeams has been called.

Example: outdial collect > collect.ps1`,
    )
    .action(() => {
      process.stdout.write(collectScript());
    });
}
