/**
 * Runs a cmdlet of the tenant: once, or once for each object that is piped into it.
 *
 * @module
 */
import { hasErrors, problem } from "../../model/problem.ts";
import type { CmdletInvocation, CmdletSignature } from "../../tenant/cmdlet-invocation.ts";
import { type BoundParameters, bindParameters } from "./bind-parameters.ts";
import { makeObject, propertyOf } from "./change-object.ts";
import {
  allItems,
  type Evaluation,
  NO_ITEMS,
  type PipelineItems,
  refuseUnresolved,
  spend,
} from "./evaluation.ts";
import { type CommandArgument, readArguments } from "./read-arguments.ts";
import {
  isBlockValue,
  isObject,
  isTable,
  type ScriptObject,
  type ScriptValue,
  toText,
} from "./script-value.ts";
import type { SyntaxNode } from "./syntax-node.ts";
import { variableKey } from "./variables.ts";

/** What one cmdlet costs, in steps. */
const CMDLET_STEPS = 50;

/** What Get-CsEffectiveTenantDialPlan pipes on, whose objects are no user's. */
const PLAN_NAME = "EffectiveTenantDialPlanName";

/** Runs the cmdlet of a `command` node. */
export function runCmdlet(
  signature: CmdletSignature,
  node: SyntaxNode,
  input: PipelineItems | null,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const args = readArguments(node, evaluation)?.map((one) => withBlockText(one, evaluation));
  if (args === undefined) return undefined;
  if (input === null) return runOnce(signature, args, node, evaluation);
  const items: ScriptValue[] = [];
  for (const item of input.items) {
    const more = argumentsFrom(item, signature, args, node, evaluation);
    const output = more && runOnce(signature, [...args, ...more], node, evaluation);
    if (output === undefined) return undefined;
    for (const one of output.items) items.push(one);
  }
  return allItems(items);
}

/** A cmdlet takes a block, such as that of -Filter, as the text in it. */
function withBlockText(argument: CommandArgument, { script }: Evaluation): CommandArgument {
  const value = argument.kind === "value" ? argument.value : argument.attached;
  if (!isBlockValue(value)) return argument;
  const text = script.text.slice(value.block.start + 1, value.block.end - 1);
  return argument.kind === "value" ? { ...argument, value: text } : { ...argument, attached: text };
}

/**
 * What an object gives to the cmdlet it is piped into: its Identity, or itself when it is a text. An
 * Identity that is given by name stays.
 */
function argumentsFrom(
  item: ScriptValue,
  signature: CmdletSignature,
  args: readonly CommandArgument[],
  node: SyntaxNode,
  evaluation: Evaluation,
): readonly CommandArgument[] | undefined {
  const identity = signature.parameters.find(
    (p) => p.name === "Identity" || p.name === "TelephoneNumber",
  );
  const at = node.start;
  const given = args.some(
    (argument) => argument.kind === "parameter" && isPrefix(argument.name, identity?.name ?? ""),
  );
  if (given) return [];
  const names = [identity?.name ?? "", ...(identity?.aliases ?? []), "UserPrincipalName"];
  const own = isObject(item) || isTable(item) ? firstProperty(item, names) : item;
  if (identity !== undefined && own !== undefined && own !== null) {
    return [{ kind: "parameter", name: identity.name, attached: own, at }];
  }
  const plan = signature.parameters.find((p) => p.name === PLAN_NAME);
  const planName = isObject(item) ? firstProperty(item, [plan?.name ?? ""]) : undefined;
  if (plan !== undefined && planName !== undefined) {
    return [{ kind: "parameter", name: plan.name, attached: planName, at }];
  }
  const what = `what is piped into ${signature.name} has no Identity that is known`;
  return refuseUnresolved(evaluation, at, what, "name the objects with -Identity");
}

function isPrefix(written: string, name: string): boolean {
  return name.toLowerCase().startsWith(written.toLowerCase());
}

function firstProperty(item: ScriptValue, names: readonly string[]): ScriptValue | undefined {
  for (const name of names) {
    const value = name === "" ? undefined : propertyOf(item, name);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

function runOnce(
  signature: CmdletSignature,
  args: readonly CommandArgument[],
  node: SyntaxNode,
  evaluation: Evaluation,
): PipelineItems | undefined {
  if (!spend(evaluation, CMDLET_STEPS, node.start)) return undefined;
  const bound = bindParameters(signature, args, evaluation);
  if (bound === undefined) return undefined;
  const at = evaluation.script.places.at(node.start);
  if (isWhatIf(bound, evaluation)) {
    const what = `${signature.name} stands here with -WhatIf, so it changes nothing`;
    evaluation.problems.add(problem("IMPORT_WHATIF", what, "leave -WhatIf out to apply it", at));
    return NO_ITEMS;
  }
  const invocation: CmdletInvocation = { cmdlet: signature.name, parameters: bound.own, at };
  const result = evaluation.script.cmdlets.run(evaluation.tenant, invocation);
  const failed = hasErrors(result.problems);
  if (failed && fails(signature, bound, result.problems[0]?.what ?? "", evaluation))
    return undefined;
  if (failed && isSilentQuestion(signature, bound, evaluation)) return NO_ITEMS;
  evaluation.problems.addAll(result.problems);
  if (failed) return undefined;
  evaluation.tenant = result.tenant;
  evaluation.invocations.push(invocation);
  const items = result.output.map((output): ScriptObject => ({ ...output }));
  setOutputVariables(bound, items, evaluation);
  return spend(evaluation, items.length, node.start) ? allItems(items) : undefined;
}

function isWhatIf(bound: BoundParameters, evaluation: Evaluation): boolean {
  const given = bound.common.get("whatif") ?? bound.own.get("WhatIf");
  if (given !== undefined) return given !== false;
  return (evaluation.variables.get("whatifpreference") ?? false) !== false;
}

function errorAction(bound: BoundParameters, evaluation: Evaluation): string {
  const preferred = evaluation.variables.get("erroractionpreference") ?? "Continue";
  return String(bound.common.get("erroraction") ?? toText(preferred)).toLowerCase();
}

/** `Get-… -ErrorAction SilentlyContinue` asks whether something is there, and may hear nothing. */
function isSilentQuestion(
  signature: CmdletSignature,
  bound: BoundParameters,
  evaluation: Evaluation,
): boolean {
  const action = errorAction(bound, evaluation);
  return signature.name.startsWith("Get-") && ["silentlycontinue", "ignore"].includes(action);
}

/**
 * Whether a failed `Get-…` goes to the `catch` around it: a question whose answer is no. What fails
 * while it changes something is told as a problem, `catch` or not, so that nothing is swallowed.
 */
function fails(
  signature: CmdletSignature,
  bound: BoundParameters,
  what: string,
  evaluation: Evaluation,
): boolean {
  if (evaluation.tries === 0 || !signature.name.startsWith("Get-")) return false;
  if (["silentlycontinue", "ignore"].includes(errorAction(bound, evaluation))) return false;
  evaluation.flow = { kind: "throw", label: "", value: makeError(what) };
  return true;
}

/** What `$_` is in a `catch`. */
export function makeError(message: string): ScriptObject {
  return makeObject([["Exception", makeObject([["Message", message]])]]);
}

const OUTPUT_VARIABLES = ["errorvariable", "warningvariable", "informationvariable"];

function setOutputVariables(
  bound: BoundParameters,
  items: readonly ScriptValue[],
  evaluation: Evaluation,
): void {
  const name = bound.common.get("outvariable");
  if (typeof name === "string") evaluation.variables.set(variableKey(name), items);
  for (const parameter of OUTPUT_VARIABLES) {
    const other = bound.common.get(parameter);
    if (typeof other === "string")
      evaluation.variables.set(variableKey(other.replace(/^\+/, "")), []);
  }
}
