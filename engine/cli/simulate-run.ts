import type { LoadResult } from "../call/call-load.ts";
import { runLoad } from "../call/run-load.ts";
import { tapTo } from "../call/tapped-message.ts";
import { openPcap, type PcapFile } from "../call/write-pcap.ts";
import type { CallDetailRecord } from "../model/call-detail-record.ts";
import type { PlacingGround } from "./call-ground.ts";
import type { CdrOutput } from "./cdr-output.ts";
import { type Agreement, compareSides } from "./compare-sides.ts";
import { EXIT } from "./exit-code.ts";
import { drawHoldSeconds } from "./hold-length.ts";
import { onInterrupt } from "./interrupts.ts";
import { type OpenedCaller, openCaller } from "./open-caller.ts";
import { printProblems } from "./print-problems.ts";
import { tellSimulation } from "./print-simulation.ts";
import { type SimulateInput, simulateCalls } from "./simulate-input.ts";
import type { SimulateOptions } from "./simulate-options.ts";
import { startSimulateProgress } from "./simulate-progress.ts";
import { openTrunkSimLab, type TrunkSimLab } from "./trunk-sim-lab.ts";
import { WireFaults } from "./wire-faults.ts";

/** How long calls in progress get to end by themselves after Ctrl-C. */
const GRACE_SECONDS = 5;
/** Time from one OPTIONS to the next on each trunk. */
const OPTIONS_SECONDS = 10;

/** Everything that a run of `simulate` needs, opened. */
export interface SimulationSetup {
  readonly options: SimulateOptions;
  readonly ground: PlacingGround;
  readonly input: SimulateInput;
  /** Takes the CDRs; `null` = nobody wants them. */
  readonly cdrs: CdrOutput | null;
}

/** What came of placing the calls. */
export interface PlacedLoad {
  readonly result: LoadResult;
  /** Those with INVITEs; kept only when they are to be compared. */
  readonly records: readonly CallDetailRecord[];
  /** When the first call could begin; milliseconds since 1970. */
  readonly began: number;
  /** Transactions and dialogs that were there when every call had ended: there should be none. */
  readonly leftOver: number;
  readonly badLines: number;
}

/** Places the calls of an opened input and gives the exit code. */
export async function runSimulation(setup: SimulationSetup): Promise<number> {
  const { options } = setup;
  const lab = options.startTrunkSim ? await openTrunkSimLab(options) : null;
  try {
    const placed = await placeCalls(setup, lab);
    await lab?.stop();
    const operatorFile = lab?.cdrFile ?? options.trunkSimCdr;
    const agreement =
      operatorFile === null ? null : await compareSides(placed.records, operatorFile, placed.began);
    tellSimulation(options, placed, agreement);
    return isWhole(placed, agreement) ? EXIT.fine : EXIT.problems;
  } finally {
    await lab?.close();
  }
}

/** Whether every line and call has its record, nothing is left of any, and both sides say the same. */
function isWhole({ result, leftOver, badLines }: PlacedLoad, agreement: Agreement | null): boolean {
  const { attempts, answered, failed, timedOut, cancelled } = result.summary.calls;
  const notPlaced = [...result.summary.notPlaced.values()].reduce((sum, count) => sum + count, 0);
  const isConserved = attempts === answered + failed + timedOut + cancelled;
  const isComplete = result.placed === attempts + notPlaced;
  const isAllThere = isConserved && isComplete && badLines === 0;
  return isAllThere && leftOver === 0 && (agreement?.isComplete ?? true);
}

async function placeCalls(setup: SimulationSetup, lab: TrunkSimLab | null): Promise<PlacedLoad> {
  const { options, ground, cdrs } = setup;
  const { sip } = options;
  const faults = new WireFaults(options.common.quiet);
  const pcap = sip.pcap === null ? null : await openPcap(sip.pcap);
  try {
    const opened = await openCaller({
      ground,
      sip: lab === null ? sip : { ...sip, tls: { ...sip.tls, folder: lab.tlsFolder } },
      simulated: lab?.trunks ?? [],
      seed: options.call.context.seed,
      maxMediaStreams: options.maxMediaStreams,
      optionsIntervalSeconds: OPTIONS_SECONDS,
      ...(pcap === null ? {} : { tap: tapTo((tapped) => pcap.write(tapped)) }),
      onFault: (what) => faults.add(what),
    });
    try {
      return await runThrough(setup, opened, faults);
    } finally {
      await opened.close();
    }
  } finally {
    await pcap?.close();
    tellOmitted(pcap);
    await cdrs?.finish();
    faults.tellRest();
  }
}

function tellOmitted(pcap: PcapFile | null): void {
  if (pcap === null || pcap.omitted === 0) return;
  process.stderr.write(`${pcap.omitted} messages are not in the capture: the disk was too slow\n`);
}

async function runThrough(
  setup: SimulationSetup,
  opened: OpenedCaller,
  faults: WireFaults,
): Promise<PlacedLoad> {
  const { options, ground, cdrs } = setup;
  const { caller, endpoint } = opened;
  const isCompared = options.startTrunkSim || options.trunkSimCdr !== null;
  const records: CallDetailRecord[] = [];
  const stop = new AbortController();
  const progress = startSimulateProgress(
    options.calls,
    () => caller.counts(),
    options.common.quiet,
  );
  faults.above = (print) => progress.above(print);
  const input = simulateCalls(
    options,
    ground,
    setup.input,
    (found) => progress.above(() => printProblems([found])),
    stop.signal,
  );
  const release = onInterrupt(() => {
    stop.abort();
    void caller.drain(GRACE_SECONDS);
  });
  const began = Date.now();
  const write = async (record: CallDetailRecord): Promise<void> => {
    try {
      await cdrs?.write(record);
    } catch (error) {
      if ((error as { code?: unknown }).code !== "EPIPE") throw error;
      // Whoever read the records has seen enough.
      stop.abort();
      void caller.drain(0);
    }
  };
  try {
    const result = await runLoad({
      caller,
      calls: input.calls,
      callsPerSecond: options.callsPerSecond,
      maxCallsInFlight: options.maxInFlight,
      holdSeconds: () => drawHoldSeconds(ground.hold, Math.random()),
      onRecord: (record) => {
        if (isCompared && record.attempts.length > 0) records.push(record);
        return cdrs === null ? undefined : write(record);
      },
      signal: stop.signal,
    });
    await caller.drain(0);
    const { transactions, dialogs } = endpoint.counts();
    const leftOver = transactions + dialogs;
    return { result, records, began, leftOver, badLines: input.badLines() };
  } finally {
    release();
    progress.stop();
  }
}
