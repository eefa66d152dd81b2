/**
 * What differs between two tenants, object by object and property by property. Which calls would go
 * another way is another question.
 *
 * @module
 */
import { canonicalJson } from "../model/revision.ts";
import type { Tenant } from "../model/tenant.ts";
import {
  entryKey,
  entryName,
  TENANT_LIST_KEYS,
  TENANT_LISTS,
  type TenantListKey,
} from "../model/tenant-lists.ts";

/** A property that has another value. */
export interface PropertyDrift {
  readonly property: string;
  /** `null` also when it was not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** One object that is not the same in both. */
export interface ObjectDrift {
  /** The key of the tenant file under which it stands. */
  readonly list: keyof Tenant;
  /** What it is called: `voice route`. */
  readonly kind: string;
  /** `null` for what there is only one of, and for an order. */
  readonly name: string | null;
  /** `reordered` is about a list whose entries are the same in another order. */
  readonly change: "added" | "removed" | "changed" | "reordered";
  /** Empty unless `changed`. */
  readonly properties: readonly PropertyDrift[];
}

type SingleKey = Exclude<keyof Tenant, TenantListKey | "outdial">;

const SINGLES: Readonly<Record<SingleKey, string>> = {
  tenant: "tenant identity",
  options: "options",
  conferencingBridge: "conferencing bridge",
  globalPolicies: "global policy assignments",
};

/**
 * Why exists: an administrator asks what somebody changed since the last export, or how two tenants
 * differ.
 * How: entries are the same when they have the same name, whatever its case.
 * Cost: linear; equal lists cost one comparison of their canonical JSON.
 */
export function driftBetween(before: Tenant, after: Tenant): readonly ObjectDrift[] {
  const found: ObjectDrift[] = [];
  for (const list of Object.keys(SINGLES) as SingleKey[]) {
    const properties = changedProperties(before[list], after[list]);
    if (properties.length === 0) continue;
    found.push({ list, kind: SINGLES[list], name: null, change: "changed", properties });
  }
  for (const list of TENANT_LIST_KEYS) found.push(...driftOfList(list, before[list], after[list]));
  return found;
}

function driftOfList(
  list: TenantListKey,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly ObjectDrift[] {
  if (before === after || canonicalJson(before) === canonicalJson(after)) return [];
  const { kind } = TENANT_LISTS[list];
  const keyed = (entries: readonly unknown[]): ReadonlyMap<string, unknown> =>
    new Map(entries.map((entry) => [entryKey(TENANT_LISTS[list], entry), entry]));
  const old = keyed(before);
  const fresh = keyed(after);
  const drift = (
    change: ObjectDrift["change"],
    entry: unknown,
    properties: readonly PropertyDrift[] = [],
  ): ObjectDrift => ({
    list,
    kind,
    name: entryName(TENANT_LISTS[list], entry),
    change,
    properties,
  });
  const found: ObjectDrift[] = [];
  for (const [key, entry] of old) if (!fresh.has(key)) found.push(drift("removed", entry));
  for (const [key, entry] of fresh) {
    if (!old.has(key)) found.push(drift("added", entry));
    else {
      const properties = changedProperties(old.get(key), entry);
      if (properties.length > 0) found.push(drift("changed", entry, properties));
    }
  }
  if (found.length > 0) return found;
  return [{ list, kind, name: null, change: "reordered", properties: [] }];
}

function changedProperties(before: unknown, after: unknown): readonly PropertyDrift[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (!isRecord(before) || !isRecord(after)) {
    return [{ property: "value", before: before ?? null, after: after ?? null }];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name]))
    .map((property) => ({
      property,
      before: before[property] ?? null,
      after: after[property] ?? null,
    }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
