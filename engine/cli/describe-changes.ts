import type { Tenant } from "../model/tenant.ts";
import { driftBetween, type ObjectDrift } from "../what-if/drift.ts";

/**
 * What differs between two tenants, a line for each object: `+ voice route "International"`, `~ …` for
 * what became different, `- …`; empty = the same tenant.
 */
export function describeChanges(before: Tenant, after: Tenant): readonly string[] {
  return driftBetween(before, after).map(describeDrift);
}

const SIGNS: Readonly<Record<ObjectDrift["change"], string>> = {
  added: "+",
  removed: "-",
  changed: "~",
  reordered: "~",
};

/** One object on one line: `~ voice route "UK": priority 3 → 1, description "a" → null`. */
export function describeDrift({ kind, name, change, properties }: ObjectDrift): string {
  if (change === "reordered") return `~ order of the ${kind} list`;
  const shown = `${SIGNS[change]} ${kind}${name === null ? "" : ` ${JSON.stringify(name)}`}`;
  if (properties.length === 0) return shown;
  const changes = properties.map(
    ({ property, before, after }) =>
      `${property === "value" ? "" : `${property} `}${short(before)} → ${short(after)}`,
  );
  return `${shown}: ${changes.join(", ")}`;
}

const MAX_SHOWN = 120;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
