import type { Command } from "commander";
import pc from "picocolors";
import type { CallProgress } from "../call/caller.ts";
import type { Call } from "../model/call.ts";
import type { CallDetailRecord } from "../model/call-detail-record.ts";
import { printableLine } from "../model/printable-line.ts";
import { type PlacingGround, readPlacingGround } from "./call-ground.ts";
import { addCallOptions, type CallOptions, readCallOptions } from "./call-options.ts";
import { openCdrOutput } from "./cdr-output.ts";
import { type CommonOptions, readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { drawHoldSeconds } from "./hold-length.ts";
import { onInterrupt } from "./interrupts.ts";
import { callLines, colourOf } from "./print-call.ts";
import { printProblems } from "./print-problems.ts";
import {
  addSipOptions,
  demandWholeCertificate,
  readSipOptions,
  type SipOptions,
} from "./sip-options.ts";

const HELP = `
The call goes to the trunks of its route in order until one takes it, and is hung up after --hold. What
Microsoft's own network would carry, and what is blocked, is not placed.

Examples:
  trunk-sim &
  outdial call "+44 20 7946 0123" --user alexw@contoso.com --kind dial-out
  outdial call +12065550123 --user diegos@contoso.com --map sbc1.contoso.com=127.0.0.1:5080 --ladder

Exit codes: 0 answered; 1 not answered, or a file or a name was bad; 64 wrong syntax.`;

/** `outdial call NUMBER`: one call over SIP, and what became of it. */
export function registerCallCommand(program: Command): void {
  const command = program
    .command("call")
    .description("place one call over SIP to the trunks, and tell what happened")
    .argument("<number>", "as typed: separators, tel: and ;ext= are allowed");
  addSipOptions(addCallOptions(command))
    .option("--ladder", "print the call's messages as a ladder")
    .addHelpText("after", HELP)
    .action(async (number: string) => {
      process.exitCode = await call(command, number);
    });
}

async function call(command: Command, dialed: string): Promise<number> {
  const common = readCommonOptions(command);
  const options = readCallOptions(command);
  const sip = readSipOptions(command);
  if (options.user === null) command.error("error: required option '--user <upn>' not specified");
  demandWholeCertificate(command, sip.tls);
  const ground = await readPlacingGround(common, options, sip);
  if (ground === null) return EXIT.problems;
  const cdr = sip.cdr === null ? null : await openCdrOutput(sip.cdr, undefined);
  printProblems(cdr?.problems ?? []);
  if (cdr !== null && !cdr.ok) return EXIT.problems;
  const isLadderWanted = command.opts()["ladder"] === true;
  const setup = { common, options, sip, ground, dialed, isLadderWanted };
  const { record, ladder } = await placeCall(setup);
  await cdr?.value.write(record);
  await cdr?.value.finish();
  print(record, ladder, common, sip.cdr === "-");
  return record.result === "answered" ? EXIT.fine : EXIT.problems;
}

interface CallSetup {
  readonly common: CommonOptions;
  readonly options: CallOptions;
  readonly sip: SipOptions;
  readonly ground: PlacingGround;
  readonly dialed: string;
  readonly isLadderWanted: boolean;
}

interface CallOutcome {
  readonly record: CallDetailRecord;
  /** Lines of the message flow; empty when it is not wanted. */
  readonly ladder: readonly string[];
}

async function placeCall(setup: CallSetup): Promise<CallOutcome> {
  // WHY: loading SIP takes longer than all the rest of a command that needs none.
  const { openCaller } = await import("./open-caller.ts");
  const { CallMessages } = await import("./call-messages.ts");
  const { common, options, sip, ground, dialed } = setup;
  const { user, kind, site, ingressTrunk, hideCallerId, originalCaller, context } = options;
  const live = startLiveLine(common.quiet);
  const messages = await CallMessages.open(setup.isLadderWanted, sip.pcap);
  const opened = await openCaller({
    ground,
    sip,
    simulated: [],
    seed: context.seed,
    maxMediaStreams: 1,
    optionsIntervalSeconds: null,
    tap: messages.tap,
    onFault: (what) => live.above(`wire: ${what}`),
  });
  const interrupt = new AbortController();
  const release = onInterrupt(() => interrupt.abort());
  try {
    const rest = { kind, site, ingressTrunk, hideCallerId, originalCaller };
    const asked: Call = { dialed, user: user ?? "", ...rest };
    const record = await opened.caller.place(asked, {
      holdSeconds: drawHoldSeconds(ground.hold, Math.random()),
      signal: interrupt.signal,
      onProgress: live.show,
    });
    await opened.caller.drain(0);
    return { record, ladder: messages.ladder(opened.targets) };
  } finally {
    live.stop();
    release();
    await opened.close();
    await messages.close();
  }
}

/** @param isRecordOut - The record stands on stdout already, and nothing else may. */
function print(
  record: CallDetailRecord,
  ladder: readonly string[],
  { json }: CommonOptions,
  isRecordOut: boolean,
): void {
  const flow = ladder.map((line) => `${line}\n`).join("");
  if (json) {
    process.stderr.write(flow);
    if (!isRecordOut) process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
    return;
  }
  const output = isRecordOut ? process.stderr : process.stdout;
  output.write(flow === "" ? "" : `${flow}\n`);
  const lines = callLines(record);
  const last = lines.pop() ?? "";
  output.write(`${[...lines, colourOf(record, output)(last)].join("\n")}\n`);
}

interface LiveLine {
  show(progress: CallProgress): void;
  /** Prints a line of its own above it. */
  above(text: string): void;
  stop(): void;
}

const CLEAR_LINE = "\r\u001b[K";

/** A line on stderr that says what the call is doing, gone when it is over; nothing but on a terminal. */
function startLiveLine(isQuiet: boolean): LiveLine {
  const isShown = process.stderr.isTTY && !isQuiet;
  const write = (text: string): void => {
    if (isShown) process.stderr.write(`${CLEAR_LINE}${pc.dim(text)}`);
  };
  return {
    show: (progress) => {
      if (progress.kind === "invited") write(`calling by ${progress.trunk}…`);
      else if (progress.kind === "ringing") write(`ringing at ${progress.trunk}…`);
      else if (progress.kind === "answered") write(`talking, by ${progress.trunk}…`);
    },
    above: (text) => process.stderr.write(`${isShown ? CLEAR_LINE : ""}${printableLine(text)}\n`),
    stop: () => write(""),
  };
}
