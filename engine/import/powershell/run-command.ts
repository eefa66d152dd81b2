/**
 * Runs one command: a cmdlet of the tenant, a filter, or a session command that is passed over.
 *
 * @module
 */
import { didYouMean } from "../../model/nearest-name.ts";
import { hasErrors, problem } from "../../model/problem.ts";
import type { CmdletInvocation, CmdletSignature } from "../../tenant/cmdlet-invocation.ts";
import { type BoundParameters, bindParameters } from "./bind-parameters.ts";
import { type Evaluation, refuse, refuseUnresolved } from "./evaluation.ts";
import { classifyCommand, knownCommandNames } from "./known-commands.ts";
import { readArguments } from "./read-arguments.ts";
import { type PipelineItems, runFilter } from "./run-filter.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";

const NOTHING: PipelineItems = { items: [], selected: false };

/** Runs a `command` node on what is piped into it; `null` = it is the first of its pipeline. */
export function runCommand(
  node: SyntaxNode,
  input: PipelineItems | null,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const nameNode = childOf(node, "command_name");
  if (nameNode === undefined || nameNode.children.length > 0) {
    const what = "which command this calls is known only at run time";
    return refuseUnresolved(evaluation, node.start, what, "write the cmdlet's name");
  }
  const name = nameNode.text;
  if (evaluation.script.redefined.has(name.toLowerCase())) {
    const what = `"${name}" is a function or alias of this script, which is not run`;
    return refuseUnresolved(evaluation, node.start, what, "write the cmdlets it calls");
  }
  const known = classifyCommand(name);
  if (known.kind === "session") return NOTHING;
  if (known.kind === "runtime") {
    return refuseUnresolved(evaluation, node.start, `${known.name} needs a runtime value`);
  }
  if (known.kind === "filter") return runKnownFilter(known.name, node, input, evaluation);
  const signature = evaluation.script.cmdlets.signatures.get(name.toLowerCase());
  if (signature === undefined) return refuseUnknown(name, node, evaluation);
  if (input !== null) {
    const what = `what is piped into ${signature.name} is known only at run time`;
    return refuseUnresolved(evaluation, node.start, what, "name the objects with -Identity");
  }
  return runCmdlet(signature, node, evaluation);
}

function runKnownFilter(
  name: string,
  node: SyntaxNode,
  input: PipelineItems | null,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const chatter = name === "Write-Host";
  const before = evaluation.problems.length;
  const args = readArguments(node, evaluation);
  if (args !== undefined) return runFilter(name, args, input ?? NOTHING, node.start, evaluation);
  if (!chatter) return undefined;
  // WHY: a greeting with an unknown name in it changes nothing of the tenant and is passed over.
  evaluation.problems.length = before;
  return NOTHING;
}

function refuseUnknown(name: string, node: SyntaxNode, evaluation: Evaluation): undefined {
  const names = [
    ...[...evaluation.script.cmdlets.signatures.values()].map((s) => s.name),
    ...knownCommandNames(),
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

function runCmdlet(
  signature: CmdletSignature,
  node: SyntaxNode,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const args = readArguments(node, evaluation);
  const bound = args === undefined ? undefined : bindParameters(signature, args, evaluation);
  if (bound === undefined) return undefined;
  const at = evaluation.script.places.at(node.start);
  if (isWhatIf(bound, evaluation)) {
    const what = `${signature.name} stands here with -WhatIf, so it changes nothing`;
    evaluation.problems.push(problem("IMPORT_WHATIF", what, "leave -WhatIf out to apply it", at));
    return NOTHING;
  }
  const invocation: CmdletInvocation = { cmdlet: signature.name, parameters: bound.own, at };
  const result = evaluation.script.cmdlets.run(evaluation.tenant, invocation);
  if (isSilentQuestion(signature, bound) && hasErrors(result.problems)) return NOTHING;
  evaluation.problems.push(...result.problems);
  if (hasErrors(result.problems)) return undefined;
  evaluation.tenant = result.tenant;
  evaluation.invocations.push(invocation);
  return { items: result.output, selected: false };
}

function isWhatIf(bound: BoundParameters, evaluation: Evaluation): boolean {
  const given = bound.common.get("whatif") ?? bound.own.get("WhatIf");
  if (given !== undefined) return given !== false;
  return (evaluation.variables.get("whatifpreference") ?? false) !== false;
}

/** `Get-… -ErrorAction SilentlyContinue` asks whether something is there, and may hear nothing. */
function isSilentQuestion(signature: CmdletSignature, bound: BoundParameters): boolean {
  const action = String(bound.common.get("erroraction") ?? "").toLowerCase();
  return signature.name.startsWith("Get-") && ["silentlycontinue", "ignore"].includes(action);
}
