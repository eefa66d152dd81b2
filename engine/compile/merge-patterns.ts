import type { Dfa } from "../pattern/dfa.ts";
import { hasOnlySelfLoops } from "../pattern/minimise-dfa.ts";
import { type CombineLabels, productOfDfas } from "../pattern/product-dfa.ts";
import { MAX_FLAT_STATES } from "./flat-table.ts";

/** Products up to this size are welcome however small their parts are. */
const MIN_STATES_ALLOWED = 2048;

/** A larger product must not have more states than this times its parts together. */
const MAX_GROWTH = 3;

/**
 * Pairs of states looked at before the rest is left unmerged, beyond so many for each state of the parts:
 * bounds hostile sets of patterns to two seconds. Lists of 1000 routes need a tenth of it, those of 10,000 half.
 */
const MAX_PAIRS = 1_000_000;
const MAX_PAIRS_PER_STATE = 20;

/**
 * Merges the automata of many patterns into as few as their sizes allow, mostly one. Labels are combined
 * by `combine`, which must not care about order or grouping.
 *
 * Merging is pairwise in a tree. Where a product would explode, as those of patterns that look for digits
 * at the *end* of a number do, the smaller part goes on to the next round and the larger one is done.
 * Automata with cycles (only such patterns have them) are merged among themselves first.
 */
export function mergeDfas(dfas: readonly Dfa[], combine: CombineLabels): readonly Dfa[] {
  const states = dfas.reduce((sum, { stateCount }) => sum + stateCount, 0);
  const budget = { pairs: MAX_PAIRS + MAX_PAIRS_PER_STATE * states };
  const tame = mergeInTree(dfas.filter(hasOnlySelfLoops), combine, budget);
  const cyclic = mergeInTree(
    dfas.filter((dfa) => !hasOnlySelfLoops(dfa)),
    combine,
    budget,
  );
  return mergeInTree([...cyclic, ...tame], combine, budget);
}

interface Budget {
  pairs: number;
}

function mergeInTree(dfas: readonly Dfa[], combine: CombineLabels, budget: Budget): readonly Dfa[] {
  const done: Dfa[] = [];
  let level = dfas;
  while (level.length > 1) level = mergeNeighbours(level, combine, budget, done);
  return [...done, ...level];
}

/** One round: every two neighbours become one; of two that cannot, the larger goes to `done`. */
function mergeNeighbours(
  level: readonly Dfa[],
  combine: CombineLabels,
  budget: Budget,
  done: Dfa[],
): readonly Dfa[] {
  const next: Dfa[] = [];
  let waiting: Dfa | null = null;
  for (const dfa of level) {
    if (waiting === null) {
      waiting = dfa;
      continue;
    }
    const product = tryMerge(waiting, dfa, combine, budget);
    const [smaller, larger] = waiting.stateCount < dfa.stateCount ? [waiting, dfa] : [dfa, waiting];
    if (product === null) done.push(larger);
    next.push(product ?? smaller);
    waiting = null;
  }
  return waiting === null ? next : [...next, waiting];
}

function tryMerge(a: Dfa, b: Dfa, combine: CombineLabels, budget: Budget): Dfa | null {
  const maxStates = Math.min(
    MAX_FLAT_STATES,
    Math.max(MIN_STATES_ALLOWED, MAX_GROWTH * (a.stateCount + b.stateCount)),
  );
  if (budget.pairs <= 0) return null;
  return productOfDfas(a, b, combine, maxStates, (pairs) => {
    budget.pairs -= pairs;
  });
}
