/**
 * Runs test files, each in a process of its own, and refuses the three ways in which uvu passes
 * silently: a file that registers no test, a thrown non-Error, and a run of nothing at all.
 *
 * Usage: node dist/scripts/run-tests.js [--peers | --long] [--in FOLDER] [PART-OF-A-PATH …]
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const FILE_TIMEOUT_MS = 600_000;
const dist = dirname(dirname(fileURLToPath(import.meta.url)));

interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly output: string;
  readonly complaint: string | null;
}

function testFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Reads uvu's closing lines and the exit code, and says what is wrong with them, if anything. */
export function judge(file: string, code: number | null, output: string): FileResult {
  const count = (label: string): number | null => {
    const found = new RegExp(`^\\s*${label}:\\s+(\\d+)`, "m").exec(output);
    return found?.[1] === undefined ? null : Number(found[1]);
  };
  const total = count("Total");
  const passed = count("Passed") ?? 0;
  const skipped = count("Skipped") ?? 0;
  let complaint: string | null = null;
  if (total === null) complaint = `ended without a summary (exit code ${code})`;
  else if (total === 0) complaint = "registered no test: is `.run()` missing?";
  else if (passed + skipped < total) complaint = `${total - passed - skipped} of ${total} failed`;
  else if (code !== 0) complaint = `exit code ${code}`;
  const failed = complaint === null ? 0 : Math.max(1, (total ?? 0) - passed - skipped);
  return { file, passed, failed, skipped, output, complaint };
}

function runFile(file: string): Promise<FileResult> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ["--enable-source-maps", file], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    });
    let output = "";
    const add = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on("data", add);
    child.stderr.on("data", add);
    const timer = setTimeout(() => {
      output += `\nkilled after ${FILE_TIMEOUT_MS / 1000} s\n`;
      child.kill("SIGKILL");
    }, FILE_TIMEOUT_MS);
    child.on("close", (code) => {
      clearTimeout(timer);
      done(judge(file, code, output));
    });
  });
}

/** One line a file; its whole output when it failed, and the notes it left when it did not. */
function report({ file, passed, skipped, output, complaint }: FileResult): void {
  const skips = skipped > 0 ? `, ${skipped} skipped` : "";
  const verdict = complaint ?? `${passed} passed${skips}`;
  console.log(`${complaint === null ? "✓" : "✗"} ${relative(dist, file)}: ${verdict}`);
  const notes = output.match(/^(?:skipped|note):.*$/gm) ?? [];
  if (complaint !== null) console.log(output.trimEnd());
  else for (const note of notes) console.log(`  ${note}`);
}

async function main(args: readonly string[]): Promise<number> {
  const peers = args.includes("--peers");
  if (args.includes("--long")) process.env["LONG"] = "1";
  const at = args.indexOf("--in");
  const folder = at < 0 ? join(dist, "test") : (args[at + 1] ?? "");
  const wanted = args.filter((arg, i) => !arg.startsWith("--") && (at < 0 || i !== at + 1));
  const files = testFiles(folder, peers ? ".peer.js" : ".test.js").filter(
    (file) => wanted.length === 0 || wanted.some((part) => relative(dist, file).includes(part)),
  );
  const results: FileResult[] = [];
  const queue = [...files];
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const result = await runFile(file);
      results.push(result);
      report(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work));
  const sum = (pick: (r: FileResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const passed = sum((r) => r.passed);
  const failed = sum((r) => r.failed);
  const skipped = sum((r) => r.skipped);
  if (results.length === 0) console.log("no test file was found");
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return failed > 0 || passed + skipped === 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
