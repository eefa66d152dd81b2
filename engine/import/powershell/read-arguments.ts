/**
 * The words behind a command's name, as parameters and values in the order they stand.
 *
 * @module
 */

import { evaluateExpression } from "./evaluate-expression.ts";
import { expand } from "./evaluate-string.ts";
import { type Evaluation, refuse, refuseUnresolved } from "./evaluation.ts";
import { isArray, isTable, type ScriptValue, toText } from "./script-value.ts";
import { childOf, type SyntaxNode } from "./syntax-node.ts";
import { readVariable } from "./variables.ts";

/** `-Name`, `-Name:value`, or a value. */
export type CommandArgument =
  | {
      readonly kind: "parameter";
      readonly name: string;
      /** The value behind `:`; `undefined` when there is no `:`. */
      readonly attached: ScriptValue | undefined;
      readonly at: number;
    }
  | { readonly kind: "value"; readonly value: ScriptValue; readonly at: number };

/**
 * The same for a function of the script: an argument that is not known is handed on as such, for the
 * function may do no more with it than say it.
 */
export function readLeniently(
  command: SyntaxNode,
  evaluation: Evaluation,
): readonly CommandArgument[] | undefined {
  return readArguments(command, evaluation, (word) => {
    const { problems } = evaluation;
    const value = problems.attempt(
      () => readWord(word, evaluation),
      (found) => found !== undefined || evaluation.flow !== null,
    );
    if (value !== undefined || evaluation.flow !== null) return value;
    const { line } = evaluation.script.places.at(word.start);
    return {
      kind: "unknown",
      cause: `line ${line}: ${problems.latest?.what ?? "it is not known"}`,
    };
  });
}

type ReadWord = (word: SyntaxNode, evaluation: Evaluation) => ScriptValue | undefined;

/** Reads a `command` node's arguments; `undefined` when one of them is refused. */
export function readArguments(
  command: SyntaxNode,
  evaluation: Evaluation,
  read: ReadWord = readWord,
): readonly CommandArgument[] | undefined {
  const elements = childOf(command, "command_elements")?.children ?? [];
  const words = elements.filter((e) => e.type !== "command_argument_sep" || e.text.includes(":"));
  const result: CommandArgument[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word === undefined) break;
    const attached = words[i + 1]?.type === "command_argument_sep" ? words[i + 2] : undefined;
    if (attached !== undefined) i += 2;
    const found = readArgument(word, attached, words[i - 1], evaluation, read);
    if (found === undefined) return undefined;
    result.push(...found);
  }
  return result;
}

function readArgument(
  word: SyntaxNode,
  attached: SyntaxNode | undefined,
  before: SyntaxNode | undefined,
  evaluation: Evaluation,
  read: ReadWord,
): readonly CommandArgument[] | undefined {
  if (word.type === "command_parameter") return readParameter(word, attached, evaluation, read);
  if (word.type === "redirection") return readRedirection(word, evaluation);
  if (word.type === "generic_token" && word.text.startsWith("=")) {
    return refuseEquals(before, word.start, evaluation);
  }
  if (word.text.startsWith("@") && onlyVariable(word)) return spread(word, evaluation);
  const value = read(word, evaluation);
  return value === undefined ? undefined : [{ kind: "value", value, at: word.start }];
}

function readParameter(
  word: SyntaxNode,
  attached: SyntaxNode | undefined,
  evaluation: Evaluation,
  read: ReadWord,
): readonly CommandArgument[] | undefined {
  const equals = word.text.indexOf("=");
  if (equals >= 0) return refuseEquals(word, word.start + equals, evaluation);
  const name = word.text.slice(1);
  if (attached === undefined) return [{ kind: "parameter", name, attached, at: word.start }];
  const value = read(attached, evaluation);
  if (value === undefined) return undefined;
  return [{ kind: "parameter", name, attached: value, at: word.start }];
}

function refuseEquals(
  before: SyntaxNode | undefined,
  offset: number,
  evaluation: Evaluation,
): undefined {
  const name = before?.type === "command_parameter" ? (before.text.split("=")[0] ?? "") : "";
  const what = `"=" ${name === "" ? "" : `behind ${name} `}would be taken for the value itself`;
  const hint = `delete "=": a blank stands between a parameter and its value`;
  return refuse(evaluation, "IMPORT_SYNTAX", offset, what, hint);
}

/** Only the merging of streams and the throwing away of them change nothing of the meaning. */
function readRedirection(
  word: SyntaxNode,
  evaluation: Evaluation,
): readonly CommandArgument[] | undefined {
  const target = childOf(word, "redirected_file_name");
  if (target === undefined || /^\$null$/i.test(target.text.trim())) return [];
  const what = "a redirection to a file is not carried out";
  return refuseUnresolved(evaluation, word.start, what, "leave the redirection out");
}

function onlyVariable(word: SyntaxNode): boolean {
  return word.type === "unary_expression" && word.children[0]?.type === "variable";
}

function spread(word: SyntaxNode, evaluation: Evaluation): readonly CommandArgument[] | undefined {
  const value = readVariable(word.text.slice(1), word.start, evaluation);
  if (value === undefined) return undefined;
  if (isArray(value)) return value.map((one) => ({ kind: "value", value: one, at: word.start }));
  if (!isTable(value)) {
    const what = `${word.text} is no hashtable, so its names are not known`;
    return refuseUnresolved(evaluation, word.start, what);
  }
  const at = word.start;
  return value.entries.map(([name, attached]) => ({ kind: "parameter", name, attached, at }));
}

function readWord(word: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  if (word.type === "expandable_bareword") {
    return expand(word.start, word.end, false, evaluation);
  }
  if (word.type === "concatenated_command_argument") return readJoined(word, evaluation);
  return evaluateExpression(word, evaluation);
}

/** `tel:$number` and `tel:<phone number>`; a quote inside a word is refused, for it may end it. */
function readJoined(word: SyntaxNode, evaluation: Evaluation): ScriptValue | undefined {
  const wordFirst = word.children[0]?.type === "generic_token";
  let text = "";
  for (const part of word.children) {
    const literal = part.literal ?? part.children[0]?.literal ?? null;
    const joins = part.type === "generic_token" || part.type === "variable";
    if (!joins && literal?.kind !== "placeholder" && !(wordFirst && literal?.kind === "string")) {
      const what = "quotes and words run into each other here";
      return refuseUnresolved(evaluation, word.start, what, "put the whole value into quotes");
    }
    const value = evaluateExpression(part, evaluation);
    if (value === undefined) return undefined;
    text += toText(value);
  }
  return text;
}
