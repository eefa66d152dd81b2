import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PrometheusMetrics } from "../../../trunk-sim/metrics/prometheus.ts";
import { TrunkMeter } from "../../../trunk-sim/metrics/trunk-meter.ts";
import { type MetricFamily, readOpenMetrics } from "./open-metrics-checker.ts";
import { type PlayedCall, play } from "./played-call.ts";

const metrics = suite("Prometheus metrics");

const TRUNKS = [
  { name: "north-1", operator: "northwind", faultAt: () => "silence" },
  { name: 'odd "name"\\with\nall', operator: null },
];

const CALLS: readonly PlayedCall[] = [
  { ringing: 20, answered: 100, ended: 5100 },
  { ringing: 30, answered: 400, ended: 65_400 },
  { ringing: 20, ended: 90, status: 486 },
  { ended: 1, refused: "concurrent-calls", status: 503 },
  { ended: 32_000, result: "timed-out", status: null },
  { trunk: 'odd "name"\\with\nall', answered: 100, ended: 2_000_000 },
];

async function measured(options?: { withProcess: boolean }): Promise<readonly MetricFamily[]> {
  const meter = new TrunkMeter(TRUNKS);
  const prometheus = new PrometheusMetrics(TRUNKS, meter, options);
  play(
    (event) => {
      meter.listener(event);
      prometheus.listener(event);
    },
    ...CALLS,
  );
  prometheus.listener({ kind: "options", trunk: "north-1", status: null });
  prometheus.listener({ kind: "fault", trunk: "north-1", what: "a message without a Via" });
  await prometheus.text();
  // The second time, too: names of counters must not lose their ends twice.
  return readOpenMetrics(await prometheus.text());
}

function sample(
  families: readonly MetricFamily[],
  name: string,
  labels: Readonly<Record<string, string>>,
): number | undefined {
  return families
    .flatMap(({ samples }) => samples)
    .filter((one) => one.name === name)
    .find((one) => Object.entries(labels).every(([label, value]) => one.labels[label] === value))
    ?.value;
}

const NORTH = { trunk: "north-1", operator: "northwind" };

const VALUES: readonly (readonly [string, Readonly<Record<string, string>>, number | undefined])[] =
  [
    ["trunk_sim_invites_total", NORTH, 5],
    ["trunk_sim_calls_total", { ...NORTH, result: "answered" }, 2],
    ["trunk_sim_calls_total", { ...NORTH, result: "failed" }, 2],
    ["trunk_sim_calls_total", { ...NORTH, result: "timed-out" }, 1],
    ["trunk_sim_calls_total", { ...NORTH, result: "cancelled" }, undefined],
    ["trunk_sim_refusals_total", { ...NORTH, reason: "concurrent-calls" }, 1],
    ["trunk_sim_unanswered_calls_total", { ...NORTH, code: "486" }, 1],
    ["trunk_sim_unanswered_calls_total", { ...NORTH, code: "none" }, 1],
    ["trunk_sim_options_total", { ...NORTH, code: "none" }, 1],
    ["trunk_sim_wire_faults_total", NORTH, 1],
    ["trunk_sim_faulty", NORTH, 1],
    ["trunk_sim_faulty", { trunk: 'odd "name"\\with\nall' }, 0],
    ["trunk_sim_active_calls", NORTH, 0],
    ["trunk_sim_active_calls_peak", NORTH, 1],
    ["trunk_sim_answer_seizure_ratio", NORTH, 0.4],
    ["trunk_sim_network_effectiveness_ratio", NORTH, 0.6],
    ["trunk_sim_speech_mean_opinion_score", NORTH, undefined],
    ["trunk_sim_post_dial_delay_seconds_bucket", { ...NORTH, le: "0.01" }, 0],
    ["trunk_sim_post_dial_delay_seconds_bucket", { ...NORTH, le: "0.025" }, 2],
    ["trunk_sim_post_dial_delay_seconds_bucket", { ...NORTH, le: "1.0" }, 3],
    ["trunk_sim_post_dial_delay_seconds_count", NORTH, 3],
    ["trunk_sim_post_dial_delay_seconds_sum", NORTH, 0.07],
    ["trunk_sim_post_dial_delay_quantile_seconds", { ...NORTH, quantile: "0.5" }, 0.02],
    ["trunk_sim_post_dial_delay_quantile_seconds", { ...NORTH, quantile: "1.0" }, 0.03],
    ["trunk_sim_answer_delay_seconds_sum", NORTH, 0.5],
    ["trunk_sim_call_duration_seconds_bucket", { ...NORTH, le: "60.0" }, 1],
    ["trunk_sim_call_duration_seconds_bucket", { ...NORTH, le: "120.0" }, 2],
    ["trunk_sim_calls_total", { trunk: 'odd "name"\\with\nall', operator: "" }, 1],
  ];

for (const [name, labels, value] of VALUES) {
  metrics(`${name} ${JSON.stringify(labels)} is ${value}`, async () => {
    assert.is(sample(await measured(), name, labels), value);
  });
}

metrics("every family is of this program, with help, in base units", async () => {
  const families = await measured();
  assert.ok(families.length >= 15, `only ${families.length}`);
  for (const { name, help } of families) {
    assert.match(name, /^trunk_sim_/);
    assert.ok(help.length > 10);
    assert.not.match(name, /milliseconds|_ms$|percent/);
  }
});

metrics("no label tells a number that was dialed, and each is bounded", async () => {
  const labels = (await measured()).flatMap(({ samples }) => samples.map((one) => one.labels));
  assert.ok(labels.length > 50);
  const bounded = new Set(["trunk", "operator", "result", "reason", "code", "le", "quantile"]);
  for (const one of labels) {
    for (const [label, value] of Object.entries(one)) {
      assert.ok(bounded.has(label), label);
      assert.not.match(value, /\+?\d{7,}/);
    }
  }
});

metrics("figures of the process come where they are asked for", async () => {
  const name = "trunk_sim_process_cpu_seconds_total";
  assert.is(sample(await measured(), name, {}), undefined);
  assert.ok((sample(await measured({ withProcess: true }), name, {}) ?? 0) > 0);
});

const BROKEN = [
  ["no EOF", "# HELP a b\n# TYPE a gauge\na 1\n"],
  ["text after EOF", "# EOF\n\n# EOF\n"],
  ["a sample of another family", "# HELP a b\n# TYPE a gauge\nb 1\n# EOF\n"],
  ["a counter without _total", "# HELP a b\n# TYPE a counter\na 1\n# EOF\n"],
  ["a whole number as a bucket", '# HELP a b\n# TYPE a histogram\na_bucket{le="1"} 1\n# EOF\n'],
  ["a family twice", "# HELP a b\n# TYPE a gauge\n# HELP c d\n# TYPE c gauge\n# HELP a b\n# EOF\n"],
  ["a series twice", "# HELP a b\n# TYPE a gauge\na 1\na 2\n# EOF\n"],
  ["a quote in a label", '# HELP a b\n# TYPE a gauge\na{b="c"d"} 1\n# EOF\n'],
  ["a bad value", "# HELP a b\n# TYPE a gauge\na Nan\n# EOF\n"],
] as const;

for (const [name, text] of BROKEN) {
  metrics(`the checker itself refuses ${name}`, () => {
    assert.throws(() => readOpenMetrics(text));
  });
}

metrics.run();
