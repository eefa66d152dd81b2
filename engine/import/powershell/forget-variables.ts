import type { Evaluation } from "./evaluation.ts";
import type { ScriptStatement } from "./script-statement.ts";
import type { ScriptValue } from "./script-value.ts";
import { isOfScript, variableKey, variablesSetBy } from "./variables.ts";

/**
 * After a statement was refused: variables that it may have set have no known value any more, whatever
 * stands in its blocks; functions that it may have defined are not known either.
 */
export function forgetSetBy(
  statement: ScriptStatement,
  evaluation: Evaluation,
  cause: string,
): void {
  if (statement.head === "function" || statement.head === "filter") {
    forgetFunction(statement, evaluation);
    return;
  }
  forgetOwn(statement, evaluation, cause);
  for (const block of statement.blocks.values()) {
    for (const inner of block.statements) forgetSetBy(inner, evaluation, cause);
  }
}

function forgetFunction(statement: ScriptStatement, evaluation: Evaluation): void {
  const name = /^\w+\s+(?:\w+:)?([^\s({]+)/.exec(statement.masked())?.[1]?.toLowerCase();
  if (name === undefined) return;
  evaluation.functions.delete(name);
  evaluation.script.redefined.add(name);
}

function forgetOwn(statement: ScriptStatement, evaluation: Evaluation, cause: string): void {
  const { variables, trees } = evaluation;
  const forget = (name: string): void =>
    variables.forget(variableKey(name), cause, isOfScript(name));
  const parsed = statement.head === "param" ? null : trees.of(statement);
  if (parsed?.ok !== true) {
    for (const found of statement.masked().matchAll(/[$@]\{?((?:\w+:)?[\p{L}\p{Nd}_?]+)/gu)) {
      forget(found[1] ?? "");
    }
    return;
  }
  const { names, handedOver, all } = variablesSetBy(parsed.tree);
  if (all) variables.forgetAll(cause);
  for (const name of names) forget(name);
  for (const name of handedOver) if (!isFixed(variables.get(variableKey(name)))) forget(name);
  const alias = ALIAS.exec(statement.masked())?.[1];
  if (alias !== undefined) evaluation.script.redefined.add(alias.toLowerCase());
}

/** Whether no method can change the value itself; `[ref]` counts as an assignment. */
function isFixed(value: ScriptValue | undefined): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

const ALIAS = /^(?:set-alias|new-alias|sal|nal)\s+(?:-name\s+)?([\w-]+)/i;
