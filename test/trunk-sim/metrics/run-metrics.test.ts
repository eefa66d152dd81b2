import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  addMetricsOptions,
  type MetricsOptions,
  openRunMetrics,
  type ReportedTrunk,
  type RunMetrics,
  readMetricsOptions,
} from "../../../trunk-sim/metrics/run-metrics.ts";
import { fixed } from "../../../trunk-sim/scenario/distribution.ts";
import type { Fault } from "../../../trunk-sim/scenario/trunk-profile.ts";
import { play } from "./played-call.ts";
import { VirtualTerminal } from "./virtual-terminal.ts";

const running = suite("metrics of a run");

const STORM: Fault = {
  kind: "503-storm",
  from: 0,
  to: 3600,
  share: 1,
  status: 503,
  seconds: fixed(0),
};
const TRUNKS: readonly ReportedTrunk[] = [
  { name: "north-1", operator: "northwind", enabled: true, faults: [] },
  { name: "north-2", operator: "northwind", enabled: false, faults: [STORM] },
  { name: "north-3", operator: "northwind", enabled: true, faults: [STORM] },
];
const NOTHING: MetricsOptions = {
  live: false,
  json: false,
  metricsPort: null,
  sippStatistics: null,
  sippEverySeconds: 60,
};

interface Run {
  readonly metrics: RunMetrics;
  readonly terminal: VirtualTerminal;
  readonly told: readonly string[];
}

async function open(options: Partial<MetricsOptions>): Promise<Run> {
  const terminal = new VirtualTerminal(24, 200);
  const told: string[] = [];
  const metrics = await openRunMetrics(
    TRUNKS,
    { ...NOTHING, ...options },
    { out: terminal, tell: (line) => told.push(line) },
  );
  play(
    (event) => {
      for (const listener of metrics.listeners) listener(event);
    },
    { ringing: 20, answered: 100, ended: 5100 },
  );
  return { metrics, terminal, told };
}

running(
  "where nothing is asked for, calls are metered and nothing is written but what is given",
  async () => {
    const { metrics, terminal, told } = await open({});
    assert.is(metrics.meter.snapshot().total.attempts, 1);
    assert.is(terminal.written, "");
    metrics.tell("a line");
    metrics.print("a text\n");
    await metrics.stop();
    assert.equal([terminal.written, told, metrics.metricsPort], ["a text\n", ["a line"], null]);
  },
);

running("metrics are served until the end", async () => {
  const { metrics, told } = await open({ metricsPort: 0 });
  const url = `http://127.0.0.1:${metrics.metricsPort}/metrics`;
  assert.equal(told, [`metrics on ${url}`]);
  const response = await fetch(url);
  assert.match(response.headers.get("content-type") ?? "", "application/openmetrics-text");
  assert.match(await response.text(), 'trunk_sim_invites_total{trunk="north-1"');
  await metrics.stop();
  const after = await fetch(url).catch((error: Error) => error);
  assert.instance(after, Error);
});

running("statistics begin with their columns and end with the last row", async () => {
  const lines: string[] = [];
  let closed = 0;
  const file = { write: (text: string) => lines.push(text), close: () => closed++ };
  const { metrics } = await open({ sippStatistics: file });
  await metrics.stop();
  await metrics.stop();
  assert.is(closed, 1);
  assert.is(lines.length, 3);
  assert.match(lines[0] ?? "", /^StartTime;/);
});

running("a disk that is full ends the statistics, not the run", async () => {
  let writes = 0;
  const file = {
    write: (): void => {
      if (++writes > 1) throw new Error("s.csv cannot be written: the disk is full");
    },
    close: () => {},
  };
  const { metrics, told } = await open({ sippStatistics: file });
  await metrics.stop();
  assert.is(writes, 2);
  assert.equal(told, ["statistics end here: s.csv cannot be written: the disk is full"]);
});

running("the table is on the terminal, and lines to people stand above it", async () => {
  const { metrics, terminal, told } = await open({ live: true });
  metrics.print("ready\nnorth-1\n");
  metrics.tell("a fault began");
  metrics.endTable();
  metrics.print("the end\n");
  await metrics.stop();
  assert.equal(told, []);
  assert.equal(terminal.screen.slice(-2), ["the end", ""]);
  assert.equal(terminal.screen.slice(0, 3), ["ready", "north-1", "a fault began"]);
  const screen = terminal.screen.join("\n");
  assert.match(screen, /north-1 .* up .* 100.0 %/);
  assert.match(screen, /north-2 .* disabled /);
  assert.match(screen, /north-3 .* 503-storm /);
});

running("with --json each second is a line, and lines to people go elsewhere", async () => {
  const { metrics, terminal, told } = await open({ live: true, json: true });
  metrics.tell("a fault began");
  await metrics.stop();
  assert.equal(told, ["a fault began"]);
  assert.is(JSON.parse(terminal.written).total.attempts, 1);
});

running("the table without a terminal is told about", async () => {
  const told: string[] = [];
  const metrics = await openRunMetrics(
    TRUNKS,
    { ...NOTHING, live: true },
    { out: { write: () => assert.unreachable() }, tell: (line) => told.push(line) },
  );
  await metrics.stop();
  assert.match(told[0] ?? "", /^--live draws on a terminal only/);
});

function parse(...words: readonly string[]): MetricsOptions {
  const program = addMetricsOptions(new Command().exitOverride())
    .option("--json")
    .configureOutput({ writeErr: () => {} });
  program.parse(words, { from: "user" });
  return readMetricsOptions(program, (path) => ({
    write: (text) => assert.unreachable(`${path} ${text}`),
    close: () => {},
  }));
}

running("options are read", () => {
  assert.equal(parse(), NOTHING);
  const { sippStatistics, ...options } = parse(
    ..."--live --json --metrics 9464 --stats s.csv --stats-every 2.5".split(" "),
  );
  assert.ok(sippStatistics !== null);
  assert.equal(options, { live: true, json: true, metricsPort: 9464, sippEverySeconds: 2.5 });
});

for (const words of [
  ["--metrics", "65536"],
  ["--metrics", "-1"],
  ["--metrics", "http"],
  ["--stats-every", "0"],
  ["--stats-every", "soon"],
]) {
  running(`${words.join(" ")} is refused`, () => {
    assert.throws(() => parse(...words), /Expected a (port|number)/);
  });
}

running.run();
