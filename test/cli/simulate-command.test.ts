import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callDetailRecordSchema, loadSummarySchema } from "../../scripts/call-schemas.ts";
import { OUTDIAL, outdial } from "./outdial.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-simulate-"));
const place = (name: string): string => join(folder, name);

/** Calls to London from meetings, by operator bt: within its 30 calls at once, at whatever rate. */
const CALLS = place("calls.txt");
writeFileSync(
  CALLS,
  Array.from({ length: 30 }, (_, i) => `+4420794601${String(20 + i)}\n`).join(""),
);
const ALEX = ["--user", "alexw@contoso.com", "--kind", "dial-out"];
const QUICK = ["--hold", "0.05", "--media", "1"];
const SIMULATE = ["simulate", CALLS, ...ALEX, ...QUICK, "--rate", "100"];

interface Summary {
  readonly placed: number;
  readonly calls: { readonly answered: number; readonly failovers: number };
  readonly leftOver: number;
  readonly reconciliation: { readonly agree: boolean } | null;
}

const command = suite("outdial simulate");

command.after(() => rmSync(folder, { recursive: true, force: true }));

command(
  "60 calls, the stream twice, through trunk-sim: both sides agree on every one",
  async () => {
    const cdr = place("sixty.ndjson");
    const twice = ["--repeat", "--calls", "60", "--rate", "40"];
    const run = await outdial([...SIMULATE, ...twice, "--start-trunk-sim", "--cdr", cdr]);
    assert.is(run.stderr, "");
    assert.is(run.code, 0, run.stdout);
    const lines = run.stdout.trimEnd().split("\n");
    assert.is(
      lines.at(-1),
      "sent 60 = answered 60 + failed 0 + timed out 0; both sides agree on every call",
    );
    assert.match(
      lines.at(-2) ?? "",
      /^placed 60 calls in .*: answered 60 \+ failed 0 \+ timed out 0$/,
    );
    assert.match(run.stdout, /│ bt +│ bt-london +│ +60 │ +60 │/);
    const records = readFileSync(cdr, "utf8").trimEnd().split("\n");
    assert.is(records.length, 60);
    for (const record of records) {
      const checked = callDetailRecordSchema.safeParse(JSON.parse(record));
      assert.ok(checked.success, record);
    }
  },
);

command("failovers are counted and shown when a trunk refuses everything", async () => {
  const scenario = place("storm.yaml");
  writeFileSync(
    scenario,
    "trunkSim: 1\ntrunks: [{ name: bt-london, faults: [{ kind: 503-storm }] }]\n",
  );
  const run = await outdial([
    ...SIMULATE,
    "--calls",
    "12",
    "--start-trunk-sim",
    "--trunk-sim-scenario",
    scenario,
    "--json",
    "--summary",
  ]);
  assert.is(run.code, 0, run.stdout);
  const printed = JSON.parse(run.stdout) as Summary;
  const checked = loadSummarySchema.safeParse(printed);
  assert.ok(checked.success, checked.success ? "" : checked.error.message);
  assert.is(printed.placed, 12);
  assert.is(printed.calls.answered, 12);
  assert.ok(printed.calls.failovers >= 3, run.stdout);
  assert.is(printed.leftOver, 0);
  assert.is(printed.reconciliation?.agree, true);
  assert.match(run.stderr, /; both sides agree on every call$/m);
});

command("Ctrl-C lets the calls end, and then tells what came of them", async () => {
  const cdr = place("stopped.ndjson");
  const rest = ["--repeat", "--calls", "100000", "--start-trunk-sim", "--cdr", cdr];
  const child = spawn(process.execPath, [OUTDIAL, ...SIMULATE, ...rest], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (part: Buffer) => {
    printed += part.toString();
  });
  await untilWritten(cdr, child);
  child.kill("SIGINT");
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.is(code, 0, printed);
  assert.match(printed, /^sent (\d+) = answered \d+ .*; both sides agree on every call$/m);
  const placed = Number(/^placed (\d+) calls/m.exec(printed)?.[1]);
  assert.ok(placed > 0 && placed < 100_000, printed);
  assert.is(readFileSync(cdr, "utf8").trimEnd().split("\n").length, placed);
});

command("ends in order when nobody reads its records any more", async () => {
  const rest = ["--repeat", "--calls", "100000", "--start-trunk-sim", "--cdr", "-"];
  const child = spawn(process.execPath, [OUTDIAL, ...SIMULATE, ...rest], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (part: Buffer) => {
    told += part.toString();
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.is(told, "");
  assert.is(code, 0);
});

command("compares with the records of a trunk-sim that somebody else started", async () => {
  const trunkSim = join(OUTDIAL, "..", "..", "..", "trunk-sim", "main.js");
  const records = place("operators.ndjson");
  const args = ["--any-port", "--json", "--until-stdin-ends", "--only", "bt-london"];
  const child = spawn(process.execPath, [trunkSim, ...args, "--cdr", records], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const ready = await new Promise<string>((resolve) =>
    child.stdout.once("data", (part: Buffer) => resolve(part.toString())),
  );
  child.stdout.resume();
  const { port } = (JSON.parse(ready) as { trunks: [{ port: number }] }).trunks[0];
  const map = `bt-london=127.0.0.1:${port}`;
  const run = await outdial([
    ...SIMULATE,
    ...["--calls", "10", "--map", map, "--trunk-sim-cdr", records],
  ]);
  const second = await outdial([...SIMULATE, "--calls", "5", "--map", map, "--json"]);
  child.stdin.end();
  await ended;
  assert.is(run.code, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /^sent 10 = answered 10 .*; both sides agree on every call$/m);
  assert.is(second.code, 0, second.stderr);
  assert.is((JSON.parse(second.stdout) as Summary).reconciliation, null);
});

command("bad lines are told and passed over, whatever is not placed is counted", async () => {
  const mixed = place("mixed.txt");
  writeFileSync(mixed, "+442079460123\n\nletters\n");
  const run = await outdial(["simulate", mixed, ...ALEX, ...QUICK, "--start-trunk-sim"]);
  assert.is(run.code, 1, run.stdout);
  assert.match(run.stderr, "mixed.txt:2:1 error INPUT_MALFORMED the line holds no number");
  assert.match(run.stdout, /^not placed: 1 blocked NUMBER_NOT_DIALABLE$/m);
  assert.match(run.stdout, /^1 line was bad$/m);
  assert.match(run.stdout, /^sent 1 = answered 1 /m);
});

const REFUSED: readonly (readonly [readonly string[], number, RegExp])[] = [
  [["--rate", "0"], 64, /^error: /m],
  [["--calls", "1.5"], 64, /^error: /m],
  [["--repeat"], 64, /^error: --repeat has no end without --calls/m],
  [["--trunk-sim-scenario", "x.yaml"], 64, /goes with --start-trunk-sim/],
  [["--start-trunk-sim", "--trunk-sim-cdr", "x"], 64, /records of its own/],
  [["--trunk-sim-cdr", place("none.ndjson")], 1, /^error FILE_UNREADABLE .*none\.ndjson/m],
  [["--hold", "60-5"], 1, /^error HOLD_INVALID /m],
  [["--cdr", CALLS], 1, /^error FILE_NOT_WRITTEN .*the input itself/m],
  [
    ["--start-trunk-sim", "--trunk-sim-scenario", place("none.yaml")],
    1,
    /^error ENGINE_TRUNK_SIM_FAILED /m,
  ],
];
for (const [args, code, told] of REFUSED) {
  command(`ends with ${code} before any call: ${args.slice(0, 2).join(" ")}`, async () => {
    const run = await outdial([...SIMULATE, ...args]);
    assert.is(run.code, code, run.stderr);
    assert.match(run.stderr, told);
    assert.is(run.stdout, "");
  });
}

command("no folder of a run is left in the temporary one", () => {
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith(`outdial-trunk-sim-`));
  // Another run of somebody else's may be under way: what counts is that ours do not pile up.
  assert.ok(left.length < 5, left.join(", "));
});

/** Resolves when the file has something in it, or the program has ended. */
async function untilWritten(file: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    try {
      if (readFileSync(file, "utf8").length > 0) return;
    } catch {
      // It is not there yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

command.run();
