import { spawn } from "node:child_process";
import { join } from "node:path";
import { OUTDIAL } from "./outdial.ts";

const TRUNK_SIM = join(OUTDIAL, "..", "..", "..", "trunk-sim", "main.js");

/** A trunk-sim of its own that simulates one trunk of the sample tenant. */
export interface RunningTrunkSim {
  /** For `--map`. */
  readonly map: string;
  /** Ends it; its records are complete then. */
  end(): Promise<void>;
}

/** Starts one for operator bt's trunk in London, on any free port. */
export async function startBtLondon(args: readonly string[]): Promise<RunningTrunkSim> {
  const own = ["--any-port", "--json", "--until-stdin-ends", "--only", "bt-london"];
  const child = spawn(process.execPath, [TRUNK_SIM, ...own, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const ready = await new Promise<string>((resolve) =>
    child.stdout.once("data", (part: Buffer) => resolve(part.toString())),
  );
  child.stdout.resume();
  const { port } = (JSON.parse(ready) as { trunks: [{ port: number }] }).trunks[0];
  const end = (): Promise<void> => {
    child.stdin.end();
    return ended;
  };
  return { map: `bt-london=127.0.0.1:${port}`, end };
}
