import type { z } from "zod";
import { hasErrors, type Outcome, type Problem, problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import { MAX_TENANT_FILE_BYTES } from "../budgets.ts";
import { completeTenant } from "./complete-tenant.ts";
import { decodeText } from "./decode-text.ts";
import { duplicateFindings } from "./duplicate-findings.ts";
import { parseJson } from "./parse-json.ts";
import { parseYaml } from "./parse-yaml.ts";
import { placedProblems } from "./placed-problems.ts";
import { referenceFindings } from "./reference-findings.ts";
import { tenantSchema } from "./schema/tenant-schema.ts";
import { schemaFindings } from "./schema-findings.ts";
import type { Finding, SourceDocument } from "./source-document.ts";
import { unknownNumberFindings } from "./unknown-number-findings.ts";

/**
 * Reads a canonical tenant file, YAML or JSON. It refuses syntax errors, unknown keys, wrong values,
 * duplicates and references that lead nowhere, and nothing else: whether patterns compile and rules
 * are kept is for the commands that judge. All problems are told at once, in the order of the file.
 *
 * `file` is the name for problems. Cost: linear; the places of problems cost a second pass.
 *
 * @problem TENANT_TOO_LARGE and the codes of the parts that do the work
 */
export function readTenantFile(file: string, bytes: Uint8Array): Outcome<Tenant> {
  if (bytes.length > MAX_TENANT_FILE_BYTES) {
    const what = `${file} has ${bytes.length} bytes; a tenant file may have ${MAX_TENANT_FILE_BYTES}`;
    return refused([problem("TENANT_TOO_LARGE", what, "split it, or leave out what is default")]);
  }
  const text = decodeText(file, bytes);
  if (!text.ok) return text;
  return readTenantText(file, text.value);
}

/** As {@link readTenantFile}, of a text. What begins with `{` is JSON, all else YAML. */
export function readTenantText(file: string, text: string): Outcome<Tenant> {
  const parsed = /^\s*\{\s*["}]/.test(text) ? parseJson(file, text) : parseYaml(file, text);
  if (!parsed.ok) return refused(parsed.problems);
  return readTenantDocument(parsed.document);
}

/** As {@link readTenantFile}, of a document that is parsed already. */
export function readTenantDocument(document: SourceDocument): Outcome<Tenant> {
  const { value } = document;
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return refused(placedProblems(document, [noTenant(value)]));
  }
  const checked = tenantSchema.safeParse(value);
  if (!checked.success) {
    const issues: readonly z.core.$ZodIssue[] = checked.error.issues;
    return refused(placedProblems(document, schemaFindings(tenantSchema, value, issues)));
  }
  const written = checked.data;
  const problems = placedProblems(document, [
    ...duplicateFindings(written),
    ...referenceFindings(written),
    ...unknownNumberFindings(written),
  ]);
  if (hasErrors(problems)) return refused(problems);
  return { ok: true, value: completeTenant(written), problems };
}

function noTenant(value: unknown): Finding {
  return {
    code: "TENANT_SYNTAX",
    what: value === null || value === undefined ? "the file is empty" : "the file holds no keys",
    hint: "begin a tenant file with outdial: 1",
    at: { path: [], part: "value" },
  };
}

function refused(problems: readonly Problem[]): Outcome<Tenant> {
  return { ok: false, problems };
}
