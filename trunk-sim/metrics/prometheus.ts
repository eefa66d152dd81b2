import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
} from "prom-client";
import type { SimEvent, SimListener } from "../sim-event.ts";
import { type CallMeasure, eachMeasure } from "./call-measures.ts";
import type { MeteredTrunk, MeterSnapshot, TrunkMeter, TrunkRow } from "./trunk-meter.ts";
import type { SpreadFigures } from "./value-spread.ts";

/** Seconds: from a gateway next door to a caller who is about to give up (ITU-T E.721: 3, 5 and 8 s). */
const DELAY_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8, 15, 30, 60];
const DURATION_BUCKETS = [1, 5, 10, 30, 60, 120, 180, 300, 600, 1800, 3600];

const TRUNK_LABELS = ["trunk", "operator"] as const;
type TrunkLabel = (typeof TRUNK_LABELS)[number];
type TrunkLabels = Readonly<Record<TrunkLabel, string>>;

/** Name and meaning of what is measured, each as a histogram and as exact percentiles. */
const MEASURES: Readonly<Record<CallMeasure, readonly [string, string, number[]]>> = {
  postDialDelay: [
    "post_dial_delay",
    "From the INVITE to the first provisional response but 100, or the answer",
    DELAY_BUCKETS,
  ],
  answerDelay: ["answer_delay", "From the INVITE to the answer", DELAY_BUCKETS],
  callDuration: ["call_duration", "From the answer to the end of the call", DURATION_BUCKETS],
};

/** Read from the meter whenever the metrics are asked for. */
const GAUGES: readonly (readonly [string, string, (trunk: TrunkRow) => number | null])[] = [
  ["active_calls", "Calls that have not ended", (trunk) => trunk.callsNow],
  ["active_calls_peak", "Most calls at once", (trunk) => trunk.callsPeak],
  [
    "faulty",
    "1 while a fault of the scenario is on, else 0",
    (trunk) => (trunk.fault === null ? 0 : 1),
  ],
  [
    "answer_seizure_ratio",
    "Answers over calls that were answered or ended",
    (trunk) => trunk.answerSeizureRatio,
  ],
  [
    "network_effectiveness_ratio",
    "Calls that the network did its part in, over calls that were answered or ended",
    (trunk) => trunk.networkEffectivenessRatio,
  ],
  [
    "speech_mean_opinion_score",
    "Mean of the calls' opinion scores by the E-model, 1 to 4.5",
    (trunk) => trunk.speech.meanOpinionScore,
  ],
  ["speech_loss_ratio", "Mean of the calls' packet loss", (trunk) => trunk.speech.lossRatio],
  [
    "speech_jitter_seconds",
    "Mean of the calls' interarrival jitter (RFC 3550)",
    (trunk) => trunk.speech.jitterSeconds,
  ],
];

const QUANTILES: readonly (readonly [string, (spread: SpreadFigures) => number | null])[] = [
  ["0.5", (spread) => spread.p50],
  ["0.9", (spread) => spread.p90],
  ["0.99", (spread) => spread.p99],
  ["1.0", (spread) => spread.max],
];

export interface PrometheusOptions {
  /** Also CPU, memory and event loop of the process. Left out: not. */
  readonly withProcess?: boolean;
}

/**
 * What the trunks do, for Prometheus. Give `listener` to the simulator beside the meter's. Labels are
 * names of trunks and operators, results, reasons and SIP status codes: as many series as the scenario
 * allows, none for a number that was dialed. Metrics have base units and begin with `trunk_sim_`.
 */
export class PrometheusMetrics {
  readonly contentType = Registry.OPENMETRICS_CONTENT_TYPE;
  readonly #registry = openMetricsRegistry();
  readonly #meter: TrunkMeter;
  readonly #labels = new Map<string, TrunkLabels>();
  readonly #invites = this.#counter("invites_total", "INVITEs received");
  readonly #calls = this.#counter("calls_total", "Calls that ended, by result", "result");
  readonly #refusals = this.#counter("refusals_total", "Calls refused, by reason", "reason");
  readonly #failures = this.#counter(
    "unanswered_calls_total",
    "Calls that ended unanswered, by the final SIP status sent; none = no response was",
    "code",
  );
  readonly #options = this.#counter(
    "options_total",
    "OPTIONS requests received, by the SIP status of the answer; none = left unanswered",
    "code",
  );
  readonly #wireFaults = this.#counter(
    "wire_faults_total",
    "Messages that could not be read, connections that broke, and the like",
  );
  readonly #histograms: Readonly<Record<CallMeasure, Histogram<TrunkLabel>>> = {
    postDialDelay: this.#histogram("postDialDelay"),
    answerDelay: this.#histogram("answerDelay"),
    callDuration: this.#histogram("callDuration"),
  };
  readonly #gauges = GAUGES.map(([name, help, read]) => ({
    read,
    gauge: new Gauge({
      name: `trunk_sim_${name}`,
      help,
      labelNames: TRUNK_LABELS,
      registers: [this.#registry],
    }),
  }));
  readonly #quantiles = (["postDialDelay", "answerDelay", "callDuration"] as const).map(
    (measure) => ({
      measure,
      gauge: new Gauge({
        name: `trunk_sim_${MEASURES[measure][0]}_quantile_seconds`,
        help: `${MEASURES[measure][1]}: exact percentiles of all calls so far`,
        labelNames: [...TRUNK_LABELS, "quantile"],
        registers: [this.#registry],
      }),
    }),
  );

  constructor(trunks: readonly MeteredTrunk[], meter: TrunkMeter, options: PrometheusOptions = {}) {
    this.#meter = meter;
    for (const { name, operator } of trunks) {
      this.#labels.set(name, { trunk: name, operator: operator ?? "" });
    }
    if (options.withProcess === true) {
      collectDefaultMetrics({ register: this.#registry, prefix: "trunk_sim_" });
    }
  }

  readonly listener: SimListener = (event: SimEvent): void => {
    const labels = this.#labelsOf(event.trunk);
    this.#count(event, labels);
    eachMeasure(event, (measure, milliseconds) => {
      this.#histograms[measure].observe(labels, milliseconds / 1000);
    });
  };

  /** All metrics as OpenMetrics text. */
  async text(): Promise<string> {
    this.#read(this.#meter.snapshot());
    const text = await this.#registry.metrics();
    // WHY: OpenMetrics wants bounds of buckets with a point, and NaN so; prom-client writes `1` and `Nan`.
    return text.replace(/(\ble=")(\d+)"/g, '$1$2.0"').replace(/ Nan$/gm, " NaN");
  }

  #count(event: SimEvent, labels: TrunkLabels): void {
    switch (event.kind) {
      case "invited":
        this.#invites.inc(labels);
        break;
      case "refused":
        this.#refusals.inc({ ...labels, reason: event.because });
        break;
      case "ended":
        this.#calls.inc({ ...labels, result: event.record.result });
        if (event.record.result !== "answered") {
          this.#failures.inc({ ...labels, code: event.record.status ?? "none" });
        }
        break;
      case "options":
        this.#options.inc({ ...labels, code: event.status ?? "none" });
        break;
      case "fault":
        this.#wireFaults.inc(labels);
        break;
      case "ringing":
      case "answered":
        break;
    }
  }

  #read({ trunks }: MeterSnapshot): void {
    for (const trunk of trunks) {
      const labels = this.#labelsOf(trunk.trunk);
      for (const { read, gauge } of this.#gauges) {
        const value = read(trunk);
        if (value !== null) gauge.set(labels, value);
      }
      for (const { measure, gauge } of this.#quantiles) {
        for (const [quantile, of] of QUANTILES) {
          const value = of(trunk[measure]);
          if (value !== null) gauge.set({ ...labels, quantile }, value);
        }
      }
    }
  }

  #labelsOf(trunk: string): TrunkLabels {
    let labels = this.#labels.get(trunk);
    if (labels === undefined) {
      labels = { trunk, operator: "" };
      this.#labels.set(trunk, labels);
    }
    return labels;
  }

  #counter<Label extends string = never>(
    name: string,
    help: string,
    label?: Label,
  ): Counter<TrunkLabel | Label> {
    return new Counter<TrunkLabel | Label>({
      name: `trunk_sim_${name}`,
      help,
      labelNames: label === undefined ? TRUNK_LABELS : [...TRUNK_LABELS, label],
      registers: [this.#registry],
    });
  }

  #histogram(measure: CallMeasure): Histogram<TrunkLabel> {
    const [name, help, buckets] = MEASURES[measure];
    return new Histogram({
      name: `trunk_sim_${name}_seconds`,
      help,
      labelNames: TRUNK_LABELS,
      buckets,
      registers: [this.#registry],
    });
  }
}

function openMetricsRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}
