import { type Command, InvalidArgumentError } from "commander";
import { FaultTimeline } from "../fault/fault-timeline.ts";
import type { TrunkProfile } from "../scenario/trunk-profile.ts";
import type { SimListener } from "../sim-event.ts";
import { startLiveJson } from "./live-json.ts";
import { startLiveView, type TerminalStream } from "./live-view.ts";
import { PrometheusMetrics } from "./prometheus.ts";
import { serveMetrics } from "./serve-metrics.ts";
import { SippStatistics } from "./sipp-statistics.ts";
import { type MeteredTrunk, TrunkMeter } from "./trunk-meter.ts";

/** What the figures need to know of a trunk. */
export type ReportedTrunk = Pick<TrunkProfile, "name" | "operator" | "enabled" | "faults">;

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
  readonly tell: (line: string) => void;
  /** Text for `out`, whole lines, kept clear of the table. */
  readonly print: (text: string) => void;
  /** Draws the table a last time: what is printed from now on stands below it. */
  endTable(): void;
  /** Shows and writes the last figures and closes everything. */
  stop(): Promise<void>;
}

const NO_TERMINAL = "--live draws on a terminal only; with --json it writes lines anywhere";
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
  profiles: readonly ReportedTrunk[],
  options: MetricsOptions,
  { out, tell }: MetricsStreams,
): Promise<RunMetrics> {
  const trunks = profiles.map(meteredTrunk);
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
    const { sippStatistics: file, sippEverySeconds } = options;
    const statistics = new SippStatistics(untilItFails(file, tell));
    statistics.start(sippEverySeconds * 1000);
    listeners.push(statistics.listener);
    closing.push(() => {
      statistics.stop();
      file.close();
    });
  }
  const view = options.live && !options.json ? startLiveView(meter, out) : null;
  if (options.live && options.json)
    closing.push(startLiveJson(meter, (line) => out.write(line)).stop);
  else if (options.live && view === null) tell(NO_TERMINAL);
  return {
    listeners,
    meter,
    metricsPort,
    tell: (line) => (view === null ? tell(line) : view.print(line)),
    print: (text) => (view === null ? out.write(text) : view.print(text.replace(/\n$/, ""))),
    endTable: () => view?.stop(),
    async stop(): Promise<void> {
      view?.stop();
      for (const close of closing.splice(0)) await close();
    },
  };
}

/** A full disk ends the statistics, not the run. */
function untilItFails(file: StatisticsFile, tell: (line: string) => void): (text: string) => void {
  let hasFailed = false;
  return (text) => {
    if (hasFailed) return;
    try {
      file.write(text);
    } catch (error) {
      hasFailed = true;
      tell(`statistics end here: ${(error as Error).message}`);
    }
  };
}

/** The faults of its scenario count from about the moment the meter does. */
function meteredTrunk({ name, operator, enabled, faults }: ReportedTrunk): MeteredTrunk {
  const timeline = new FaultTimeline(faults);
  const faultAt = (seconds: number): string | null => {
    if (!enabled) return "disabled";
    const kinds = Object.keys(timeline.activeAt(seconds));
    return kinds.length === 0 ? null : kinds.join(", ");
  };
  return { name, operator, faultAt };
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
