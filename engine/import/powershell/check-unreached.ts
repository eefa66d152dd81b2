import { type Evaluation, refuse } from "./evaluation.ts";
import type { ScriptStatement } from "./script-statement.ts";

/** Statements whose insides are no statements of PowerShell's. */
const OTHER_INSIDES: readonly string[] = [
  "class",
  "enum",
  "configuration",
  "data",
  "param",
  "switch",
];

/**
 * Looks for syntax errors in blocks that nothing came to: functions nobody called, branches not taken.
 * PowerShell reads a script whole before it runs any of it.
 */
export function checkUnreached(
  statements: readonly ScriptStatement[],
  evaluation: Evaluation,
): void {
  for (const statement of statements) {
    for (const block of statement.blocks.values()) {
      if (OTHER_INSIDES.includes(statement.head)) continue;
      for (const inner of block.statements) checkOne(inner, evaluation);
      checkUnreached(block.statements, evaluation);
    }
  }
}

function checkOne(statement: ScriptStatement, evaluation: Evaluation): void {
  if (evaluation.reached.has(statement) || isTextual(statement)) return;
  const parsed = evaluation.trees.of(statement);
  if (parsed.ok) return;
  const placeholders = [...statement.literals.values()].some(({ kind }) => kind === "placeholder");
  if (placeholders && statement.faults.length === 0) return;
  for (const { code, offset, what, hint } of parsed.faults) {
    refuse(evaluation, code, offset, what, hint);
  }
}

/** What is read without the grammar: only what was seen while it was cut out can be wrong with it. */
function isTextual({ head, faults }: ScriptStatement): boolean {
  const heads = ["function", "filter", "param", "break", "continue", "class", "enum"];
  return heads.includes(head) && faults.length === 0;
}
