/**
 * Reading and setting a script's variables.
 *
 * @module
 */
import { nearestName } from "../../model/nearest-name.ts";
import { type Evaluation, refuseUnresolved } from "./evaluation.ts";
import type { ScriptValue } from "./script-value.ts";
import { type SyntaxNode, walk } from "./syntax-node.ts";

const CONSTANTS: Readonly<Record<string, ScriptValue>> = { true: true, false: false, null: null };

/** `Global:User` → `user`, `PSItem` → `_`; variables of other drives (`env:`) keep their prefix. */
export function variableKey(name: string): string {
  const key = name.toLowerCase().replace(/^(?:global|script|local|private|variable|using):/, "");
  return key === "psitem" ? "_" : key;
}

/** Whether the name says that the variable is the script's, and not the function's. */
export function isOfScript(name: string): boolean {
  return /^(?:global|script):/i.test(name);
}

/** The name behind `$`, `@` or inside `${ }` of a `variable` node's text. */
export function variableName(text: string): string {
  return text.startsWith("${") ? text.slice(2, -1) : text.slice(1);
}

/** A variable's value; refused when nothing that was understood has set it. */
export function readVariable(
  name: string,
  offset: number,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const key = variableKey(name);
  if (Object.hasOwn(CONSTANTS, key)) return CONSTANTS[key];
  const value = evaluation.variables.get(key);
  if (value !== undefined) return value;
  const cause = evaluation.variables.causeOf(key);
  if (cause !== null) {
    const hint = `set $${name} to a literal before this line`;
    return refuseUnresolved(evaluation, offset, `$${name} has no known value: ${cause}`, hint);
  }
  const near = nearestName(key, evaluation.variables.keys());
  const hint = near === null ? `set $${name} to a literal before this line` : `use $${near}`;
  return refuseUnresolved(
    evaluation,
    offset,
    `$${name} needs a value known only at run time`,
    hint,
  );
}

/**
 * The same for what counts a variable up or adds to it: one that nothing ever set is nothing, in
 * PowerShell as here (Microsoft: about_Variables, documented).
 */
export function readOrNothing(
  name: string,
  offset: number,
  evaluation: Evaluation,
): ScriptValue | undefined {
  const key = variableKey(name);
  const { variables } = evaluation;
  if (variables.get(key) === undefined && variables.causeOf(key) === null) {
    return CONSTANTS[key] ?? null;
  }
  return readVariable(name, offset, evaluation);
}

/** Whether a script may give this variable a value of its own. */
export function isSettable(key: string): boolean {
  const special = ["true", "false", "args", "this", "psdefaultparametervalues", "pscmdlet"];
  return !special.includes(key) && !key.includes(":");
}

/**
 * Names that a statement which was not understood could have set: they have no known value any more.
 * `all` when it could have set any (dot-sourcing, Invoke-Expression).
 */
export function variablesSetBy(tree: SyntaxNode): {
  readonly names: string[];
  /** Those that a method may have changed, unless they hold a text or a number. */
  readonly handedOver: string[];
  readonly all: boolean;
} {
  const names: string[] = [];
  const handedOver: string[] = [];
  let all = false;
  for (const node of walk(tree)) {
    if (SETTING_NODES.includes(node.type)) {
      names.push(...variablesIn(node));
    } else if (node.type === "invocation_expression") handedOver.push(...variablesIn(node));
    else if (node.type === "command") all ||= mayRunAnything(node);
    else if (node.type === "command_elements") names.push(...variablesNamedIn(node.children));
  }
  return { names, handedOver, all };
}

function variablesIn(tree: SyntaxNode): string[] {
  const variables = [...walk(tree)].filter(({ type }) => type === "variable");
  return variables.map(({ text }) => variableName(text));
}

/** `-OutVariable r`, `-ErrorVariable +e`. */
function variablesNamedIn(words: readonly SyntaxNode[]): string[] {
  const own = words.filter((word) => word.type !== "command_argument_sep");
  return own.flatMap((word, i) =>
    word.type === "command_parameter" && VARIABLE_PARAMETER.test(word.text)
      ? [(own[i + 1]?.text ?? "").replace(/^\+/, "")]
      : [],
  );
}

const VARIABLE_PARAMETER = /^-(?:o|out|e|error|w|warning|i|information|p|pipeline)v/i;

const SETTING_NODES: readonly string[] = [
  "left_assignment_expression",
  "foreach_statement",
  "post_increment_expression",
  "post_decrement_expression",
  "pre_increment_expression",
  "pre_decrement_expression",
  "script_parameter",
  "cast_expression",
];

function mayRunAnything(command: SyntaxNode): boolean {
  const first = command.children[0];
  if (first?.type === "command_invocation_operator") return first.text === ".";
  return /^(?:invoke-expression|iex|set-variable|sv|new-variable|nv|clear-variable)$/i.test(
    first?.text ?? "",
  );
}
