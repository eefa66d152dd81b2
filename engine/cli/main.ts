#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { EngineError } from "../model/engine-error.ts";
import { registerApplyCommand } from "./apply-command.ts";
import { addCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { registerExplainCommand } from "./explain-command.ts";
import { registerExportCommand } from "./export-command.ts";
import { registerImportCommand } from "./import-command.ts";
import { registerPatternCommand } from "./pattern-command.ts";
import { registerRouteCommand } from "./route-command.ts";

/** Every command registers itself here; one file per command. */
const COMMANDS: readonly ((program: Command) => void)[] = [
  registerRouteCommand,
  registerPatternCommand,
  registerExplainCommand,
  registerImportCommand,
  registerExportCommand,
  registerApplyCommand,
];

function version(): string {
  // WHY: this file runs from dist/engine/cli; package.json stands three folders above.
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return version;
}

/** Builds the program; a function so that tests can read its help. */
export function createProgram(): Command {
  const program = addCommonOptions(new Command("outdial"))
    .description(
      "Outbound call routing with Microsoft Teams semantics: where would this number go?",
    )
    .version(version())
    .addHelpText(
      "after",
      `
Exit codes: 0 fine; 1 problems found, refused, or a bad or missing file; 64 wrong syntax; 70 a bug of ours.`,
    )
    .showHelpAfterError("(outdial --help shows the commands)")
    .exitOverride();
  for (const register of COMMANDS) register(program);
  return program;
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string };
  process.stderr.write(`error ${code ?? "ENGINE_BUG"} ${message ?? String(error)}\n`);
  if (process.argv.includes("--debug")) process.stderr.write(`${stack ?? ""}\n`);
  if (typeof code === "string" && code !== "ENGINE_BUG" && code.startsWith("ENGINE_")) {
    return EXIT.problems;
  }
  process.stderr.write(
    "This is a bug of outdial: please report it with the input that caused it.\n",
  );
  return EXIT.bug;
}

// WHY: whoever reads the output may have seen enough (`| head`); that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return;
  const message = `stdout cannot be written: ${error.code === "ENOSPC" ? "no space left" : error.code}`;
  process.exit(failed(new EngineError("ENGINE_FILE_UNWRITABLE", message)));
});

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  process.exitCode = failed(error);
}
