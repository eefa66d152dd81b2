/**
 * Expressions: what a node of the syntax tree is worth. Operators stand in evaluate-operator.ts, members
 * and methods in evaluate-member.ts; every kind of node that is not listed is refused by name.
 *
 * @module
 */
import { MAX_ELEMENTS } from "../budgets.ts";
import { makeTable } from "./change-object.ts";
import { rangeOf, typeName } from "./compute-value.ts";
import { evaluateElement, evaluateInvocation, evaluateMember } from "./evaluate-member.ts";
import {
  evaluateBinary,
  evaluateCoalesce,
  evaluateLogical,
  evaluateStep,
  evaluateTernary,
  evaluateUnary,
} from "./evaluate-operator.ts";
import { evaluateString } from "./evaluate-string.ts";
import { type Evaluation, refuse, refuseUnresolved, spend, valueOfItems } from "./evaluation.ts";
import { collapse, elementsOf, type ScriptValue, toText } from "./script-value.ts";
import { blockOf, childOf, type SyntaxNode } from "./syntax-node.ts";
import { readVariable, variableName } from "./variables.ts";

type Evaluator = (node: SyntaxNode, evaluation: Evaluation) => ScriptValue | undefined;

const EVALUATORS: Readonly<Record<string, Evaluator>> = {
  unary_expression: onlyChild,
  string_literal: onlyChild,
  integer_literal: onlyChild,
  verbatim_string_characters: evaluateLiteral,
  decimal_integer_literal: evaluateLiteral,
  hexadecimal_integer_literal: evaluateNumber,
  real_literal: evaluateNumber,
  variable: evaluateVariable,
  array_literal_expression: evaluateList,
  bareword_argument_list: evaluateList,
  parenthesized_expression: evaluateParentheses,
  array_expression: (node, evaluation) => evaluateStatements(node, evaluation)?.all,
  sub_expression: evaluateParentheses,
  hash_literal_expression: evaluateTable,
  script_block_expression: evaluateBlock,
  type_literal: (node) => ({ kind: "type", name: typeName(node.text) }),
  member_access: evaluateMember,
  element_access: evaluateElement,
  invocation_expression: evaluateInvocation,
  invocation_foreach_expression: evaluateInvocation,
  invocation_where_expression: evaluateInvocation,
  expression_with_unary_operator: evaluateUnary,
  cast_expression: evaluateUnary,
  pre_increment_expression: evaluateStep,
  pre_decrement_expression: evaluateStep,
  post_increment_expression: evaluateStep,
  post_decrement_expression: evaluateStep,
  additive_expression: evaluateBinary,
  multiplicative_expression: evaluateBinary,
  comparison_expression: evaluateBinary,
  bitwise_expression: evaluateBinary,
  format_expression: evaluateBinary,
  range_expression: evaluateBinary,
  logical_expression: evaluateLogical,
  ternary_expression: evaluateTernary,
  null_coalesce_expression: evaluateCoalesce,
  generic_token: evaluateWord,
};

/** An expression's value, or `undefined` when it is refused. */
export function evaluateExpression(
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  if (!spend(evaluation, 1, node.start)) return undefined;
  // WHY: between the brackets of a method call the grammar has a second set of names for expressions.
  const type =
    node.type === "argument_expression" ? "unary_expression" : node.type.replace(/^argument_/, "");
  const evaluator = Object.hasOwn(EVALUATORS, type) ? EVALUATORS[type] : undefined;
  if (evaluator !== undefined) return evaluator(node, evaluation);
  const name = node.type.replaceAll("_", " ");
  return refuseUnresolved(evaluation, node.start, `${name} needs PowerShell to run`);
}

function onlyChild(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [child, second] = node.children;
  if (child !== undefined && second === undefined) return evaluateExpression(child, evaluation);
  return refuseUnresolved(evaluation, node.start, "this expression needs PowerShell to run");
}

function evaluateLiteral(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const { literal } = node;
  if (literal === null) return evaluateNumber(node, evaluation);
  if (literal.kind === "word") return literal.text;
  if (literal.kind === "string") return evaluateStringOrPlaceholder(node, evaluation);
  return evaluation.script.placeholders.get(literal.name.toLowerCase());
}

function evaluateStringOrPlaceholder(
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  if (node.literal?.kind !== "string") return undefined;
  const { extent } = node.literal;
  const content = evaluation.script.text.slice(extent.contentStart, extent.contentEnd);
  const name = /^<([^<>]+)>$/.exec(content)?.[1]?.trim().toLowerCase();
  const filled = name === undefined ? undefined : evaluation.script.placeholders.get(name);
  return filled ?? evaluateString(extent, evaluation);
}

const UNITS: Readonly<Record<string, number>> = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

function evaluateNumber(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [, digits = "", unit = ""] =
    /^(\d+|0x[0-9a-f]+|\d*\.\d+)(kb|mb|gb)?$/i.exec(node.text) ?? [];
  const value = Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
  if (digits !== "" && Math.abs(value) <= Number.MAX_SAFE_INTEGER) {
    return { kind: "number", value, text: unit === "" ? digits : null, lostPlusAt: null };
  }
  const what = `the number ${node.text} is written in a way that is not read`;
  return refuseUnresolved(evaluation, node.start, what, "write it with digits only, or in quotes");
}

/** A bare word, exactly as written; what could be more than a word is refused. */
function evaluateWord(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  if (!/[\s`"'$(){}]/u.test(node.text)) return node.text;
  const what = `it is not certain how PowerShell reads ${JSON.stringify(node.text)}`;
  return refuseUnresolved(evaluation, node.start, what, "put the value into quotes");
}

function evaluateVariable(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  if (node.text.startsWith("@")) {
    const what = `${node.text} spreads a hashtable, which only a command's arguments can`;
    return refuseUnresolved(evaluation, node.start, what);
  }
  return readVariable(variableName(node.text), node.start, evaluation);
}

function evaluateList(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const values: ScriptValue[] = [];
  for (const child of node.children) {
    if (child.type === ",") continue;
    const value = evaluateExpression(child, evaluation);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function evaluateBlock(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const block = blockOf(node);
  if (block !== null) return { kind: "block", block };
  return refuseUnresolved(evaluation, node.start, "this script block is not read");
}

function evaluateParentheses(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const items = evaluateStatements(node, evaluation);
  if (items === undefined) return undefined;
  return node.type === "parenthesized_expression" ? items.single : collapse(items.all);
}

interface StatementValues {
  /** The value of the last statement, arrays kept. */
  readonly single: ScriptValue;
  /** The elements of all of them. */
  readonly all: readonly ScriptValue[];
}

function evaluateStatements(node: SyntaxNode, evaluation: Evaluation): StatementValues | undefined {
  const all: ScriptValue[] = [];
  let single: ScriptValue = null;
  const list = childOf(node, "statement_list")?.children ?? node.children;
  for (const child of list) {
    if (["(", ")", "@(", "$(", ";", "empty_statement"].includes(child.type)) continue;
    const value = valueOfStatement(child, node.type !== "parenthesized_expression", evaluation);
    if (value === undefined) return undefined;
    single = value;
    // WHY: `@($null)` holds one element; a variable that is nothing counts as what a command did not give.
    if (value === null && /^\s*\$null\s*$/i.test(child.text)) all.push(null);
    for (const element of elementsOf(value)) all.push(element);
    if (!spend(evaluation, all.length >> 4, node.start)) return undefined;
    if (all.length > MAX_ELEMENTS) {
      const what = `this list has more than ${MAX_ELEMENTS} elements`;
      return refuse(evaluation, "IMPORT_TOO_LARGE", node.start, what, "split it");
    }
  }
  return { single, all };
}

/** What a statement inside an expression gives; an assignment gives something only inside `( )`. */
function valueOfStatement(
  node: SyntaxNode,
  inList: boolean,
  evaluation: Evaluation,
): ScriptValue | undefined {
  if (node.type !== "pipeline") {
    const output = evaluation.run.statement(node, evaluation);
    const items = output === undefined ? undefined : valueOfItems(output, node.start, evaluation);
    return items === undefined ? undefined : collapse(items);
  }
  const value = evaluation.run.pipeline(node, evaluation);
  const silent = inList && childOf(node, "assignment_expression") !== undefined;
  return value !== undefined && silent ? null : value;
}

function evaluateTable(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const entries: [string, ScriptValue][] = [];
  const keys = new Set<string>();
  for (const entry of childOf(node, "hash_literal_body")?.children ?? []) {
    if (entry.type !== "hash_entry") continue;
    const key = evaluateKey(entry, evaluation);
    const equals = entry.children.findIndex((child) => child.type === "=");
    const statement = entry.children[equals + 1];
    if (key === undefined || statement === undefined) {
      return refuseUnresolved(evaluation, entry.start, "this entry of the hashtable is not read");
    }
    const value = valueOfStatement(statement, false, evaluation);
    if (value === undefined) return undefined;
    if (keys.has(key.toLowerCase())) {
      const what = `the key "${key}" stands twice in this hashtable`;
      return refuse(evaluation, "IMPORT_SYNTAX", entry.start, what, "keep one of them");
    }
    keys.add(key.toLowerCase());
    entries.push([key, value]);
  }
  return makeTable(entries);
}

function evaluateKey(entry: SyntaxNode, evaluation: Evaluation): string | undefined {
  const key = childOf(entry, "key_expression")?.children[0];
  if (key === undefined) return undefined;
  if (key.type === "simple_name") return key.text;
  const value = evaluateExpression(key, evaluation);
  return value === undefined ? undefined : toText(value);
}

/** `1..5` and `1..$n`, which the grammar takes for a command's name; `null` for any other word. */
export function rangeOfWord(
  node: SyntaxNode,
  evaluation: Evaluation,
): readonly ScriptValue[] | null | undefined {
  const [, from = "", to = ""] = /^(\d+|\$\w+)\.\.(-?\d+|\$\w+)$/.exec(node.text) ?? [];
  if (to === "") return null;
  const bound = (text: string): ScriptValue | undefined =>
    text.startsWith("$") ? readVariable(text.slice(1), node.start, evaluation) : Number(text);
  const first = bound(from);
  const last = first === undefined ? undefined : bound(to);
  if (first === undefined || last === undefined) return undefined;
  const range = rangeOf(first, last);
  if (range !== undefined && spend(evaluation, range.length, node.start)) return range;
  return refuseUnresolved(evaluation, node.start, `${node.text} is no range of this size`);
}
