import type { RouteTrial } from "../model/trace.ts";
import { compilePattern } from "../pattern/compile-pattern.ts";
import type { Dfa } from "../pattern/dfa.ts";
import { failingPosition } from "../pattern/live-states.ts";

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
      return failedAt < 0 ? { matched: true, failedAt: null } : { matched: false, failedAt };
    },
  };
}
