import { compileRoutePattern } from "../compile/compile-route-pattern.ts";
import type { RouteTrial } from "../model/trace.ts";
import { failingPosition } from "../pattern/live-states.ts";
import { compileRe2PatternSet, isRe2Pattern } from "../pattern/re2-pattern-set.ts";

/** What one pattern makes of one number. */
export type PatternTrial = Pick<RouteTrial, "matched" | "failedAt" | "flaw">;

/** Tells how far a number got in a pattern. For explaining: it compiles patterns when first asked. */
export interface NearMisses {
  of(numberPattern: string, number: string): PatternTrial;
}

/** Compiles each pattern once; O(digits) after that. */
export function createNearMisses(): NearMisses {
  const trials = new Map<string, (number: string) => PatternTrial>();
  return {
    of(numberPattern, number) {
      const trial = trials.get(numberPattern) ?? trialOf(numberPattern);
      trials.set(numberPattern, trial);
      return trial(number);
    },
  };
}

const NO_MATCH = { matched: false, failedAt: null } as const;
const EMPTY = new Uint8Array();

/** By the same engine that decides: a pattern too large for an automaton is RE2's. */
function trialOf(numberPattern: string): (number: string) => PatternTrial {
  const { dfa, re2Source } = compileRoutePattern(numberPattern);
  if (dfa !== null) {
    const matchesNothing = failingPosition(dfa, "") === 0 && dfa.labels.every((l) => l === 0);
    return (number) => {
      if (matchesNothing) return { ...NO_MATCH, flaw: "matches-nothing" };
      const failedAt = failingPosition(dfa, number);
      const matched = failedAt < 0;
      return { matched, failedAt: matched ? null : failedAt, flaw: null };
    };
  }
  if (re2Source === null || !isRe2Pattern(re2Source)) {
    return () => ({ ...NO_MATCH, flaw: "does-not-compile" });
  }
  const set = compileRe2PatternSet([re2Source]);
  return (number) => {
    const bytes = number === "" ? EMPTY : new TextEncoder().encode(number);
    const matched = set.matches(bytes, 0, bytes.length).length > 0;
    return { matched, failedAt: null, flaw: matched ? null : "too-large" };
  };
}
