/** Places on an axis of a chart. */

/** An axis with its marks. */
export interface Axis {
  /** Where a value stands, in pixels. */
  readonly at: (value: number) => number;
  /** Values that are marked and named. */
  readonly ticks: readonly number[];
}

/** A line from one value to another, drawn between two pixels. */
export interface AxisSpan {
  readonly from: number;
  readonly to: number;
  readonly fromPixel: number;
  readonly toPixel: number;
}

/** Powers of ten at equal distances, from the one below the smallest value to the one above the largest. */
export function logAxis({ from, to, fromPixel, toPixel }: AxisSpan): Axis {
  // WHY: the logarithm of a power of ten may be off by a hair.
  const exact = (exponent: number): number => Number(exponent.toFixed(9));
  const first = Math.floor(exact(Math.log10(from)));
  const last = Math.max(first + 1, Math.ceil(exact(Math.log10(to))));
  const each = (toPixel - fromPixel) / (last - first);
  return {
    at: (value) => fromPixel + (Math.log10(value) - first) * each,
    ticks: Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i)),
  };
}

/** How many steps a linear axis has at most. */
const MOST_STEPS = 8;

/**
 * From 0 to the first round step of 1, 2 or 5 that covers the largest value.
 *
 * @param leastStep - 1 for what is counted.
 */
export function linearAxis(
  { to, fromPixel, toPixel }: Omit<AxisSpan, "from">,
  leastStep = 0,
): Axis {
  const rough = Math.max(leastStep, to / MOST_STEPS);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? to;
  const steps = Math.max(1, Math.ceil(to / step));
  const each = (toPixel - fromPixel) / (steps * step);
  return {
    at: (value) => fromPixel + value * each,
    ticks: Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12))),
  };
}
