import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrunkMapping } from "../call/trunk-targets.ts";
import type { SimulateOptions } from "./simulate-options.ts";
import { startTrunkSim } from "./trunk-sim-process.ts";

/** Gateways too, and nothing but the loopback: no call of a test may reach anybody's SBC. */
const LAB = ["--gateways", "--loopback", "--any-port", "--strict"];

/** A trunk-sim for one run, with a folder of its own for its records and certificates. */
export interface TrunkSimLab {
  readonly trunks: readonly TrunkMapping[];
  /** Where its certificates are; both sides trust them. */
  readonly tlsFolder: string;
  /** Its CDRs: complete when it has been stopped. */
  readonly cdrFile: string;
  stop(): Promise<void>;
  /** Stops it if need be, and removes the folder. */
  close(): Promise<void>;
}

/**
 * Starts a trunk-sim for the tenant of the run, on any free ports.
 *
 * @throws EngineError `ENGINE_TRUNK_SIM_FAILED`
 */
export async function openTrunkSimLab(options: SimulateOptions): Promise<TrunkSimLab> {
  const { common, call, sip, trunkSimScenario, maxMediaStreams } = options;
  const folder = await mkdtemp(join(tmpdir(), "outdial-trunk-sim-"));
  const tlsFolder = sip.tls.folder ?? join(folder, "tls");
  const cdrFile = join(folder, "operators.ndjson");
  const given: readonly (readonly [string, string | null])[] = [
    ["--tenant", common.tenant],
    ["--scenario", trunkSimScenario],
    ["--seed", call.context.seed === 0 ? null : String(call.context.seed)],
    ["--cdr", cdrFile],
    ["--tls-folder", tlsFolder],
    ["--rtp-streams", String(maxMediaStreams)],
    // One source sends it everything, and is meant to.
    ["--messages-per-source", "0"],
  ];
  const args = given.flatMap(([name, value]) => (value === null ? [] : [name, value]));
  // A second Ctrl-C ends this process without waiting for anything.
  const clearAtOnce = (): void => rmSync(folder, { recursive: true, force: true });
  process.once("exit", clearAtOnce);
  const clear = async (): Promise<void> => {
    process.off("exit", clearAtOnce);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const trunkSim = await startTrunkSim([...LAB, ...args]);
    let stopping: Promise<void> | null = null;
    const stop = (): Promise<void> => (stopping ??= trunkSim.stop());
    const close = async (): Promise<void> => {
      await stop();
      await clear();
    };
    return { trunks: trunkSim.trunks, tlsFolder, cdrFile, stop, close };
  } catch (error) {
    await clear();
    throw error;
  }
}
