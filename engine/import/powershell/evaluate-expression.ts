/**
 * The expressions of the closed subset: literals, variables, arrays, hashtables, members, indexes,
 * casts and `+`. Every other kind of node is refused by name.
 *
 * @module
 */

import { MAX_ELEMENTS } from "../budgets.ts";
import { addValues, castValue, indexValue, negate } from "./compute-value.ts";
import { evaluateString } from "./evaluate-string.ts";
import { type Evaluation, refuse, refuseUnresolved } from "./evaluation.ts";
import {
  collapse,
  elementsOf,
  isArray,
  isTable,
  propertyOf,
  type ScriptValue,
  toText,
} from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";
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
  array_expression: evaluateArray,
  sub_expression: evaluateParentheses,
  hash_literal_expression: evaluateTable,
  member_access: evaluateMember,
  element_access: evaluateElement,
  expression_with_unary_operator: evaluateUnary,
  cast_expression: evaluateCast,
  additive_expression: evaluateSum,
  generic_token: evaluateWord,
};

const NAMES: Readonly<Record<string, string>> = {
  invocation_expression: "a method call",
  script_block_expression: "a script block",
  comparison_expression: "a comparison",
  logical_expression: "a logical expression",
  format_expression: "the format operator -f",
  range_expression: "a range",
  ternary_expression: "a condition",
};

/** An expression's value, or `undefined` when it is refused. */
export function evaluateExpression(
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const evaluator = Object.hasOwn(EVALUATORS, node.type) ? EVALUATORS[node.type] : undefined;
  if (evaluator !== undefined) return evaluator(node, evaluation);
  const name = NAMES[node.type] ?? node.type.replaceAll("_", " ");
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

function evaluateNumber(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const plain = /^(?:\d+|0x[0-9a-f]+|\d*\.\d+)$/i.test(node.text);
  const value = Number(node.text);
  if (plain && Math.abs(value) <= Number.MAX_SAFE_INTEGER) {
    return { kind: "number", value, text: node.text, lostPlusAt: null };
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

function evaluateParentheses(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const items = evaluateStatements(node, evaluation);
  if (items === undefined) return undefined;
  return node.type === "parenthesized_expression" ? items.single : collapse(items.all);
}

function evaluateArray(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  return evaluateStatements(node, evaluation)?.all;
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
    if (child.type !== "pipeline") {
      return refuseUnresolved(evaluation, child.start, "a block inside an expression is not run");
    }
    const value = evaluation.runPipeline(child, evaluation);
    if (value === undefined) return undefined;
    single = value;
    all.push(...elementsOf(value));
    if (all.length > MAX_ELEMENTS) {
      const what = `this list has more than ${MAX_ELEMENTS} elements`;
      return refuse(evaluation, "IMPORT_TOO_LARGE", node.start, what, "split it");
    }
  }
  return { single, all };
}

function evaluateTable(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const entries: [string, ScriptValue][] = [];
  for (const entry of childOf(node, "hash_literal_body")?.children ?? []) {
    if (entry.type !== "hash_entry") continue;
    const key = evaluateKey(entry, evaluation);
    const statement = childOf(entry, "pipeline");
    if (key === undefined || statement === undefined) {
      return refuseUnresolved(evaluation, entry.start, "this entry of the hashtable is not read");
    }
    const value = evaluation.runPipeline(statement, evaluation);
    if (value === undefined) return undefined;
    if (entries.some(([known]) => known.toLowerCase() === key.toLowerCase())) {
      const what = `the key "${key}" stands twice in this hashtable`;
      return refuse(evaluation, "IMPORT_SYNTAX", entry.start, what, "keep one of them");
    }
    entries.push([key, value]);
  }
  return { kind: "table", entries };
}

function evaluateKey(entry: SyntaxNode, evaluation: Evaluation): string | undefined {
  const key = childOf(entry, "key_expression")?.children[0];
  if (key === undefined) return undefined;
  if (key.type === "simple_name") return key.text;
  const value = evaluateExpression(key, evaluation);
  return value === undefined ? undefined : toText(value);
}

function memberName(node: SyntaxNode, evaluation: Evaluation): string | undefined {
  const name = childOf(node, "member_name")?.children[0];
  if (name?.type === "simple_name") return name.text;
  if (name?.type !== "string_literal") return undefined;
  const value = evaluateExpression(name, evaluation);
  return typeof value === "string" ? value : undefined;
}

function evaluateMember(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [base, operator] = node.children;
  const name = memberName(node, evaluation);
  if (base === undefined || name === undefined || operator?.type !== ".") {
    return refuseUnresolved(evaluation, node.start, "this member needs PowerShell to run");
  }
  const value = evaluateExpression(base, evaluation);
  if (value === undefined) return undefined;
  return readMember(value, name, node, evaluation);
}

function readMember(
  value: ScriptValue,
  name: string,
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const own = propertyOf(value, name);
  if (own !== undefined) return own;
  const count = countOf(value, name);
  if (count !== undefined) return count;
  if (isTable(value)) return null;
  if (isArray(value)) {
    const found = value.map((element) => propertyOf(element, name));
    const known = found.filter((element) => element !== undefined);
    if (known.length > 0 || value.length === 0) return collapse(known.flatMap(elementsOf));
  }
  const what = `there is no property "${name}" here`;
  return refuseUnresolved(evaluation, node.start, what, "use a property that the object has");
}

/** `.Count` and `.Length`, which every value has. */
function countOf(value: ScriptValue, name: string): number | undefined {
  const length = /^length$/i.test(name);
  if (!length && !/^count$/i.test(name)) return undefined;
  if (typeof value === "string" && length) return value.length;
  if (isTable(value)) return value.entries.length;
  return elementsOf(value).length;
}

function evaluateElement(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [base, , index] = node.children;
  if (base === undefined || index === undefined) return undefined;
  const value = evaluateExpression(base, evaluation);
  const key = value === undefined ? undefined : evaluateExpression(index, evaluation);
  if (value === undefined || key === undefined) return undefined;
  const found = indexValue(value, key);
  if (found !== undefined) return found;
  return refuseUnresolved(evaluation, node.start, "this index needs PowerShell to run");
}

function evaluateUnary(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [operator, operand] = node.children;
  if (operator?.type === "cast_expression") return evaluateCast(operator, evaluation);
  if (operator === undefined || operand === undefined) return onlyChild(node, evaluation);
  const value = evaluateExpression(operand, evaluation);
  if (value === undefined) return undefined;
  if (operator.type === ",") return [value];
  if (operator.type === "!" && typeof value === "boolean") return !value;
  const signed = negate(operator.type, value, operator.start);
  if (signed !== undefined) return signed;
  const what = `the operator ${operator.type} needs PowerShell to run here`;
  return refuseUnresolved(evaluation, operator.start, what);
}

function evaluateCast(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [type, operand] = node.children;
  if (type === undefined || operand === undefined) return undefined;
  const value = evaluateExpression(operand, evaluation);
  if (value === undefined) return undefined;
  const result = castValue(type.text, value);
  if (result !== undefined) return result;
  const what = `this value cannot be made ${type.text} without PowerShell`;
  return refuseUnresolved(evaluation, type.start, what);
}

function evaluateSum(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [left, operator, right] = node.children;
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  const first = evaluateExpression(left, evaluation);
  const second = first === undefined ? undefined : evaluateExpression(right, evaluation);
  if (first === undefined || second === undefined) return undefined;
  const sum = addValues(operator.text, first, second);
  if (sum !== undefined) return sum;
  const what = `"${operator.text}" of these values needs PowerShell to run`;
  return refuseUnresolved(evaluation, operator.start, what);
}
