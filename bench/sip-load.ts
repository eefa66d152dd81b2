/**
 * Loads of calls between a program under test on one core and SIPp on another.
 *
 * @module
 */
import { startSipp } from "../test/interop/sipp.ts";
import type { LoadRow } from "./load-report.ts";
import { cpuMsOf, peakMegabytesOf } from "./process-usage.ts";

/** The program under test runs on one core, SIPp on the other. */
export const TESTED_CORE = "0";
export const GENERATOR_CORE = "1";

/** A called end, running. */
export interface CalledEnd {
  readonly name: string;
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

export interface Load {
  readonly callsPerSecond: number;
  readonly calls: number;
}

/** One round. */
export interface LoadMeasure {
  readonly callsPerSecond: number;
  readonly calls: number;
  readonly failed: number;
  readonly cpuMs: number;
}

/** Enough that no call waits for another to end, even when the called end is late. */
const SECONDS_IN_FLIGHT = 5;

/** SIPp's own `uac` calls a called end. Calls that fail are counted, not complained of. */
export async function callFromSipp(called: CalledEnd, load: Load): Promise<LoadMeasure> {
  const before = cpuMsOf(called.pid);
  const sipp = await startSipp({
    scenario: "uac",
    remote: called,
    calls: load.calls,
    callsPerSecond: load.callsPerSecond,
    cores: GENERATOR_CORE,
    quiet: true,
    args: ["-l", String(load.callsPerSecond * SECONDS_IN_FLIGHT), "-buff_size", "4194304"],
  });
  await sipp.peer.ended;
  const counts = sipp.counts();
  if (counts === null) throw new Error(`SIPp said nothing:\n${sipp.errors()}`);
  return {
    callsPerSecond: counts.callsPerSecond,
    calls: counts.created,
    failed: load.calls - counts.successful,
    cpuMs: cpuMsOf(called.pid) - before,
  };
}

/** The rounds of one program as a row of the table. */
export function rowOf(name: string, rounds: readonly LoadMeasure[], pid: number | null): LoadRow {
  const sum = (pick: (measure: LoadMeasure) => number): number =>
    rounds.reduce((total, measure) => total + pick(measure), 0);
  const perCall = rounds.map(({ cpuMs, calls }) => cpuMs / calls).sort((a, b) => a - b);
  return {
    name,
    callsPerSecond: sum((measure) => measure.callsPerSecond) / rounds.length,
    calls: sum((measure) => measure.calls),
    failed: sum((measure) => measure.failed),
    cpuMsPerCall: perCall[perCall.length >> 1] ?? Number.NaN,
    minCpuMsPerCall: perCall[0] ?? Number.NaN,
    peakMegabytes: pid === null ? null : peakMegabytesOf(pid),
    rounds: rounds.length,
  };
}
