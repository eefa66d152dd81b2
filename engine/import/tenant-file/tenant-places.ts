import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { nameKey } from "../../model/name-key.ts";
import type { SourcePlace } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import { decodeText } from "./decode-text.ts";
import { parseJson } from "./parse-json.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { NodePath, SourceDocument } from "./source-document.ts";

/** Where parts of a tenant stand in the file it came from; `null` = not in a canonical file. */
export type TenantPlaces = (path: NodePath) => SourcePlace | null;

/** Keys by which entries of a tenant's lists are told apart. */
const NAMES = ["identity", "userPrincipalName", "telephoneNumber", "id", "civicAddressId"] as const;

/**
 * Finds parts of a tenant in the canonical file that it was read from, or in that of the folder. Entries
 * are found by their names, since defaults may stand before them. What a script made stands in no file.
 *
 * Cost: reads and parses the file again.
 */
export async function placesInTenant(
  source: string,
  tenant: Tenant,
  paths: readonly NodePath[],
): Promise<TenantPlaces> {
  const document = paths.length === 0 ? null : await documentOf(source);
  if (document === null) return () => null;
  const found = paths.map((path) => pathInFile(document.value, tenant, path));
  const known = found.flatMap((path) => (path === null ? [] : [{ path, part: "value" as const }]));
  const places = document.locate(known);
  const byPath = new Map<NodePath, SourcePlace>();
  let next = 0;
  for (const [at, path] of paths.entries()) {
    if (found[at] === null) continue;
    const place = places[next++];
    if (place !== undefined) byPath.set(path, place);
  }
  return (path) => byPath.get(path) ?? null;
}

async function documentOf(source: string): Promise<SourceDocument | null> {
  const file = await canonicalFile(source);
  const bytes = file === null ? null : await readFile(file).catch(() => null);
  if (file === null || bytes === null) return null;
  const text = decodeText(file, bytes);
  if (!text.ok) return null;
  const isJson = /^\s*\{\s*["}]/.test(text.value);
  const parsed = isJson ? parseJson(file, text.value) : parseYaml(file, text.value);
  return parsed.ok ? parsed.document : null;
}

const ENDINGS = [".yaml", ".yml", ".json"];

async function canonicalFile(source: string): Promise<string | null> {
  const isFolder = (await stat(source).catch(() => null))?.isDirectory() ?? false;
  if (!isFolder) return ENDINGS.includes(extname(source).toLowerCase()) ? source : null;
  const names = await readdir(source).catch((): string[] => []);
  const name = ENDINGS.map((ending) => `tenant${ending}`).find((one) => names.includes(one));
  return name === undefined ? null : join(source, name);
}

/** The path of the same thing in the file; `null` when the file does not have it. */
function pathInFile(value: unknown, tenant: Tenant, path: NodePath): NodePath | null {
  const [list, index, ...rest] = path;
  if (list === undefined || typeof index !== "number") return path;
  const written = childOf(value, list);
  const name = nameOf(childOf(childOf(tenant, list), index));
  if (!Array.isArray(written)) return null;
  if (name === null) return path;
  const same = (entry: unknown): boolean => nameOf(entry) === name;
  const at = same(written[index]) ? index : written.findIndex(same);
  return at === -1 ? null : [list, at, ...rest];
}

function childOf(value: unknown, step: string | number): unknown {
  if (value === null || typeof value !== "object") return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[step];
}

/** Names are compared without the prefix that cmdlets print; lists of plain names are names themselves. */
function nameOf(entry: unknown): string | null {
  if (typeof entry === "string") return nameKey(entry);
  const name = NAMES.map((key) => childOf(entry, key)).find((one) => typeof one === "string");
  return typeof name === "string" ? nameKey(name).replace(/^tag:/, "") : null;
}
