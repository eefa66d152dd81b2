import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What .NET says of a pattern. */
export type DotnetAnswer =
  | {
      readonly compiles: true /** Per number `1`, `0`, or another sign where it gave up. */;
      readonly matches: string;
    }
  | { readonly compiles: false; readonly message: string };

export interface Question {
  readonly pattern: string;
  readonly numbers: readonly string[];
}

export interface DotnetOracle {
  ask(questions: readonly Question[]): Promise<readonly DotnetAnswer[]>;
  dispose(): void;
}

function canRun(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Compiles the C# program `source` with Mono; `null` where Mono is not installed. */
export function createDotnetOracle(source: string): DotnetOracle | null {
  if (!canRun("mcs") || !canRun("mono")) return null;
  const folder = mkdtempSync(join(tmpdir(), "outdial-dotnet-"));
  const program = join(folder, "oracle.exe");
  execFileSync("mcs", [`-out:${program}`, source], { stdio: "ignore" });
  return {
    ask: (questions) => ask(program, questions),
    dispose: () => rmSync(folder, { recursive: true }),
  };
}

function toHex(text: string): string {
  return Buffer.from(text, "utf16le").swap16().toString("hex");
}

function fromHex(hex: string): string {
  return Buffer.from(hex, "hex").swap16().toString("utf16le");
}

async function ask(
  program: string,
  questions: readonly Question[],
): Promise<readonly DotnetAnswer[]> {
  const child = spawn("mono", [program], { stdio: ["pipe", "pipe", "inherit"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const closed = new Promise((done) => child.on("close", done));
  for (const { pattern, numbers } of questions) {
    const line = `${toHex(pattern)}\t${numbers.map(toHex).join(",")}\n`;
    if (!child.stdin.write(line)) await new Promise((done) => child.stdin.once("drain", done));
  }
  child.stdin.end();
  await closed;
  return Buffer.concat(chunks).toString("latin1").trimEnd().split("\n").map(answerOf);
}

function answerOf(line: string): DotnetAnswer {
  const [status, rest = ""] = line.split("\t");
  return status === "OK"
    ? { compiles: true, matches: rest }
    : { compiles: false, message: fromHex(rest) };
}
