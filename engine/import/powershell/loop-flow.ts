import type { Evaluation } from "./evaluation.ts";

/** What a loop does after its block: go on, or stop; flow that is its own is taken in. */
export function goesOn(evaluation: Evaluation, label: string): boolean {
  const { flow } = evaluation;
  if (flow === null) return true;
  const own = flow.label === "" || flow.label === label;
  if (!own || (flow.kind !== "break" && flow.kind !== "continue")) return false;
  evaluation.flow = null;
  return flow.kind === "continue";
}
