/**
 * `if`, `foreach`, `for`, `while`, `do`, `switch`, `try`: which block runs, and how often. A condition
 * that is not known runs no block at all.
 *
 * @module
 */
import { MAX_LOOP_TURNS } from "../budgets.ts";
import { type Evaluation, type OutputSink, refuse, refuseUnresolved, spend } from "./evaluation.ts";
import { goesOn } from "./loop-flow.ts";
import { runSwitch } from "./run-switch.ts";
import { elementsOf, isTruthy, type ScriptValue } from "./script-value.ts";
import { blockOf, childOf, type SyntaxNode } from "./syntax-node.ts";
import { isSettable, variableKey, variableName } from "./variables.ts";

/** Runs a statement that holds blocks; `false` = it is refused. */
export type RunStatement = (
  node: SyntaxNode,
  label: string,
  evaluation: Evaluation,
  sink: OutputSink,
) => boolean;

/** By the grammar's name of the statement. */
export const BLOCK_STATEMENTS: Readonly<Record<string, RunStatement>> = {
  if_statement: runIf,
  foreach_statement: runForEach,
  for_statement: runFor,
  while_statement: runWhile,
  do_statement: runDo,
  switch_statement: runSwitch,
  try_statement: runTry,
};

/** Runs the block of a node; `false` when it has none that was read. */
function runBlock(node: SyntaxNode | undefined, evaluation: Evaluation, sink: OutputSink): boolean {
  const block = node === undefined ? null : blockOf(node);
  if (block === null) {
    refuseUnresolved(evaluation, node?.start ?? 0, "this block is not read");
    return false;
  }
  evaluation.run.statements(block.statements, evaluation, sink);
  return true;
}

function conditionOf(
  node: SyntaxNode | undefined,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const pipeline = node?.type === "pipeline" ? node : node && childOf(node, "pipeline");
  return pipeline && evaluation.run.pipeline(pipeline, evaluation);
}

function runIf(
  node: SyntaxNode,
  _label: string,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  const clauses = [node, ...(childOf(node, "elseif_clauses")?.children ?? [])];
  for (const clause of clauses) {
    const decided = conditionOf(childOf(clause, "pipeline"), evaluation);
    if (decided === undefined) return false;
    if (isTruthy(decided)) return runBlock(childOf(clause, "statement_block"), evaluation, sink);
  }
  const otherwise = childOf(node, "else_clause");
  if (otherwise === undefined) return true;
  return runBlock(childOf(otherwise, "statement_block"), evaluation, sink);
}

function runForEach(
  node: SyntaxNode,
  label: string,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  const variable = childOf(node, "variable");
  const list = conditionOf(childOf(node, "pipeline"), evaluation);
  const body = childOf(node, "statement_block");
  if (variable === undefined || list === undefined) return false;
  const key = variableKey(variableName(variable.text));
  if (!isSettable(key)) {
    refuseUnresolved(evaluation, variable.start, `${variable.text} cannot be set here`);
    return false;
  }
  evaluation.loops++;
  for (const item of [...elementsOf(list)]) {
    if (!spend(evaluation, 1, node.start)) break;
    evaluation.variables.set(key, item);
    if (!runBlock(body, evaluation, sink) || !goesOn(evaluation, label)) break;
  }
  evaluation.loops--;
  return !isStopped(evaluation);
}

function isStopped(evaluation: Evaluation): boolean {
  return evaluation.flow?.kind === "exit" && evaluation.stopped;
}

interface Loop {
  readonly node: SyntaxNode;
  readonly label: string;
  readonly before: () => boolean | undefined;
  readonly after: () => boolean | undefined;
}

/** Turns a loop while its conditions hold; refused when one is not known, or it turns too often. */
function turn(loop: Loop, evaluation: Evaluation, sink: OutputSink): boolean {
  const { node } = loop;
  const body = childOf(node, "statement_block");
  evaluation.loops++;
  evaluation.openLoops++;
  let ended: "refused" | "done" | null = null;
  for (let turns = 0; ended === null; turns++) {
    if (turns < MAX_LOOP_TURNS) ended = turnOnce(loop, body, evaluation, sink);
    else {
      const what = `this loop turns more than ${MAX_LOOP_TURNS} times; nothing of it was applied`;
      refuse(evaluation, "IMPORT_TOO_LARGE", node.start, what, "end the loop");
      ended = "refused";
    }
  }
  evaluation.loops--;
  evaluation.openLoops--;
  return ended === "done" && !isStopped(evaluation);
}

/** One turn; how the loop ends with it, or `null` when it turns again. */
function turnOnce(
  { node, label, before, after }: Loop,
  body: SyntaxNode | undefined,
  evaluation: Evaluation,
  sink: OutputSink,
): "refused" | "done" | null {
  const decided = spend(evaluation, 1, node.start) ? before() : undefined;
  if (!decided) return decided === undefined ? "refused" : "done";
  if (!runBlock(body, evaluation, sink) || !goesOn(evaluation, label)) return "done";
  const again = after();
  if (again) return null;
  return again === undefined ? "refused" : "done";
}

function holds(node: SyntaxNode | undefined, evaluation: Evaluation): boolean | undefined {
  const value = conditionOf(node, evaluation);
  return value === undefined ? undefined : isTruthy(value);
}

function runWhile(
  node: SyntaxNode,
  label: string,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  const before = (): boolean | undefined => holds(childOf(node, "while_condition"), evaluation);
  return turn({ node, label, before, after: () => true }, evaluation, sink);
}

function runDo(node: SyntaxNode, label: string, evaluation: Evaluation, sink: OutputSink): boolean {
  const until = childOf(node, "until") !== undefined;
  const after = (): boolean | undefined => {
    const held = holds(childOf(node, "while_condition"), evaluation);
    return held === undefined ? undefined : held !== until;
  };
  return turn({ node, label, before: () => true, after }, evaluation, sink);
}

function runFor(
  node: SyntaxNode,
  label: string,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  const first = childOf(node, "for_initializer");
  if (first !== undefined && conditionOf(first, evaluation) === undefined) return false;
  const condition = childOf(node, "for_condition");
  const step = childOf(node, "for_iterator");
  const before = (): boolean | undefined =>
    condition === undefined ? true : holds(condition, evaluation);
  const after = (): boolean | undefined => {
    if (step === undefined) return true;
    return conditionOf(step, evaluation) === undefined ? undefined : true;
  };
  return turn({ node, label, before, after }, evaluation, sink);
}

function runTry(
  node: SyntaxNode,
  _label: string,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  const clauses = childOf(node, "catch_clauses")?.children ?? [];
  const handler = clauses.find((clause) => childOf(clause, "catch_type_list") === undefined);
  if (clauses.length > 0) evaluation.tries++;
  const done = runBlock(childOf(node, "statement_block"), evaluation, sink);
  if (clauses.length > 0) evaluation.tries--;
  const { flow } = evaluation;
  if (flow?.kind === "throw" && clauses.length > 0) {
    evaluation.flow = null;
    evaluation.variables.set("_", flow.value);
    const caught = handler ?? (clauses.length === 1 ? clauses[0] : undefined);
    if (!runBlock(caught && childOf(caught, "statement_block"), evaluation, sink)) return false;
  }
  const last = childOf(node, "finally_clause");
  if (last === undefined) return done;
  const leaving = evaluation.flow;
  evaluation.flow = null;
  const ended = runBlock(childOf(last, "statement_block"), evaluation, sink);
  evaluation.flow ??= leaving;
  return done && ended;
}
