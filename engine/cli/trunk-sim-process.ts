import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TrunkMapping } from "../call/trunk-targets.ts";
import { EngineError } from "../model/engine-error.ts";
import type { TrunkTransport } from "../model/operator.ts";

/** The program, from dist/engine/cli. */
const TRUNK_SIM = fileURLToPath(new URL("../../trunk-sim/main.js", import.meta.url));

/** As in its first line, which only a shell reads. */
const NODE_FLAGS = ["--min-semi-space-size=32", "--max-semi-space-size=32"];

/** WHY: on a busy machine Node alone takes seconds to start. */
const READY_SECONDS = 30;
/** By then SIP's own timers (64 × T1 = 32 s) have ended whatever it waits for. */
const END_SECONDS = 45;
/** Of what it complains about, kept to tell why it did not start. */
const MAX_COMPLAINT_CHARACTERS = 4000;

/** A trunk-sim that runs beside this process and never outlives it. */
export interface TrunkSimProcess {
  /** Where each of its trunks listens. */
  readonly trunks: readonly TrunkMapping[];
  /** Asks it to end: it lets its calls end, completes its records, and is gone when this resolves. */
  stop(): Promise<void>;
}

/**
 * Starts trunk-sim and waits until calls may come. It is a group of processes of its own, so that Ctrl-C
 * reaches this process only, and ends by itself when this process ends, however it ends: its stdin is a
 * pipe from here.
 *
 * @param args - Besides those that make it print where it listens and watch its stdin.
 * @throws EngineError `ENGINE_TRUNK_SIM_FAILED`
 */
export async function startTrunkSim(args: readonly string[]): Promise<TrunkSimProcess> {
  const all = [...NODE_FLAGS, TRUNK_SIM, "--json", "--until-stdin-ends", ...args];
  const child = spawn(process.execPath, all, {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const kill = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => {
      process.off("exit", kill);
      resolve();
    });
  });
  // WHY: it may be gone when its stdin is closed.
  child.stdin.on("error", () => {});
  const stop = async (): Promise<void> => {
    const timer = setTimeout(kill, END_SECONDS * 1000);
    child.stdin.end();
    await ended;
    clearTimeout(timer);
  };
  try {
    return { trunks: await readyTrunks(child), stop };
  } catch (error) {
    kill();
    await ended;
    throw error;
  }
}

/** Reads its first line; what it complains about goes into the error. */
async function readyTrunks(
  child: ChildProcess & Pick<Required<ChildProcess>, "stdout" | "stderr">,
): Promise<readonly TrunkMapping[]> {
  let complaint = "";
  child.stderr?.on("data", (part: Buffer) => {
    if (complaint.length < MAX_COMPLAINT_CHARACTERS) complaint += part.toString();
  });
  const line = await firstLine(child);
  const trunks = line === null ? null : parseReadyLine(line);
  if (trunks !== null) return trunks;
  const said = complaint.trim() || `nothing was heard of it for ${READY_SECONDS} s`;
  throw new EngineError("ENGINE_TRUNK_SIM_FAILED", `trunk-sim did not start: ${said}`);
}

/** `null` = it ended, or took too long. The rest of what it prints is read and dropped. */
function firstLine({ stdout }: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    if (stdout === null) {
      resolve(null);
      return;
    }
    const lines = createInterface({ input: stdout });
    const timer = setTimeout(resolve, READY_SECONDS * 1000, null);
    lines.on("line", (line) => {
      clearTimeout(timer);
      resolve(line);
    });
    lines.once("close", () => {
      clearTimeout(timer);
      resolve(null);
    });
  });
}

interface ReadyTrunk {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly transport: TrunkTransport;
}

function parseReadyLine(line: string): readonly TrunkMapping[] | null {
  try {
    const { ready, trunks } = JSON.parse(line) as { ready: unknown; trunks: readonly ReadyTrunk[] };
    if (ready !== true) return null;
    return trunks.map(({ name, host, port, transport }) => ({
      name,
      peer: { host, port, transport },
    }));
  } catch {
    return null;
  }
}
