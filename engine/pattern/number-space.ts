/**
 * What can stand in front of a pattern at all: `\+?[0-9*#]{1,20}`. A text like `44+1` is a string of
 * symbols, but no number; what is said about patterns to people leaves such texts out.
 *
 * @module
 */
import { invariant } from "../model/engine-error.ts";
import { compilePattern } from "./compile-pattern.ts";
import type { Dfa } from "./dfa.ts";
import { MAX_COMPARED_PAIRS } from "./pattern-budget.ts";
import { productOfDfas } from "./product-dfa.ts";

function compiled(source: string): Dfa {
  const pattern = compilePattern(source);
  invariant(pattern.ok, `our own pattern ${source} does not compile`);
  return pattern.dfa;
}

let numberSpace: Dfa | undefined;
let digitSpace: Dfa | undefined;
let usualSpace: Dfa | undefined;

/** Accepts every number that can be dialed. */
export function numberSpaceDfa(): Dfa {
  numberSpace ??= compiled("^\\+?[0-9*#]{1,20}$");
  return numberSpace;
}

/** Accepts every number of digits alone, with or without `+`. */
export function digitSpaceDfa(): Dfa {
  digitSpace ??= compiled("^\\+?[0-9]{1,20}$");
  return digitSpace;
}

/** `dfa`, accepting only what can be dialed; `null` when that would be too large to look at. */
export function numbersOnly(dfa: Dfa): Dfa | null {
  return both(dfa, numberSpaceDfa());
}

/** `dfa`, accepting only what has digits alone and the length of an E.164 number at most. */
export function usualNumbersOnly(dfa: Dfa): Dfa | null {
  usualSpace ??= compiled("^\\+?[0-9]{1,15}$");
  return both(dfa, usualSpace);
}

/** Accepts what both accept; `null` when that would be too large to look at. */
export function both(a: Dfa, b: Dfa): Dfa | null {
  return productOfDfas(a, b, (x, y) => (x !== 0 && y !== 0 ? 1 : 0), MAX_COMPARED_PAIRS);
}

/** Accepts what `a` accepts and `b` does not; `null` when that would be too large to look at. */
export function without(a: Dfa, b: Dfa): Dfa | null {
  return productOfDfas(a, b, (x, y) => (x !== 0 && y === 0 ? 1 : 0), MAX_COMPARED_PAIRS);
}
