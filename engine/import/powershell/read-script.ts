/**
 * Reads a PowerShell script onto a tenant. Nothing is ever executed: a closed subset of PowerShell is
 * understood exactly, and a statement that is not understood in full changes nothing and is reported
 * with its place.
 *
 * @module
 */
import { hasErrors, type Outcome, type Problem, problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { CMDLET_SIGNATURES, runCmdlet } from "../../tenant/run-cmdlet.ts";
import {
  MAX_COSTLY_PATTERNS,
  MAX_SCRIPT_CHARS,
  MAX_SCRIPT_ERRORS,
  MAX_STATEMENTS,
} from "../budgets.ts";
import { readConfiguration } from "../dsc/read-configuration.ts";
import { isConfiguration } from "../dsc/scan-resources.ts";
import { readDataBlock } from "./data-block.ts";
import type { CmdletSet, Evaluation, ScriptContext } from "./evaluation.ts";
import { refuse, refuseUnresolved } from "./evaluation.ts";
import { formatItems } from "./format-output.ts";
import { loadGrammar } from "./load-grammar.ts";
import { parseStatement } from "./parse-statement.ts";
import { placeholderProblems } from "./placeholders.ts";
import { refuseBlock, runPipeline, runStatementPipeline } from "./run-pipeline.ts";
import type { ScriptStatement } from "./script-statement.ts";
import { collapse, elementsOf, type ScriptValue } from "./script-value.ts";
import { ScriptVariables } from "./script-variables.ts";
import { indexPlaces } from "./source-places.ts";
import { splitScript } from "./split-script.ts";
import { type SyntaxNode, walk } from "./syntax-node.ts";
import { variableKey, variablesSetBy } from "./variables.ts";

const TENANT_CMDLETS: CmdletSet = { signatures: CMDLET_SIGNATURES, run: runCmdlet };

/** What a script is read with. */
export interface ReadScriptOptions {
  /** Named in every place. */
  readonly file: string;
  /** What the script starts from. */
  readonly tenant: Tenant;
  /** Values for `<placeholders>`; names in any case. */
  readonly placeholders?: ReadonlyMap<string, string>;
  /** Default: every cmdlet of the tenant. */
  readonly cmdlets?: CmdletSet;
}

/** What reading a script gave. */
export interface ReadScript {
  /** The tenant after every statement that was understood and not refused. */
  readonly tenant: Tenant;
  readonly problems: readonly Problem[];
  /** What the script printed, line by line. */
  readonly output: readonly string[];
  /** The cmdlets that ran, in order. */
  readonly invocations: readonly CmdletInvocation[];
  readonly statements: { readonly understood: number; readonly refused: number };
}

/**
 * Reads `text` onto `options.tenant`. Cost: about 1 MB a second, plus the cmdlets.
 *
 * @problem IMPORT_SYNTAX, IMPORT_STRAY_SPACE, IMPORT_PLACEHOLDER, IMPORT_UNRESOLVED,
 * IMPORT_UNKNOWN_COMMAND, IMPORT_NUMBER_LOST_PLUS, IMPORT_WHATIF, IMPORT_TOO_LARGE, and those of the
 * cmdlets
 */
export async function readScript(text: string, options: ReadScriptOptions): Promise<ReadScript> {
  if (text.length <= MAX_SCRIPT_CHARS && isConfiguration(text)) return readDeclared(text, options);
  const parser = await loadGrammar();
  const places = indexPlaces(options.file, text.length > MAX_SCRIPT_CHARS ? "" : text);
  const placeholders = new Map(
    [...(options.placeholders ?? [])].map(([name, value]) => [name.toLowerCase(), value]),
  );
  const reader = new ScriptReader(
    {
      text,
      places,
      parser,
      cmdlets: options.cmdlets ?? TENANT_CMDLETS,
      placeholders,
      redefined: new Set(),
    },
    options.tenant,
  );
  if (text.length > MAX_SCRIPT_CHARS) {
    const what = `the script has more than ${MAX_SCRIPT_CHARS} characters; nothing of it was read`;
    reader.problems.push(problem("IMPORT_TOO_LARGE", what, "split it", places.at(0)));
  } else reader.read(readDataBlock(options.file, text));
  return reader.result();
}

/** A Microsoft365DSC configuration: what its blocks declare, or the tenant as it was. */
function readDeclared(text: string, { file, tenant }: ReadScriptOptions): ReadScript {
  const { outcome, resources } = readConfiguration(text, file, tenant);
  const { problems } = outcome;
  const statements = outcome.ok
    ? { understood: resources, refused: 0 }
    : { understood: 0, refused: resources };
  const made = outcome.ok ? outcome.value : tenant;
  return { tenant: made, problems, output: [], invocations: [], statements };
}

class ScriptReader {
  readonly problems: Problem[] = [];
  readonly #script: ScriptContext;
  readonly #output: string[] = [];
  readonly #invocations: CmdletInvocation[] = [];
  #tenant: Tenant;
  readonly #variables = new ScriptVariables();
  #understood = 0;
  #refused = 0;
  #errors = 0;
  #costly = 0;
  #ended = false;

  constructor(script: ScriptContext, tenant: Tenant) {
    this.#script = script;
    this.#tenant = tenant;
  }

  /** Reads the data block, if there is one, and the statements behind it. */
  read(data: Outcome<Tenant> | null): void {
    this.problems.push(...(data?.problems ?? []));
    if (data?.ok === false) return;
    if (data !== null) this.#tenant = data.value;
    const { statements, stoppedAt } = splitScript(this.#script.text);
    if (stoppedAt !== null) {
      this.#stop(stoppedAt, `more than ${MAX_STATEMENTS} statements; nothing of it was read`);
      return;
    }
    for (const statement of statements) {
      if (this.#ended) return;
      if (this.#errors >= MAX_SCRIPT_ERRORS || this.#costly >= MAX_COSTLY_PATTERNS) {
        this.#stop(statement.start, "too many errors; from here on it was not read");
        return;
      }
      this.#readStatement(statement);
    }
  }

  result(): ReadScript {
    return {
      tenant: this.#tenant,
      problems: this.problems,
      output: this.#output,
      invocations: this.#invocations,
      statements: { understood: this.#understood, refused: this.#refused },
    };
  }

  #stop(offset: number, why: string): void {
    const what = `the script has ${why}`;
    const at = this.#script.places.at(offset);
    this.problems.push(problem("IMPORT_TOO_LARGE", what, "split it", at));
  }

  #readStatement(statement: ScriptStatement): void {
    const evaluation = this.#evaluation();
    const tree = parseInto(statement, evaluation);
    const done = tree !== null && runStatements(tree, evaluation);
    this.#note(evaluation.problems);
    if (tree !== null) this.#noteFunctions(tree);
    if (done && !hasErrors(evaluation.problems)) {
      this.#tenant = evaluation.tenant;
      this.#variables.keep();
      this.#output.push(...evaluation.output);
      this.#invocations.push(...evaluation.invocations);
      this.#ended = evaluation.ended;
      this.#understood++;
    } else {
      this.#refused++;
      this.#variables.takeBack();
      this.#forget(statement, tree);
    }
  }

  #note(problems: readonly Problem[]): void {
    this.problems.push(...problems);
    for (const { severity, code } of problems) {
      if (severity === "error") this.#errors++;
      if (code === "REGEX_TOO_COMPLEX") this.#costly++;
    }
  }

  #evaluation(): Evaluation {
    return {
      script: this.#script,
      tenant: this.#tenant,
      variables: this.#variables,
      problems: [],
      output: [],
      invocations: [],
      level: 0,
      ended: false,
      runPipeline,
      runRange,
    };
  }

  /** Variables that a refused statement may have set have no known value any more. */
  #forget(statement: ScriptStatement, tree: SyntaxNode | null): void {
    if (tree === null) {
      for (const found of statement.masked.matchAll(/[$@]\{?((?:\w+:)?[\p{L}\p{Nd}_?]+)/gu)) {
        this.#variables.forget(variableKey(found[1] ?? ""));
      }
      return;
    }
    const { names, all } = variablesSetBy(tree);
    if (all) this.#variables.forgetAll();
    for (const name of names) this.#variables.forget(name);
  }

  #noteFunctions(tree: SyntaxNode): void {
    for (const node of walk(tree)) {
      if (node.type === "function_name") this.#script.redefined.add(node.text.toLowerCase());
      const alias = /^(?:set-alias|new-alias|sal|nal)\s+(?:-name\s+)?([\w-]+)/i.exec(
        node.type === "command" ? node.text : "",
      );
      if (alias?.[1] !== undefined) this.#script.redefined.add(alias[1].toLowerCase());
    }
  }
}

function parseInto(statement: ScriptStatement, evaluation: Evaluation): SyntaxNode | null {
  const { script } = evaluation;
  const unfilled = placeholderProblems(statement, script);
  evaluation.problems.push(...unfilled);
  const parsed = parseStatement(script.parser, statement);
  if (parsed.ok) return unfilled.length === 0 ? parsed.tree : null;
  for (const { code, offset, what, hint } of parsed.faults) {
    // WHY: what the grammar says of a statement with placeholders in it is of no use to anyone.
    const ofGrammar = statement.faults.length === 0;
    if (unfilled.length === 0 || !ofGrammar) refuse(evaluation, code, offset, what, hint);
  }
  return null;
}

const PASSED_OVER: readonly string[] = [
  ";",
  "attribute_statement",
  "comment",
  "empty_statement",
  "param_block",
  "requires_directive_list",
];

function statementsOf(tree: SyntaxNode): readonly SyntaxNode[] {
  return tree.children
    .flatMap((child) => (child.type === "statement_list" ? child.children : [child]))
    .filter((child) => !PASSED_OVER.includes(child.type));
}

/** Runs all statements of a tree and prints; `false` when one was refused. */
function runStatements(tree: SyntaxNode, evaluation: Evaluation): boolean {
  return statementsOf(tree).every((node) => evaluation.ended || runStatement(node, evaluation));
}

function runStatement(node: SyntaxNode, evaluation: Evaluation): boolean {
  if (node.type === "flow_control_statement") return runFlowControl(node, evaluation);
  if (node.type !== "pipeline") {
    refuseBlock(node, evaluation);
    return false;
  }
  const printed = runStatementPipeline(node, evaluation);
  if (printed === undefined) return false;
  evaluation.output.push(...formatItems(printed.items, printed.selected));
  return true;
}

/** `exit`, `return` and `throw` at the top of a script end it. */
function runFlowControl(node: SyntaxNode, evaluation: Evaluation): boolean {
  const word = node.children[0]?.type.toLowerCase() ?? "";
  if (!["exit", "return", "throw"].includes(word)) {
    refuseUnresolved(evaluation, node.start, `"${word}" has no loop to leave here`);
    return false;
  }
  evaluation.ended = true;
  return true;
}

/** The inside of `"$( … )"`. */
function runRange(from: number, to: number, outer: Evaluation): ScriptValue | undefined {
  const evaluation: Evaluation = { ...outer, level: outer.level + 1 };
  const items: ScriptValue[] = [];
  for (const statement of splitScript(outer.script.text, from, to).statements) {
    const tree = parseInto(statement, evaluation);
    if (tree === null) return undefined;
    for (const node of statementsOf(tree)) {
      if (node.type !== "pipeline") return refuseBlock(node, evaluation);
      const value = runPipeline(node, evaluation);
      if (value === undefined) return undefined;
      items.push(...elementsOf(value));
    }
  }
  outer.tenant = evaluation.tenant;
  return collapse(items);
}
