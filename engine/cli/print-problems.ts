import pc from "picocolors";
import type { Problem, Severity } from "../model/problem.ts";
import { printableLine } from "./printable-line.ts";

const paint: Record<Severity, (text: string) => string> = {
  error: pc.red,
  warning: pc.yellow,
  info: pc.cyan,
};

/** `file:line:col severity CODE what. Fix: hint` on one line, without colour. */
export function formatProblem(problem: Problem): string {
  return formatWith(problem, (text) => text);
}

function formatWith(problem: Problem, colour: (text: string) => string): string {
  const { at, severity, code, what, hint } = problem;
  const place = at === null ? "" : `${at.file}:${at.line}:${at.column} `;
  // WHY: some texts are Teams' own and bring their period along.
  const told = `${code} ${what.replace(/\.$/, "")}. Fix: ${hint}`;
  return `${printableLine(place)}${colour(severity)} ${printableLine(told)}`;
}

/** `2 errors, 1 warning`. */
export function countProblems(problems: readonly Problem[]): string {
  const count = (severity: Severity): number =>
    problems.filter((p) => p.severity === severity).length;
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;
  return `${plural(count("error"), "error")}, ${plural(count("warning"), "warning")}`;
}

/** Prints each problem on a line of stderr; nothing when there is none. */
export function printProblems(problems: readonly Problem[]): void {
  for (const problem of problems) {
    const colour = pc.isColorSupported && process.stderr.isTTY ? paint[problem.severity] : String;
    process.stderr.write(`${formatWith(problem, colour)}\n`);
  }
}
