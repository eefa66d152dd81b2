import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { whyUnreadable } from "../../model/file-failure.ts";
import { type Outcome, type Problem, problem } from "../../model/problem.ts";
import type { TestCase } from "../../model/test-case.ts";
import { MAX_TEST_CASES_BYTES } from "../budgets.ts";
import { decodeText } from "../tenant-file/decode-text.ts";
import { parseJson } from "../tenant-file/parse-json.ts";
import { parseYaml } from "../tenant-file/parse-yaml.ts";
import { placedProblems } from "../tenant-file/placed-problems.ts";
import { schemaFindings } from "../tenant-file/schema-findings.ts";
import { testCasesSchema } from "./test-cases-schema.ts";

/**
 * Reads a file of test cases, YAML or JSON.
 *
 * @problem FILE_UNREADABLE
 * @problem TEST_CASES_INVALID the file is too large, no YAML or JSON, or not of this form
 */
export async function readTestCases(path: string): Promise<Outcome<readonly TestCase[]>> {
  const bytes = await readBounded(path);
  if (!bytes.ok) return bytes;
  const text = decodeText(path, bytes.value);
  if (!text.ok) return refused(text.problems);
  const isJson = /^\s*\{\s*["}]/.test(text.value);
  const parsed = isJson ? parseJson(path, text.value) : parseYaml(path, text.value);
  if (!parsed.ok) return refused(parsed.problems);
  const { document } = parsed;
  const value = document.value ?? {};
  const checked = testCasesSchema.safeParse(value);
  if (checked.success) return { ok: true, value: checked.data.cases, problems: [] };
  return refused(
    placedProblems(document, schemaFindings(testCasesSchema, value, checked.error.issues)),
  );
}

async function readBounded(path: string): Promise<Outcome<Uint8Array>> {
  try {
    const { size } = await stat(path);
    if (size <= MAX_TEST_CASES_BYTES) {
      return { ok: true, value: await readFile(path), problems: [] };
    }
    const what = `${basename(path)} has ${size} bytes; a file of test cases may have ${MAX_TEST_CASES_BYTES}`;
    return { ok: false, problems: [problem("TEST_CASES_INVALID", what, "split it")] };
  } catch (error) {
    const what = `test cases ${path} cannot be read: ${whyUnreadable(error)}`;
    const found = problem("FILE_UNREADABLE", what, "name a .yaml or .json file with cases");
    return { ok: false, problems: [found] };
  }
}

/** What the parts that read tenant files say, under the code of this file. */
function refused(problems: readonly Problem[]): Outcome<readonly TestCase[]> {
  const told = problems.map(({ what, hint, at }) => problem("TEST_CASES_INVALID", what, hint, at));
  return { ok: false, problems: told };
}
