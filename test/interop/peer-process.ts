import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { untilListening } from "./listening.ts";
import { closeAfterSuite, programFile } from "./peer-suite.ts";

const READY_MS = 15_000;
const TERMINATE_MS = 3_000;

export interface PeerOptions {
  readonly cwd?: string;
  /** Cores that it may run on, as `taskset` takes them; all when left out. */
  readonly cores?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program that runs beside the test. It never outlives it, whatever becomes of the test. */
export interface PeerProcess {
  readonly pid: number;
  /** What it printed so far, on both streams. */
  output(): string;
  /** Types into its standard input. */
  type(text: string): void;
  /** Resolves once it has printed something that matches; rejects with its output if it never does. */
  printed(wanted: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Resolves once it listens on the port; rejects with its output if it never does. */
  listening(protocol: "udp" | "tcp", port: number): Promise<void>;
  /** Exit code; `null` = ended by a signal. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a program; `node` for ours. It is told to end should this process be killed. */
export function startPeer(
  program: string,
  args: readonly string[],
  { cwd, cores, env = {} }: PeerOptions = {},
): PeerProcess {
  const pinned = cores === undefined ? [] : ["taskset", "-c", cores];
  const file = program === "node" ? process.execPath : (programFile(program) ?? program);
  const command = ["--pdeathsig", "TERM", ...pinned, file, ...args];
  const child = spawn("setpriv", command, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env, NO_COLOR: "1", FORCE_COLOR: "0", LC_ALL: "C.UTF-8" },
    ...(cwd === undefined ? {} : { cwd }),
  });
  return peerOf(child, `${program} ${args.join(" ")}`);
}

function peerOf(child: ChildProcess, shown: string): PeerProcess {
  let text = "";
  let over = false;
  const add = (chunk: Buffer): void => {
    text += chunk.toString("latin1");
  };
  running.add(child);
  child.stdout?.on("data", add);
  child.stderr?.on("data", add);
  child.stdin?.on("error", () => {});
  const ended = new Promise<number | null>((done) => {
    const finish = (code: number | null): void => {
      over = true;
      running.delete(child);
      done(code);
    };
    child.on("error", (error) => {
      text += String(error);
      finish(null);
    });
    child.on("close", finish);
  });
  const stop = async (): Promise<void> => {
    if (over) return;
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), TERMINATE_MS);
    await ended;
    clearTimeout(late);
  };
  closeAfterSuite(stop);
  const failure = (what: string): Error => new Error(`${shown}: ${what}\n${text}`);
  return {
    pid: child.pid ?? -1,
    ended,
    output: () => text,
    type: (typed) => void child.stdin?.write(typed),
    async printed(wanted, timeoutMs = READY_MS) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const found = wanted.exec(text);
        if (found !== null) return found;
        if (over || Date.now() > deadline) throw failure(`never printed ${wanted}`);
        await delay(10);
      }
    },
    async listening(protocol, port) {
      const deadline = Date.now() + READY_MS;
      const heard = await untilListening(protocol, port, () => over || Date.now() > deadline);
      if (!heard) throw failure(`never listened on ${protocol} ${port}`);
    },
    stop,
  };
}
