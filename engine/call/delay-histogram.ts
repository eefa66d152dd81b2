import { build, type Histogram } from "hdr-histogram-js";
import type { DelayPercentiles } from "./load-summary.ts";

/** Longer delays count as this: an hour. */
const MAX_MILLISECONDS = 3_600_000;
/** Values keep three digits: 1,234 ms is told from 1,235, but 12,340 is not from 12,345. */
const SIGNIFICANT_DIGITS = 3;

/** Post-dial delays of any number of calls, in constant memory. Exact to the millisecond up to 2 s. */
export class DelayHistogram {
  readonly #histogram: Histogram = build({
    bitBucketSize: 32,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: MAX_MILLISECONDS,
    numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
    useWebAssembly: false,
  });

  add(milliseconds: number): void {
    const whole = Math.round(milliseconds);
    this.#histogram.recordValue(Math.min(MAX_MILLISECONDS, Math.max(0, whole)));
  }

  /** `null` = nothing was added. */
  percentiles(): DelayPercentiles | null {
    const histogram = this.#histogram;
    if (histogram.totalCount === 0) return null;
    return {
      p50: histogram.getValueAtPercentile(50),
      p90: histogram.getValueAtPercentile(90),
      p99: histogram.getValueAtPercentile(99),
    };
  }
}
