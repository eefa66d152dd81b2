/**
 * What evaluating one statement may read and change. Nothing in it is kept unless the whole statement
 * was understood.
 *
 * @module
 */
import type { Parser } from "web-tree-sitter";
import { type Problem, type ProblemCode, problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import type {
  CmdletInvocation,
  CmdletResult,
  CmdletSignature,
} from "../../tenant/cmdlet-invocation.ts";
import type { ScriptValue } from "./script-value.ts";
import type { ScriptVariables } from "./script-variables.ts";
import type { SourcePlaces } from "./source-places.ts";
import type { SyntaxNode } from "./syntax-node.ts";

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
  /** Values for `<placeholders>`, by name in lower case. */
  readonly placeholders: ReadonlyMap<string, string>;
  /** Names, in lower case, that the script defines itself and so no longer mean what they did. */
  readonly redefined: Set<string>;
}

/** One statement's evaluation. `undefined` from any step means: refused, and a problem says why. */
export interface Evaluation {
  readonly script: ScriptContext;
  tenant: Tenant;
  /** Known values by variable name in lower case; a name that is absent has no known value. */
  readonly variables: ScriptVariables;
  readonly problems: Problem[];
  readonly output: string[];
  readonly invocations: CmdletInvocation[];
  /** Depth of `$( … )` inside each other. */
  readonly level: number;
  /** Set by `exit`, `return` and `throw` at the top of the script. */
  ended: boolean;
  /** Runs a `pipeline` node; a function of the context so that expressions can hold pipelines. */
  readonly runPipeline: (node: SyntaxNode, evaluation: Evaluation) => ScriptValue | undefined;
  /** Runs the statements between two offsets of the file: the inside of `"$( … )"`. */
  readonly runRange: (from: number, to: number, evaluation: Evaluation) => ScriptValue | undefined;
}

/** Notes why a statement is refused; the value is `undefined`, to be returned. */
export function refuse(
  evaluation: Evaluation,
  code: ProblemCode,
  offset: number,
  what: string,
  hint: string,
): undefined {
  evaluation.problems.push(problem(code, what, hint, evaluation.script.places.at(offset)));
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
