import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as assert from "uvu/assert";
import { type ExportFile, readExports } from "../../engine/import/export-folder/read-exports.ts";
import { formatProblem } from "../../engine/model/format-problem.ts";
import type { Outcome } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";

export const EXPORTS = join(
  dirname(fileURLToPath(import.meta.url)),
  "..",
  "..",
  "..",
  "fixtures",
  "exports",
);

/** The files of a folder under fixtures/exports. */
export function filesOf(folder: string): ReadonlyMap<string, Uint8Array> {
  const names = readdirSync(join(EXPORTS, folder)).sort();
  return new Map(names.map((name) => [name, readFileSync(join(EXPORTS, folder, name))]));
}

/** Reads files as an export. */
export function readFiles(
  files: Iterable<readonly [name: string, content: string | Uint8Array]>,
): Promise<Outcome<Tenant>> {
  const given = [...files].map(([name, content]): ExportFile => {
    const value = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return { name, path: name, bytes: () => Promise.resolve({ ok: true, value, problems: [] }) };
  });
  return readExports("export", given);
}

/** The tenant of files that must be readable. */
export async function tenantOf(
  files: Iterable<readonly [name: string, content: string | Uint8Array]>,
): Promise<Tenant> {
  const read = await readFiles(files);
  assert.ok(read.ok, read.problems.map(formatProblem).join("\n"));
  return read.value;
}

/** Problems as people see them, without those that only say what is not there or not read. */
export function told({ problems }: Outcome<unknown>): readonly string[] {
  return problems.filter(({ severity }) => severity !== "info").map(formatProblem);
}
