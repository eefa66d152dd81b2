/**
 * Microsoft365DSC configurations: what Export-M365DSCConfiguration writes of a tenant, and what people
 * keep under version control.
 *
 * @module
 */
import { nameKey } from "../../model/name-key.ts";
import { hasErrors, type Outcome, type Problem, problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import { TENANT_LIST_KEYS, type TenantListKey } from "../../model/tenant-lists.ts";
import {
  type Draft,
  type DraftEntry,
  draftDocument,
  entryOf,
} from "../export-folder/draft-tenant.ts";
import { fillMissingObjects } from "../export-folder/fill-missing-objects.ts";
import { indexPlaces } from "../powershell/source-places.ts";
import { cappedProblems } from "../tenant-file/placed-problems.ts";
import { readTenantDocument } from "../tenant-file/read-tenant-file.ts";
import { applyResource, resourceTable } from "./apply-resource.ts";
import { type DscResource, scanResources } from "./scan-resources.ts";

/** What reading a configuration gave. */
export interface ReadConfiguration {
  readonly outcome: Outcome<Tenant>;
  /** Blocks of types that are read. */
  readonly resources: number;
}

/**
 * Lays a configuration over a tenant: objects it declares are set, property by property, and those with
 * `Ensure = "Absent"` are removed. All of it or nothing is applied; blocks of other workloads are counted
 * and left. Cost: linear.
 *
 * @problem IMPORT_SYNTAX a block cannot be read
 * @problem IMPORT_UNRESOLVED a property that is read has a value that needs PowerShell to run
 * @problem EXPORT_NOT_READ blocks and properties that decide nothing about calls
 * @problem EXPORT_ASSUMED and the codes of tenant files
 */
export function readConfiguration(text: string, file: string, tenant: Tenant): ReadConfiguration {
  const { resources, faults } = scanResources(text);
  const places = indexPlaces(file, text);
  const known = resources.filter(({ type }) => resourceTable(type) !== null);
  const problems: Problem[] = faults.map(({ offset, what }) =>
    problem("IMPORT_SYNTAX", what, "correct the block; nothing was applied", places.at(offset)),
  );
  problems.push(...otherTypes(resources, places.at(0)));
  let draft = draftOf(tenant);
  for (const resource of known) {
    const applied = applyResource(draft, resource, file, places);
    draft = applied.draft;
    problems.push(...applied.problems);
  }
  const count = known.length;
  const told = cappedProblems(problems.slice(0, 100), problems.length);
  if (hasErrors(problems)) return { outcome: { ok: false, problems: told }, resources: count };
  const filled = fillMissingObjects(draft);
  const read = readTenantDocument(draftDocument(filled.draft, file));
  const found = read.problems.filter(({ code }) => code !== "TENANT_UNKNOWN_NUMBER");
  return {
    outcome: { ...read, problems: [...told, ...filled.problems, ...found] },
    resources: count,
  };
}

function otherTypes(resources: readonly DscResource[], at: Problem["at"]): readonly Problem[] {
  const types = resources
    .filter(({ type }) => resourceTable(type) === null)
    .map(({ type }) => type);
  if (types.length === 0) return [];
  const distinct = [...new Map(types.map((type) => [nameKey(type), type])).values()];
  const shown = distinct.slice(0, 15).join(", ");
  const more = distinct.length > 15 ? ` and ${distinct.length - 15} more types` : "";
  const what = `blocks of ${shown}${more} are not read`;
  const hint = "leave them; nothing of what they hold decides where a call goes";
  return [problem("EXPORT_NOT_READ", what, hint, at)];
}

/** A tenant as a draft without origins. */
function draftOf(tenant: Tenant): Draft {
  const lists = new Map<TenantListKey, readonly DraftEntry[]>();
  for (const key of TENANT_LIST_KEYS) {
    lists.set(
      key,
      tenant[key].map((value: unknown) => entryOf(value, null)),
    );
  }
  const singles = new Map<string, DraftEntry>();
  for (const key of ["tenant", "options", "conferencingBridge", "globalPolicies"] as const) {
    singles.set(key, entryOf(tenant[key], null));
  }
  return { lists, singles, overlay: null };
}
