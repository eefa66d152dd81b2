import { type Command, InvalidArgumentError } from "commander";
import { isHalfNamed, type NamedTlsFiles } from "../engine/sip/named-tls-files.ts";

/** What the command line says, checked for its form. */
export interface SimOptions {
  /** File or folder; `null` = not named. */
  readonly tenant: string | null;
  readonly scenario: string | null;
  /** Names of the trunks to simulate; `null` = all. */
  readonly only: readonly string[] | null;
  /** `null` = the scenario's. */
  readonly seed: number | null;
  /** The tenant's Direct Routing gateways too. */
  readonly gateways: boolean;
  readonly anyPort: boolean;
  /** Every trunk on 127.0.0.1, wherever its own host is. */
  readonly loopback: boolean;
  readonly portOffset: number;
  /** Seconds; `null` = until a signal comes. */
  readonly duration: number | null;
  /** End when stdin ends, as it does when the program that started this one is gone. */
  readonly untilStdinEnds: boolean;
  readonly drain: number;
  readonly cdr: string | null;
  readonly transcript: string | null;
  readonly rtpStreams: number;
  readonly messagesPerSource: number;
  readonly tls: NamedTlsFiles;
  readonly strict: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}

const DEFAULT_DRAIN_SECONDS = 5;
const DEFAULT_RTP_STREAMS = 50;
/** A source at 2,000 calls a second sends some 6,000 messages. */
const DEFAULT_MESSAGES_PER_SOURCE = 20_000;
/** What a timer of Node can wait for, some 24 days: a longer one would fire at once. */
const MAX_RUN_SECONDS = 2_147_483;

const EXAMPLES = `
Examples:
  trunk-sim                                      every trunk of the sample tenant's operators
  trunk-sim --tenant tenant.yaml --only bt-london,bt-manchester
  trunk-sim --scenario evening.yaml --seed 7 --cdr operator.ndjson --transcript calls.txt
  trunk-sim --any-port --json --duration 30      free ports, told in one line of JSON

Without a scenario each trunk answers 100, 180 after 20 ms and 200 after 100 ms, holds the call until the
caller hangs up, answers OPTIONS by 200, keeps the limits that the tenant gives it (503 beyond) and refuses
caller IDs only where policeCallerId is true.

Exit codes: 0 fine; 1 problems found, no trunk started, or something left over; 64 wrong syntax; 70 a bug of ours.`;

/** Declares the options; {@link readSimOptions} reads them. */
export function addSimOptions(program: Command): Command {
  return program
    .option("--tenant <path>", "tenant whose trunks are simulated (default: the sample tenant)")
    .option("--scenario <file>", "what trunks do, and trunks of no tenant (.yaml, .json)")
    .option("--only <names>", "simulate these trunks only, separated by commas", names)
    .option("--seed <n>", "of all random draws (default: the scenario's, or 0)", whole(2 ** 32 - 1))
    .option("--gateways", "simulate the tenant's Direct Routing gateways too")
    .option("--loopback", "bind 127.0.0.1 in place of the trunks' own hosts")
    .option("--any-port", "bind any free port and print which")
    .option("--port-offset <n>", "add this to every port", whole(65_535), 0)
    .option("--duration <seconds>", "end by itself after so long", seconds)
    .option("--until-stdin-ends", "end when stdin does: for programs that start this one")
    .option(
      "--drain <seconds>",
      "let running calls end for so long",
      seconds,
      DEFAULT_DRAIN_SECONDS,
    )
    .option("--cdr <file>", "write the operators' call records as NDJSON")
    .option("--transcript <file>", "write what was decided for each call, equal for equal seeds")
    .option(
      "--rtp-streams <n>",
      "calls with real speech at a time",
      whole(1_000),
      DEFAULT_RTP_STREAMS,
    )
    .option(
      "--messages-per-source <n>",
      "drop what one address sends beyond so many messages a second (0 = no limit)",
      whole(1_000_000),
      DEFAULT_MESSAGES_PER_SOURCE,
    )
    .option("--tls-cert <file>", "certificate of TLS trunks, PEM (default: the lab's own)")
    .option("--tls-key <file>", "its key, PEM")
    .option("--tls-ca <file>", "refuse callers whose certificate this one did not sign, PEM")
    .option("--tls-folder <path>", "where the lab's own certificates are kept")
    .option("--strict", "end with exit code 1 when any trunk cannot be started")
    .option("--json", "print JSON instead of text")
    .option("--no-color", "print without colour")
    .option("--quiet", "print no summary and no faults")
    .option("--debug", "show stack traces of our own errors")
    .addHelpText("after", EXAMPLES);
}

export function readSimOptions(program: Command): SimOptions {
  const given: Readonly<Record<string, unknown>> = program.opts();
  const text = (name: string): string | null => (given[name] as string | undefined) ?? null;
  const number = (name: string): number | null => (given[name] as number | undefined) ?? null;
  const tls = {
    certificate: text("tlsCert"),
    key: text("tlsKey"),
    authority: text("tlsCa"),
    folder: text("tlsFolder"),
  };
  if (isHalfNamed(tls)) program.error("error: --tls-cert and --tls-key belong together");
  return {
    tenant: text("tenant"),
    scenario: text("scenario"),
    only: (given["only"] as readonly string[] | undefined) ?? null,
    seed: number("seed"),
    gateways: given["gateways"] === true,
    anyPort: given["anyPort"] === true,
    loopback: given["loopback"] === true,
    portOffset: number("portOffset") ?? 0,
    duration: number("duration"),
    untilStdinEnds: given["untilStdinEnds"] === true,
    drain: number("drain") ?? DEFAULT_DRAIN_SECONDS,
    cdr: text("cdr"),
    transcript: text("transcript"),
    rtpStreams: number("rtpStreams") ?? DEFAULT_RTP_STREAMS,
    messagesPerSource: number("messagesPerSource") ?? DEFAULT_MESSAGES_PER_SOURCE,
    tls,
    strict: given["strict"] === true,
    json: given["json"] === true,
    quiet: given["quiet"] === true,
    debug: given["debug"] === true,
  };
}

function names(text: string): string[] {
  const listed = text.split(",").map((name) => name.trim());
  if (listed.some((name) => name === "")) throw new InvalidArgumentError("Expected names.");
  return listed;
}

function whole(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d{1,10}$/.test(text) || number > most) {
      throw new InvalidArgumentError(`Expected a whole number from 0 to ${most}.`);
    }
    return number;
  };
}

function seconds(text: string): number {
  const number = Number(text);
  if (!/^\d{1,8}(\.\d{1,3})?$/.test(text) || number > MAX_RUN_SECONDS) {
    throw new InvalidArgumentError(`Expected a number of seconds from 0 to ${MAX_RUN_SECONDS}.`);
  }
  return number;
}
