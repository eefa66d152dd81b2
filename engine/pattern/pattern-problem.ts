/**
 * What is wrong in a number pattern, told by its place in the pattern; whoever knows where the pattern
 * stands in a file turns it into a problem of that file.
 *
 * @module
 */
import type { ProblemCode } from "../model/problem.ts";

/** The codes that this folder reports. */
export type PatternProblemCode = Extract<ProblemCode, `REGEX_${string}`>;

/** One thing that is wrong or suspicious in a pattern. */
export interface PatternProblem {
  readonly code: PatternProblemCode;
  /** Says what is the matter; no final period. */
  readonly what: string;
  /** One imperative sentence that mends it, for after "Fix: ": begins in lower case, no final period. */
  readonly hint: string;
  /** Where it begins: UTF-16 units from the start of the pattern. */
  readonly offset: number;
  /** How long it is; 0 when something is missing at `offset`. */
  readonly length: number;
}

/**
 * Carries a problem out of the depths of the parser or the compiler. It never leaves this folder:
 * `parsePattern` and `compilePattern` turn it into data.
 */
export class PatternStop extends Error {
  readonly problem: PatternProblem;

  constructor(problem: PatternProblem) {
    super(problem.what);
    this.name = "PatternStop";
    this.problem = problem;
  }
}

/** Runs `work`; a {@link PatternStop} becomes its problem, anything else goes on. */
export function stopped<T>(
  work: () => T,
): { ok: true; value: T } | { ok: false; problem: PatternProblem } {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof PatternStop) return { ok: false, problem: error.problem };
    throw error;
  }
}
