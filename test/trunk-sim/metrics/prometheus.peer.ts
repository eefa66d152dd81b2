/**
 * Our metrics read by Prometheus' own strict OpenMetrics parser (Debian: python3-prometheus-client).
 */
import { spawnSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PrometheusMetrics } from "../../../trunk-sim/metrics/prometheus.ts";
import { TrunkMeter } from "../../../trunk-sim/metrics/trunk-meter.ts";
import { readOpenMetrics } from "./open-metrics-checker.ts";
import { play } from "./played-call.ts";

// Debian's own Python, which has Debian's packages, whatever stands first on the path.
const PYTHON = "/usr/bin/python3";
const READ = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as families
text = sys.stdin.buffer.read().decode()
print(json.dumps([[f.name, f.type, f.documentation, [[s.name, s.labels, s.value] for s in f.samples]]
  for f in families(text)], allow_nan=False))
`;

const hasParser =
  spawnSync(PYTHON, ["-c", "import prometheus_client.openmetrics.parser"]).status === 0;

const peer = suite("Prometheus' own parser");

if (hasParser) {
  peer("reads every family, label and value as they were meant", async () => {
    const text = await someMetrics();
    const read = spawnSync(PYTHON, ["-c", READ], { input: text, encoding: "utf8" });
    assert.is(read.stderr, "");
    const wanted = readOpenMetrics(text).map(({ name, type, help, samples }) => [
      name,
      type,
      help,
      samples.map((sample) => [sample.name, sample.labels, sample.value]),
    ]);
    assert.ok(wanted.length >= 15);
    assert.equal(JSON.parse(read.stdout), wanted);
  });
} else {
  peer("python3-prometheus-client installed", () => {
    const complaint = "python3-prometheus-client not installed";
    assert.is.not(process.env["REQUIRE_PEERS"], "1", complaint);
    console.log(`\nskipped: ${complaint}, the metrics were not read by it`);
  });
}

async function someMetrics(): Promise<string> {
  const trunks = [
    { name: "north-1", operator: "northwind" },
    { name: 'odd "name"\\with\nall', operator: null },
  ];
  const meter = new TrunkMeter(trunks);
  const metrics = new PrometheusMetrics(trunks, meter);
  play(
    (event) => {
      meter.listener(event);
      metrics.listener(event);
    },
    { ringing: 20, answered: 100, ended: 5100 },
    { ended: 1, refused: "concurrent-calls" },
    { ended: 32_000, result: "timed-out", status: null },
    { trunk: 'odd "name"\\with\nall', answered: 100, ended: 2_000_000 },
  );
  return metrics.text();
}

peer.run();
