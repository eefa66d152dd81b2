import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compareResults } from "../../bench/compare.ts";
import type { Results, SavedReport } from "../../bench/results-file.ts";

const machine = { cpu: "Some CPU", cores: 2, node: "v20.20.2" };
const loadBefore = [0, 0, 0];

function matchReport(tableNs: number, loopNs: number, extra: readonly string[] = []): SavedReport {
  const times = { table: tableNs, loop: loopNs, ...Object.fromEntries(extra.map((n) => [n, 7])) };
  const timings = Object.entries(times).map(([name, ns]) => ({
    name,
    nsPerDecision: ns,
    minNsPerDecision: ns,
    rounds: 1,
  }));
  const floors = [{ question: "100 routes", candidate: "table", rival: "loop", atLeast: 10 }];
  return {
    name: "match",
    questions: [{ title: "100 routes", numbers: 1, timings }],
    floors,
    loadBefore,
  };
}

const results = (...reports: readonly SavedReport[]): Results => ({ machine, reports });

/** Lines with runs of blanks made one. */
function linesOf(before: Results, after: Results): string[] {
  return compareResults(before, after)
    .split("\n")
    .map((line) => line.trim().replace(/ {2,}/g, " "));
}

const compare = suite("compare");

compare("times and floors of both stand side by side, with their ratio", () => {
  const lines = linesOf(results(matchReport(20, 2000)), results(matchReport(10, 2000)));
  assert.equal(lines.slice(3), [
    "match before after after/before",
    "100 routes, table 20.00 ns 10.00 ns 0.50",
    "100 routes, loop 2,000 ns 2,000 ns 1.00",
    "100 routes, table / loop 100x as fast 200x as fast 2.00",
  ]);
});

compare("what only one of them has is shown on its side", () => {
  const lines = linesOf(
    results(matchReport(20, 200, ["old"])),
    results(matchReport(20, 200, ["new"])),
  );
  assert.ok(lines.includes("100 routes, new 7.00 ns"));
  assert.ok(lines.includes("100 routes, old 7.00 ns"));
});

compare("a report that only one of them has is named", () => {
  const lines = linesOf(results(matchReport(20, 200)), results());
  assert.ok(lines.includes("match: only in before"));
});

compare("loads are compared by CPU time a call and by their bounds", () => {
  const load = (ms: number): SavedReport => ({
    name: "trunk-sim",
    tables: [
      {
        title: "1000 calls/s",
        rows: [
          {
            name: "SIPp",
            callsPerSecond: 1000,
            calls: 1000,
            failed: 0,
            cpuMsPerCall: ms,
            minCpuMsPerCall: ms,
            peakMegabytes: null,
            rounds: 3,
          },
        ],
      },
    ],
    bounds: [
      {
        what: "CPU",
        unit: "ms",
        measured: ms,
        floor: 4,
        aim: null,
        better: "less",
        provided: null,
      },
    ],
    skipped: [],
    loadBefore,
  });
  const lines = linesOf(results(load(0.2)), results(load(0.3)));
  assert.ok(lines.includes("1000 calls/s, SIPp 0.20 ms 0.30 ms 1.50"));
  assert.ok(lines.includes("CPU 0.20 ms 0.30 ms 1.50"));
});

compare("growth is compared point by point", () => {
  const scale = (bytes: number): SavedReport => ({
    name: "scale",
    points: [{ routes: 10, tableNs: 12, routerNs: 90, tableBytes: bytes, compileMs: 50 }],
    throughput: [],
    notes: [],
    loadBefore,
  });
  const lines = linesOf(results(scale(30_000)), results(scale(15_000)));
  assert.ok(lines.includes("10 routes, table 30,000 bytes 15,000 bytes 0.50"));
});

compare.run();
