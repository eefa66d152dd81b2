/** How speech got through is measured at both ends, as far as streams may flow, and said so. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type {
  CallDetailRecord,
  OperatorCallRecord,
} from "../../engine/model/call-detail-record.ts";
import { outdial } from "./outdial.ts";
import { startBtLondon } from "./running-trunk-sim.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-quality-"));
const place = (name: string): string => join(folder, name);
const USER = ["--user", "alexw@contoso.com", "--kind", "dial-out"];
const STREAMS = 3;
const CALLS = 8;

const quality = suite("quality of calls");

quality.after(() => rmSync(folder, { recursive: true, force: true }));

function readLines<T>(file: string): readonly T[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as T);
}

function countOf(sources: readonly unknown[], source: string | null): number {
  return sources.filter((one) => one === source).length;
}

quality(
  "measured at both ends while streams may flow, synthesised by the trunk beyond",
  async () => {
    const operators = place("operators.ndjson");
    const callers = place("callers.ndjson");
    const trunkSim = await startBtLondon(["--rtp-streams", String(STREAMS), "--cdr", operators]);
    const to = [...USER, "--map", trunkSim.map];
    const one = await outdial(["call", "+442079460123", ...to, "--hold", "0.4"]);
    const numbers = Array.from({ length: CALLS }, (_, i) => `+4420794601${20 + i}\n`);
    writeFileSync(place("calls.txt"), numbers.join(""));
    // All of them are up at one time.
    const load = ["--rate", "20", "--hold", "0.8", "--media", String(STREAMS), "--cdr", callers];
    const many = await outdial(["simulate", place("calls.txt"), ...to, ...load]);
    await trunkSim.end();

    assert.is(one.code, 0, one.stderr);
    assert.match(one.stdout, /; MOS 4\.\d\d \(measured: \d+\.\d % lost, jitter \d+\.\d ms\)$/m);
    assert.is(many.code, 0, many.stdout + many.stderr);
    const placed = readLines<CallDetailRecord>(callers);
    const [first, ...received] = readLines<OperatorCallRecord>(operators);
    assert.is(first?.quality?.source, "measured");
    assert.ok((first?.quality?.packetsReceived ?? 0) >= 10, JSON.stringify(first?.quality));
    const heard = placed.map((record) => record.quality?.source ?? null);
    assert.equal(
      [countOf(heard, "measured"), countOf(heard, null)],
      [STREAMS, CALLS - STREAMS],
      "the caller makes nothing up",
    );
    const told = received.map((record) => record.quality?.source ?? null);
    assert.is(countOf(told, "synthesised"), CALLS - STREAMS, told.join());
    // On a busy machine a call without speech may arrive before one with.
    assert.ok(countOf(told, "measured") >= STREAMS - 1, told.join());
  },
);

quality.run();
