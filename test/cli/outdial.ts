import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The program that `npx outdial` runs. */
export const OUTDIAL = join(dist, "engine", "cli", "main.js");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `outdial` as a shell would: its own process, `input` on stdin, no terminal. */
export function outdial(
  args: readonly string[],
  input: string | Uint8Array = "",
  environment: NodeJS.ProcessEnv = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [OUTDIAL, ...args], {
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...environment },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => stdout.push(part));
    child.stderr.on("data", (part: Buffer) => stderr.push(part));
    child.on("error", reject);
    child.on("close", (code) => {
      const text = (parts: readonly Buffer[]): string => Buffer.concat(parts).toString();
      resolve({ code, stdout: text(stdout), stderr: text(stderr) });
    });
    // WHY: a command that ends without reading its input closes the pipe.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
