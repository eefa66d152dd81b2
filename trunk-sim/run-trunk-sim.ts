import { hasErrors, type Problem } from "../engine/model/problem.ts";
import { chooseTlsIdentity } from "../engine/sip/choose-tls-identity.ts";
import type { TlsIdentity } from "../engine/sip/sip-endpoint.ts";
import { FaultLog } from "./report/fault-log.ts";
import { OutputFile } from "./report/output-file.ts";
import { readyText } from "./report/ready-line.ts";
import { summaryJson } from "./report/summary.ts";
import { Transcript } from "./report/transcript.ts";
import { RunTotals } from "./report/trunk-totals.ts";
import type { TrunkProfile } from "./scenario/trunk-profile.ts";
import type { SimEvent, SimListener } from "./sim-event.ts";
import type { SimOptions } from "./sim-options.ts";
import { type LeftOver, Simulation } from "./simulation.ts";
import { SimClock } from "./trunk/sim-clock.ts";
import { StreamRoom } from "./trunk/speech-desk.ts";

const LOOPBACK = "127.0.0.1";

/** What a run is given: what to simulate, and where its words go. */
export interface SimInputs {
  readonly trunks: readonly TrunkProfile[];
  readonly seed: number;
  readonly options: SimOptions;
  /** Further listeners: metrics, live view, statistics. */
  readonly listeners: readonly SimListener[];
  /** What the trunks did, for people; ends in a line feed. */
  summary(): string;
  readonly tell: {
    out(text: string): void;
    fault(line: string): void;
    problems(found: readonly Problem[]): void;
  };
}

/**
 * Simulates until `stop` is aborted or the duration is over, drains, and tells how it went. Aborting
 * `hurry` ends the draining at once.
 *
 * @returns whether all went well: something started, everything asked for if `strict`, nothing left over.
 * @throws EngineError a file or a certificate of ours failed
 */
export async function runTrunkSim(
  inputs: SimInputs,
  stop: AbortSignal,
  hurry: AbortSignal,
): Promise<boolean> {
  const { options, seed, tell } = inputs;
  const clock = new SimClock();
  const totals = new RunTotals();
  const records = options.cdr === null ? null : new OutputFile(options.cdr);
  const transcript = options.transcript === null ? null : new Transcript();
  const log = new FaultLog(
    (line) => tell.fault(line),
    () => clock.now(),
  );
  const listener = listenerOf(inputs.listeners, totals, records);
  const simulation = await Simulation.start(
    inputs.trunks,
    { seed, clock, listener, transcript, streams: new StreamRoom(options.rtpStreams) },
    trunkOptions(inputs, log),
  );
  tell.problems(simulation.problems);
  const { trunks } = simulation;
  const started = trunks.length > 0 && !(options.strict && hasErrors(simulation.problems));
  let left: LeftOver = { transactions: 0, dialogs: 0 };
  if (started) {
    tell.out(readyText(trunks, seed, options));
    await untilAborted(stop, options.duration);
    left = await simulation.drain(options.drain * 1_000, hurry);
  }
  await simulation.close();
  log.flush();
  records?.close();
  if (transcript !== null && options.transcript !== null) writeText(options.transcript, transcript);
  if (started) {
    const names = trunks.map(({ profile }) => profile.name);
    if (options.json) tell.out(summaryJson(names, totals, left));
    else if (!options.quiet) tell.out(`${inputs.summary()}${leftOverLine(left)}`);
  }
  return started && left.transactions + left.dialogs === 0;
}

function listenerOf(
  listeners: readonly SimListener[],
  totals: RunTotals,
  records: OutputFile | null,
): SimListener {
  return (event: SimEvent): void => {
    totals.hear(event);
    if (event.kind === "ended") records?.write(`${JSON.stringify(event.record)}\n`);
    for (const listen of listeners) listen(event);
  };
}

function trunkOptions({ options, trunks }: SimInputs, log: FaultLog) {
  const hosts = trunks.filter(({ transport }) => transport === "tls").map(({ host }) => host);
  let identity: Promise<TlsIdentity> | null = null;
  const limit = options.messagesPerSource;
  return () => ({
    host: options.loopback ? LOOPBACK : null,
    tls: () => (identity ??= chooseTlsIdentity(options.tls, "server", hosts)),
    messagesPerSecondPerSource: limit === 0 ? null : limit,
    onFault: log.tell.bind(log),
  });
}

function leftOverLine({ transactions, dialogs }: LeftOver): string {
  return `left over: ${transactions} transactions, ${dialogs} dialogs\n`;
}

function writeText(path: string, transcript: Transcript): void {
  const file = new OutputFile(path);
  file.write(transcript.text());
  file.close();
}

function untilAborted(stop: AbortSignal, seconds: number | null): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((done) => {
    const timer = seconds === null ? undefined : setTimeout(done, seconds * 1_000);
    stop.addEventListener("abort", () => {
      clearTimeout(timer);
      done();
    });
  });
}
