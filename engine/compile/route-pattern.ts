import { problem } from "../model/problem.ts";
import { compilePattern } from "../pattern/compile-pattern.ts";
import type { RoutePattern } from "./policy-table.ts";

/**
 * A number pattern in the forms in which policies match it. One that does not compile matches nothing,
 * and its problems say so.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX
 */
export function compileRoutePattern(numberPattern: string): RoutePattern {
  const compiled = compilePattern(numberPattern);
  if (compiled.ok) return { dfa: compiled.dfa, re2Source: null, problems: [] };
  const problems = compiled.problems.map(({ code, what, hint }) =>
    problem(code, `NumberPattern "${numberPattern}": ${what}`, hint),
  );
  return { dfa: null, re2Source: null, problems };
}
