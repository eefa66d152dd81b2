/**
 * Calls functions and blocks of the script: binds their parameters, opens a scope, collects what they
 * put out.
 *
 * @module
 */
import { MAX_ELEMENTS, MAX_SCRIPT_CALLS } from "../budgets.ts";
import { bindParameters } from "./bind-parameters.ts";
import { makeTable, propertyOf } from "./change-object.ts";
import { castValue } from "./compute-value.ts";
import {
  type Evaluation,
  type OutputSink,
  type PipelineItems,
  refuse,
  refuseUnresolved,
  spend,
} from "./evaluation.ts";
import type { CommandArgument } from "./read-arguments.ts";
import {
  isSwitchType,
  type ScriptFunction,
  type ScriptParameter,
  signatureOf,
} from "./script-function.ts";
import type { ScriptBlock, ScriptStatement } from "./script-statement.ts";
import { isUnknown, type ScriptValue } from "./script-value.ts";
import { variableKey } from "./variables.ts";

/** Collects what statements put out. */
export class CollectingSink implements OutputSink {
  readonly #items: ScriptValue[] = [];
  #missing: string | null = null;
  #selected = false;
  readonly #evaluation: Evaluation;
  readonly #offset: number;

  constructor(evaluation: Evaluation, offset: number) {
    this.#evaluation = evaluation;
    this.#offset = offset;
  }

  readonly emit = ({ items, missing, selected }: PipelineItems): void => {
    this.#missing ??= missing;
    this.#selected ||= selected;
    if (!spend(this.#evaluation, items.length, this.#offset)) return;
    if (this.#items.length + items.length > MAX_ELEMENTS) {
      this.#missing ??= `it gives more than ${MAX_ELEMENTS} objects`;
      return;
    }
    for (const item of items) this.#items.push(item);
  };

  get output(): PipelineItems {
    return { items: this.#items, missing: this.#missing, selected: this.#selected };
  }
}

/** Calls a function; `input` is what is piped into it. */
export function callFunction(
  callee: ScriptFunction,
  args: readonly CommandArgument[],
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  return inScope(evaluation, offset, callee.name, () => {
    const bound = bindAll(callee, args, input, offset, evaluation);
    if (!bound) return undefined;
    const sink = new CollectingSink(evaluation, offset);
    runBody(callee, input, evaluation, sink);
    takeReturn(evaluation);
    return evaluation.flow === null ? sink.output : undefined;
  });
}

/** Runs a block on one item, which is `$_`, in the scope around it; `return` ends only the block. */
export function runBlockOn(
  block: ScriptBlock,
  item: ScriptValue,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const before = evaluation.variables.get("_");
  evaluation.variables.set("_", item);
  const sink = new CollectingSink(evaluation, block.start);
  const done = deeper(evaluation, block.start, "this block", () => {
    evaluation.run.statements(bodyOf(block), evaluation, sink);
    return true;
  });
  if (before === undefined) evaluation.variables.forget("_", "no pipeline runs here");
  else evaluation.variables.set("_", before);
  takeReturn(evaluation);
  return done === true && evaluation.flow === null ? sink.output : undefined;
}

function deeper<T>(
  evaluation: Evaluation,
  offset: number,
  name: string,
  work: () => T,
): T | undefined {
  if (evaluation.depth >= MAX_SCRIPT_CALLS) {
    const what = `${name} is called more than ${MAX_SCRIPT_CALLS} deep`;
    return refuse(evaluation, "IMPORT_TOO_LARGE", offset, what, "end the recursion");
  }
  evaluation.depth++;
  try {
    return work();
  } finally {
    evaluation.depth--;
  }
}

function inScope<T>(
  evaluation: Evaluation,
  offset: number,
  name: string,
  work: () => T,
): T | undefined {
  return deeper(evaluation, offset, name, () => {
    evaluation.variables.enter();
    try {
      return work();
    } finally {
      evaluation.variables.leave();
    }
  });
}

function bodyOf(block: ScriptBlock): readonly ScriptStatement[] {
  return block.statements.filter(({ head }) => head !== "param");
}

function bindAll(
  callee: ScriptFunction,
  args: readonly CommandArgument[],
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): boolean {
  const { variables } = evaluation;
  const free = callee.parameters.length === 0;
  const positional = args.flatMap((argument) =>
    argument.kind === "value" ? [argument.value] : [],
  );
  const unknown = positional.find(isUnknown);
  if (unknown !== undefined && free) variables.forget("args", unknown.cause);
  else variables.set("args", free ? positional : []);
  variables.set("input", [...(input?.items ?? [])]);
  if (free) return true;
  const bound = bindParameters(signatureOf(callee.name, callee.parameters), args, evaluation);
  if (bound === undefined) return false;
  if (bound.common.get("whatif") === true) variables.set("whatifpreference", true);
  const known = [...bound.raw].filter(([, value]) => !isUnknown(value));
  variables.set("psboundparameters", makeTable(known));
  return callee.parameters.every((parameter) =>
    bindOne(parameter, bound.raw.get(parameter.name), input !== null, offset, evaluation),
  );
}

/** Gives one parameter its value, its default, or what PowerShell gives to those without one. */
export function bindOne(
  parameter: ScriptParameter,
  given: ScriptValue | undefined,
  piped: boolean,
  offset: number,
  evaluation: Evaluation,
): boolean {
  const key = variableKey(parameter.name);
  if (isUnknown(given)) {
    evaluation.variables.forget(key, given.cause);
    return true;
  }
  if (given !== undefined) {
    const value = parameter.type === null ? given : convert(parameter.type, given);
    if (value !== undefined) {
      evaluation.variables.set(key, value);
      return true;
    }
    const what = `-${parameter.name} cannot be made [${parameter.type}] without PowerShell`;
    refuseUnresolved(evaluation, offset, what);
    return false;
  }
  if (piped && (parameter.fromPipeline || parameter.fromPipelineByName)) {
    evaluation.variables.set(key, null);
    return true;
  }
  if (parameter.mandatory) {
    const what = `PowerShell would ask for -${parameter.name}, which is not given`;
    refuseUnresolved(evaluation, offset, what, `give -${parameter.name}`);
    return false;
  }
  setDefault(parameter, key, evaluation);
  return true;
}

/** A type that is not known here leaves the value as it is. */
function convert(type: string, value: ScriptValue): ScriptValue | undefined {
  return castValue(type, value) ?? (/^(?:int|long|double|decimal)/.test(type) ? undefined : value);
}

function setDefault(parameter: ScriptParameter, key: string, evaluation: Evaluation): void {
  if (parameter.default === null) {
    evaluation.variables.set(key, emptyOf(parameter.type));
    return;
  }
  const { from, to } = parameter.default;
  const value = evaluation.run.range(from, to, evaluation);
  const converted = value === undefined ? undefined : convert(parameter.type ?? "object", value);
  if (converted === undefined) evaluation.variables.forget(key, "its default is not known");
  else evaluation.variables.set(key, converted);
}

function emptyOf(type: string | null): ScriptValue {
  if (type === "string") return "";
  if (type === "bool" || isSwitchType(type)) return false;
  return type !== null && /^(?:int|int32|int64|long|double)$/.test(type) ? 0 : null;
}

/** `begin`, `process` and `end`, or the body as one. */
function runBody(
  callee: ScriptFunction,
  input: PipelineItems | null,
  evaluation: Evaluation,
  sink: OutputSink,
): void {
  const named = (word: string): readonly ScriptStatement[] =>
    callee.block.statements
      .filter(({ head, blocks }) => head === word && blocks.size > 0)
      .flatMap(({ blocks }) => [...blocks.values()].flatMap((block) => block.statements));
  const phases = callee.block.statements.some(
    ({ head, blocks }) => isPhase(head) && blocks.size > 0,
  );
  const { run } = evaluation;
  if (!phases && !callee.isFilter) {
    if (input !== null) bindItem(callee, input.items.at(-1) ?? null, evaluation);
    run.statements(bodyOf(callee.block), evaluation, sink);
    return;
  }
  run.statements(named("begin"), evaluation, sink);
  const each = callee.isFilter && !phases ? bodyOf(callee.block) : named("process");
  for (const item of input === null ? [null] : input.items) {
    if (evaluation.flow !== null) break;
    if (input !== null) bindItem(callee, item, evaluation);
    run.statements(each, evaluation, sink);
    takeReturn(evaluation);
  }
  if (evaluation.flow === null) run.statements(named("end"), evaluation, sink);
}

/** `return` ends only what is called. */
function takeReturn(evaluation: Evaluation): void {
  if (evaluation.flow?.kind === "return") evaluation.flow = null;
}

/** Whether a word begins a phase of a function's body. */
export function isPhase(head: string): boolean {
  return head === "begin" || head === "process" || head === "end";
}

function bindItem(callee: ScriptFunction, item: ScriptValue, evaluation: Evaluation): void {
  evaluation.variables.set("_", item);
  for (const parameter of callee.parameters) {
    const own = parameter.fromPipelineByName ? propertyOf(item, parameter.name) : undefined;
    const value = own ?? (parameter.fromPipeline ? item : undefined);
    if (value === undefined) continue;
    evaluation.variables.set(
      variableKey(parameter.name),
      convert(parameter.type ?? "object", value) ?? value,
    );
  }
}
