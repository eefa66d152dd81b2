/**
 * Runs statements one after the other. Each is a whole: one that is refused changes nothing, is reported,
 * and what it could have set has no known value any more; the next one runs.
 *
 * @module
 */
import { problem } from "../../model/problem.ts";
import { MAX_COSTLY_PATTERNS, MAX_SCRIPT_ERRORS, MAX_SCRIPT_NESTING } from "../budgets.ts";
import { bindOne, CollectingSink, isPhase } from "./call-function.ts";
import { propertyOf } from "./change-object.ts";
import {
  allItems,
  checkpoint,
  type Evaluation,
  type OutputSink,
  type PipelineItems,
  refuse,
  refuseUnresolved,
  rollBack,
  spend,
  stopScript,
} from "./evaluation.ts";
import { forgetSetBy } from "./forget-variables.ts";
import { placeholderProblems } from "./placeholders.ts";
import { BLOCK_STATEMENTS } from "./run-blocks.ts";
import { makeError } from "./run-cmdlet-command.ts";
import { refuseBlock, runPipeline, runStatementPipeline } from "./run-pipeline.ts";
import { readFunction, readParamStatement } from "./script-function.ts";
import type { ScriptStatement } from "./script-statement.ts";
import { collapse, elementsOf, isObject, type ScriptValue, toText } from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";

/** Runs them in order until one leaves; output goes to `sink`. */
export function runStatements(
  statements: readonly ScriptStatement[],
  evaluation: Evaluation,
  sink: OutputSink,
): void {
  for (const statement of statements) {
    if (evaluation.flow !== null) return;
    runStatement(statement, evaluation, sink);
  }
}

/** Runs one of them. */
export function runStatement(
  statement: ScriptStatement,
  evaluation: Evaluation,
  sink: OutputSink,
): void {
  const { problems } = evaluation;
  if (problems.errors >= MAX_SCRIPT_ERRORS || problems.costly >= MAX_COSTLY_PATTERNS) {
    stopScript(evaluation, statement.start, "the script has too many errors");
    return;
  }
  evaluation.reached.add(statement);
  const before = checkpoint(evaluation);
  const { failures } = problems;
  const done = spend(evaluation, 1, statement.start) && attempt(statement, evaluation, sink);
  const leaving = evaluation.flow !== null && !evaluation.stopped;
  if (done || leaving) return;
  rollBack(evaluation, before);
  if (problems.failures === failures) {
    // WHY: whatever refuses says why; should one ever not, its statement must still not vanish.
    refuseUnresolved(evaluation, statement.start, "this statement needs PowerShell to run");
  }
  const cause = causeOf(evaluation, problems.failures > failures);
  forgetSetBy(statement, evaluation, cause);
  if (mayGive(statement)) sink.emit({ items: [], selected: false, missing: cause });
  const mayLeave =
    evaluation.openLoops > 0 && textHas(statement, evaluation, /\b(?:break|return)\b/i);
  if (mayLeave && evaluation.flow === null) {
    evaluation.flow = { kind: "break", label: "", value: null };
  }
}

function causeOf({ problems }: Evaluation, isNew: boolean): string {
  const last = isNew ? problems.latest : null;
  if (last === null) return "a statement that sets it was not understood";
  const what = last.what.replace(/^.*(?:has no known value|what this gives is not known): /, "");
  if (/^line \d+: /.test(what)) return what;
  return `line ${last.at?.line ?? 0}: ${what.slice(0, 120)}`;
}

function textHas(statement: ScriptStatement, evaluation: Evaluation, words: RegExp): boolean {
  if (statement.blocks.size === 0) return false;
  return words.test(evaluation.script.text.slice(statement.start, statement.end));
}

/** Whether a statement that failed might have put something out. */
function mayGive(statement: ScriptStatement): boolean {
  return !/^\s*(?:\[[\w.[\]]+\]\s*)?\$[\w:{}.[\]'"]+\s*[-+*/%?]{0,2}=|\|\s*Out-Null\s*$|^\s*\[void\]/i.test(
    statement.masked().slice(0, 4000),
  );
}

function attempt(statement: ScriptStatement, evaluation: Evaluation, sink: OutputSink): boolean {
  const { head } = statement;
  const textual = Object.hasOwn(TEXTUAL, head) ? TEXTUAL[head] : undefined;
  if (textual !== undefined) return textual(statement, evaluation);
  if (statement.blocks.size > 0) {
    // WHY: a type changes nothing by itself; whoever makes one of it is told that it is not known.
    if (head === "class" || head === "enum") return true;
    if (isPhase(head)) return runPhase(statement, evaluation, sink);
  }
  const tree = parse(statement, evaluation);
  return tree !== null && runTree(tree, evaluation, sink);
}

/** Statements that are read without the grammar, which fails on many of them. */
const TEXTUAL: Readonly<
  Record<string, (statement: ScriptStatement, evaluation: Evaluation) => boolean>
> = {
  function: define,
  filter: define,
  param: declare,
  break: (statement, evaluation) => leaveLoop(statement, "break", evaluation),
  continue: (statement, evaluation) => leaveLoop(statement, "continue", evaluation),
};

function runPhase(statement: ScriptStatement, evaluation: Evaluation, sink: OutputSink): boolean {
  for (const block of statement.blocks.values()) {
    evaluation.run.statements(block.statements, evaluation, sink);
  }
  return true;
}

function runTree(tree: SyntaxNode, evaluation: Evaluation, sink: OutputSink): boolean {
  let label = "";
  for (const node of statementsOf(tree)) {
    if (evaluation.flow !== null) return true;
    if (node.type === "label") label = node.text.slice(1).toLowerCase();
    else if (!runNode(node, label, evaluation, sink)) return false;
  }
  return true;
}

function parse(statement: ScriptStatement, evaluation: Evaluation): SyntaxNode | null {
  const { script } = evaluation;
  const unfilled = placeholderProblems(statement, script);
  evaluation.problems.addAll(unfilled);
  const parsed = evaluation.trees.of(statement);
  if (parsed.ok) return unfilled.length === 0 ? parsed.tree : null;
  for (const { code, offset, what, hint } of parsed.faults) {
    // WHY: what the grammar says of a statement with placeholders in it is of no use to anyone.
    const ofGrammar = statement.faults.length === 0;
    if (unfilled.length === 0 || !ofGrammar) refuse(evaluation, code, offset, what, hint);
  }
  return null;
}

const PASSED_OVER: readonly string[] = [
  ";",
  "attribute_statement",
  "comment",
  "empty_statement",
  "param_block",
  "requires_directive_list",
  "using_directive_list",
];

/** The statements of a tree, without what means nothing. */
function statementsOf(tree: SyntaxNode): readonly SyntaxNode[] {
  return tree.children
    .flatMap((child) => (child.type === "statement_list" ? child.children : [child]))
    .filter((child) => !PASSED_OVER.includes(child.type));
}

function runNode(
  node: SyntaxNode,
  label: string,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  if (node.type === "flow_control_statement") return runFlowControl(node, evaluation, sink);
  const block = Object.hasOwn(BLOCK_STATEMENTS, node.type)
    ? BLOCK_STATEMENTS[node.type]
    : undefined;
  if (block !== undefined) return block(node, label, evaluation, sink);
  if (node.type !== "pipeline") {
    refuseBlock(node, evaluation);
    return false;
  }
  const output = runStatementPipeline(node, evaluation);
  if (output === undefined) return false;
  sink.emit(output);
  return true;
}

/** Runs a node that is a statement but no pipeline, for its output. */
export function outputOfStatement(
  node: SyntaxNode,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const sink = new CollectingSink(evaluation, node.start);
  return runNode(node, "", evaluation, sink) && evaluation.flow === null ? sink.output : undefined;
}

/** `return`, `throw` and `exit`. */
function runFlowControl(node: SyntaxNode, evaluation: Evaluation, sink: OutputSink): boolean {
  const word = node.children[0]?.type.toLowerCase() ?? "";
  if (word === "break" || word === "continue") return leave(word, "", node.start, evaluation);
  const pipeline = childOf(node, "pipeline");
  if (word === "throw") return throwError(pipeline, node.start, evaluation);
  if (word !== "return") {
    evaluation.flow = { kind: "exit", label: "", value: null };
    return true;
  }
  const output = pipeline && runStatementPipeline(pipeline, evaluation);
  if (evaluation.flow !== null) return true;
  if (output !== undefined) sink.emit(output);
  else if (pipeline !== undefined) {
    sink.emit({ ...allItems([]), missing: causeOf(evaluation, true) });
  }
  evaluation.flow = { kind: "return", label: "", value: null };
  return true;
}

function throwError(
  pipeline: SyntaxNode | undefined,
  offset: number,
  evaluation: Evaluation,
): boolean {
  const thrown =
    pipeline &&
    evaluation.problems.attempt(
      () => runPipeline(pipeline, evaluation),
      (found) => found !== undefined,
    );
  if (evaluation.flow !== null) return true;
  const value = isObject(thrown) ? thrown : makeError(toText(thrown ?? "an error"));
  evaluation.flow = { kind: "throw", label: "", value };
  if (evaluation.tries === 0) tellThrow(value, offset, evaluation);
  return true;
}

/** Nobody catches it: the script ends, and whoever imports it should know why. */
function tellThrow(value: ScriptValue, offset: number, evaluation: Evaluation): void {
  const text = toText(propertyOf(propertyOf(value, "Exception") ?? null, "Message") ?? "");
  const what = `the script ends here with an error of its own${text === "" ? "" : `: ${text}`}`;
  const at = evaluation.script.places.at(offset);
  const hint = "give it what it asks for; nothing behind this line was read";
  evaluation.problems.add(problem("IMPORT_SCRIPT_ENDED", what, hint, at));
}

function leaveLoop(
  statement: ScriptStatement,
  kind: "break" | "continue",
  evaluation: Evaluation,
): boolean {
  const label = /^\w+\s+([\w]+)/.exec(statement.masked())?.[1] ?? "";
  return leave(kind, label.toLowerCase(), statement.start, evaluation);
}

function leave(
  kind: "break" | "continue",
  label: string,
  offset: number,
  evaluation: Evaluation,
): boolean {
  if (evaluation.loops === 0) {
    refuseUnresolved(evaluation, offset, `"${kind}" has no loop to leave here`);
    return false;
  }
  evaluation.flow = { kind, label, value: null };
  return true;
}

function define(statement: ScriptStatement, evaluation: Evaluation): boolean {
  for (const { code, offset, what, hint } of statement.faults) {
    refuse(evaluation, code, offset, what, hint);
  }
  const found = readFunction(statement, evaluation.script.text);
  if (found === null && statement.faults.length === 0) {
    const what = "this function is not written in a way that is understood";
    refuse(evaluation, "IMPORT_SYNTAX", statement.start, what, "correct it; it was not defined");
  }
  if (found === null || statement.faults.length > 0) return false;
  const key = found.name.toLowerCase();
  const before = evaluation.functions.get(key);
  evaluation.functions.set(key, found);
  evaluation.journal.record(() => {
    if (before === undefined) evaluation.functions.delete(key);
    else evaluation.functions.set(key, before);
  });
  return true;
}

/** `param( … )` of the script: values come from `--set`, else from the defaults. */
function declare(statement: ScriptStatement, evaluation: Evaluation): boolean {
  if (statement.faults.length > 0) return parse(statement, evaluation) !== null;
  const { placeholders, text } = evaluation.script;
  for (const parameter of readParamStatement(statement, text)) {
    const given = placeholders.get(parameter.name.toLowerCase());
    if (given === undefined && parameter.mandatory) {
      const cause = `line ${evaluation.script.places.at(parameter.at).line}: -${parameter.name} is asked for when the script starts; give --set ${parameter.name}=…`;
      evaluation.variables.forget(parameter.name.toLowerCase(), cause);
    } else if (
      !bindOne(parameter, setValue(given, parameter.type), false, parameter.at, evaluation)
    ) {
      return false;
    }
  }
  return true;
}

/** `--set` gives texts: `true` for switches, commas between the elements of lists. */
function setValue(given: string | undefined, type: string | null): ScriptValue | undefined {
  if (given === undefined || type === null) return given;
  if (/^(?:switch|bool|boolean|management\.automation\.switchparameter)$/.test(type)) {
    return !/^\s*(?:\$?false|0|)\s*$/i.test(given);
  }
  return type.endsWith("[]") ? given.split(",").map((part) => part.trim()) : given;
}

/** The inside of `"$( … )"`, a default, a condition of `switch`. */
export function runRange(
  from: number,
  to: number,
  evaluation: Evaluation,
): ScriptValue | undefined {
  if (evaluation.depth >= MAX_SCRIPT_NESTING) {
    const what = `more than ${MAX_SCRIPT_NESTING} $( ) and calls stand inside each other`;
    return refuse(evaluation, "IMPORT_TOO_LARGE", from, what, "write it with variables");
  }
  evaluation.depth++;
  const items: ScriptValue[] = [];
  const done = evaluation.trees
    .ofRange(evaluation.script.text, from, to)
    .statements.every((statement) => collect(statement, items, evaluation));
  evaluation.depth--;
  return done ? collapse(items) : undefined;
}

function collect(
  statement: ScriptStatement,
  items: ScriptValue[],
  evaluation: Evaluation,
): boolean {
  const tree = parse(statement, evaluation);
  if (tree === null) return false;
  for (const node of statementsOf(tree)) {
    const sink = new CollectingSink(evaluation, node.start);
    if (!runNode(node, "", evaluation, sink) || evaluation.flow !== null) return false;
    const { items: found, missing } = sink.output;
    if (missing !== null) {
      refuseUnresolved(evaluation, node.start, `what this gives is not known: ${missing}`);
      return false;
    }
    items.push(...elementsOf(found));
  }
  return true;
}
