import { extname } from "node:path";
import { loadTenant } from "../import/load-tenant.ts";
import { readScriptFile } from "../import/powershell/read-script-file.ts";
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";

/** What a script or a tenant made of the tenant it was read onto. */
export interface ReadChange {
  /** `null` when there is nothing that could be used. */
  readonly tenant: Tenant | null;
  readonly problems: readonly Problem[];
  /** What a script printed. */
  readonly printed: readonly string[];
  /** Counts of a script; `null` for a tenant. */
  readonly statements: { readonly understood: number; readonly refused: number } | null;
}

/** Reads a `.ps1` onto `base`, or any other tenant source as it is. */
export async function readChange(
  path: string,
  base: Tenant,
  placeholders: ReadonlyMap<string, string>,
): Promise<ReadChange> {
  if (extname(path).toLowerCase() !== ".ps1") {
    const loaded = await loadTenant(path);
    const tenant = loaded.ok ? loaded.value.tenant : null;
    return { tenant, problems: loaded.problems, printed: [], statements: null };
  }
  const read = await readScriptFile({ file: path, tenant: base, placeholders });
  const { tenant, problems, output, statements } = read;
  const nothing = statements.understood + statements.refused === 0 && problems.length > 0;
  return { tenant: nothing ? null : tenant, problems, printed: output, statements };
}

/** `12 statements applied, 1 not understood`. */
export function countStatements({
  understood,
  refused,
}: NonNullable<ReadChange["statements"]>): string {
  return `${understood} statement${understood === 1 ? "" : "s"} applied, ${refused} not`;
}
