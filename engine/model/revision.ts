import { createHash } from "node:crypto";
import type { Tenant } from "./tenant.ts";

/** JSON with sorted keys and arrays in order: equal text exactly for equal values. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`);
    return `{${entries.join(",")}}`;
  }
  return JSON.stringify(value);
}

/**
 * The tenant's revision: the first 16 hex digits of the SHA-256 of its canonical JSON. Every decision
 * carries it. Cost: O(size of the tenant); compute once and pass on.
 */
export function revisionOf(tenant: Tenant): string {
  return createHash("sha256").update(canonicalJson(tenant)).digest("hex").slice(0, 16);
}
