import type { Command } from "commander";
import { compileTenant } from "../compile/compile-tenant.ts";
import { loadTenant } from "../import/load-tenant.ts";
import { callerNames } from "../model/callers.ts";
import { hasErrors } from "../model/problem.ts";
import { CSV_COLUMNS } from "../stream/csv-layout.ts";
import { openInput } from "../stream/input-head.ts";
import { checkCallOptions } from "./call-options.ts";
import { demandUser } from "./demand-user.ts";
import { EXIT } from "./exit-code.ts";
import { printProblems, printWorthTelling, told } from "./print-problems.ts";
import { openRouteInput, type RouteInput } from "./route-input.ts";
import { addRouteOptions, type RouteOptions, readRouteOptions } from "./route-options.ts";
import { type RouteGround, runRoute } from "./route-run.ts";

const HELP = `
Input: one number a line; CSV with a header; or one JSON object a line, with the columns or keys
  ${CSV_COLUMNS.join(", ")}
of which only dialed is needed. --in tells which; else a file's ending (.txt .csv .ndjson .jsonl), else
the first line. Options stand in for what a line does not say. Every line gives one decision, also a
bad or blank one: it is blocked, and its place is told on stderr.

Examples:
  echo +442079460123 | outdial route --user megan@contoso.com --kind dial-out
  outdial route calls.csv -o decisions.csv --summary
  outdial route calls.ndjson --out ndjson --down pure-ip --errors problems.txt

Exit codes: 0 fine; 1 some line was bad, or a file or a name was; 64 wrong syntax.`;

/** `outdial route`: a stream of dialed numbers in, a stream of decisions out, in the same order. */
export function registerRouteCommand(program: Command): void {
  const command = program.command("route").description("decide where dialed numbers would go");
  addRouteOptions(command)
    .addHelpText("after", HELP)
    .action(async (file: string | undefined) => {
      process.exitCode = await route(command, readRouteOptions(command, file));
    });
}

async function route(command: Command, options: RouteOptions): Promise<number> {
  const input = told(await openRouteInput(options.input));
  if (input === null) return EXIT.problems;
  try {
    return await routeInput(command, options, input);
  } finally {
    input.close();
  }
}

async function routeInput(
  command: Command,
  options: RouteOptions,
  input: RouteInput,
): Promise<number> {
  const ground = await groundFor(options);
  if (ground === null) return EXIT.problems;
  const opened = told(await openInput(input.pieces, input.name, options.inputFormat));
  if (opened === null) return EXIT.problems;
  demandUser(command, options.call.user, input.name, opened);
  return runRoute(options, ground, input, opened);
}

/** Loads and compiles the tenant and checks the names on the command line against it. */
async function groundFor(options: RouteOptions): Promise<RouteGround | null> {
  const loaded = told(await loadTenant(options.common.tenant));
  if (loaded === null) return null;
  const wrongNames = checkCallOptions(options.call, loaded.tenant);
  printProblems(wrongNames);
  if (hasErrors(wrongNames)) return null;
  const { compiled, problems } = compileTenant(loaded.tenant, options.matcher);
  printWorthTelling(problems);
  return { compiled, users: callerNames(loaded.tenant) };
}
