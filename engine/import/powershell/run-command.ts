/**
 * Runs one command: a function of the script, a filter, a cmdlet of the tenant, or a session command
 * that is passed over.
 *
 * @module
 */
import { didYouMean } from "../../model/nearest-name.ts";
import { problem } from "../../model/problem.ts";
import { passedOverNames } from "../../tenant/passed-over-cmdlets.ts";
import { callFunction } from "./call-function.ts";
import {
  type Evaluation,
  NO_ITEMS,
  type PipelineItems,
  refuse,
  refuseUnresolved,
} from "./evaluation.ts";
import {
  type CommandKind,
  classifyCommand,
  knownCommandNames,
  runtimeAdvice,
} from "./known-commands.ts";
import { readArguments, readLeniently } from "./read-arguments.ts";
import { runCmdlet } from "./run-cmdlet-command.ts";
import { chatterOf, runFilter } from "./run-filter.ts";
import { runMaking } from "./run-making.ts";
import { runObjects } from "./run-objects.ts";
import { passOver } from "./run-passed-over.ts";
import { blockParameters } from "./script-function.ts";
import { isBlockValue, type ScriptValue } from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";

/** Runs a `command` node on what is piped into it; `null` = it is the first of its pipeline. */
export function runCommand(
  node: SyntaxNode,
  input: PipelineItems | null,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const invoked = childOf(node, "command_name_expr");
  const target = invoked === undefined ? plainName(node) : invokedValue(invoked, evaluation);
  if (target === undefined && evaluation.flow !== null) return undefined;
  if (isBlockValue(target)) {
    const { text } = evaluation.script;
    const parameters = blockParameters(target.block, text);
    const callee = { name: "this block", parameters, block: target.block, isFilter: false };
    const args = readLeniently(node, evaluation);
    return args && callFunction(callee, args, input, node.start, evaluation);
  }
  const dotted = childOf(node, "command_invocation_operator")?.text === ".";
  if (typeof target === "string" && !dotted) return runNamed(target, node, input, evaluation);
  if (invoked !== undefined && target === undefined) return undefined;
  const what = dotted
    ? "another script is read in here, which is not run"
    : "which command this calls is known only at run time";
  return refuseUnresolved(evaluation, node.start, what, "write the cmdlets it runs");
}

function plainName(node: SyntaxNode): string | undefined {
  const name = childOf(node, "command_name");
  return name === undefined || name.children.length > 0 ? undefined : name.text;
}

/** What `&` or `.` calls: a block, or a name. */
function invokedValue(node: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const [inner] = node.children;
  if (inner?.type === "command_name") return inner.text;
  const expression = inner?.type === "path_command_name" ? inner.children[0] : inner;
  if (
    expression === undefined ||
    (inner?.type === "path_command_name" && inner.children.length > 1)
  ) {
    return refuseUnresolved(
      evaluation,
      node.start,
      "what is called here is known only at run time",
    );
  }
  return evaluation.run.expression(expression, evaluation);
}

function runNamed(
  name: string,
  node: SyntaxNode,
  input: PipelineItems | null,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const key = name.toLowerCase();
  const own = evaluation.functions.get(key);
  if (own !== undefined) {
    const args = readLeniently(node, evaluation);
    return args && callFunction(own, args, input, node.start, evaluation);
  }
  if (evaluation.script.redefined.has(key)) {
    const what = `"${name}" is an alias or a function of this script that is not known here`;
    return refuseUnresolved(evaluation, node.start, what, "write the cmdlets it calls");
  }
  const known = classifyCommand(name);
  if (known.kind !== "other") return runKnown(known.kind, known.name, node, input, evaluation);
  const signature = evaluation.script.cmdlets.signatures.get(key);
  if (signature === undefined) {
    return passOver(name, node, evaluation) ?? refuseUnknown(name, node, evaluation);
  }
  return runCmdlet(signature, node, input, evaluation);
}

function runKnown(
  kind: Exclude<CommandKind, "other">,
  name: string,
  node: SyntaxNode,
  input: PipelineItems | null,
  evaluation: Evaluation,
): PipelineItems | undefined {
  if (kind === "session") return NO_ITEMS;
  if (kind === "chatter") return chat(name, node, input, evaluation);
  if (kind === "writing") {
    const at = evaluation.script.places.at(node.start);
    const what = `${name} changes files, and is not carried out`;
    evaluation.problems.add(problem("IMPORT_NOT_CARRIED_OUT", what, "nothing is to be done", at));
    return NO_ITEMS;
  }
  if (kind === "runtime") {
    const { what, hint } = runtimeAdvice(name);
    return refuseUnresolved(evaluation, node.start, what, hint);
  }
  const args = readArguments(node, evaluation);
  if (args === undefined) return undefined;
  if (kind === "making") return runMaking(name, args, input, node.start, evaluation);
  const run = kind === "objects" ? runObjects : runFilter;
  return run(name, args, input ?? NO_ITEMS, node.start, evaluation);
}

/** A greeting with an unknown name in it changes nothing of the tenant and is passed over. */
function chat(
  name: string,
  node: SyntaxNode,
  input: PipelineItems | null,
  evaluation: Evaluation,
): PipelineItems | undefined {
  if (name !== "Write-Host") return NO_ITEMS;
  const args = evaluation.problems.attempt(
    () => readArguments(node, evaluation),
    (found) => found !== undefined,
  );
  if (evaluation.flow !== null) return undefined;
  if (args !== undefined) evaluation.output.push(chatterOf(args, input));
  return NO_ITEMS;
}

function refuseUnknown(name: string, node: SyntaxNode, evaluation: Evaluation): undefined {
  const names = [
    ...[...evaluation.script.cmdlets.signatures.values()].map((s) => s.name),
    ...knownCommandNames(),
    ...passedOverNames(),
    ...[...evaluation.functions.values()].map((f) => f.name),
  ];
  const hint = didYouMean(name, names) ?? "leave it out, or write what it does as cmdlets";
  return refuse(
    evaluation,
    "IMPORT_UNKNOWN_COMMAND",
    node.start,
    `"${name}" is no command that is known here`,
    hint,
  );
}
