/**
 * Operators: arithmetic, comparison, logic, casts, formatting (Microsoft: about_Operators).
 *
 * @module
 */
import { MAX_ELEMENTS, MAX_STRING_CHARS } from "../budgets.ts";
import { makeTable } from "./change-object.ts";
import { compareValues } from "./compare-values.ts";
import {
  addValues,
  castValue,
  combineBits,
  multiplyValues,
  negate,
  rangeOf,
  typeName,
} from "./compute-value.ts";
import { type Evaluation, refuseUnresolved, spend } from "./evaluation.ts";
import { formatText } from "./format-text.ts";
import { matchRegex, replaceRegex, splitRegex } from "./script-regex.ts";
import { elementsOf, isArray, isTruthy, type ScriptValue, toText } from "./script-value.ts";
import type { SyntaxNode } from "./syntax-node.ts";
import { isOfScript, isSettable, readOrNothing, variableKey, variableName } from "./variables.ts";

/** `left operator right`, both evaluated. */
export function evaluateBinary(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [left, operator, right] = node.children;
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  const first = evaluation.run.expression(left, evaluation);
  const second = first === undefined ? undefined : evaluation.run.expression(right, evaluation);
  if (first === undefined || second === undefined) return undefined;
  const result = combine(operator.text.toLowerCase(), first, second, evaluation);
  if (result !== undefined && spend(evaluation, sizeOf(result), operator.start)) return result;
  if (evaluation.flow !== null) return undefined;
  const what = `"${operator.text}" of these values needs PowerShell to run`;
  return refuseUnresolved(evaluation, operator.start, what);
}

/** What a value costs to make, in steps. */
export function sizeOf(value: ScriptValue): number {
  if (typeof value === "string") return value.length >> 3;
  return isArray(value) ? value.length : 0;
}

function combine(
  operator: string,
  left: ScriptValue,
  right: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  switch (operator) {
    case "+":
    case "-":
      return addValues(operator, left, right);
    case "*":
    case "/":
    case "%":
      return multiplyValues(operator, left, right);
    case "..":
      return rangeOf(left, right);
    case "-f":
      return formatText(toText(left), right);
    case "-join":
      return joined(left, toText(right));
    case "-band":
    case "-bor":
    case "-bxor":
      return combineBits(operator, left, right);
    default:
      return matchOrCompare(operator.slice(1), left, right, evaluation);
  }
}

function joined(list: ScriptValue, by: string): string | undefined {
  const text = elementsOf(list).map(toText).join(by);
  return text.length > MAX_STRING_CHARS ? undefined : text;
}

function matchOrCompare(
  operator: string,
  left: ScriptValue,
  right: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const exactCase = operator.startsWith("c") && !operator.startsWith("contains");
  switch (operator.replace(/^[ci](?=match|notmatch|replace|split)/, "")) {
    case "match":
      return matched(left, toText(right), exactCase, false, evaluation);
    case "notmatch":
      return matched(left, toText(right), exactCase, true, evaluation);
    case "replace":
      return replaced(left, right, exactCase);
    case "split":
      return splitBy(left, right, exactCase);
    default:
      return compareValues(operator, left, right);
  }
}

function matched(
  left: ScriptValue,
  pattern: string,
  exactCase: boolean,
  negative: boolean,
  evaluation: Evaluation,
): ScriptValue | undefined {
  if (isArray(left)) {
    const found = left.map((element) => matchRegex(pattern, toText(element), exactCase));
    if (found.includes(undefined)) return undefined;
    return left.filter((_, i) => (found[i] === null) === negative);
  }
  const groups = matchRegex(pattern, toText(left), exactCase);
  if (groups === undefined) return undefined;
  if (groups !== null) evaluation.variables.set("matches", makeTable(groups));
  return (groups === null) === negative;
}

function replaced(
  left: ScriptValue,
  right: ScriptValue,
  exactCase: boolean,
): ScriptValue | undefined {
  const [pattern = null, by = ""] = isArray(right) ? right : [right];
  if (pattern === null || (typeof by === "object" && by !== null)) return undefined;
  const one = (value: ScriptValue): string | undefined =>
    replaceRegex(toText(pattern), toText(value), toText(by), exactCase);
  if (!isArray(left)) return one(left);
  const all = left.map(one);
  return all.every((text) => text !== undefined) ? all : undefined;
}

function splitBy(
  left: ScriptValue,
  right: ScriptValue,
  exactCase: boolean,
): ScriptValue | undefined {
  const [by = null, max = 0, how] = isArray(right) ? right : [right];
  if (how !== undefined && !/^simplematch$/i.test(toText(how))) return undefined;
  const pattern =
    how === undefined ? toText(by) : toText(by).replace(/[\\*+?|{}[\]()^$.#]/g, "\\$&");
  const parts: string[] = [];
  for (const value of elementsOf(left === null ? "" : left)) {
    const found = splitRegex(pattern, toText(value), Number(toText(max)) || 0, exactCase);
    if (found === undefined) return undefined;
    parts.push(...found);
  }
  return parts.length > MAX_ELEMENTS ? undefined : parts;
}

/** `-and`, `-or`, `-xor`: the right side only where the left one does not decide. */
export function evaluateLogical(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [left, operator, right] = node.children;
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  const first = evaluation.run.expression(left, evaluation);
  if (first === undefined) return undefined;
  const isTrue = isTruthy(first);
  const name = operator.text.toLowerCase();
  if (name === "-and" && !isTrue) return false;
  if (name === "-or" && isTrue) return true;
  const second = evaluation.run.expression(right, evaluation);
  if (second === undefined) return undefined;
  return name === "-xor" ? isTrue !== isTruthy(second) : isTruthy(second);
}

/** `condition ? a : b`. */
export function evaluateTernary(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [condition, , yes, , no] = node.children;
  if (condition === undefined || yes === undefined || no === undefined) return undefined;
  const decided = evaluation.run.expression(condition, evaluation);
  if (decided === undefined) return undefined;
  return evaluation.run.expression(isTruthy(decided) ? yes : no, evaluation);
}

/** `a ?? b`. */
export function evaluateCoalesce(
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const [left, , right] = node.children;
  if (left === undefined || right === undefined) return undefined;
  return (
    evaluation.run.expression(left, evaluation) ?? evaluation.run.expression(right, evaluation)
  );
}

/** `-not`, `!`, `-`, `+`, `,`, `-join`, `-split`, casts, `++` and `--` before a variable. */
export function evaluateUnary(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  if (node.type === "cast_expression") return evaluateCast(node, evaluation);
  const [operator, operand] = node.children;
  if (operator !== undefined && operand === undefined) {
    return evaluation.run.expression(operator, evaluation);
  }
  if (operator === undefined || operand === undefined) return undefined;
  const value = evaluation.run.expression(operand, evaluation);
  if (value === undefined) return undefined;
  const result = applyUnary(operator, value);
  if (result !== undefined) return result;
  const what = `the operator ${operator.text} needs PowerShell to run here`;
  return refuseUnresolved(evaluation, operator.start, what);
}

function applyUnary(operator: SyntaxNode, value: ScriptValue): ScriptValue | undefined {
  switch (operator.text.toLowerCase()) {
    case ",":
      return [value];
    case "!":
    case "-not":
      return !isTruthy(value);
    case "-join":
      return joined(value, "");
    case "-split":
      return elementsOf(value).flatMap((text) =>
        toText(text)
          .split(/\s+/)
          .filter((w) => w !== ""),
      );
    default:
      return negate(operator.text, value, operator.start);
  }
}

function evaluateCast(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [type, operand] = node.children;
  if (type === undefined || operand === undefined) return undefined;
  const value = evaluation.run.expression(operand, evaluation);
  if (value === undefined) return undefined;
  const result = castValue(typeName(type.text), value);
  if (result !== undefined) return result;
  const what = `this value cannot be made ${type.text} without PowerShell`;
  return refuseUnresolved(evaluation, type.start, what);
}

/** `$i++` and its kin; as a statement it prints nothing. */
export function evaluateStep(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [first, second] = node.children;
  const before = node.type.startsWith("pre_");
  let operand = before ? second : first;
  const operator = before ? first : second;
  while (operand?.type === "unary_expression") operand = operand.children[0];
  if (operand?.type !== "variable" || operator === undefined) {
    return refuseUnresolved(evaluation, node.start, "only a plain variable can be counted up here");
  }
  const name = variableName(operand.text);
  const key = variableKey(name);
  const value = readOrNothing(name, operand.start, evaluation);
  if (value === undefined) return undefined;
  const next = addValues(operator.text === "--" ? "-" : "+", value ?? 0, 1);
  if (next === undefined || !isSettable(key)) {
    return refuseUnresolved(evaluation, node.start, `$${name} is no number that can be counted up`);
  }
  evaluation.variables.set(key, next, isOfScript(name));
  return before ? next : value;
}
