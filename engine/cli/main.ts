#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { EngineError } from "../model/engine-error.ts";
import { reportFailure } from "../model/failure-report.ts";
import { addCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { packageVersion } from "./package-version.ts";

/**
 * Every command registers itself; one file per command, in the order in which help lists them. Only
 * those whose name stands on the command line are loaded: a third of a second of parsers and schemas
 * is not spent on a command that needs none.
 */
const COMMANDS: ReadonlyMap<string, () => Promise<(program: Command) => void>> = new Map([
  ["route", async () => (await import("./route-command.ts")).registerRouteCommand],
  ["call", async () => (await import("./call-command.ts")).registerCallCommand],
  ["simulate", async () => (await import("./simulate-command.ts")).registerSimulateCommand],
  ["pattern", async () => (await import("./pattern-command.ts")).registerPatternCommand],
  ["explain", async () => (await import("./explain-command.ts")).registerExplainCommand],
  ["check", async () => (await import("./check-command.ts")).registerCheckCommand],
  ["import", async () => (await import("./import-command.ts")).registerImportCommand],
  ["export", async () => (await import("./export-command.ts")).registerExportCommand],
  ["apply", async () => (await import("./apply-command.ts")).registerApplyCommand],
  ["test", async () => (await import("./test-command.ts")).registerTestCommand],
  ["collect", async () => (await import("./collect-command.ts")).registerCollectCommand],
  ["drift", async () => (await import("./drift-command.ts")).registerDriftCommand],
]);

/** Builds the program for one command line. Help and a wrong name need all commands. */
async function createProgram(args: readonly string[]): Promise<Command> {
  const program = addCommonOptions(new Command("outdial"))
    .description(
      "Outbound call routing with Microsoft Teams semantics: where would this number go?",
    )
    .version(packageVersion())
    .addHelpText(
      "after",
      `
Exit codes: 0 fine; 1 problems found, refused, or a bad or missing file; 64 wrong syntax; 70 a bug of ours.`,
    )
    .showHelpAfterError("(outdial --help shows the commands)")
    .exitOverride();
  const names = [...COMMANDS.keys()];
  const named = args.includes("help") ? [] : names.filter((name) => args.includes(name));
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) return program;
  for (const name of named.length > 0 ? named : names) (await COMMANDS.get(name)?.())?.(program);
  return program;
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  const { text, isBug } = reportFailure(error, process.argv.includes("--debug"));
  process.stderr.write(text);
  return isBug ? EXIT.bug : EXIT.problems;
}

// WHY: whoever reads the output may have seen enough (`| head`); that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  const message = `stdout cannot be written: ${error.code === "ENOSPC" ? "no space left" : error.code}`;
  process.exit(failed(new EngineError("ENGINE_FILE_UNWRITABLE", message)));
});

try {
  await (await createProgram(process.argv.slice(2))).parseAsync(process.argv);
} catch (error) {
  process.exitCode = failed(error);
}
