import type { Command } from "commander";
import { CSV_COLUMNS } from "../stream/csv-layout.ts";
import type { OpenedInput } from "../stream/input-head.ts";
import { EXIT } from "./exit-code.ts";

/** Ends the command when neither the command line nor the input says whose calls these are. */
export function demandUser(
  command: Command,
  user: string | null,
  inputName: string,
  opened: OpenedInput,
): void {
  if (user !== null || opened.isEmpty || namesUsers(opened)) return;
  const where = `${inputName} is read as ${opened.setup.format} and names no users`;
  command.error(`error: ${where}: say whose calls these are with --user`, { exitCode: EXIT.usage });
}

function namesUsers({ setup }: OpenedInput): boolean {
  if (setup.format === "csv") return setup.layout.positions[CSV_COLUMNS.indexOf("user")] !== -1;
  return setup.format === "ndjson";
}
