import { build, type Histogram } from "hdr-histogram-js";

/** How values are spread, in seconds; all `null` when there is none. */
export interface SpreadFigures {
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

/** Seven days; what is longer counts as that. */
const LONGEST_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;
const SIGNIFICANT_DIGITS = 3;

/**
 * Percentiles of durations without sampling (HDR histogram): to the millisecond up to two seconds, to
 * three digits beyond. Some kilobytes, more only for long values; recording costs the same however many
 * there were.
 */
export class ValueSpread {
  #histogram: Histogram | null = null;
  #count = 0;
  #sum = 0;
  #max = 0;

  record(milliseconds: number): void {
    const value = Math.min(LONGEST_MILLISECONDS, Math.max(0, milliseconds));
    this.#count++;
    this.#sum += value;
    if (value > this.#max) this.#max = value;
    this.#histogram ??= build({ numberOfSignificantValueDigits: SIGNIFICANT_DIGITS });
    this.#histogram.recordValue(Math.round(value));
  }

  figures(): SpreadFigures {
    if (this.#count === 0) return NO_VALUES;
    return {
      count: this.#count,
      mean: this.#sum / this.#count / 1000,
      p50: this.#percentile(50),
      p90: this.#percentile(90),
      p99: this.#percentile(99),
      max: this.#max / 1000,
    };
  }

  #percentile(percent: number): number {
    // WHY: the histogram answers with the upper end of a value's bucket, which may lie above all values.
    const value = this.#histogram?.getValueAtPercentile(percent) ?? 0;
    return Math.min(value, this.#max) / 1000;
  }
}

const NO_VALUES: SpreadFigures = {
  count: 0,
  mean: null,
  p50: null,
  p90: null,
  p99: null,
  max: null,
};
