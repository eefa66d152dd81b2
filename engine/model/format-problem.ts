import { printableLine } from "./printable-line.ts";
import type { Problem, Severity } from "./problem.ts";

/** `file:line:col severity CODE what. Fix: hint` on one line, without colour. */
export function formatProblem(problem: Problem): string {
  return formatPainted(problem, (word) => word);
}

/** As {@link formatProblem}; `colour` paints the word that tells how bad it is. */
export function formatPainted(problem: Problem, colour: (severity: Severity) => string): string {
  const { at, severity, code, what, hint } = problem;
  const place = at === null ? "" : `${at.file}:${at.line}:${at.column} `;
  // WHY: some texts are Teams' own and bring their period along.
  const told = `${code} ${what.replace(/\.$/, "")}. Fix: ${hint}`;
  return `${printableLine(place)}${colour(severity)} ${printableLine(told)}`;
}
