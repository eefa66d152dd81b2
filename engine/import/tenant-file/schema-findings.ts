import { z } from "zod";
import { nearestName } from "../../model/nearest-name.ts";
import { MAX_QUOTED_VALUE } from "../budgets.ts";
import { schemaAt } from "./schema-walk.ts";
import { type Finding, type NodePath, type PathStep, pathText } from "./source-document.ts";

/**
 * Turns what zod has to say into findings in this product's words, with "did you mean".
 *
 * @problem TENANT_UNKNOWN_KEY a key the schema does not know
 * @problem TENANT_MISSING_KEY a key without which the entry means nothing
 * @problem TENANT_INVALID_VALUE a value of the wrong type or form
 */
export function schemaFindings(
  schema: z.ZodType,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): Finding[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step): step is PathStep => typeof step !== "symbol");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownKey(schema, path, key));
    }
    const found = nodeAt(value, path);
    return [found === undefined ? missingKey(path, issue) : invalidValue(path, found, issue)];
  });
}

function unknownKey(schema: z.ZodType, path: NodePath, key: string): Finding {
  const known = keysAt(schema, path);
  const meant = nearestName(key, known);
  return {
    code: "TENANT_UNKNOWN_KEY",
    what: `${pathText(path)} has an unknown key ${quoted(key)}`,
    hint:
      key === "<<"
        ? "write the keys out: YAML 1.2 has no merge keys"
        : meant === null
          ? `use one of ${known.join(", ")}`
          : `did you mean "${meant}"?`,
    at: { path: [...path, key], part: "key" },
  };
}

function missingKey(path: NodePath, issue: z.core.$ZodIssue): Finding {
  const parent = path.slice(0, -1);
  const key = String(path.at(-1) ?? "outdial");
  return {
    code: "TENANT_MISSING_KEY",
    what: `${pathText(parent)} lacks ${key}`,
    hint: `add ${key}: ${expectation(issue)}`,
    at: { path: parent, part: "value" },
  };
}

function invalidValue(path: NodePath, found: unknown, issue: z.core.$ZodIssue): Finding {
  const meant =
    issue.code === "invalid_value" && typeof found === "string"
      ? nearestName(found, issue.values.map(String))
      : null;
  const expected = expectation(issue);
  return {
    code: "TENANT_INVALID_VALUE",
    what: `${pathText(path)} is ${describe(found)}`,
    hint: meant === null ? `write ${expected}` : `did you mean "${meant}"?`,
    at: { path, part: "value" },
  };
}

/** What the schema expects, as the end of the sentence "Write …". */
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.startsWith("Invalid input")) {
    return issue.expected === "object" ? "keys and values" : `a ${issue.expected}`;
  }
  return issue.message;
}

/** A value as people see it in the file. */
function describe(found: unknown): string {
  if (found === null) return "empty";
  if (Array.isArray(found)) return "a list";
  if (typeof found === "object") return "a group of keys";
  if (typeof found === "string") return quoted(found);
  return `${typeof found === "number" ? "the number " : ""}${String(found)}`;
}

function quoted(text: string): string {
  const short = text.length > MAX_QUOTED_VALUE ? `${text.slice(0, MAX_QUOTED_VALUE)}…` : text;
  return JSON.stringify(short);
}

function nodeAt(value: unknown, path: NodePath): unknown {
  let node = value;
  for (const step of path) {
    if (node === null || typeof node !== "object" || !Object.hasOwn(node, step)) return undefined;
    node = (node as Record<PathStep, unknown>)[step];
  }
  return node;
}

/** Keys that the schema knows at a path; none where it knows no object. */
function keysAt(schema: z.ZodType, path: NodePath): readonly string[] {
  let at = schemaAt(schema);
  for (const step of path) {
    const next: unknown =
      at instanceof z.ZodArray
        ? at.element
        : at instanceof z.ZodObject
          ? at.shape[String(step)]
          : null;
    if (!(next instanceof z.core.$ZodType)) return [];
    at = schemaAt(next);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
