import { type Problem, problem } from "../../model/problem.ts";
import { MAX_REPORTED_PROBLEMS } from "../budgets.ts";
import type { Finding, SourceDocument } from "./source-document.ts";

/** Problems of findings, at most a screenful, in the order of the file. */
export function placedProblems(
  document: SourceDocument,
  findings: readonly Finding[],
): readonly Problem[] {
  if (findings.length === 0) return [];
  const told = findings.slice(0, MAX_REPORTED_PROBLEMS);
  const places = document.locate(told.map(({ at }) => at));
  const problems = told.map(({ code, what, hint }, index) =>
    problem(code, what, typeof hint === "string" ? hint : hint(), places[index] ?? null),
  );
  problems.sort((a, b) => lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b));
  return cappedProblems(problems, findings.length);
}

function lineOf({ at }: Problem): number {
  return at?.line ?? 0;
}

function columnOf({ at }: Problem): number {
  return at?.column ?? 0;
}

/** The first problems, and one that counts those left out. */
export function cappedProblems(problems: readonly Problem[], total: number): readonly Problem[] {
  if (total <= MAX_REPORTED_PROBLEMS) return problems;
  const told = problems.slice(0, MAX_REPORTED_PROBLEMS);
  const last = told.at(-1);
  if (last === undefined) return told;
  const rest = total - told.length;
  return [
    ...told,
    {
      ...last,
      what: `${rest} more problems of this file are not shown`,
      hint: "mend the first ones",
    },
  ];
}
