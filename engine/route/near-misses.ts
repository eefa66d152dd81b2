import type { RouteTrial } from "../model/trace.ts";
import { NO_SYMBOL, SYMBOL_COUNT, symbolOf } from "../pattern/alphabet.ts";
import { compilePattern } from "../pattern/compile-pattern.ts";
import type { Dfa } from "../pattern/dfa.ts";

/** Tells how far a number got in a pattern. For explaining: it compiles patterns when first asked. */
export interface NearMisses {
  of(numberPattern: string, number: string): Pick<RouteTrial, "matched" | "failedAt">;
}

/** Compiles each pattern once; O(digits) after that. */
export function createNearMisses(): NearMisses {
  const automata = new Map<string, Dfa | null>();
  const automatonOf = (numberPattern: string): Dfa | null => {
    const known = automata.get(numberPattern);
    if (known !== undefined) return known;
    const compiled = compilePattern(numberPattern);
    const dfa = compiled.ok ? compiled.dfa : null;
    automata.set(numberPattern, dfa);
    return dfa;
  };
  return {
    of(numberPattern, number) {
      const dfa = automatonOf(numberPattern);
      if (dfa === null) return { matched: false, failedAt: null };
      const failedAt = failingPosition(dfa, number);
      return { matched: failedAt === null, failedAt };
    },
  };
}

/**
 * Index of the character after which no continuation of the number could match; the number's length
 * when it only ends in the wrong place; `null` when it matches. The automaton must be minimal: then a
 * state from which nothing matches is the one that never leaves itself.
 */
function failingPosition(dfa: Dfa, number: string): number | null {
  let state = 0;
  if (isDead(dfa, state)) return 0;
  for (let i = 0; i < number.length; i++) {
    const symbol = symbolOf(number.charCodeAt(i));
    if (symbol === NO_SYMBOL) return i;
    state = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
    if (isDead(dfa, state)) return i;
  }
  return dfa.labels[state] === 1 ? null : number.length;
}

function isDead(dfa: Dfa, state: number): boolean {
  if (dfa.labels[state] !== 0) return false;
  for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
    if (dfa.transitions[state * SYMBOL_COUNT + symbol] !== state) return false;
  }
  return true;
}
