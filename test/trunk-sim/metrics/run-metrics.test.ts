import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  addMetricsOptions,
  type MetricsOptions,
  openRunMetrics,
  type RunMetrics,
  readMetricsOptions,
} from "../../../trunk-sim/metrics/run-metrics.ts";
import { play } from "./played-call.ts";
import { VirtualTerminal } from "./virtual-terminal.ts";

const running = suite("metrics of a run");

const TRUNKS = [{ name: "north-1", operator: "northwind" }];
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

running("where nothing is asked for, calls are metered and nothing is written", async () => {
  const { metrics, terminal, told } = await open({});
  assert.is(metrics.meter.snapshot().total.attempts, 1);
  metrics.tell("a line");
  await metrics.stop();
  assert.equal([terminal.written, told, metrics.metricsPort], ["", ["a line"], null]);
});

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

running("the table is on the terminal, and lines to people stand above it", async () => {
  const { metrics, terminal, told } = await open({ live: true });
  metrics.tell("a fault began");
  await metrics.stop();
  assert.equal(told, []);
  assert.is(terminal.screen[0], "a fault began");
  assert.match(terminal.screen.join("\n"), /north-1 .* 100.0 %/);
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
