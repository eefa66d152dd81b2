import { resolve } from "node:path";
import type { Command } from "commander";
import { type Problem, problem } from "../model/problem.ts";
import { openInput } from "../stream/input-head.ts";
import { readPlacingGround } from "./call-ground.ts";
import { openCdrOutput } from "./cdr-output.ts";
import { checkOperatorFile } from "./compare-sides.ts";
import { demandUser } from "./demand-user.ts";
import { EXIT } from "./exit-code.ts";
import { printProblems, told } from "./print-problems.ts";
import { openRouteInput, type RouteInput } from "./route-input.ts";
import { isSameFile } from "./route-output.ts";
import {
  addSimulateOptions,
  clashOfSimulateOptions,
  readSimulateOptions,
  type SimulateOptions,
} from "./simulate-options.ts";
import { demandWholeCertificate } from "./sip-options.ts";

const HELP = `
Input: as of route. Calls are begun at --rate whether or not earlier ones have ended, each is held for
--hold and recorded with every attempt. Ctrl-C ends it in order: no call is begun any more, those in
progress get a few seconds; a second Ctrl-C ends it at once.

Examples:
  outdial simulate calls.csv --start-trunk-sim --rate 20 --cdr calls.ndjson
  outdial simulate calls.csv --repeat --calls 10000 --rate 200 --hold exponential:5 --json
  trunk-sim --cdr operators.ndjson &
  outdial simulate calls.csv --trunk-sim-cdr operators.ndjson

Exit codes: 0 every call has one record and both sides agree; 1 not, or a line, a file or a name was bad;
64 wrong syntax.`;

/** `outdial simulate`: places the calls of a stream over SIP, and says what became of them. */
export function registerSimulateCommand(program: Command): void {
  const command = program
    .command("simulate")
    .description("place the calls of a stream over SIP, at a given rate");
  addSimulateOptions(command)
    .addHelpText("after", HELP)
    .action(async (file: string | undefined) => {
      const options = readSimulateOptions(command, file);
      demandWholeCertificate(command, options.sip.tls);
      const clash = clashOfSimulateOptions(options);
      if (clash !== null) command.error(`error: ${clash}`, { exitCode: EXIT.usage });
      process.exitCode = await simulate(command, options);
    });
}

async function simulate(command: Command, options: SimulateOptions): Promise<number> {
  const input = told(await openRouteInput(options.input));
  if (input === null) return EXIT.problems;
  try {
    return await simulateInput(command, options, input);
  } finally {
    input.close();
  }
}

async function simulateInput(
  command: Command,
  options: SimulateOptions,
  input: RouteInput,
): Promise<number> {
  const ground = await readPlacingGround(options.common, options.call, options.sip);
  if (ground === null) return EXIT.problems;
  const opened = told(await openInput(input.pieces, input.name, options.inputFormat));
  if (opened === null) return EXIT.problems;
  demandUser(command, options.call.user, input.name, opened);
  const unreadable = await checkOperatorFile(options.trunkSimCdr);
  printProblems(unreadable);
  if (unreadable.length > 0) return EXIT.problems;
  const clashes = await clashesOfFiles(options);
  printProblems(clashes);
  if (clashes.length > 0) return EXIT.problems;
  const { cdr } = options.sip;
  const output = cdr === null ? null : await openCdrOutput(cdr, options.input);
  printProblems(output?.problems ?? []);
  if (output !== null && !output.ok) return EXIT.problems;
  // WHY: loading SIP takes longer than all the rest of a command that needs none.
  const { runSimulation } = await import("./simulate-run.ts");
  const cdrs = output?.value ?? null;
  return runSimulation({ options, ground, input: { input, opened }, cdrs });
}

/**
 * Files that would be written over what is read, or over one another.
 *
 * @problem FILE_NOT_WRITTEN
 */
async function clashesOfFiles(options: SimulateOptions): Promise<readonly Problem[]> {
  const { input, trunkSimCdr, sip } = options;
  const clash = (file: string, is: string): Problem =>
    problem("FILE_NOT_WRITTEN", `${file} is ${is}`, "name another file");
  const problems: Problem[] = [];
  for (const file of [sip.cdr, sip.pcap]) {
    if (file === null) continue;
    if (input !== undefined && (await isSameFile(file, input))) {
      problems.push(clash(file, "the input itself"));
    }
    if (trunkSimCdr !== null && (await isSameFile(file, trunkSimCdr))) {
      problems.push(clash(file, "the file of trunk-sim's records"));
    }
  }
  if (sip.cdr !== null && sip.pcap !== null && resolve(sip.cdr) === resolve(sip.pcap)) {
    problems.push(clash(sip.pcap, "the file of the records too"));
  }
  return problems;
}
