import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { INPUT_FORMATS, type InputFormat } from "../stream/input-format.ts";
import { OUTPUT_FORMATS, type OutputFormat } from "../stream/row-format.ts";
import { addCallOptions, type CallOptions, readCallOptions } from "./call-options.ts";
import { type CommonOptions, readCommonOptions } from "./common-options.ts";

const MAX_WORKERS = 256;
const MATCHERS = ["auto", "dfa", "re2"] as const;

/** What `outdial route` was asked to do. */
export interface RouteOptions {
  readonly common: CommonOptions;
  readonly call: CallOptions;
  /** `undefined` = stdin. */
  readonly input: string | undefined;
  /** `null` = by name, else by the first line. */
  readonly inputFormat: InputFormat | null;
  /** `undefined` = stdout. */
  readonly output: string | undefined;
  readonly outputFormat: OutputFormat;
  /** Worker threads; 0 and 1 = route in the main thread. */
  readonly workers: number;
  /** Whether `--workers` was given: then they are started at once. */
  readonly workersGiven: boolean;
  readonly matcher: (typeof MATCHERS)[number];
  readonly summary: boolean;
  /** File for every problem of the input. */
  readonly errors: string | undefined;
}

function readWorkers(text: string): number {
  const workers = Number(text);
  if (!/^\d{1,3}$/.test(text) || workers > MAX_WORKERS) {
    throw new InvalidArgumentError(`It is a whole number from 0 to ${MAX_WORKERS}.`);
  }
  return workers;
}

/** Declares the options of `route`. */
export function addRouteOptions(command: Command): Command {
  return addCallOptions(command)
    .argument("[file]", "dialed numbers; stdin when left out")
    .addOption(
      new Option(
        "--in <format>",
        "how they are written (default: by ending, else by look)",
      ).choices(INPUT_FORMATS),
    )
    .addOption(new Option("--out <format>", "how decisions are written").choices(OUTPUT_FORMATS))
    .option("-o, --output <file>", "write decisions to a file instead of stdout")
    .option("--workers <number>", "worker threads; 0 or 1 for none (default: cores)", readWorkers)
    .addOption(
      new Option("--matcher <engine>", "what matches numbers").choices(MATCHERS).default("auto"),
    )
    .option("--summary", "print a table by outcome and operator to stderr")
    .option("--errors <file>", "write every problem of the input to a file");
}

/** Reads the options declared by {@link addRouteOptions}; `--json` means `--out ndjson`. */
export function readRouteOptions(command: Command, input: string | undefined): RouteOptions {
  const given: Readonly<Record<string, unknown>> = command.opts();
  const text = (key: string): string | undefined => {
    const value = given[key];
    return typeof value === "string" ? value : undefined;
  };
  const common = readCommonOptions(command);
  const workers = given["workers"];
  return {
    common,
    call: readCallOptions(command),
    input: input === "-" ? undefined : input,
    inputFormat: INPUT_FORMATS.find((format) => format === given["in"]) ?? null,
    output: text("output") === "-" ? undefined : text("output"),
    outputFormat:
      OUTPUT_FORMATS.find((format) => format === given["out"]) ?? (common.json ? "ndjson" : "csv"),
    workers: typeof workers === "number" ? workers : availableParallelism(),
    workersGiven: typeof workers === "number",
    matcher: MATCHERS.find((matcher) => matcher === given["matcher"]) ?? "auto",
    summary: given["summary"] === true && !common.quiet,
    errors: text("errors"),
  };
}
