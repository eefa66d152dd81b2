/**
 * Which patterns match together: all dialable numbers sorted into classes that no pattern tells apart.
 * With the classes at hand, everything about overlap, cover and equality is arithmetic on small sets, and
 * exact.
 *
 * @module
 */
import { MatchSets, NO_MATCH } from "../../compile/match-sets.ts";
import { mergeDfas } from "../../compile/merge-patterns.ts";
import { SYMBOL_COUNT, SYMBOLS } from "../../pattern/alphabet.ts";
import type { Dfa } from "../../pattern/dfa.ts";

/** The sizes of all sets together; past it there are no classes. */
const MAX_SET_ENTRIES = 4_000_000;

/** Digits, `*` and `#` of a number, at most; a `+` may stand in front. */
const MAX_SYMBOLS = 20;

const PLUS = SYMBOLS.indexOf("+");

/**
 * For each class of numbers the patterns that match it, ascending; the class that none matches is left
 * out. `null` when the automata of the patterns together pass the budgets.
 *
 * Cost: that of merging the automata, about 1 s for 1,000 patterns; bounded for hostile ones.
 */
export function numberClasses(dfas: readonly Dfa[]): readonly (readonly number[])[] | null {
  if (dfas.length === 0) return [];
  const sets = new MatchSets(dfas.map(() => 0));
  const labelled = dfas.map((dfa, index): Dfa => {
    const own = sets.idOfEntries([index]);
    return { ...dfa, labels: dfa.labels.map((label) => (label === 0 ? NO_MATCH : own)) };
  });
  const [merged, ...others] = mergeDfas(labelled, (a, b) =>
    sets.totalEntries > MAX_SET_ENTRIES ? -1 : sets.combine(a, b),
  );
  if (merged === undefined || others.length > 0) return null;
  return [...reachedLabels(merged)].filter((id) => id !== NO_MATCH).map((id) => sets.set(id));
}

/**
 * Labels of the states in which a dialable number can end: `\+?` and one to twenty symbols. A state's
 * shortest way is all that counts, since every longer one reaches no more behind it.
 */
function reachedLabels({ transitions, labels, stateCount }: Dfa): ReadonlySet<number> {
  const reached = new Uint8Array(stateCount);
  let level: number[] = [];
  const step = (from: number): void => {
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      if (symbol === PLUS) continue;
      const to = transitions[from * SYMBOL_COUNT + symbol] ?? 0;
      if (reached[to] === 1) continue;
      reached[to] = 1;
      level.push(to);
    }
  };
  step(0);
  step(transitions[PLUS] ?? 0);
  for (let symbols = 1; symbols < MAX_SYMBOLS; symbols++) {
    const before = level;
    level = [];
    for (const state of before) step(state);
  }
  const found = new Set<number>();
  for (let state = 0; state < stateCount; state++) {
    if (reached[state] === 1) found.add(labels[state] ?? NO_MATCH);
  }
  return found;
}

/**
 * A set of elements that meets every one of `sets`, without a superfluous element: greedily the one that
 * meets most, then each that the others make unnecessary is taken out. Empty when there are no sets.
 */
export function minimalHittingSet(sets: readonly (readonly number[])[]): readonly number[] {
  const chosen: number[] = [];
  let unmet = sets;
  while (unmet.length > 0) {
    const best = mostFrequent(unmet);
    if (best === null) break;
    chosen.push(best);
    unmet = unmet.filter((set) => !set.includes(best));
  }
  return withoutSuperfluous(chosen, sets).sort((a, b) => a - b);
}

function mostFrequent(sets: readonly (readonly number[])[]): number | null {
  const counts = new Map<number, number>();
  for (const set of sets) {
    for (const element of set) counts.set(element, (counts.get(element) ?? 0) + 1);
  }
  let best: number | null = null;
  let most = 0;
  for (const [element, count] of counts) {
    if (count <= most) continue;
    best = element;
    most = count;
  }
  return best;
}

function withoutSuperfluous(
  chosen: readonly number[],
  sets: readonly (readonly number[])[],
): number[] {
  let kept = [...chosen];
  for (const element of chosen) {
    const rest = kept.filter((other) => other !== element);
    if (sets.every((set) => rest.some((other) => set.includes(other)))) kept = rest;
  }
  return kept;
}
