import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { z } from "zod";
import { whyUnreadable } from "../model/file-failure.ts";
import { type Outcome, type Problem, type ProblemCode, problem } from "../model/problem.ts";
import { MAX_SCENARIO_FILE_BYTES } from "./budgets.ts";
import { decodeText } from "./tenant-file/decode-text.ts";
import { parseJson } from "./tenant-file/parse-json.ts";
import { parseYaml } from "./tenant-file/parse-yaml.ts";
import { placedProblems } from "./tenant-file/placed-problems.ts";
import { schemaFindings } from "./tenant-file/schema-findings.ts";
import type { Finding, NodePath } from "./tenant-file/source-document.ts";

/** What stands where the parts that read tenant files say `TENANT_…`. */
const CODES: Readonly<Partial<Record<ProblemCode, ProblemCode>>> = {
  TENANT_SYNTAX: "SCENARIO_SYNTAX",
  TENANT_TOO_LARGE: "SCENARIO_TOO_LARGE",
  TENANT_UNKNOWN_KEY: "SCENARIO_UNKNOWN_KEY",
  TENANT_INVALID_VALUE: "SCENARIO_INVALID_VALUE",
  TENANT_MISSING_KEY: "SCENARIO_MISSING_KEY",
};

/** Something wrong in a scenario whose form is right. */
export interface ScenarioRemark {
  readonly code: ProblemCode;
  readonly what: string;
  readonly hint: string;
  /** Steps from the top of the file: `["trunks", 2]`. */
  readonly path: NodePath;
}

/** A scenario as its file says it, and the way back to the places in the file. */
export interface ScenarioFile<Scenario> {
  readonly scenario: Scenario;
  problemsOf(remarks: readonly ScenarioRemark[]): readonly Problem[];
}

/**
 * Reads a scenario file of trunk-sim, YAML or JSON, by its schema: the same texts, budgets and words as
 * tenant files have.
 *
 * @problem FILE_UNREADABLE, SCENARIO_SYNTAX, SCENARIO_TOO_LARGE, SCENARIO_UNKNOWN_KEY,
 * SCENARIO_INVALID_VALUE, SCENARIO_MISSING_KEY
 */
export async function readScenarioFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<Outcome<ScenarioFile<z.output<Schema>>>> {
  const bytes = await readBounded(path);
  if (!bytes.ok) return bytes;
  const text = decodeText(path, bytes.value);
  if (!text.ok) return refused(text.problems);
  const isJson = /^\s*\{\s*["}]/.test(text.value);
  const parsed = isJson ? parseJson(path, text.value) : parseYaml(path, text.value);
  if (!parsed.ok) return refused(parsed.problems);
  const { document } = parsed;
  const { value } = document;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return refused(placedProblems(document, [noScenario(path)]));
  }
  const checked = schema.safeParse(value);
  if (!checked.success) {
    const issues: readonly z.core.$ZodIssue[] = checked.error.issues;
    return refused(placedProblems(document, schemaFindings(schema, value, issues)));
  }
  const problemsOf = (remarks: readonly ScenarioRemark[]): readonly Problem[] =>
    placedProblems(
      document,
      remarks.map(({ path: at, ...remark }) => ({ ...remark, at: { path: at, part: "value" } })),
    );
  return { ok: true, value: { scenario: checked.data, problemsOf }, problems: [] };
}

async function readBounded(path: string): Promise<Outcome<Uint8Array>> {
  try {
    const { size } = await stat(path);
    if (size > MAX_SCENARIO_FILE_BYTES) {
      const what = `${basename(path)} has ${size} bytes; a scenario file may have ${MAX_SCENARIO_FILE_BYTES}`;
      const hint = "say in defaults what all trunks have in common";
      return { ok: false, problems: [problem("SCENARIO_TOO_LARGE", what, hint)] };
    }
    return { ok: true, value: await readFile(path), problems: [] };
  } catch (error) {
    const what = `scenario ${path} cannot be read: ${whyUnreadable(error)}`;
    const found = problem("FILE_UNREADABLE", what, "name a .yaml or .json file of a scenario");
    return { ok: false, problems: [found] };
  }
}

function noScenario(path: string): Finding {
  return {
    code: "TENANT_SYNTAX",
    what: `${basename(path)} holds no keys`,
    hint: "begin a scenario file with trunkSim: 1",
    at: { path: [], part: "value" },
  };
}

function refused(found: readonly Problem[]): {
  readonly ok: false;
  readonly problems: readonly Problem[];
} {
  const problems = found.map(({ code, what, hint, at }) =>
    problem(CODES[code] ?? code, what, hint, at),
  );
  return { ok: false, problems };
}
