/**
 * `switch`: each clause whose condition fits runs its block (Microsoft: about_Switch).
 *
 * @module
 */

import { makeTable } from "./change-object.ts";
import { areEqual } from "./compare-values.ts";
import { type Evaluation, type OutputSink, refuseUnresolved, valueOfItems } from "./evaluation.ts";
import { goesOn } from "./loop-flow.ts";
import { matchRegex } from "./script-regex.ts";
import type { ScriptBlock } from "./script-statement.ts";
import {
  collapse,
  elementsOf,
  isArray,
  isTruthy,
  type ScriptValue,
  toText,
} from "./script-value.ts";
import { skipComments } from "./skip-filler.ts";
import { blockOf, childOf, type SyntaxNode } from "./syntax-node.ts";
import { matchesWildcard } from "./wildcard.ts";

interface SwitchClause {
  /** Offsets of the condition's text; of a block that is asked; `null` for `default`. */
  readonly condition: { readonly from: number; readonly to: number } | ScriptBlock | null;
  readonly body: ScriptBlock;
}

type Way = "exact" | "wildcard" | "regex";

/** Runs a `switch_statement` node; `false` = it is refused. */
export function runSwitch(
  node: SyntaxNode,
  label: string,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  const condition = childOf(node, "switch_condition");
  const pipeline = condition && childOf(condition, "pipeline");
  const bodyNode = childOf(node, "switch_body");
  const block = bodyNode === undefined ? null : blockOf(bodyNode);
  const options = childOf(node, "switch_parameters")?.text.toLowerCase() ?? "";
  if (pipeline === undefined || block === null || options.includes("-file")) {
    refuseUnresolved(evaluation, node.start, "this switch needs PowerShell to run");
    return false;
  }
  const value = evaluation.run.pipeline(pipeline, evaluation);
  if (value === undefined) return false;
  const clauses = clausesOf(block, evaluation.script.text);
  const before = evaluation.variables.get("_");
  evaluation.loops++;
  let done = true;
  for (const item of isArray(value) ? value : [value]) {
    evaluation.variables.set("_", item);
    done = runClauses(clauses, item, matchingOf(options), evaluation, sink);
    if (!done || !goesOn(evaluation, label)) break;
  }
  evaluation.loops--;
  if (before !== undefined) evaluation.variables.set("_", before);
  return done;
}

function matchingOf(options: string): Matching {
  const exactCase = options.includes("-c");
  if (options.includes("-r")) return { way: "regex", exactCase };
  return { way: options.includes("-w") ? "wildcard" : "exact", exactCase };
}

/** The clauses of a body: what stands between its blocks are their conditions. */
function clausesOf(body: ScriptBlock, text: string): readonly SwitchClause[] {
  const blocks = body.statements
    .flatMap((statement) => [...statement.blocks.values()])
    .sort((a, b) => a.start - b.start);
  const clauses: SwitchClause[] = [];
  let at = body.start + 1;
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i];
    if (block === undefined) break;
    const from = skipSeparators(text, at, block.start);
    const words = text.slice(from, block.start).trim();
    const next = blocks[i + 1];
    if (words === "" && next !== undefined) {
      clauses.push({ condition: block, body: next });
      at = next.end;
      i++;
    } else {
      const condition = /^default$/i.test(words) ? null : { from, to: block.start };
      clauses.push({ condition, body: block });
      at = block.end;
    }
  }
  return clauses;
}

function skipSeparators(text: string, from: number, to: number): number {
  let at = skipComments(text, from, to);
  while (text[at] === ";" && at < to) at = skipComments(text, at + 1, to);
  return at;
}

interface Matching {
  readonly way: Way;
  readonly exactCase: boolean;
}

function runClauses(
  clauses: readonly SwitchClause[],
  item: ScriptValue,
  matching: Matching,
  evaluation: Evaluation,
  sink: OutputSink,
): boolean {
  let some = false;
  for (const { condition, body } of clauses) {
    const applies = condition === null ? !some : fits(item, condition, matching, evaluation);
    if (applies === undefined) return false;
    if (!applies) continue;
    some = true;
    evaluation.run.statements(body.statements, evaluation, sink);
    if (evaluation.flow !== null) return true;
  }
  return true;
}

function fits(
  item: ScriptValue,
  condition: NonNullable<SwitchClause["condition"]>,
  matching: Matching,
  evaluation: Evaluation,
): boolean | undefined {
  if ("statements" in condition) {
    const output = evaluation.run.blockOn(condition, item, evaluation);
    const items = output && valueOfItems(output, condition.start, evaluation);
    return items === undefined ? undefined : isTruthy(collapse(items));
  }
  const word = evaluation.script.text.slice(condition.from, condition.to).trim();
  const wanted = /^[\p{L}_*?][\p{L}\p{N}_*?.-]*$/u.test(word)
    ? word
    : evaluation.run.range(condition.from, condition.to, evaluation);
  if (wanted === undefined) return undefined;
  return fitsValue(item, wanted, matching, condition.from, evaluation);
}

function fitsValue(
  item: ScriptValue,
  wanted: ScriptValue,
  { way, exactCase }: Matching,
  offset: number,
  evaluation: Evaluation,
): boolean | undefined {
  if (way === "wildcard") return matchesWildcard(toText(item), toText(wanted), exactCase);
  if (way === "exact") {
    return elementsOf(wanted).length === 0
      ? item === null
      : areEqual(typeof wanted === "string" ? toText(item) : item, wanted, exactCase);
  }
  const groups = matchRegex(toText(wanted), toText(item), exactCase);
  if (groups === undefined) {
    return refuseUnresolved(evaluation, offset, "this pattern needs PowerShell to run");
  }
  if (groups !== null) evaluation.variables.set("matches", makeTable(groups));
  return groups !== null;
}
