/**
 * Cmdlets of Teams that route nothing: they are told and not run, their arguments are not even read, and
 * what they would give is known to nobody.
 *
 * @module
 */
import { passedOver, passedOverCmdlet } from "../../tenant/passed-over-cmdlets.ts";
import { type Evaluation, NO_ITEMS, type PipelineItems } from "./evaluation.ts";
import { classifyCommand } from "./known-commands.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";
import { isOfScript, variableKey, variableName } from "./variables.ts";

/** Cmdlets with these verbs give nothing back, but for -PassThru. */
const SILENT_VERB = /^(?:set|grant|remove|add|update)-/i;

/** Passes over the cmdlet of that name; `null` = it is none of these. */
export function passOver(
  name: string,
  node: SyntaxNode,
  evaluation: Evaluation,
): PipelineItems | null {
  const known = passedOverCmdlet(name);
  if (known === null) return null;
  evaluation.problems.add(passedOver(known, known, evaluation.script.places.at(node.start)));
  if (SILENT_VERB.test(known)) return NO_ITEMS;
  return { ...NO_ITEMS, missing: `${known} is passed over` };
}

/** The command's plain name; "" = it has none, or the script has a function or an alias of that name. */
function nameOf(command: SyntaxNode, evaluation: Evaluation): string {
  const name = command.type === "command" ? (childOf(command, "command_name")?.text ?? "") : "";
  const key = name.toLowerCase();
  const isOwn = evaluation.functions.has(key) || evaluation.script.redefined.has(key);
  return isOwn ? "" : name;
}

/**
 * What a stage makes of items of which some are not known: Out-Null gives nothing, what only shapes or
 * prints gives as little as it is given, and what is passed over reads none; `null` = it needs them.
 */
export function stageOfUnknown(
  stage: SyntaxNode,
  carried: PipelineItems,
  evaluation: Evaluation,
): PipelineItems | null {
  const name = nameOf(stage, evaluation);
  if (name === "") return null;
  const known = classifyCommand(name);
  if (known.name === "Out-Null") return NO_ITEMS;
  return known.kind === "filter" ? carried : passOver(name, stage, evaluation);
}

/**
 * `$menu = New-CsAutoAttendantMenu …`: the variable has no known value from here on, which is told where a
 * line needs it.
 *
 * @returns Whether the assignment was such a one.
 */
export function assignPassedOver(assignment: SyntaxNode, evaluation: Evaluation): boolean {
  const chain = innermost(assignment.children.at(-1), "pipeline_chain");
  const [first, ...rest] = (chain?.children ?? []).filter(({ type }) => type !== "|");
  const target = innermost(assignment.children[0], "variable");
  if (first === undefined || target === undefined) return false;
  const name = nameOf(first, evaluation);
  const isPlain = rest.every(
    (stage) => classifyCommand(nameOf(stage, evaluation)).kind === "filter",
  );
  if (!isPlain || passOver(name, first, evaluation) === null) return false;
  const variable = variableName(target.text);
  const { line } = evaluation.script.places.at(first.start);
  const cause = `line ${line}: ${name} is passed over`;
  evaluation.variables.forget(variableKey(variable), cause, isOfScript(variable));
  return true;
}

/** The node of that type under those that only wrap one. */
function innermost(node: SyntaxNode | undefined, type: string): SyntaxNode | undefined {
  let inner = node;
  while (inner !== undefined && inner.type !== type) {
    inner = inner.children.length === 1 ? inner.children[0] : undefined;
  }
  return inner;
}
