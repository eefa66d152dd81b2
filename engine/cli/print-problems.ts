import pc from "picocolors";
import { formatPainted } from "../model/format-problem.ts";
import type { Problem, Severity } from "../model/problem.ts";

const paint: Record<Severity, (text: string) => string> = {
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
    pc.isColorSupported && process.stderr.isTTY ? paint[severity](severity) : severity;
  for (const problem of problems) {
    process.stderr.write(`${formatPainted(problem, painted)}\n`);
  }
}
