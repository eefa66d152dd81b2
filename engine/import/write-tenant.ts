import { z } from "zod";
import type { Tenant } from "../model/tenant.ts";
import { jsonText } from "./json-text.ts";
import { tenantSchema } from "./tenant-file/schema/tenant-schema.ts";
import { schemaAt } from "./tenant-file/schema-walk.ts";
import { yamlScalar } from "./yaml-scalar.ts";

/** Lists whose entries hold lists of objects: written as blocks, the others one entry a line. */
const BLOCK_LISTS: ReadonlySet<string> = new Set(["operators", "tenantDialPlans"]);

type Fields = Readonly<Record<string, unknown>>;

/**
 * The canonical tenant file in YAML, for people: keys in the order of the format, one entry a line, what
 * is default left out. Reading it back gives the same tenant, hence the same revision. Cost: linear.
 */
export function tenantToYaml(tenant: Tenant): string {
  let text = "";
  for (const [key, value] of Object.entries(withoutDefaults(tenantSchema, tenant))) {
    const list = Array.isArray(value) ? (value as readonly unknown[]) : null;
    const separator = list !== null && text !== "" ? "\n" : "";
    text += `${separator}${key}:${list === null ? ` ${yamlFlow(value)}\n` : listText(key, list)}`;
  }
  return text;
}

/**
 * The canonical tenant file in JSON, for programs: every key, defaults filled in. Reading it back gives
 * the same tenant. Cost: linear.
 */
export function tenantToJson(tenant: Tenant): string {
  return `${jsonText(inOrder(tenantSchema, tenant), 2)}\n`;
}

function listText(key: string, list: readonly unknown[]): string {
  const entry = BLOCK_LISTS.has(key) ? blockEntry : yamlFlow;
  return `\n${list.map((item) => `  - ${entry(item)}\n`).join("")}`;
}

/** An entry over several lines, its own lists of objects one object a line. */
function blockEntry(entry: unknown): string {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(entry as Fields)) {
    const objects = Array.isArray(value) && value.some((item) => typeof item === "object");
    lines.push(objects ? `${key}:` : `${key}: ${yamlFlow(value)}`);
    if (objects) lines.push(...(value as unknown[]).map((item) => `  - ${yamlFlow(item)}`));
  }
  return lines.join("\n    ");
}

/** A value on one line of YAML. */
export function yamlFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlFlow).join(", ")}]`;
  if (value !== null && typeof value === "object") {
    const fields = Object.entries(value).map(([key, field]) => `${key}: ${yamlFlow(field)}`);
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  return typeof value === "string" ? yamlScalar(value) : String(value);
}

/** The value with its keys in the schema's order. */
function inOrder(schema: z.core.$ZodType, value: unknown): unknown {
  return arranged(schema, value, () => true);
}

/** The same without keys whose value the schema would fill in. */
function withoutDefaults(schema: z.core.$ZodType, value: unknown): Fields {
  return arranged(schema, value, (field, fieldSchema) => !isDefault(fieldSchema, field)) as Fields;
}

function arranged(
  schema: z.core.$ZodType,
  value: unknown,
  wanted: (field: unknown, schema: z.core.$ZodType) => boolean,
): unknown {
  const bare = schemaAt(schema);
  if (Array.isArray(value) && bare instanceof z.ZodArray) {
    return value.map((item) => arranged(bare.element, item, wanted));
  }
  if (value === null || typeof value !== "object" || !(bare instanceof z.ZodObject)) return value;
  const fields = Object.entries(bare.shape as Readonly<Record<string, z.core.$ZodType>>)
    .map(([key, fieldSchema]) => [key, (value as Fields)[key], fieldSchema] as const)
    .filter(([, field, fieldSchema]) => wanted(field, fieldSchema))
    .map(([key, field, fieldSchema]) => [key, arranged(fieldSchema, field, wanted)]);
  return Object.fromEntries(fields);
}

/** What the schema gives to a key that is left out; kept, as it is asked for with every entry. */
const defaults = new WeakMap<z.core.$ZodType, string>();

function isDefault(schema: z.core.$ZodType, field: unknown): boolean {
  let text = defaults.get(schema);
  if (text === undefined) {
    const filled = z.safeParse(schema, undefined);
    text = filled.success ? JSON.stringify(filled.data) : "";
    defaults.set(schema, text);
  }
  return text !== "" && JSON.stringify(field) === text;
}
