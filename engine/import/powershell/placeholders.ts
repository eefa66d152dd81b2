/**
 * `<user>` and the like: what documentation writes where a value of one's own belongs.
 *
 * @module
 */
import { type Problem, problem } from "../../model/problem.ts";
import type { ScriptContext } from "./evaluation.ts";
import type { ScriptStatement } from "./script-statement.ts";

/** A problem for each placeholder of a statement that no value was given for. */
export function placeholderProblems(statement: ScriptStatement, script: ScriptContext): Problem[] {
  const problems: Problem[] = [];
  for (const [offset, literal] of statement.literals) {
    let name: string | undefined;
    let at = offset;
    if (literal.kind === "placeholder") name = literal.name;
    else if (literal.kind === "string") {
      const { contentStart, contentEnd } = literal.extent;
      name = /^<(\p{L}[^<>]*)>$/u.exec(script.text.slice(contentStart, contentEnd))?.[1]?.trim();
      at = contentStart;
    }
    if (name === undefined || script.placeholders.has(name.toLowerCase())) continue;
    const flag = /\s/.test(name) ? `--set "${name}=…"` : `--set ${name}=…`;
    const what = `<${name}> stands for a value of your own`;
    const hint = `write the value in its place, or give ${flag}`;
    problems.push(problem("IMPORT_PLACEHOLDER", what, hint, script.places.at(at)));
  }
  return problems;
}
