import type { Stats } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { whyUnreadable } from "../model/file-failure.ts";
import { hasErrors, type Outcome, type Problem, problem } from "../model/problem.ts";
import { revisionOf } from "../model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../model/tenant.ts";
import { MAX_ARCHIVE_BYTES, MAX_EXPORT_BYTES, MAX_TENANT_FILE_BYTES } from "./budgets.ts";
import { readArchive } from "./export-archive/read-archive.ts";
import { type ExportFile, looksLikeExport, readExports } from "./export-folder/read-exports.ts";
import { readScript } from "./powershell/read-script.ts";
import { decodeText } from "./tenant-file/decode-text.ts";
import { readTenantFile } from "./tenant-file/read-tenant-file.ts";

/** A tenant and the revision that every decision made with it carries. */
export interface LoadedTenant {
  readonly tenant: Tenant;
  readonly revision: string;
}

/** Canonical files of a tenant folder, in the order they are looked for. */
const CANONICAL_NAMES = ["tenant.yaml", "tenant.yml", "tenant.json"];

/** What can be named as a tenant, for the hint of every refusal. */
const ACCEPTED =
  "a tenant.yaml, a tenant.json, a .ps1 script, a folder that holds them, or a folder or zip of exports";

/**
 * Loads a tenant from a canonical file (`.yaml`, `.yml`, `.json`), from a script of cmdlets or a
 * Microsoft365DSC configuration (`.ps1`, applied to an empty tenant), from a folder that holds one
 * canonical file and any scripts, applied in the order of their names, or from a folder or zip archive of
 * what Get- cmdlets exported. Warnings come with the tenant; errors come alone: what was understood in
 * part would make a tenant that routes wrongly.
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
  const scripts = names.value.filter((name) => isScript(name)).sort();
  const canonical = CANONICAL_NAMES.filter((name) => names.value.includes(name));
  if (canonical.length > 1) {
    return refused(unsupported(folder, `holds both ${canonical.join(" and ")}`));
  }
  if (canonical.length === 0) {
    if (looksLikeExport(names.value)) return readExportFolder(folder, names.value);
    return refused(
      unsupported(
        folder,
        "holds neither a tenant.yaml nor exports such as Get-CsOnlineVoiceRoute.json",
      ),
    );
  }
  let read = await readSource(join(folder, canonical[0] ?? ""));
  for (const script of scripts) {
    if (!read.ok) return read;
    const applied = await applyScript(read.value, join(folder, script));
    read = { ...applied, problems: [...read.problems, ...applied.problems] };
  }
  return read;
}

function readExportFolder(folder: string, names: readonly string[]): Promise<Outcome<Tenant>> {
  const files = [...names].sort().map((name): ExportFile => {
    const path = join(folder, name);
    return { name, path, bytes: () => readBounded(path, MAX_EXPORT_BYTES) };
  });
  return readExports(folder, files);
}

async function readZip(path: string): Promise<Outcome<Tenant>> {
  const bytes = await readBounded(path, MAX_ARCHIVE_BYTES);
  if (!bytes.ok) return bytes;
  const files = await readArchive(path, bytes.value);
  if (!files.ok) return files;
  const known = looksLikeExport(files.value.map(({ name }) => name));
  return known ? readExports(path, files.value) : refused(unsupported(path, "holds no exports"));
}

async function readSource(path: string): Promise<Outcome<Tenant>> {
  if (isScript(path)) return applyScript(EMPTY_TENANT, path);
  const ending = extname(path).toLowerCase();
  if (ending === ".zip") return readZip(path);
  if (![".yaml", ".yml", ".json"].includes(ending)) {
    return refused(unsupported(path, ending === "" ? "has no ending" : `ends in ${ending}`));
  }
  const bytes = await readBounded(path);
  return bytes.ok ? readTenantFile(path, bytes.value) : bytes;
}

async function applyScript(tenant: Tenant, path: string): Promise<Outcome<Tenant>> {
  const bytes = await readBounded(path);
  if (!bytes.ok) return bytes;
  const text = decodeText(path, bytes.value);
  if (!text.ok) return text;
  const read = await readScript(text.value, { file: path, tenant, folder: dirname(path) });
  if (hasErrors(read.problems)) return { ok: false, problems: read.problems };
  return { ok: true, value: read.tenant, problems: read.problems };
}

function isScript(path: string): boolean {
  return extname(path).toLowerCase() === ".ps1";
}

/** A file's bytes, when it is a file and no larger than a tenant may be. */
async function readBounded(
  path: string,
  mostBytes: number = MAX_TENANT_FILE_BYTES,
): Promise<Outcome<Uint8Array>> {
  const stats = await statOf(path);
  if (!stats.ok) return stats;
  if (!stats.value.isFile()) return refused(unsupported(path, "is no regular file"));
  if (stats.value.size > mostBytes) return refused(tooLarge(path, stats.value.size, mostBytes));
  return attempt(path, () => readFile(path));
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

function unreadable(path: string, error: unknown): Problem {
  const what = `tenant ${path} cannot be read: ${whyUnreadable(error)}`;
  return problem("FILE_UNREADABLE", what, `name ${ACCEPTED}`);
}

function unsupported(path: string, why: string): Problem {
  return problem(
    "TENANT_UNSUPPORTED_SOURCE",
    `${basename(path)} is no tenant that can be read: it ${why}`,
    `name ${ACCEPTED}`,
    { file: path, line: 1, column: 1 },
  );
}

function tooLarge(path: string, size: number, mostBytes: number): Problem {
  return problem(
    "TENANT_TOO_LARGE",
    `${basename(path)} has ${size} bytes; such a file may have ${mostBytes}`,
    "split it, or leave out what is default",
    { file: path, line: 1, column: 1 },
  );
}

function refused(cause: Problem): { readonly ok: false; readonly problems: readonly Problem[] } {
  return { ok: false, problems: [cause] };
}
