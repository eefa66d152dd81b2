/**
 * The cases of fixtures/problems: each folder holds the commands that provoke problems, the files they
 * read, and in `expected.txt` every problem line that a user then sees.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAMS = {
  outdial: join(root, "dist", "engine", "cli", "main.js"),
  "trunk-sim": join(root, "dist", "trunk-sim", "main.js"),
} as const;

export const PROBLEM_CASES = join(root, "fixtures", "problems");

interface ProblemCommand {
  /** `outdial` when left out. */
  readonly program?: keyof typeof PROGRAMS;
  /** `{contoso}` stands for the sample tenant. */
  readonly arguments: readonly string[];
  readonly exit: number;
  readonly stdin?: string;
}

/** Names of the case folders. */
export function problemCases(): readonly string[] {
  return readdirSync(PROBLEM_CASES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function runCommand(folder: string, command: ProblemCommand): string {
  const program = command.program ?? "outdial";
  const contoso = join(root, "fixtures", "tenants", "contoso");
  const args = command.arguments.map((argument) => argument.replace("{contoso}", contoso));
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAMS[program], ...args], {
    cwd: folder,
    input: command.stdin ?? "",
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  const found = `${stderr}\n${stdout}`
    .split("\n")
    .filter((line) => /^(\S+:\d+:\d+ )?(error|warning|info) [A-Z]/.test(line));
  const exit = status === command.exit ? `exit ${status}` : `exit ${status}, not ${command.exit}`;
  return [`$ ${program} ${command.arguments.join(" ")}`, ...found, exit, ""].join("\n");
}

/** Runs a case in a copy of its folder: each command, the problem lines it printed, its exit code. */
export function runProblemCase(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), "outdial-problems-"));
  try {
    cpSync(join(PROBLEM_CASES, name), folder, { recursive: true });
    const { commands } = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as {
      commands: readonly ProblemCommand[];
    };
    return commands.map((command) => runCommand(folder, command)).join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
