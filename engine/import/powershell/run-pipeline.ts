/**
 * Runs one `pipeline` node: assignments, and commands with what they are piped into.
 *
 * @module
 */
import { assign } from "./assign.ts";
import { evaluateExpression, rangeOfWord } from "./evaluate-expression.ts";
import {
  allItems,
  type Evaluation,
  NO_ITEMS,
  type PipelineItems,
  refuseUnresolved,
  valueOfItems,
} from "./evaluation.ts";
import { runCommand } from "./run-command.ts";
import { assignPassedOver, stageOfUnknown } from "./run-passed-over.ts";
import { collapse, elementsOf, type ScriptValue } from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";

/** The value of a pipeline; that of an assignment is what was assigned. */
export function runPipeline(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const assignment = childOf(node, "assignment_expression");
  if (assignment !== undefined) return assign(assignment, evaluation, valueOfChains);
  return valueOfChains(node, evaluation);
}

/** The same as a statement, with what is needed to print it: assignments and `$i++` print nothing. */
export function runStatementPipeline(
  node: SyntaxNode,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const assignment = childOf(node, "assignment_expression");
  if (assignment !== undefined) {
    if (assignPassedOver(assignment, evaluation)) return NO_ITEMS;
    return assign(assignment, evaluation, valueOfChains) === undefined ? undefined : NO_ITEMS;
  }
  const result = runChains(node, evaluation);
  if (result === undefined || isStep(node)) return result === undefined ? undefined : NO_ITEMS;
  return { items: elementsOf(result.value), selected: result.selected, missing: result.missing };
}

function isStep(node: SyntaxNode): boolean {
  let inner: SyntaxNode | undefined = node;
  while (inner?.children.length === 1) inner = inner.children[0];
  return inner !== undefined && /^(?:pre|post)_(?:in|de)crement_expression$/.test(inner.type);
}

interface ChainResult {
  readonly value: ScriptValue;
  readonly selected: boolean;
  readonly missing: string | null;
}

function valueOfChains(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const result = runChains(node, evaluation);
  if (result === undefined) return undefined;
  if (result.missing === null) return result.value;
  valueOfItems({ ...result, items: [] }, node.start, evaluation);
  return undefined;
}

function runChains(node: SyntaxNode, evaluation: Evaluation): ChainResult | undefined {
  const [chain] = node.children;
  if (chain?.type !== "pipeline_chain" || node.children.length !== 1) {
    return refuseUnresolved(evaluation, node.start, "this pipeline needs PowerShell to run");
  }
  const [first, ...rest] = chain.children.filter((child) => child.type !== "|");
  if (first === undefined) return { value: null, selected: false, missing: null };
  const value =
    first.type === "command" ? rangeOf(first, evaluation) : evaluateExpression(first, evaluation);
  if (value === undefined) return undefined;
  if (value !== NOT_A_RANGE && rest.length === 0) return { value, selected: false, missing: null };
  const start =
    value === NOT_A_RANGE ? runCommand(first, null, evaluation) : allItems(elementsOf(value));
  const end = runStages(start, rest, evaluation);
  return end && { value: collapse(end.items), selected: end.selected, missing: end.missing };
}

function runStages(
  start: PipelineItems | undefined,
  stages: readonly SyntaxNode[],
  evaluation: Evaluation,
): PipelineItems | undefined {
  let carried = start;
  for (const stage of stages) {
    if (carried === undefined) return undefined;
    const unknown = carried.missing === null ? null : stageOfUnknown(stage, carried, evaluation);
    if (unknown !== null) {
      carried = unknown;
      continue;
    }
    if (valueOfItems(carried, stage.start, evaluation) === undefined) return undefined;
    if (stage.type !== "command") {
      return refuseUnresolved(evaluation, stage.start, "this stage of the pipeline is not run");
    }
    carried = runCommand(stage, carried, evaluation);
  }
  return carried;
}

/** What a command is that is no range. */
const NOT_A_RANGE: ScriptValue = { kind: "type", name: "command" };

function rangeOf(command: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [name] = command.children;
  if (
    name?.type !== "command_name" ||
    childOf(command, "command_elements")?.children.some(isWord)
  ) {
    return NOT_A_RANGE;
  }
  const range = rangeOfWord(name, evaluation);
  return range === null ? NOT_A_RANGE : range;
}

function isWord(node: SyntaxNode): boolean {
  return node.type !== "command_argument_sep";
}

/** Refuses what a statement list holds besides what can be run. */
export function refuseBlock(node: SyntaxNode, evaluation: Evaluation): undefined {
  const name = node.children[0]?.text ?? node.type;
  const word = /^[a-z]+/i.exec(name)?.[0] ?? node.type.replaceAll("_", " ");
  const what = `"${word}" needs a runtime value: it is not run, nothing in it was applied`;
  const hint = "write the commands it would run one after the other";
  return refuseUnresolved(evaluation, node.start, what, hint);
}
