import { type Command, InvalidArgumentError } from "commander";
import type { SimListener } from "../sim-event.ts";
import { startLiveJson } from "./live-json.ts";
import { type LiveView, startLiveView, type TerminalStream } from "./live-view.ts";
import { PrometheusMetrics } from "./prometheus.ts";
import { serveMetrics } from "./serve-metrics.ts";
import { SippStatistics } from "./sipp-statistics.ts";
import { type MeteredTrunk, TrunkMeter } from "./trunk-meter.ts";

/** What is asked for of the figures of a run. */
export interface MetricsOptions {
  /** A table that redraws, or with `json` a line of JSON, each second. */
  readonly live: boolean;
  readonly json: boolean;
  /** Port of the metrics on 127.0.0.1, 0 = any free one; `null` = none. */
  readonly metricsPort: number | null;
  /** Where rows as SIPp's go; `null` = nowhere. */
  readonly sippStatistics: StatisticsFile | null;
  readonly sippEverySeconds: number;
}

/** A file that is written to line by line. */
export interface StatisticsFile {
  write(text: string): void;
  close(): void;
}

export interface MetricsStreams {
  /** For JSON, and where the table is drawn. */
  readonly out: TerminalStream;
  /** For lines to people. */
  tell(line: string): void;
}

export interface RunMetrics {
  readonly listeners: readonly SimListener[];
  readonly meter: TrunkMeter;
  /** As bound; `null` = metrics are not served. */
  readonly metricsPort: number | null;
  /** A line to people, kept clear of the table. */
  tell(line: string): void;
  /** Shows and writes the last figures and closes everything. */
  stop(): Promise<void>;
}

const MAX_PORT = 65_535;
const DEFAULT_SIPP_SECONDS = 60;

/** Declares the options of the figures; {@link readMetricsOptions} reads them. */
export function addMetricsOptions(program: Command): Command {
  return program
    .option("--live", "show the trunks each second: a table on a terminal, JSON lines with --json")
    .option("--metrics <port>", "serve /metrics for Prometheus on 127.0.0.1 (0 = any port)", port)
    .option("--stats <file>", "write statistics as SIPp does (-trace_stat)")
    .option("--stats-every <seconds>", "from row to row", seconds, DEFAULT_SIPP_SECONDS);
}

/** `open` makes the file of `--stats`. */
export function readMetricsOptions(
  program: Command,
  open: (path: string) => StatisticsFile,
): MetricsOptions {
  const given: Readonly<Record<string, unknown>> = program.opts();
  const stats = given["stats"] as string | undefined;
  return {
    live: given["live"] === true,
    json: given["json"] === true,
    metricsPort: (given["metrics"] as number | undefined) ?? null,
    sippStatistics: stats === undefined ? null : open(stats),
    sippEverySeconds: given["statsEvery"] as number,
  };
}

/**
 * Starts all that was asked for. Only what was asked for costs anything.
 *
 * @throws EngineError `ENGINE_ADDRESS_UNAVAILABLE` the port of the metrics
 */
export async function openRunMetrics(
  trunks: readonly MeteredTrunk[],
  options: MetricsOptions,
  { out, tell }: MetricsStreams,
): Promise<RunMetrics> {
  const meter = new TrunkMeter(trunks);
  const listeners: SimListener[] = [meter.listener];
  const closing: (() => void | Promise<void>)[] = [];
  let metricsPort: number | null = null;
  if (options.metricsPort !== null) {
    const metrics = new PrometheusMetrics(trunks, meter, { withProcess: true });
    const server = await serveMetrics(metrics, options.metricsPort);
    metricsPort = server.port;
    listeners.push(metrics.listener);
    closing.push(() => server.close());
    tell(`metrics on http://127.0.0.1:${server.port}/metrics`);
  }
  if (options.sippStatistics !== null) {
    const { sippStatistics: file } = options;
    const statistics = new SippStatistics((text) => file.write(text));
    statistics.start(options.sippEverySeconds * 1000);
    listeners.push(statistics.listener);
    closing.push(() => {
      statistics.stop();
      file.close();
    });
  }
  const view = options.live ? startLive(meter, options, { out, tell }) : null;
  return {
    listeners,
    meter,
    metricsPort,
    tell: (line) => (view === null ? tell(line) : view.print(line)),
    async stop(): Promise<void> {
      view?.stop();
      for (const close of closing.splice(0)) await close();
    },
  };
}

function startLive(
  meter: TrunkMeter,
  { json }: MetricsOptions,
  { out, tell }: MetricsStreams,
): LiveView | null {
  if (json) {
    const { stop } = startLiveJson(meter, (line) => out.write(line));
    return { print: tell, stop };
  }
  const view = startLiveView(meter, out);
  if (view === null) tell("--live draws on a terminal only; with --json it writes lines anywhere");
  return view;
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= MAX_PORT) return number;
  throw new InvalidArgumentError(`Expected a port from 0 to ${MAX_PORT}.`);
}

function seconds(text: string): number {
  const number = Number(text);
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError("Expected a number of seconds above 0.");
}
