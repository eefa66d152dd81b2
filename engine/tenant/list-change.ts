import { nameKey } from "../model/name-key.ts";

/**
 * What a PSListModifier argument does to a list: `replace` sets the whole list first (`null` keeps
 * it), then entries are removed, then added at the end.
 */
export interface ListChange {
  readonly replace: readonly string[] | null;
  readonly remove: readonly string[];
  readonly add: readonly string[];
}

/** A list after a change, and which wishes of the change had no effect. */
export interface ChangedList {
  readonly values: readonly string[];
  /** Wanted twice, or wanted although already there; left out. */
  readonly duplicates: readonly string[];
  /** Not there to be removed. */
  readonly absent: readonly string[];
}

/**
 * Applies a change to a list of distinct names. Names are compared without regard to case; order is
 * kept, additions go to the end. Removal before addition is assumed where one table holds both.
 */
export function applyListChange(current: readonly string[], change: ListChange): ChangedList {
  const there = new Set(current.map(nameKey));
  const removed = new Set(change.remove.map(nameKey));
  const values =
    change.replace === null ? current.filter((name) => !removed.has(nameKey(name))) : [];
  const seen = new Set(values.map(nameKey));
  const duplicates: string[] = [];
  for (const name of [...(change.replace ?? []), ...change.add]) {
    if (seen.has(nameKey(name))) duplicates.push(name);
    else values.push(name.trim());
    seen.add(nameKey(name));
  }
  return { values, duplicates, absent: change.remove.filter((name) => !there.has(nameKey(name))) };
}
