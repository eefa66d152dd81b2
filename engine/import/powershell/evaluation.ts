/**
 * What running a script may read and change. Nothing of a statement is kept unless all of it was
 * understood: `checkpoint` and `rollBack`.
 *
 * @module
 */
import type { Parser } from "web-tree-sitter";
import { type ProblemCode, problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import type {
  CmdletInvocation,
  CmdletResult,
  CmdletSignature,
} from "../../tenant/cmdlet-invocation.ts";
import { MAX_SCRIPT_STEPS } from "../budgets.ts";
import type { ChangeJournal } from "./change-journal.ts";
import type { NeighbourFiles } from "./neighbour-files.ts";
import type { ScriptFunction } from "./script-function.ts";
import type { ScriptProblems } from "./script-problems.ts";
import type { ScriptBlock, ScriptStatement } from "./script-statement.ts";
import type { ScriptValue } from "./script-value.ts";
import type { ScriptVariables } from "./script-variables.ts";
import type { SourcePlaces } from "./source-places.ts";
import type { SyntaxNode } from "./syntax-node.ts";
import type { SyntaxTrees } from "./syntax-trees.ts";

/** The cmdlets a script may call. */
export interface CmdletSet {
  /** By name in lower case. */
  readonly signatures: ReadonlyMap<string, CmdletSignature>;
  readonly run: (tenant: Tenant, invocation: CmdletInvocation) => CmdletResult;
}

/** What stays the same for a whole script. */
export interface ScriptContext {
  readonly text: string;
  readonly places: SourcePlaces;
  readonly parser: Parser;
  readonly cmdlets: CmdletSet;
  /** Values for `<placeholders>` and for the script's own parameters, by name in lower case. */
  readonly placeholders: ReadonlyMap<string, string>;
  /** Aliases, in lower case, that the script defines itself and so no longer mean what they did. */
  readonly redefined: Set<string>;
  /** Files beside the script; `null` when it stands in no folder. */
  readonly files: NeighbourFiles | null;
}

/** What leaves the statements around it: `break`, `continue`, `return`, `throw`, `exit`. */
export interface Flow {
  readonly kind: "break" | "continue" | "return" | "throw" | "exit";
  /** Of `break` and `continue`; "" for the nearest loop. */
  readonly label: string;
  /** Of `throw`. */
  readonly value: ScriptValue;
}

/** What a stage of a pipeline hands to the next one, or a statement to whoever takes its output. */
export interface PipelineItems {
  readonly items: readonly ScriptValue[];
  /** Select-Object made the objects: few properties print as a table. */
  readonly selected: boolean;
  /** Why these may not be all items; `null` when they are. */
  readonly missing: string | null;
}

/** Where the output of statements goes. */
export interface OutputSink {
  readonly emit: (output: PipelineItems) => void;
}

/** What the parts of the interpreter need of each other, where they would import in circles. */
export interface Runners {
  readonly expression: (node: SyntaxNode, evaluation: Evaluation) => ScriptValue | undefined;
  readonly pipeline: (node: SyntaxNode, evaluation: Evaluation) => ScriptValue | undefined;
  /** Runs a node that is a statement but no pipeline, for its output. */
  readonly statement: (node: SyntaxNode, evaluation: Evaluation) => PipelineItems | undefined;
  readonly statements: (
    statements: readonly ScriptStatement[],
    evaluation: Evaluation,
    sink: OutputSink,
  ) => void;
  /** Runs the statements between two offsets of the file: the inside of `"$( … )"`. */
  readonly range: (from: number, to: number, evaluation: Evaluation) => ScriptValue | undefined;
  /** Runs a block on one item, which is `$_`, in the scope it stands in. */
  readonly blockOn: (
    block: ScriptBlock,
    item: ScriptValue,
    evaluation: Evaluation,
  ) => PipelineItems | undefined;
}

/** A run of a script. `undefined` from any step means: refused, and a problem says why; or `flow` is set. */
export interface Evaluation {
  readonly script: ScriptContext;
  tenant: Tenant;
  readonly variables: ScriptVariables;
  readonly journal: ChangeJournal;
  /** By name in lower case. */
  readonly functions: Map<string, ScriptFunction>;
  readonly problems: ScriptProblems;
  readonly output: string[];
  readonly invocations: CmdletInvocation[];
  /** `$( … )` and calls inside each other. */
  depth: number;
  /** `try` blocks around this statement whose `catch` would hear of a failure. */
  tries: number;
  /** Loops around this statement, and those among them that no list ends. */
  loops: number;
  openLoops: number;
  steps: number;
  /** Whether the script was ended because it costs too much. */
  stopped: boolean;
  /** What was come to, so that the rest can be looked at for syntax errors. */
  readonly reached: WeakSet<ScriptStatement>;
  readonly trees: SyntaxTrees;
  flow: Flow | null;
  readonly run: Runners;
}

/** A moment to return to. */
export interface Checkpoint {
  readonly tenant: Tenant;
  readonly journal: number;
  readonly output: number;
  readonly invocations: number;
}

export function checkpoint(evaluation: Evaluation): Checkpoint {
  return {
    tenant: evaluation.tenant,
    journal: evaluation.journal.mark(),
    output: evaluation.output.length,
    invocations: evaluation.invocations.length,
  };
}

/** Takes back all that was changed since `to`; problems stay. */
export function rollBack(evaluation: Evaluation, to: Checkpoint): void {
  evaluation.tenant = to.tenant;
  evaluation.journal.undoTo(to.journal);
  evaluation.output.length = to.output;
  evaluation.invocations.length = to.invocations;
}

/** Nothing, of which nothing is missing. */
export const NO_ITEMS: PipelineItems = { items: [], selected: false, missing: null };

/** Items that are all there. */
export function allItems(items: readonly ScriptValue[], selected = false): PipelineItems {
  return { items, selected, missing: null };
}

/** Notes why a statement is refused; the value is `undefined`, to be returned. */
export function refuse(
  evaluation: Evaluation,
  code: ProblemCode,
  offset: number,
  what: string,
  hint: string,
): undefined {
  evaluation.problems.add(problem(code, what, hint, evaluation.script.places.at(offset)));
  return undefined;
}

/** Refuses what only a running PowerShell could know. */
export function refuseUnresolved(
  evaluation: Evaluation,
  offset: number,
  what: string,
  hint = "write the value itself in its place",
): undefined {
  return refuse(evaluation, "IMPORT_UNRESOLVED", offset, what, hint);
}

/** The items as a value that others compute with; refused when some are missing. */
export function valueOfItems(
  output: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): readonly ScriptValue[] | undefined {
  if (output.missing === null) return output.items;
  return refuseUnresolved(evaluation, offset, `what this gives is not known: ${output.missing}`);
}

/** Counts work; `false`, and the end of the script, when it is more than a script may cost. */
export function spend(evaluation: Evaluation, steps: number, offset: number): boolean {
  if (evaluation.steps > MAX_SCRIPT_STEPS) return false;
  evaluation.steps += steps;
  if (evaluation.steps <= MAX_SCRIPT_STEPS) return true;
  stopScript(evaluation, offset, `the script takes more than ${MAX_SCRIPT_STEPS} steps`);
  return false;
}

/** Ends the script here, because it costs too much. */
export function stopScript(evaluation: Evaluation, offset: number, what: string): undefined {
  evaluation.flow = { kind: "exit", label: "", value: null };
  evaluation.stopped = true;
  const hint = "split it, or correct the loop or call that does not end";
  return refuse(
    evaluation,
    "IMPORT_TOO_LARGE",
    offset,
    `${what}; from here on it was not run`,
    hint,
  );
}
