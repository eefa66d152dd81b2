/**
 * Runs one `pipeline` node: assignments, and commands with what they are piped into.
 *
 * @module
 */

import { addValues, castValue } from "./compute-value.ts";
import { evaluateExpression } from "./evaluate-expression.ts";
import { type Evaluation, refuse, refuseUnresolved } from "./evaluation.ts";
import { runCommand } from "./run-command.ts";
import type { PipelineItems } from "./run-filter.ts";
import { collapse, elementsOf, type ScriptValue } from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";
import { isSettable, readVariable, variableKey, variableName } from "./variables.ts";

/** The value of a pipeline; an assignment has none that is printed. */
export function runPipeline(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const assignment = childOf(node, "assignment_expression");
  if (assignment !== undefined) return assign(assignment, evaluation);
  const items = runChains(node, evaluation);
  return items === undefined ? undefined : items.value;
}

/** The same, with what is needed to print it. */
export function runStatementPipeline(
  node: SyntaxNode,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const assignment = childOf(node, "assignment_expression");
  if (assignment !== undefined) {
    return assign(assignment, evaluation) === undefined
      ? undefined
      : { items: [], selected: false };
  }
  const result = runChains(node, evaluation);
  if (result === undefined) return undefined;
  return { items: elementsOf(result.value), selected: result.selected };
}

interface ChainResult {
  readonly value: ScriptValue;
  readonly selected: boolean;
}

function runChains(node: SyntaxNode, evaluation: Evaluation): ChainResult | undefined {
  const chains = node.children.filter((child) => child.type === "pipeline_chain");
  const [chain] = chains;
  if (chain === undefined || node.children.length !== 1) {
    return refuseUnresolved(evaluation, node.start, "this pipeline needs PowerShell to run");
  }
  const stages = chain.children.filter((child) => child.type !== "|");
  const [first, ...rest] = stages;
  if (first === undefined) return { value: null, selected: false };
  if (first.type !== "command" && rest.length === 0) {
    const value = evaluateExpression(first, evaluation);
    return value === undefined ? undefined : { value, selected: false };
  }
  let carried = startOf(first, evaluation);
  for (const stage of rest) {
    if (carried === undefined) return undefined;
    if (stage.type !== "command") {
      return refuseUnresolved(evaluation, stage.start, "this stage of the pipeline is not run");
    }
    carried = runCommand(stage, carried, evaluation);
  }
  if (carried === undefined) return undefined;
  return { value: collapse(carried.items), selected: carried.selected };
}

function startOf(first: SyntaxNode, evaluation: Evaluation): PipelineItems | undefined {
  if (first.type === "command") return runCommand(first, null, evaluation);
  const value = evaluateExpression(first, evaluation);
  return value === undefined ? undefined : { items: elementsOf(value), selected: false };
}

function assign(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const target = targetOf(childOf(node, "left_assignment_expression"));
  if (target === null) {
    return refuseUnresolved(evaluation, node.start, "only plain variables can be set here");
  }
  if (target.key !== "null" && !isSettable(target.key)) {
    return refuseUnresolved(evaluation, node.start, `$${target.key} cannot be set here`);
  }
  const value = assignedValue(node, evaluation);
  if (value === undefined) return undefined;
  const operator = childOf(node, "assignment_operator")?.text;
  const result =
    operator === "=" ? value : lengthen(operator ?? "", target.key, node, value, evaluation);
  const cast =
    result === undefined || target.type === null ? result : castValue(target.type, result);
  if (cast === undefined) {
    if (result === undefined) return undefined;
    return refuseUnresolved(
      evaluation,
      node.start,
      `this value cannot be made ${target.type ?? ""}`,
    );
  }
  if (target.key !== "null") evaluation.variables.set(target.key, cast);
  return cast;
}

function lengthen(
  operator: string,
  key: string,
  node: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const before = readVariable(key, node.start, evaluation);
  if (before === undefined) return undefined;
  const sum = operator === "+=" ? addValues("+", before, value) : undefined;
  if (sum !== undefined) return sum;
  return refuseUnresolved(evaluation, node.start, `"${operator}" needs PowerShell to run here`);
}

function assignedValue(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const inner = node.children.at(-1);
  if (inner?.type === "assignment_expression") return assign(inner, evaluation);
  if (inner?.type !== "assignment_value") {
    return refuseUnresolved(evaluation, node.start, "a block cannot be assigned here");
  }
  return runChains(inner, evaluation)?.value;
}

interface AssignmentTarget {
  readonly key: string;
  /** `[string[]]` in `[string[]]$names = …`. */
  readonly type: string | null;
}

function targetOf(left: SyntaxNode | undefined): AssignmentTarget | null {
  let node = left;
  let type: string | null = null;
  while (node !== undefined && node.type !== "variable") {
    const cast = node.type === "cast_expression";
    if (cast && type !== null) return null;
    if (cast) type = node.children[0]?.text ?? null;
    const inner: SyntaxNode | undefined = node.children[cast ? 1 : 0];
    node = cast || node.children.length === 1 ? inner : undefined;
  }
  if (node === undefined || !node.text.startsWith("$")) return null;
  return { key: variableKey(variableName(node.text)), type };
}

/** Refuses what a statement list holds besides pipelines. */
export function refuseBlock(node: SyntaxNode, evaluation: Evaluation): undefined {
  const name = node.children[0]?.text ?? node.type;
  const word = /^[a-z]+/i.exec(name)?.[0] ?? node.type.replaceAll("_", " ");
  const what = `"${word}" needs a runtime value: blocks are not run, nothing in it was applied`;
  const hint = "write the commands it would run one after the other";
  return refuse(evaluation, "IMPORT_UNRESOLVED", node.start, what, hint);
}
