/**
 * `.Property`, `[index]`, `.Method()`, `[type]::Member` on known values.
 *
 * @module
 */
import { callMethod } from "./call-method.ts";
import { callStatic, readStatic } from "./call-static.ts";
import { makeObject, propertyOf } from "./change-object.ts";
import { castValue, indexValue } from "./compute-value.ts";
import { sizeOf } from "./evaluate-operator.ts";
import { type Evaluation, refuseUnresolved, spend, valueOfItems } from "./evaluation.ts";
import {
  collapse,
  elementsOf,
  isArray,
  isBlockValue,
  isObject,
  isTable,
  isTruthy,
  isType,
  type ScriptValue,
  toText,
} from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";

/** The name behind `.`; a variable or expression there is evaluated. */
export function memberName(node: SyntaxNode, evaluation: Evaluation): string | undefined {
  const name = childOf(node, "member_name")?.children[0];
  if (name === undefined) return undefined;
  if (name.type === "simple_name") return name.text;
  const value = evaluation.run.expression(name, evaluation);
  return value === undefined ? undefined : toText(value);
}

/** `$x.Name`, and `[type]::Name`. */
export function evaluateMember(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [base, operator] = node.children;
  const name = base === undefined ? undefined : memberName(node, evaluation);
  if (base === undefined || name === undefined) {
    return refuseUnresolved(evaluation, node.start, "this member needs PowerShell to run");
  }
  const value = evaluation.run.expression(base, evaluation);
  if (value === undefined) return undefined;
  if (operator?.type !== "::") return readMember(value, name, node, evaluation);
  const found = isType(value) ? readStatic(value.name, name.toLowerCase()) : undefined;
  if (found !== undefined) return found;
  return refuseUnresolved(
    evaluation,
    node.start,
    `${shown(node, evaluation)} needs a runtime value`,
  );
}

/** As it stands in the script: in the node's own text, literals are masked. */
function shown({ start, end }: SyntaxNode, { script }: Evaluation): string {
  const text = script.text.slice(start, Math.min(end, start + 40)).replace(/\s+/g, " ");
  return end - start > 40 ? `${text}…` : text;
}

function readMember(
  value: ScriptValue,
  name: string,
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const own = propertyOf(value, name);
  // WHY: a property that holds nothing is there, and is nothing.
  if (own !== undefined) return own;
  const made = ownNames(value, name) ?? ofTable(value, name) ?? countOf(value, name);
  if (made !== undefined) return made;
  if (isTable(value) || value === null) return null;
  if (isArray(value)) {
    if (!spend(evaluation, value.length, node.start)) return undefined;
    const found = value.map(
      (element) => propertyOf(element, name) ?? (isTable(element) ? null : undefined),
    );
    const known = found.filter((element) => element !== undefined);
    if (known.length > 0 || value.length === 0) return collapse(known.flatMap(elementsOf));
  }
  const what = `there is no property "${name}" here`;
  return refuseUnresolved(evaluation, node.start, what, "use a property that the object has");
}

/** `.PSObject.Properties`: the properties of an object as objects with Name and Value. */
function ownNames(value: ScriptValue, name: string): ScriptValue | undefined {
  if (!isObject(value) || !/^psobject$/i.test(name)) return undefined;
  const properties = Object.entries(value.properties).map(([Name, Value]) =>
    makeObject([
      ["Name", Name],
      ["Value", Value],
    ]),
  );
  return makeObject([["Properties", properties]]);
}

function ofTable(value: ScriptValue, name: string): ScriptValue | undefined {
  if (!isTable(value)) return undefined;
  if (/^keys$/i.test(name)) return value.entries.map(([key]) => key);
  return /^values$/i.test(name) ? value.entries.map(([, entry]) => entry) : undefined;
}

/** `.Count` and `.Length`, which every value has. */
function countOf(value: ScriptValue, name: string): number | undefined {
  const length = /^length$/i.test(name);
  if (!length && !/^count$/i.test(name)) return undefined;
  if (typeof value === "string" && length) return value.length;
  if (isTable(value)) return value.entries.length;
  return elementsOf(value).length;
}

/** `$x[key]`. */
export function evaluateElement(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [base, , index] = node.children;
  if (base === undefined || index === undefined) return undefined;
  const value = evaluation.run.expression(base, evaluation);
  const key = value === undefined ? undefined : evaluation.run.expression(index, evaluation);
  if (value === undefined || key === undefined) return undefined;
  const found = indexValue(value, key);
  if (found !== undefined) return found;
  return refuseUnresolved(evaluation, node.start, "this index needs PowerShell to run");
}

/** `$x.Method(…)`, `[type]::Method(…)`, `$x.Where({ … })`, `$x.ForEach({ … })`. */
export function evaluateInvocation(
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const [base, operator] = node.children;
  if (base === undefined) return undefined;
  if (operator === undefined) return evaluation.run.expression(base, evaluation);
  if (isCmdletContext(base)) return askCmdlet(node, evaluation);
  const target = evaluation.run.expression(base, evaluation);
  const args = target === undefined ? undefined : argumentsOf(node, evaluation);
  if (target === undefined || args === undefined) return undefined;
  const special = /^invocation_(where|foreach)_/.exec(node.type)?.[1];
  const name = special ?? memberName(node, evaluation)?.toLowerCase();
  if (name === undefined) return undefined;
  const [block] = args;
  if (isBlockValue(block) && (name === "where" || name === "foreach")) {
    return eachThrough(name, target, block, node, evaluation);
  }
  const result = invoke(operator?.type === "::", target, name, args, evaluation);
  if (result !== undefined && spend(evaluation, sizeOf(result), node.start)) return result;
  if (evaluation.flow !== null) return undefined;
  const what = `a method call needs PowerShell to run: ${shown(node, evaluation)}`;
  return refuseUnresolved(evaluation, node.start, what);
}

function invoke(
  isStatic: boolean,
  target: ScriptValue,
  name: string,
  args: readonly ScriptValue[],
  evaluation: Evaluation,
): ScriptValue | undefined {
  if (!isStatic || !isType(target)) return callMethod(target, name, args, evaluation.journal);
  return callStatic(target.name, name, args) ?? castInstance(target.name, name, args);
}

function castInstance(
  type: string,
  name: string,
  args: readonly ScriptValue[],
): ScriptValue | undefined {
  return name === "new" && args[0] !== undefined ? castValue(type, args[0]) : undefined;
}

/** `$PSCmdlet.ShouldProcess(…)`: yes, unless `-WhatIf` stands. */
function isCmdletContext(base: SyntaxNode): boolean {
  return base.type === "variable" && /^\$pscmdlet$/i.test(base.text);
}

function askCmdlet(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const name = memberName(node, evaluation)?.toLowerCase() ?? "";
  if (name === "shouldprocess" || name === "shouldcontinue") {
    return !isTruthy(evaluation.variables.get("whatifpreference") ?? false);
  }
  return refuseUnresolved(evaluation, node.start, `$PSCmdlet.${name} needs PowerShell to run`);
}

function argumentsOf(node: SyntaxNode, evaluation: Evaluation): readonly ScriptValue[] | undefined {
  const list = childOf(node, "argument_list");
  const nodes =
    list === undefined
      ? node.children.filter((child) => child.type === "script_block_expression")
      : (childOf(list, "argument_expression_list")?.children ?? []);
  const values: ScriptValue[] = [];
  for (const child of nodes) {
    if (child.type === ",") continue;
    const value = evaluation.run.expression(child, evaluation);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function eachThrough(
  name: "where" | "foreach",
  target: ScriptValue,
  { block }: { readonly block: Parameters<Evaluation["run"]["blockOn"]>[0] },
  node: SyntaxNode,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const kept: ScriptValue[] = [];
  for (const item of elementsOf(target)) {
    const output = evaluation.run.blockOn(block, item, evaluation);
    const items = output === undefined ? undefined : valueOfItems(output, node.start, evaluation);
    if (items === undefined) return undefined;
    if (name === "foreach") kept.push(...items);
    else if (isTruthy(collapse(items))) kept.push(item);
  }
  return kept;
}
