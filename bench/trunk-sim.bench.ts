/**
 * What does a call cost the trunk simulator? SIPp's `uac` calls, in turn:
 *
 * - SIPp's own `uas`, a load generator in C++
 * - Kamailio's `t_reply` with one process, a proxy in C
 * - trunk-sim as it runs by default: 100, 180 after 20 ms, 200 after 100 ms, a record of each call
 * - npm `sip` 0.0.6
 *
 * Then trunk-sim alone, for a minute at twice the rate. Measured: CPU time of the called end and of its
 * children, calls that failed as the caller saw it, memory. The called end has a core of its own, SIPp the
 * other. Not measured: media.
 *
 * @module
 */
import { missingPrograms, programFile } from "../test/interop/peer-suite.ts";
import { startKamailioAnswer, startNpmSip, startSippUas, startTrunkSim } from "./called-ends.ts";
import type { LoadFloor, LoadReport, LoadRow, LoadTable } from "./load-report.ts";
import { type CalledEnd, callFromSipp, type Load, type LoadMeasure, rowOf } from "./sip-load.ts";

const SIPP_UAS = "SIPp uas";
const COMPARED: Load = { callsPerSecond: 1000, calls: 6000 };
/** Until V8 has compiled what is hot; a trunk runs for days. */
const WARM_UP: Load = { callsPerSecond: 1000, calls: 5000 };
const SUSTAINED: Load = { callsPerSecond: 2000, calls: 120_000 };
/** A generator that begins calls late has still offered the load. */
const OFFERED_SHARE = 0.97;

/** A load takes much longer than a round of the other benchmarks. */
const ROUNDS_OF_A_LOAD = 3;

/** Loads trunk-sim and its rivals. */
export async function benchTrunkSim(rounds: number): Promise<LoadReport> {
  const name = "trunk-sim";
  const missing = missingPrograms(["sipp"]);
  if (missing.length > 0) {
    const skipped = [`${missing.join(", ")} not installed: no call was placed`];
    return { name, tables: [], bounds: [], skipped };
  }
  const skipped: string[] = [];
  const starts = [startSippUas, startTrunkSim, startNpmSip];
  if (programFile("kamailio") === null) skipped.push("Kamailio is not installed");
  else starts.splice(1, 0, startKamailioAnswer);
  const compared = await compare(starts, Math.ceil(rounds / ROUNDS_OF_A_LOAD));
  const sustained = await sustain();
  return {
    name,
    tables: [compared, { title: "for a minute", rows: [sustained] }],
    bounds: [cpuFloor(compared.rows), ...sustainedFloors(sustained)],
    skipped,
  };
}

async function compare(
  starts: readonly (() => Promise<CalledEnd>)[],
  rounds: number,
): Promise<LoadTable> {
  const ends: CalledEnd[] = [];
  const measures = new Map<CalledEnd, LoadMeasure[]>();
  try {
    for (const start of starts) ends.push(await start());
    for (const end of ends) await callFromSipp(end, WARM_UP);
    for (let round = 0; round < rounds; round++) {
      for (const end of ends) {
        measures.set(end, [...(measures.get(end) ?? []), await callFromSipp(end, COMPARED)]);
      }
    }
    const rows = ends.map((end) => rowOf(end.name, measures.get(end) ?? [], null));
    return { title: `at ${COMPARED.callsPerSecond.toLocaleString("en-US")} calls/s`, rows };
  } finally {
    for (const end of ends) await end.stop();
  }
}

async function sustain(): Promise<LoadRow> {
  const end = await startTrunkSim();
  try {
    return rowOf(end.name, [await callFromSipp(end, SUSTAINED)], end.pid);
  } finally {
    await end.stop();
  }
}

function cpuFloor(rows: readonly LoadRow[]): LoadFloor {
  const cpuOf = (wanted: string): number =>
    rows.find(({ name }) => name.startsWith(wanted))?.cpuMsPerCall ?? Number.NaN;
  const ours = rows.find(({ name }) => name.startsWith("trunk-sim"));
  const kamailio = cpuOf("Kamailio") / cpuOf(SIPP_UAS);
  return {
    what: `CPU of a call at ${COMPARED.callsPerSecond.toLocaleString("en-US")} calls/s`,
    unit: "times SIPp's uas",
    measured: cpuOf("trunk-sim") / cpuOf(SIPP_UAS),
    floor: 4,
    aim: Number.isNaN(kamailio) ? null : kamailio,
    better: "less",
    provided: { what: "without a failed call", holds: ours?.failed === 0 },
  };
}

function sustainedFloors({ callsPerSecond, failed, peakMegabytes }: LoadRow): LoadFloor[] {
  const offered = SUSTAINED.callsPerSecond * OFFERED_SHARE;
  return [
    {
      what: "sustained for a minute in one process",
      unit: "calls/s",
      measured: callsPerSecond >= offered ? SUSTAINED.callsPerSecond : callsPerSecond,
      floor: SUSTAINED.callsPerSecond,
      aim: null,
      better: "more",
      provided: { what: "without a failed call", holds: failed === 0 },
    },
    {
      what: `memory at ${SUSTAINED.callsPerSecond.toLocaleString("en-US")} calls/s for a minute`,
      unit: "MB",
      measured: peakMegabytes ?? Number.NaN,
      floor: 600,
      aim: 300,
      better: "less",
      provided: { what: "with the whole load", holds: callsPerSecond >= offered },
    },
  ];
}
