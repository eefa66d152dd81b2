import { type Problem, problem } from "../model/problem.ts";
import { compileTree } from "../pattern/compile-pattern.ts";
import type { Dfa } from "../pattern/dfa.ts";
import { parsePattern } from "../pattern/parse-pattern.ts";
import type { PatternProblem } from "../pattern/pattern-problem.ts";
import { isRe2Pattern } from "../pattern/re2-pattern-set.ts";
import { toRe2Source } from "../pattern/re2-source.ts";

/** One number pattern, compiled as far as it can be. */
export interface RoutePattern {
  /** Label 1 where it matches; `null` when it does not compile, or not within its cap. */
  readonly dfa: Dfa | null;
  /** The same language for RE2; `null` when RE2 cannot express it. */
  readonly re2Source: string | null;
  /** Why there is no `dfa`; empty when there is one. */
  readonly problems: readonly Problem[];
}

/**
 * Compiles a route's pattern for both engines. One that does not compile for either matches nothing, and
 * its problems say so.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function compileRoutePattern(numberPattern: string): RoutePattern {
  const parsed = parsePattern(numberPattern);
  if (!parsed.ok) {
    return { dfa: null, re2Source: null, problems: reported(numberPattern, parsed.problems) };
  }
  const re2Source = toRe2Source(parsed.tree);
  const compiled = compileTree(parsed.tree);
  if (!compiled.ok) {
    return { dfa: null, re2Source, problems: reported(numberPattern, compiled.problems) };
  }
  return { dfa: compiled.dfa, re2Source, problems: [] };
}

/**
 * Why no matcher takes a pattern: what {@link compileRoutePattern} would say, for the price of reading it
 * where RE2 can stand in for its automaton.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED
 */
export function refusalsOfRoutePattern(
  numberPattern: string,
): readonly Problem[] | "ask-automaton" {
  const parsed = parsePattern(numberPattern);
  if (!parsed.ok) return reported(numberPattern, parsed.problems);
  const re2Source = toRe2Source(parsed.tree);
  return re2Source !== null && isRe2Pattern(re2Source) ? [] : "ask-automaton";
}

function reported(numberPattern: string, problems: readonly PatternProblem[]): readonly Problem[] {
  return problems.map(({ code, what, hint }) =>
    problem(code, `NumberPattern "${numberPattern}": ${what}`, hint),
  );
}
