/**
 * Assignments: to variables, properties, keys, elements, and to several at once (Microsoft:
 * about_Assignment_Operators).
 *
 * @module
 */
import { setProperty, spliceList } from "./change-object.ts";
import { addValues, asOperand, castValue, multiplyValues, typeName } from "./compute-value.ts";
import { memberName } from "./evaluate-member.ts";
import { sizeOf } from "./evaluate-operator.ts";
import { type Evaluation, refuseUnresolved, spend, valueOfItems } from "./evaluation.ts";
import {
  collapse,
  elementsOf,
  isArray,
  isTable,
  type ScriptValue,
  toText,
} from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";
import { isOfScript, isSettable, readOrNothing, variableKey, variableName } from "./variables.ts";

/** What a pipeline that is no assignment gives; handed in, for it runs assignments itself. */
type ValueOf = (node: SyntaxNode, evaluation: Evaluation) => ScriptValue | undefined;

/** Runs an `assignment_expression`; the value that was assigned. */
export function assign(
  node: SyntaxNode,
  evaluation: Evaluation,
  valueOfChains: ValueOf,
): ScriptValue | undefined {
  const target = innermost(childOf(node, "left_assignment_expression") ?? node.children[0]);
  if (target === undefined) return undefined;
  const value = assignedValue(node, evaluation, valueOfChains);
  if (value === undefined) return undefined;
  const operator = childOf(node, "assignment_operator")?.text ?? "=";
  const result = operator === "=" ? value : changed(operator, target, node, value, evaluation);
  if (result === undefined || !spend(evaluation, sizeOf(result) >> 2, node.start)) return undefined;
  return store(target, result, evaluation);
}

/** The node under all those that only wrap another one. */
function innermost(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let inner = node;
  while (inner?.children.length === 1 && inner.type.includes("expression"))
    inner = inner.children[0];
  return inner;
}

function assignedValue(
  node: SyntaxNode,
  evaluation: Evaluation,
  valueOfChains: ValueOf,
): ScriptValue | undefined {
  const inner = node.children.at(-1);
  if (inner === undefined) return undefined;
  if (inner.type === "assignment_expression") return assign(inner, evaluation, valueOfChains);
  if (inner.type === "assignment_value") return valueOfChains(inner, evaluation);
  const output = evaluation.run.statement(inner, evaluation);
  const items = output === undefined ? undefined : valueOfItems(output, inner.start, evaluation);
  return items === undefined ? undefined : collapse(items);
}

/** What `+=` and its kin make of what stands there and the new value. */
function changed(
  operator: string,
  target: SyntaxNode,
  node: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const before = currentValue(target, evaluation);
  if (before === undefined) return undefined;
  const sign = operator.slice(0, -1);
  const result =
    sign === "??"
      ? (before ?? value)
      : (addValues(sign, before, value) ?? multiplyValues(sign, before, value));
  if (result !== undefined) return result;
  return refuseUnresolved(evaluation, node.start, `"${operator}" needs PowerShell to run here`);
}

/** What stands there before `+=`. */
function currentValue(target: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const variable = target.type === "cast_expression" ? innermost(target.children[1]) : target;
  if (variable?.type === "variable") {
    return readOrNothing(variableName(variable.text), variable.start, evaluation);
  }
  return evaluation.run.expression(target, evaluation);
}

function store(
  target: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  switch (target.type) {
    case "variable":
      return storeVariable(target, value, evaluation);
    case "cast_expression":
      return storeCast(target, value, evaluation);
    case "member_access":
      return storeMember(target, value, evaluation);
    case "element_access":
      return storeElement(target, value, evaluation);
    case "array_literal_expression":
      return storeEach(target, value, evaluation);
    default:
      return refuseUnresolved(
        evaluation,
        target.start,
        "only variables and members can be set here",
      );
  }
}

function storeVariable(
  target: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const name = variableName(target.text);
  const key = variableKey(name);
  if (key === "null") return value;
  if (!target.text.startsWith("$") || !isSettable(key)) {
    return refuseUnresolved(evaluation, target.start, `${target.text} cannot be set here`);
  }
  evaluation.variables.set(key, value, isOfScript(name));
  return value;
}

function storeCast(
  target: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const [type, operand] = target.children;
  const inner = innermost(operand);
  if (type === undefined || inner === undefined) return undefined;
  const cast = castValue(typeName(type.text), value);
  if (cast !== undefined) return store(inner, cast, evaluation);
  return refuseUnresolved(evaluation, target.start, `this value cannot be made ${type.text}`);
}

function storeMember(
  target: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const [base] = target.children;
  const name = memberName(target, evaluation);
  const owner = base === undefined ? undefined : evaluation.run.expression(base, evaluation);
  if (owner === undefined || name === undefined) return undefined;
  if (setProperty(owner, name, value, evaluation.journal)) return value;
  return refuseUnresolved(evaluation, target.start, `"${name}" cannot be set here`);
}

function storeElement(
  target: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const [base, , index] = target.children;
  const owner = base === undefined ? undefined : evaluation.run.expression(base, evaluation);
  const key =
    index === undefined || owner === undefined
      ? undefined
      : evaluation.run.expression(index, evaluation);
  if (owner === undefined || key === undefined) return undefined;
  if (isTable(owner)) setProperty(owner, toText(key), value, evaluation.journal);
  else if (!setElement(owner, key, value, evaluation)) {
    return refuseUnresolved(evaluation, target.start, "this element cannot be set here");
  }
  return value;
}

function setElement(
  list: ScriptValue,
  key: ScriptValue,
  value: ScriptValue,
  evaluation: Evaluation,
): boolean {
  const at = asOperand(key);
  if (!isArray(list) || at === null || !Number.isInteger(at)) return false;
  const index = at < 0 ? list.length + at : at;
  if (index < 0 || index >= list.length) return false;
  spliceList(list, index, 1, [value], evaluation.journal);
  return true;
}

/** `$a, $b = 1, 2, 3`: the last one takes what is left. */
function storeEach(
  target: SyntaxNode,
  value: ScriptValue,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const targets = target.children.filter((child) => child.type !== ",");
  const values = elementsOf(value);
  for (const [i, child] of targets.entries()) {
    const inner = innermost(child);
    const rest = i === targets.length - 1 ? collapse(values.slice(i)) : (values[i] ?? null);
    if (inner === undefined || store(inner, rest, evaluation) === undefined) return undefined;
  }
  return value;
}
