import { type Outcome, problem } from "../model/problem.ts";

/** How long answered calls are held before the caller hangs up, in seconds. */
export type HoldLength =
  | { readonly shape: "fixed"; readonly seconds: number }
  /** Every length of the range is equally likely. */
  | { readonly shape: "uniform"; readonly from: number; readonly to: number }
  /** As lengths of calls are usually modelled: most are short, few are long (Erlang). */
  | { readonly shape: "exponential"; readonly mean: number };

/** WHY: a day is longer than any call of a test; Node's timers end at 24.8 days. */
const MAX_SECONDS = 86_400;

/**
 * Reads `--hold`: `2`, `5-60` or `exponential:180`.
 *
 * @problem HOLD_INVALID
 */
export function readHoldLength(text: string): Outcome<HoldLength> {
  const value = parseHold(text.trim());
  if (value !== null) return { ok: true, value, problems: [] };
  const what = `--hold "${text}" is no length of a call`;
  const hint = `write seconds up to ${MAX_SECONDS}: 2, or a range 5-60, or exponential:180 for a mean`;
  return { ok: false, problems: [problem("HOLD_INVALID", what, hint)] };
}

function parseHold(text: string): HoldLength | null {
  const number = String.raw`(\d{1,5}(?:\.\d{1,3})?)`;
  const [, mean] = new RegExp(`^exponential:${number}$`, "i").exec(text) ?? [];
  if (mean !== undefined) return bounded({ shape: "exponential", mean: Number(mean) });
  const [, from, to] = new RegExp(`^${number}(?:-${number})?$`).exec(text) ?? [];
  if (from === undefined) return null;
  if (to === undefined) return bounded({ shape: "fixed", seconds: Number(from) });
  const range = { shape: "uniform", from: Number(from), to: Number(to) } as const;
  return range.from <= range.to ? bounded(range) : null;
}

function bounded(hold: HoldLength): HoldLength | null {
  const longest =
    hold.shape === "fixed" ? hold.seconds : hold.shape === "uniform" ? hold.to : hold.mean;
  return longest <= MAX_SECONDS ? hold : null;
}

/**
 * The length of one call.
 *
 * @param random - From 0 up to, not including, 1: the same one gives the same length.
 */
export function drawHoldSeconds(hold: HoldLength, random: number): number {
  switch (hold.shape) {
    case "fixed":
      return hold.seconds;
    case "uniform":
      return hold.from + (hold.to - hold.from) * random;
    case "exponential":
      return Math.min(MAX_SECONDS, -hold.mean * Math.log(1 - random));
  }
}
