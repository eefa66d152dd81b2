import { compilePattern } from "../pattern/compile-pattern.ts";
import type { Dfa } from "../pattern/dfa.ts";
import type { PatternProblem } from "../pattern/pattern-problem.ts";

/** One number pattern, compiled as far as it can be. */
export interface RoutePattern {
  /** Label 1 where it matches; `null` when it does not compile, or not within its cap. */
  readonly dfa: Dfa | null;
  /** The same language for RE2; `null` when RE2 cannot express it. */
  readonly re2Source: string | null;
  /** Why there is no `dfa`; empty when there is one. */
  readonly problems: readonly PatternProblem[];
}

/**
 * Compiles a route's pattern for both engines.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function compileRoutePattern(numberPattern: string): RoutePattern {
  const compiled = compilePattern(numberPattern);
  if (!compiled.ok) return { dfa: null, re2Source: null, problems: compiled.problems };
  return { dfa: compiled.dfa, re2Source: null, problems: [] };
}
