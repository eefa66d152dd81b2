import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { OUTDIAL, outdial } from "./outdial.ts";

const isLong = process.env["LONG"] !== undefined;
const MEGABYTE = 1024 * 1024;
const LINE = "+442079460123\n";
const PIECE = LINE.repeat(5000);

const folder = mkdtempSync(join(tmpdir(), "outdial-pipes-"));
const TENANT = join(folder, "small.yaml");
writeFileSync(TENANT, "outdial: 1\nusers: [{ userPrincipalName: megan@contoso.com }]\n");
const ROUTE = ["route", "--user", "megan@contoso.com", "--tenant", TENANT];

const pipes = suite("outdial route in a pipe");

pipes.after(() => rmSync(folder, { recursive: true, force: true }));

/** `outdial route` with its pipes in our hands. */
class Running {
  readonly child: ChildProcessWithoutNullStreams;
  stderr = "";
  /** Lines that came out of it, the header included. */
  lines = 0;
  bytesOut = 0;
  bytesIn = 0;

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, [OUTDIAL, ...ROUTE, ...args], { stdio: "pipe" });
    this.child.stderr.on("data", (part: Buffer) => {
      this.stderr += part.toString();
    });
    this.child.stdin.on("error", () => {});
  }

  /** From now on what comes out is read and counted. */
  read(): void {
    this.child.stdout.on("data", (part: Buffer) => {
      this.bytesOut += part.length;
      for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) this.lines++;
    });
  }

  /** Settles when the program has taken in so much more, or `most` milliseconds passed without. */
  async take(piece: string, most: number): Promise<boolean> {
    if (this.child.stdin.writableNeedDrain) {
      const stop = new AbortController();
      const drained = once(this.child.stdin, "drain", { signal: stop.signal });
      const isDrained = await Promise.race([
        drained.then(
          () => true,
          () => false,
        ),
        pause(most, false),
      ]);
      stop.abort();
      if (!isDrained) return false;
    }
    this.child.stdin.write(piece);
    this.bytesIn += piece.length;
    return true;
  }

  async end(): Promise<unknown> {
    const closed = once(this.child, "close");
    this.child.stdin.end();
    const [code] = await closed;
    return code;
  }
}

pipes("a line that comes in two parts with a pause between is one number", async () => {
  const run = new Running();
  run.read();
  run.child.stdin.write("911\n+44207946");
  while (run.lines < 2) await once(run.child.stdout, "data");
  run.child.stdin.write("0123");
  assert.is(await run.end(), 0, run.stderr);
  assert.is(run.lines, 3);
});

for (const workers of ["0", "2"]) {
  pipes(`${workers} workers: who reads nothing stops who writes, and loses nothing`, async () => {
    const run = new Running("--workers", workers);
    while (run.bytesIn < 32 * MEGABYTE && (await run.take(PIECE, 1000)));
    assert.ok(run.bytesIn < 8 * MEGABYTE, `${run.bytesIn} bytes were taken in`);
    run.read();
    assert.is(await run.end(), 0, run.stderr);
    assert.is(run.lines, 1 + run.bytesIn / LINE.length);
  });

  pipes(`${workers} workers: an endless input ends quietly when nobody reads on`, async () => {
    const program = `"${process.execPath}" "${OUTDIAL}" ${ROUTE.join(" ")} --workers ${workers}`;
    const shell = `yes +442079460123 | { ${program}; echo "code $?" >&2; } | head -3`;
    const child = spawn("sh", ["-c", shell], { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (part: Buffer) => {
      stdout += part.toString();
    });
    child.stderr.on("data", (part: Buffer) => {
      stderr += part.toString();
    });
    await once(child, "close");
    assert.is(stdout.split("\n").length, 4);
    assert.is(stderr, "code 0\n");
  });

  pipes(`${workers} workers: Ctrl-C amid an endless input tells what came out`, async () => {
    const run = new Running("--workers", workers);
    run.read();
    while (run.bytesOut < 2 * MEGABYTE && (await run.take(PIECE, 60_000)));
    const closed = once(run.child, "close");
    run.child.kill("SIGINT");
    const [code] = await closed;
    assert.is(code, 130, run.stderr);
    assert.match(run.stderr, `routed ${run.lines - 1} numbers in `);
  });
}

pipes("every number of workers gives the same bytes", async () => {
  const input = join(folder, "many.txt");
  const lines = Array.from({ length: 60_000 }, (_, i) =>
    i % 1000 === 0 ? "" : `+4420794${String((i * 7919) % 100_000).padStart(5, "0")}`,
  );
  writeFileSync(input, lines.join("\r\n"));
  const runs = [];
  for (const workers of ["0", "1", "2", "3", "4"]) {
    runs.push(await outdial([...ROUTE, input, "--workers", workers]));
  }
  assert.is(runs[0]?.stdout.split("\n").length, lines.length + 2);
  for (const [workers, run] of runs.entries()) {
    assert.ok(run.stdout === runs[0]?.stdout, `${workers} workers change the rows`);
    assert.is(run.stderr, runs[0]?.stderr);
    assert.is(run.code, 1);
  }
});

/** Most bytes the process ever held, as Linux tells; `null` elsewhere. */
function peakBytes({ pid }: { readonly pid?: number | undefined }): number | null {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return null;
  const kilobytes = /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

const MEGABYTES = isLong ? 300 : 4;
for (const workers of isLong ? ["0", "2"] : ["2"]) {
  pipes(`${workers} workers: ${MEGABYTES} MB with a halting reader take no memory`, async () => {
    const run = new Running("--workers", workers);
    run.read();
    let warm: number | null = null;
    for (let pieces = 0; run.bytesIn < MEGABYTES * MEGABYTE; pieces++) {
      if (pieces % 50 === 0) run.child.stdout.pause();
      if (pieces % 50 === 0) setTimeout(() => run.child.stdout.resume(), 20);
      assert.ok(await run.take(PIECE, 60_000), "the input is not taken in any more");
      if (run.bytesIn > (MEGABYTES / 5) * MEGABYTE) warm ??= peakBytes(run.child);
    }
    const peak = peakBytes(run.child);
    assert.is(await run.end(), 0, run.stderr);
    assert.is(run.lines, 1 + run.bytesIn / LINE.length);
    if (peak === null || warm === null) return;
    assert.ok(peak - warm < 96 * MEGABYTE, `grew from ${warm} to ${peak} bytes`);
  });
}

pipes.run();
