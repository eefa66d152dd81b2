import type { Draw } from "./call-random.ts";

/** Longest time that is ever drawn, in seconds: a day. */
export const MAX_SECONDS = 86_400;

/** How long something takes, in seconds. `exponential` gives the mean. */
export type Distribution =
  | { readonly kind: "fixed"; readonly seconds: number }
  | { readonly kind: "uniform"; readonly least: number; readonly most: number }
  | { readonly kind: "exponential"; readonly mean: number }
  /** `sigma` is the standard deviation of the logarithm: 0.8 is usual of talking times. */
  | { readonly kind: "lognormal"; readonly median: number; readonly sigma: number };

export function fixed(seconds: number): Distribution {
  return { kind: "fixed", seconds };
}

/** Draws a time in seconds, 0 to {@link MAX_SECONDS}. */
export function drawSeconds(distribution: Distribution, draw: Draw): number {
  const drawn = drawUnbounded(distribution, draw);
  return Math.min(MAX_SECONDS, Math.max(0, drawn));
}

function drawUnbounded(distribution: Distribution, draw: Draw): number {
  switch (distribution.kind) {
    case "fixed":
      return distribution.seconds;
    case "uniform":
      return distribution.least + draw() * (distribution.most - distribution.least);
    case "exponential":
      return -distribution.mean * Math.log(1 - draw());
    case "lognormal":
      return distribution.median * Math.exp(distribution.sigma * drawNormal(draw));
  }
}

/** Of mean 0 and deviation 1, by Box and Muller. */
function drawNormal(draw: Draw): number {
  const radius = Math.sqrt(-2 * Math.log(1 - draw()));
  return radius * Math.cos(2 * Math.PI * draw());
}
