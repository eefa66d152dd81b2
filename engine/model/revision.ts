import { createHash } from "node:crypto";
import type { Tenant } from "./tenant.ts";

/** JSON with sorted keys and arrays in order: equal text exactly for equal values. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = sortedEntries(value).map(
      ([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`,
    );
    return `{${entries.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The tenant's revision: the first 16 hex digits of the SHA-256 of its canonical JSON. Every decision
 * carries it. Cost: O(size of the tenant), and memory for the JSON of one entry of a list; compute once
 * and pass on.
 */
export function revisionOf(tenant: Tenant): string {
  const hash = createHash("sha256");
  for (const piece of canonicalPieces(tenant)) hash.update(piece);
  return hash.digest("hex").slice(0, 16);
}

/**
 * The canonical JSON of a tenant, entry by entry of its lists.
 *
 * WHY: as one text it was what reading an export of 50,000 users took most memory for.
 */
function* canonicalPieces(tenant: Tenant): Generator<string> {
  yield "{";
  let comma = "";
  for (const [key, value] of sortedEntries(tenant)) {
    const named = `${comma}${JSON.stringify(key)}:`;
    if (Array.isArray(value)) {
      yield `${named}[`;
      for (const [index, entry] of value.entries()) {
        yield (index === 0 ? "" : ",") + canonicalJson(entry);
      }
      yield "]";
    } else yield named + canonicalJson(value);
    comma = ",";
  }
  yield "}";
}

/** Own properties that are not undefined, by their keys. */
function sortedEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
