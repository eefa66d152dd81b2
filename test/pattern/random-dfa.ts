import * as fc from "fast-check";
import { SYMBOL_COUNT, SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { Dfa } from "../../engine/pattern/dfa.ts";

/** Property runs: few and the same in every ordinary run, many and fresh ones in `npm run test:long`. */
export const PROPERTY_RUNS =
  process.env["LONG"] === undefined ? { numRuns: 200, seed: 4255550100 } : { numRuns: 20_000 };

interface Shape {
  /** Transitions lead to the same or a later state, so that the only cycles are self-loops. */
  readonly onlySelfLoops: boolean;
  readonly maxLabel: number;
}

/** Small complete automata; few distinct targets in a row, as patterns have. */
export function randomDfa({ onlySelfLoops, maxLabel }: Shape): fc.Arbitrary<Dfa> {
  return fc.integer({ min: 1, max: 9 }).chain((stateCount) => {
    const target = fc.nat({ max: stateCount - 1 });
    const row = fc
      .tuple(target, target, fc.nat({ max: 2 ** SYMBOL_COUNT - 1 }))
      .map(([one, other, which]) =>
        Array.from({ length: SYMBOL_COUNT }, (_, symbol) => ((which >> symbol) & 1 ? one : other)),
      );
    return fc
      .record({
        rows: fc.array(row, { minLength: stateCount, maxLength: stateCount }),
        labels: fc.array(fc.nat({ max: maxLabel }), {
          minLength: stateCount,
          maxLength: stateCount,
        }),
      })
      .map(({ rows, labels }) => ({
        stateCount,
        transitions: Int32Array.from(
          rows.flatMap((to, from) => to.map((t) => (onlySelfLoops ? Math.max(from, t) : t))),
        ),
        labels: Int32Array.from(labels),
      }));
  });
}

/** Strings of symbols, the empty one too. */
export function randomNumber(maxLength = 12): fc.Arbitrary<string> {
  return fc
    .array(fc.nat({ max: SYMBOL_COUNT - 1 }), { maxLength })
    .map((symbols) => symbols.map((symbol) => SYMBOLS[symbol]).join(""));
}
