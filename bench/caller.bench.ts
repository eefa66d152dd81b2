/**
 * How many calls a second can one core place? SIPp's `uas` answers on the other core; at each rate, in
 * turn:
 *
 * - our caller: decided, INVITE planned, failover watched over, recorded; hung up 20 ms after the answer
 * - SIPp's own `uac`, a load generator in C++, whose calls are all alike
 *
 * Measured: from a number to the record of its call; the whole program's CPU time, loading it included.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPeer } from "../test/interop/peer-process.ts";
import { missingPrograms } from "../test/interop/peer-suite.ts";
import { type Sipp, startSipp } from "../test/interop/sipp.ts";
import type { CallerLoadResult } from "./caller-load.ts";
import type { LoadReport, LoadRow, LoadTable } from "./load-report.ts";
import { cpuMsOf } from "./process-usage.ts";
import { GENERATOR_CORE, type Load, type LoadMeasure, rowOf, TESTED_CORE } from "./sip-load.ts";

const here = dirname(fileURLToPath(import.meta.url));
const RATES = [1000, 2000];
const SECONDS = 15;
const FLOOR = 1000;
const AIM = 2000;
/** Calls are begun in time when the load takes hardly longer than it should. */
const IN_TIME = 0.97;
const ROUNDS_OF_A_LOAD = 3;

/** Loads our caller. */
export async function benchCaller(rounds: number): Promise<LoadReport> {
  const name = "caller";
  const missing = missingPrograms(["sipp"]);
  if (missing.length > 0) {
    const skipped = [`${missing.join(", ")} not installed: no call was placed`];
    return { name, tables: [], bounds: [], skipped };
  }
  const tables: LoadTable[] = [];
  for (const callsPerSecond of RATES) {
    const load = { callsPerSecond, calls: callsPerSecond * SECONDS };
    tables.push(await compare(load, Math.ceil(rounds / ROUNDS_OF_A_LOAD)));
  }
  const placed = tables.map(({ rows }) => rateOf(rows[1]));
  return {
    name,
    tables,
    bounds: [
      {
        what: "calls a second on one core, none failed",
        unit: "calls/s",
        measured: Math.max(0, ...placed),
        floor: FLOOR,
        aim: AIM,
        better: "more",
        provided: null,
      },
    ],
    skipped: [],
  };
}

/** The rate that a row stands for: 0 where calls failed, the nominal one where they were begun in time. */
function rateOf(row: LoadRow | undefined): number {
  if (row === undefined || row.failed > 0) return 0;
  const nominal = RATES.find(
    (rate) => row.callsPerSecond >= rate * IN_TIME && row.callsPerSecond <= rate,
  );
  return nominal ?? row.callsPerSecond;
}

async function compare(load: Load, rounds: number): Promise<LoadTable> {
  const called = await startSipp({ scenario: "uas", cores: GENERATOR_CORE, quiet: true });
  const theirs: LoadMeasure[] = [];
  const ours: LoadMeasure[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      theirs.push(await callBySipp(called, load));
      ours.push(await callByUs(called, load));
    }
  } finally {
    await called.stop();
  }
  return {
    title: `at ${load.callsPerSecond.toLocaleString("en-US")} calls/s`,
    rows: [rowOf("SIPp uac", theirs, null), rowOf("outdial caller", ours, null)],
  };
}

async function callBySipp(called: Sipp, { calls, callsPerSecond }: Load): Promise<LoadMeasure> {
  const sipp = await startSipp({
    scenario: "uac",
    remote: called,
    calls,
    callsPerSecond,
    cores: TESTED_CORE,
    quiet: true,
    args: ["-d", "20"],
  });
  const samples = setInterval(() => {
    cpuMs = Math.max(cpuMs, cpuMsOf(sipp.peer.pid));
  }, 100);
  let cpuMs = 0;
  await sipp.peer.ended;
  clearInterval(samples);
  const counts = sipp.counts();
  if (counts === null) throw new Error(`SIPp said nothing:\n${sipp.errors()}`);
  const { created, successful } = counts;
  return {
    callsPerSecond: counts.callsPerSecond,
    calls: created,
    failed: calls - successful,
    cpuMs,
  };
}

async function callByUs(called: Sipp, { calls, callsPerSecond }: Load): Promise<LoadMeasure> {
  const program = join(here, "caller-load.js");
  const args = [called.host, called.port, calls, callsPerSecond].map(String);
  const peer = startPeer("node", [program, ...args], { cores: TESTED_CORE });
  if ((await peer.ended) !== 0) throw new Error(`our caller failed:\n${peer.output()}`);
  const result = JSON.parse(peer.output()) as CallerLoadResult;
  return {
    callsPerSecond: result.placed / result.seconds,
    calls: result.placed,
    failed: calls - result.answered,
    cpuMs: result.cpuMs,
  };
}
