import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addCommonOptions } from "../../engine/cli/common-options.ts";
import {
  addSimulateOptions,
  clashOfSimulateOptions,
  readSimulateOptions,
} from "../../engine/cli/simulate-options.ts";
import { callDetailRecordSchema, loadSummarySchema } from "../../scripts/call-schemas.ts";
import { OUTDIAL, outdial } from "./outdial.ts";
import { startBtLondon } from "./running-trunk-sim.ts";

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
/** Certificates are made once for all runs. */
const START = ["--start-trunk-sim", "--tls-folder", place("lab-tls")];

interface Summary {
  readonly placed: number;
  readonly calls: { readonly answered: number; readonly failovers: number };
  readonly leftOver: number;
  readonly reconciliation: { readonly agree: boolean } | null;
}

const command = suite("outdial simulate");

command.after(() => rmSync(folder, { recursive: true, force: true }));

command(
  "40 calls, the stream read again, through trunk-sim: both sides agree on every one",
  async () => {
    const cdr = place("forty.ndjson");
    const again = ["--repeat", "--calls", "40", "--rate", "40"];
    const run = await outdial([...SIMULATE, ...again, ...START, "--cdr", cdr]);
    assert.is(run.stderr, "");
    assert.is(run.code, 0, run.stdout);
    const lines = run.stdout.trimEnd().split("\n");
    assert.is(
      lines.at(-1),
      "sent 40 = answered 40 + failed 0 + timed out 0; both sides agree on every call",
    );
    assert.match(
      lines.at(-2) ?? "",
      /^placed 40 calls in .*: answered 40 \+ failed 0 \+ timed out 0$/,
    );
    assert.match(run.stdout, /│ bt +│ bt-london +│ +40 │ +40 │/);
    const records = readFileSync(cdr, "utf8").trimEnd().split("\n");
    assert.is(records.length, 40);
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
    ...START,
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
  const rest = ["--repeat", "--calls", "100000", ...START, "--cdr", cdr];
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
  const records = place("operators.ndjson");
  const trunkSim = await startBtLondon(["--cdr", records]);
  const mapped = [...ALEX, ...QUICK, "--map", trunkSim.map];
  const run = await outdial([
    ...["simulate", CALLS, ...mapped, "--rate", "100"],
    ...["--calls", "10", "--trunk-sim-cdr", records],
  ]);
  const mixed = place("mixed.txt");
  writeFileSync(mixed, "+442079460123\n\nletters\n");
  const alone = await outdial(["simulate", mixed, ...mapped, "--json", "--summary"]);
  await trunkSim.end();
  assert.is(run.code, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /^sent 10 = answered 10 .*; both sides agree on every call$/m);

  // Bad lines are told and passed over, whatever is not placed is counted, nothing is compared.
  assert.is(alone.code, 1, alone.stderr);
  assert.is((JSON.parse(alone.stdout) as Summary).reconciliation, null);
  assert.match(alone.stderr, "mixed.txt:2:1 error INPUT_MALFORMED the line holds no number");
  assert.match(alone.stderr, /^not placed: 1 blocked NUMBER_NOT_DIALABLE$/m);
  assert.match(alone.stderr, /^1 line was bad$/m);
  assert.match(alone.stderr, /^placed 2 calls in .*: answered 1 /m);
});

const REFUSED: readonly (readonly [readonly string[], number, RegExp])[] = [
  [["--rate", "0"], 64, /^error: /m],
  [["--repeat"], 64, /^error: --repeat has no end without --calls/m],
  [["--trunk-sim-cdr", place("none.ndjson")], 1, /^error FILE_UNREADABLE .*none\.ndjson/m],
  [["--hold", "60-5"], 1, /^error HOLD_INVALID /m],
  [["--pcap", CALLS], 1, /^error FILE_NOT_WRITTEN .*the input itself/m],
  [["--trunk-sim-cdr", CALLS, "--cdr", CALLS], 1, /^error FILE_NOT_WRITTEN .*trunk-sim's records/m],
  [["--cdr", place("same"), "--pcap", place("same")], 1, /^error FILE_NOT_WRITTEN .*records too/m],
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

const CLASHES: readonly (readonly [readonly string[], RegExp | null])[] = [
  [["--trunk-sim-scenario", "x.yaml"], /goes with --start-trunk-sim/],
  [["--start-trunk-sim", "--trunk-sim-cdr", "x"], /records of its own/],
  [["--repeat"], /no end without --calls/],
  [["--repeat", "--calls", "5"], null],
  [["--start-trunk-sim", "--trunk-sim-scenario", "x.yaml"], null],
  [["--trunk-sim-cdr", "x"], null],
];
for (const [args, told] of CLASHES) {
  command(`${args.join(" ")} ${told === null ? "go together" : "do not go together"}`, () => {
    const simulate = addSimulateOptions(addCommonOptions(new Command()));
    simulate.parse(args, { from: "user" });
    const clash = clashOfSimulateOptions(readSimulateOptions(simulate, CALLS));
    if (told === null) assert.is(clash, null);
    else assert.match(clash ?? "", told);
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
