import pc from "picocolors";
import { formatPainted } from "../model/format-problem.ts";
import type { Outcome, Problem, Severity } from "../model/problem.ts";

/** How severities are coloured. */
export const PAINT: Record<Severity, (text: string) => string> = {
  error: pc.red,
  warning: pc.yellow,
  info: pc.cyan,
};

/** `2 errors, 1 warning`. */
export function countProblems(problems: readonly Problem[]): string {
  const count = (severity: Severity): number =>
    problems.filter((p) => p.severity === severity).length;
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
  return `${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}`;
}

/** Prints each problem on a line of stderr; nothing when there is none. */
export function printProblems(problems: readonly Problem[]): void {
  const painted = (severity: Severity): string =>
    pc.isColorSupported && process.stderr.isTTY ? PAINT[severity](severity) : severity;
  for (const problem of problems) {
    process.stderr.write(`${formatPainted(problem, painted)}\n`);
  }
}

/**
 * Prints the problems of an outcome and gives its value; `null` = there is none. For commands that are
 * about numbers and calls: what could merely be nicer in the tenant is for `check`.
 */
export function told<T>(outcome: Outcome<T>): T | null {
  printWorthTelling(outcome.problems);
  return outcome.ok ? outcome.value : null;
}

/** Prints errors and warnings, and leaves out what could merely be nicer. */
export function printWorthTelling(problems: readonly Problem[]): void {
  printProblems(problems.filter(({ severity }) => severity !== "info"));
}
