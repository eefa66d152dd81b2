import { type Command, Option } from "commander";
import { INPUT_FORMATS, type InputFormat } from "../stream/input-format.ts";
import { addCallOptions, type CallOptions, readCallOptions } from "./call-options.ts";
import { type CommonOptions, readCommonOptions } from "./common-options.ts";
import { addSipOptions, readPositive, readSipOptions, type SipOptions } from "./sip-options.ts";

const MAX_RATE = 10_000;
const MAX_CALLS = 100_000_000;
const MAX_IN_FLIGHT = 100_000;
const MAX_MEDIA = 1000;
const DEFAULTS = { rate: 10, maxInFlight: 2000, media: 50 } as const;

/** What `outdial simulate` was asked to do. */
export interface SimulateOptions {
  readonly common: CommonOptions;
  readonly call: CallOptions;
  readonly sip: SipOptions;
  /** `undefined` = stdin. */
  readonly input: string | undefined;
  /** `null` = by name, else by the first line. */
  readonly inputFormat: InputFormat | null;
  readonly callsPerSecond: number;
  /** Calls to begin; `null` = as many as the stream has. */
  readonly calls: number | null;
  /** Read the stream from its start again when it ends. */
  readonly repeat: boolean;
  readonly maxInFlight: number;
  /** Calls with speech at one time. */
  readonly maxMediaStreams: number;
  readonly summary: boolean;
  readonly startTrunkSim: boolean;
  readonly trunkSimScenario: string | null;
  /** CDRs of a trunk-sim that somebody else started. */
  readonly trunkSimCdr: string | null;
}

/** Declares the options of `simulate`. */
export function addSimulateOptions(command: Command): Command {
  addCallOptions(command)
    .argument("[file]", "dialed numbers; stdin when left out")
    .addOption(
      new Option(
        "--in <format>",
        "how they are written (default: by ending, else by look)",
      ).choices(INPUT_FORMATS),
    )
    .option(
      "--rate <calls>",
      "calls begun each second, however long others take",
      readPositive(MAX_RATE, false),
      DEFAULTS.rate,
    )
    .option("--calls <number>", "stop after so many calls", readPositive(MAX_CALLS, true))
    .option("--repeat", "read the file from its start again when it ends; needs --calls")
    .option(
      "--max-in-flight <calls>",
      "calls at one time; the next ones wait",
      readPositive(MAX_IN_FLIGHT, true),
      DEFAULTS.maxInFlight,
    )
    .option(
      "--media <calls>",
      "send and measure speech (RTP; none where SRTP is agreed) in so many calls at one time",
      readPositive(MAX_MEDIA, true),
      DEFAULTS.media,
    )
    .option("--summary", "print the table also where --json or --cdr - takes stdout, to stderr")
    .option("--start-trunk-sim", "simulate the trunks too, and compare what both sides recorded")
    .option("--trunk-sim-scenario <file>", "scenario of the simulated trunks")
    .option("--trunk-sim-cdr <file>", "compare with the records of a trunk-sim started by hand");
  return addSipOptions(command);
}

/** Reads the options declared by {@link addSimulateOptions}. */
export function readSimulateOptions(command: Command, input: string | undefined): SimulateOptions {
  const given: Readonly<Record<string, unknown>> = command.opts();
  const text = (key: string): string | null => {
    const value = given[key];
    return typeof value === "string" ? value : null;
  };
  const calls = given["calls"];
  return {
    common: readCommonOptions(command),
    call: readCallOptions(command),
    sip: readSipOptions(command),
    input: input === "-" ? undefined : input,
    inputFormat: INPUT_FORMATS.find((format) => format === given["in"]) ?? null,
    callsPerSecond: Number(given["rate"] ?? DEFAULTS.rate),
    calls: typeof calls === "number" ? calls : null,
    repeat: given["repeat"] === true,
    maxInFlight: Number(given["maxInFlight"] ?? DEFAULTS.maxInFlight),
    maxMediaStreams: Number(given["media"] ?? DEFAULTS.media),
    summary: given["summary"] === true,
    startTrunkSim: given["startTrunkSim"] === true,
    trunkSimScenario: text("trunkSimScenario"),
    trunkSimCdr: text("trunkSimCdr"),
  };
}

/** What does not go together on the command line, as commander would say it; `null` = all does. */
export function clashOfSimulateOptions(options: SimulateOptions): string | null {
  const { input, repeat, calls, startTrunkSim, trunkSimScenario, trunkSimCdr } = options;
  if (repeat && input === undefined) return "--repeat needs a file: stdin can be read once only";
  if (repeat && calls === null) return "--repeat has no end without --calls";
  if (trunkSimScenario !== null && !startTrunkSim) {
    return "--trunk-sim-scenario goes with --start-trunk-sim";
  }
  if (trunkSimCdr !== null && startTrunkSim) {
    return "--start-trunk-sim has records of its own: leave out --trunk-sim-cdr";
  }
  return null;
}
