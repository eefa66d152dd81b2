/**
 * Reads a PowerShell script onto a tenant. Nothing is ever executed outside of it: a bounded interpreter
 * runs what it understands exactly, on the tenant as a value; a statement that it does not understand in
 * full changes nothing and is reported with its place.
 *
 * @module
 */
import type { Outcome, Problem } from "../../model/problem.ts";
import { problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { CMDLET_SIGNATURES, runCmdlet } from "../../tenant/run-cmdlet.ts";
import { MAX_SCRIPT_CHARS, MAX_STATEMENTS } from "../budgets.ts";
import { readConfiguration } from "../dsc/read-configuration.ts";
import { isConfiguration } from "../dsc/scan-resources.ts";
import { runBlockOn } from "./call-function.ts";
import { ChangeJournal } from "./change-journal.ts";
import { checkUnreached } from "./check-unreached.ts";
import { readDataBlock } from "./data-block.ts";
import { evaluateExpression } from "./evaluate-expression.ts";
import type { CmdletSet, Evaluation, ScriptContext } from "./evaluation.ts";
import { formatItems } from "./format-output.ts";
import { loadGrammar } from "./load-grammar.ts";
import { NeighbourFiles } from "./neighbour-files.ts";
import { runPipeline } from "./run-pipeline.ts";
import { outputOfStatement, runRange, runStatement, runStatements } from "./run-statement.ts";
import { ScriptProblems } from "./script-problems.ts";
import type { ScriptStatement } from "./script-statement.ts";
import { ScriptVariables } from "./script-variables.ts";
import { indexPlaces } from "./source-places.ts";
import { splitScript } from "./split-script.ts";
import { SyntaxTrees } from "./syntax-trees.ts";

const TENANT_CMDLETS: CmdletSet = { signatures: CMDLET_SIGNATURES, run: runCmdlet };

/** What a script is read with. */
export interface ReadScriptOptions {
  /** Named in every place. */
  readonly file: string;
  /** What the script starts from. */
  readonly tenant: Tenant;
  /** Where files beside the script are read; without it none are. */
  readonly folder?: string;
  /** Values for `<placeholders>` and for the script's `param( … )`; names in any case. */
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
  /** Statements that are in no block; one is refused when anything in it or in what it calls was. */
  readonly statements: { readonly understood: number; readonly refused: number };
}

/**
 * Reads `text` onto `options.tenant`. Cost: about 1 MB a second, plus the cmdlets.
 *
 * @problem IMPORT_SYNTAX, IMPORT_STRAY_SPACE, IMPORT_PLACEHOLDER, IMPORT_UNRESOLVED,
 * IMPORT_UNKNOWN_COMMAND, IMPORT_NUMBER_LOST_PLUS, IMPORT_WHATIF, IMPORT_NOT_CARRIED_OUT,
 * IMPORT_SCRIPT_ENDED, IMPORT_TOO_LARGE, and those of the cmdlets
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
      files: options.folder === undefined ? null : new NeighbourFiles(options.folder),
    },
    options.tenant,
  );
  if (text.length > MAX_SCRIPT_CHARS) {
    const what = `the script has more than ${MAX_SCRIPT_CHARS} characters; nothing of it was read`;
    reader.problems.add(problem("IMPORT_TOO_LARGE", what, "split it", places.at(0)));
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

/** What PowerShell sets before a script begins. */
const PRESET: readonly (readonly [string, string | boolean])[] = [
  ["erroractionpreference", "Continue"],
  ["whatifpreference", false],
  ["confirmpreference", "High"],
];

class ScriptReader {
  readonly problems = new ScriptProblems();
  readonly #script: ScriptContext;
  readonly #evaluation: Evaluation;
  #understood = 0;
  #refused = 0;

  constructor(script: ScriptContext, tenant: Tenant) {
    this.#script = script;
    this.#evaluation = newEvaluation(script, tenant, this.problems);
    const { variables, journal } = this.#evaluation;
    for (const [key, value] of PRESET) variables.set(key, value);
    if (script.files !== null) variables.set("psscriptroot", ".");
    journal.clear();
  }

  /** Reads the data block, if there is one, and the statements behind it. */
  read(data: Outcome<Tenant> | null): void {
    this.problems.addAll(data?.problems ?? []);
    if (data?.ok === false) return;
    if (data !== null) this.#evaluation.tenant = data.value;
    const { statements, stoppedAt } = splitScript(this.#script.text);
    if (stoppedAt !== null) {
      const what = `the script has more than ${MAX_STATEMENTS} statements; nothing of it was read`;
      const at = this.#script.places.at(stoppedAt);
      this.problems.add(problem("IMPORT_TOO_LARGE", what, "split it", at));
      return;
    }
    const read = this.#run(statements);
    if (!this.#evaluation.stopped) checkUnreached(read, this.#evaluation);
  }

  /** Runs them until the script ends; those that were come to. */
  #run(statements: readonly ScriptStatement[]): readonly ScriptStatement[] {
    const evaluation = this.#evaluation;
    for (const [i, statement] of statements.entries()) {
      if (evaluation.flow !== null) return statements.slice(0, i);
      const { failures } = this.problems;
      runStatement(statement, evaluation, {
        emit: ({ items, selected }) => evaluation.output.push(...formatItems(items, selected)),
      });
      evaluation.journal.clear();
      if (!evaluation.reached.has(statement)) break;
      if (this.problems.failures > failures) this.#refused++;
      else this.#understood++;
    }
    return statements;
  }

  result(): ReadScript {
    const { tenant, output, invocations } = this.#evaluation;
    return {
      tenant,
      problems: this.problems.all(),
      output,
      invocations,
      statements: { understood: this.#understood, refused: this.#refused },
    };
  }
}

function newEvaluation(
  script: ScriptContext,
  tenant: Tenant,
  problems: ScriptProblems,
): Evaluation {
  const journal = new ChangeJournal();
  return {
    script,
    tenant,
    variables: new ScriptVariables(journal),
    journal,
    functions: new Map(),
    problems,
    output: [],
    invocations: [],
    depth: 0,
    tries: 0,
    loops: 0,
    openLoops: 0,
    steps: 0,
    stopped: false,
    reached: new WeakSet(),
    trees: new SyntaxTrees(script.parser),
    flow: null,
    run: {
      expression: evaluateExpression,
      pipeline: runPipeline,
      statement: outputOfStatement,
      statements: runStatements,
      range: runRange,
      blockOn: runBlockOn,
    },
  };
}
