import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { TurnTime } from "../rounds.ts";

/** A rival program that has checked its answers and waits for turns. */
export interface Rival {
  readonly turn: () => Promise<TurnTime>;
  readonly stop: () => void;
}

/** Starts a program that speaks as `sample.h` says. Rejects with what it printed if it gives up. */
export async function startRival(file: string, args: readonly string[]): Promise<Rival> {
  const child = spawn(file, args, { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${file} gave up: ${complaint}`);
    return JSON.parse(value);
  };
  await next();
  return {
    async turn() {
      child.stdin.write("turn\n");
      const { ns, cpu } = (await next()) as { readonly ns: number; readonly cpu: number };
      return { cpuNs: cpu, wallNs: ns };
    },
    stop: () => child.stdin.end(),
  };
}
