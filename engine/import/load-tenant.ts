import type { Stats } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Outcome, type Problem, problem } from "../model/problem.ts";
import { revisionOf } from "../model/revision.ts";
import type { Tenant } from "../model/tenant.ts";
import { MAX_TENANT_FILE_BYTES } from "./budgets.ts";
import { readTenantFile } from "./tenant-file/read-tenant-file.ts";

/** A tenant and the revision that every decision made with it carries. */
export interface LoadedTenant {
  readonly tenant: Tenant;
  readonly revision: string;
}

/**
 * The sample tenant that comes with the package: what commands route for when none is named.
 * WHY: this file runs from dist/engine/import; the fixtures stand three folders above, also when
 * the package is installed.
 */
export const DEFAULT_TENANT_PATH = fileURLToPath(
  new URL("../../../fixtures/tenants/contoso", import.meta.url),
);

/** Canonical files of a tenant folder, in the order they are looked for. */
const CANONICAL_NAMES = ["tenant.yaml", "tenant.yml", "tenant.json"];

/**
 * Loads a tenant from a canonical file (`.yaml`, `.yml`, `.json`) or from a folder that holds one.
 * Warnings come with the tenant; errors come alone.
 *
 * @problem FILE_UNREADABLE there is no such file, or it cannot be read
 * @problem TENANT_UNSUPPORTED_SOURCE it is no form of tenant that can be read
 */
export async function loadTenant(path: string): Promise<Outcome<LoadedTenant>> {
  const stats = await statOf(path);
  if (!stats.ok) return stats;
  const read = stats.value.isDirectory() ? await readFolder(path) : await readSource(path);
  if (!read.ok) return read;
  const loaded = { tenant: read.value, revision: revisionOf(read.value) };
  return { ok: true, value: loaded, problems: read.problems };
}

async function readFolder(folder: string): Promise<Outcome<Tenant>> {
  const names = await attempt(folder, () => readdir(folder));
  if (!names.ok) return names;
  const canonical = CANONICAL_NAMES.filter((name) => names.value.includes(name));
  const [name] = canonical;
  if (name === undefined) return refused(unsupported(folder, "holds no tenant.yaml"));
  if (canonical.length > 1) {
    return refused(unsupported(folder, `holds both ${canonical.join(" and ")}`));
  }
  return readSource(join(folder, name));
}

async function readSource(path: string): Promise<Outcome<Tenant>> {
  if (![".yaml", ".yml", ".json"].includes(extname(path).toLowerCase())) {
    return refused(unsupported(path, `has the ending ${extname(path) || "of no known kind"}`));
  }
  const stats = await statOf(path);
  if (!stats.ok) return stats;
  if (stats.value.isDirectory()) return refused(unsupported(path, "is a folder"));
  if (stats.value.size > MAX_TENANT_FILE_BYTES) return refused(tooLarge(path, stats.value.size));
  const bytes = await attempt(path, () => readFile(path));
  return bytes.ok ? readTenantFile(path, bytes.value) : bytes;
}

function statOf(path: string): Promise<Outcome<Stats>> {
  return attempt(path, () => stat(path));
}

async function attempt<T>(path: string, work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work(), problems: [] };
  } catch (error) {
    return { ok: false, problems: [unreadable(path, error)] };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links run in a circle",
  ENOTDIR: "a part of its path is no folder",
  ENAMETOOLONG: "its path is too long",
};

function unreadable(path: string, error: unknown): Problem {
  const code = String((error as { code?: unknown }).code ?? "");
  const reason = REASONS[code] ?? (code || "unknown reason");
  return problem(
    "FILE_UNREADABLE",
    `Tenant ${path} cannot be read: ${reason}`,
    "Name a tenant.yaml, a tenant.json, or a folder that holds one",
  );
}

function unsupported(path: string, why: string): Problem {
  return problem(
    "TENANT_UNSUPPORTED_SOURCE",
    `${basename(path)} is no tenant that can be read: it ${why}`,
    "Name a tenant.yaml, a tenant.json, or a folder that holds one",
    { file: path, line: 1, column: 1 },
  );
}

function tooLarge(path: string, size: number): Problem {
  return problem(
    "TENANT_TOO_LARGE",
    `${basename(path)} has ${size} bytes; a tenant file may have ${MAX_TENANT_FILE_BYTES}`,
    "Split it, or leave out what is default",
    { file: path, line: 1, column: 1 },
  );
}

function refused(cause: Problem): Outcome<Tenant> {
  return { ok: false, problems: [cause] };
}
