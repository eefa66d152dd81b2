/**
 * Whether patterns together match all that another matches, for sets of patterns whose automata are too
 * large to be merged: what is left of the one is computed step by step, as far as the budgets go.
 *
 * @module
 */
import type { Dfa } from "../../pattern/dfa.ts";
import { distancesToMatch, NEVER } from "../../pattern/live-states.ts";
import { numberSpaceDfa } from "../../pattern/number-space.ts";
import { type CombineLabels, productOfDfas } from "../../pattern/product-dfa.ts";

/** Pairs of states of one product. */
const MAX_PAIRS = 30_000;

/** Products of one question: with the cap on each, a few seconds at most. */
const MAX_PRODUCTS = 4_000;

/** Products of one question that passed the cap: each costs as much as hundreds of usual ones. */
const MAX_VAIN_PRODUCTS = 100;

/** What may still be spent on one question about a tenant. */
export interface CoverBudget {
  /** A product, or `null` when it or the tenant's budget is passed. */
  readonly product: (a: Dfa, b: Dfa, combine: CombineLabels) => Dfa | null;
  /** Equal for automata that accept the same; "" when nothing is accepted. */
  readonly signatureOf: (dfa: Dfa) => string;
}

const AND: CombineLabels = (x, y) => (x !== 0 && y !== 0 ? 1 : 0);
const AND_NOT: CombineLabels = (x, y) => (x !== 0 && y === 0 ? 1 : 0);

export function newCoverBudget(): CoverBudget {
  let products = 0;
  let vain = 0;
  return {
    product(a, b, combine) {
      if (products >= MAX_PRODUCTS || vain >= MAX_VAIN_PRODUCTS) return null;
      products += 1;
      const made = productOfDfas(a, b, combine, MAX_PAIRS);
      if (made === null) vain += 1;
      return made;
    },
    signatureOf: (dfa) => (isEmpty(dfa) ? "" : `${dfa.labels};${dfa.transitions}`),
  };
}

/** How far others cover a pattern. */
export interface Cover<T> {
  /** What is left; `null` when a budget was passed, so that nothing is known. */
  readonly rest: Dfa | null;
  readonly isWhole: boolean;
  /** Those that took something away. */
  readonly by: readonly T[];
}

/** Takes from `dfa` what each of `others` in turn matches. Cost: a product or two for each, within the budget. */
export function coverByDifference<T>(
  dfa: Dfa,
  others: readonly T[],
  dfaOf: (other: T) => Dfa | undefined,
  budget: CoverBudget,
): Cover<T> {
  const by: T[] = [];
  let rest = budget.product(dfa, numberSpaceDfa(), AND);
  for (const one of others) {
    if (rest === null || isEmpty(rest)) break;
    const other = dfaOf(one);
    if (other === undefined) continue;
    const next: Dfa | null = budget.product(rest, other, AND_NOT);
    if (next !== null && budget.signatureOf(next) !== budget.signatureOf(rest)) by.push(one);
    rest = next;
  }
  return { rest, isWhole: rest !== null && isEmpty(rest), by };
}

function isEmpty(dfa: Dfa): boolean {
  return distancesToMatch(dfa)[0] === NEVER;
}
