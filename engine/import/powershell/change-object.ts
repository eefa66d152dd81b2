/**
 * Hashtables, objects and lists: looking into them, and changing them so that it can be undone.
 *
 * @module
 */
import type { ChangeJournal } from "./change-journal.ts";
import {
  isObject,
  isTable,
  type ScriptObject,
  type ScriptTable,
  type ScriptValue,
} from "./script-value.ts";

type Entry = readonly [key: string, value: ScriptValue];

/** Where each key of a table stands; keys in lower case. */
const INDEXES = new WeakMap<ScriptTable, Map<string, number>>();

/** Lists that grow in place: ArrayList, List[…]. Arrays do not. */
const GROWING = new WeakSet<readonly ScriptValue[]>();

function indexOf(table: ScriptTable): Map<string, number> {
  let index = INDEXES.get(table);
  if (index === undefined) {
    index = new Map(table.entries.map(([key], i) => [key.toLowerCase(), i]));
    INDEXES.set(table, index);
  }
  return index;
}

/** A new table. */
export function makeTable(entries: readonly Entry[] = []): ScriptTable {
  return { kind: "table", entries: [...entries] };
}

/** A new object; the last of equal names wins. */
export function makeObject(entries: readonly Entry[]): ScriptObject {
  const properties: Record<string, ScriptValue> = Object.create(null);
  for (const [key, value] of entries) properties[key] = value;
  return { kind: "object", properties };
}

/** A new list that can grow. */
export function makeList(items: readonly ScriptValue[]): readonly ScriptValue[] {
  const list = [...items];
  GROWING.add(list);
  return list;
}

/** Whether a list grows in place. */
export function isGrowing(list: readonly ScriptValue[]): boolean {
  return GROWING.has(list);
}

/** A property or key by its name, case-insensitively; `undefined` when there is none. */
export function propertyOf(value: ScriptValue, name: string): ScriptValue | undefined {
  if (isTable(value)) {
    const at = indexOf(value).get(name.toLowerCase());
    return at === undefined ? undefined : value.entries[at]?.[1];
  }
  if (!isObject(value)) return undefined;
  const key = nameIn(value, name);
  return key === null ? undefined : value.properties[key];
}

function nameIn(object: ScriptObject, name: string): string | null {
  if (Object.hasOwn(object.properties, name)) return name;
  const wanted = name.toLowerCase();
  for (const key of Object.keys(object.properties)) if (key.toLowerCase() === wanted) return key;
  return null;
}

/** Sets a key of a table, at its end when it is new. */
export function setKey(
  table: ScriptTable,
  key: string,
  value: ScriptValue,
  journal: ChangeJournal,
): void {
  const index = indexOf(table);
  const entries = table.entries as Entry[];
  const known = key.toLowerCase();
  const at = index.get(known);
  if (at !== undefined) {
    const before = entries[at];
    entries[at] = [before?.[0] ?? key, value];
    journal.record(() => {
      if (before !== undefined) entries[at] = before;
    });
    return;
  }
  index.set(known, entries.length);
  entries.push([key, value]);
  journal.record(() => {
    entries.pop();
    INDEXES.delete(table);
  });
}

/** Takes a key out of a table; nothing when it is not there. */
export function removeKey(table: ScriptTable, key: string, journal: ChangeJournal): void {
  const at = indexOf(table).get(key.toLowerCase());
  if (at === undefined) return;
  const entries = table.entries as Entry[];
  const removed = entries.splice(at, 1);
  INDEXES.delete(table);
  journal.record(() => {
    entries.splice(at, 0, ...removed);
    INDEXES.delete(table);
  });
}

/** Sets a property of an object, a key of a table; `false` when it is neither. */
export function setProperty(
  target: ScriptValue,
  name: string,
  value: ScriptValue,
  journal: ChangeJournal,
): boolean {
  if (isTable(target)) setKey(target, name, value, journal);
  else if (isObject(target)) {
    const before = target.properties;
    target.properties = { ...before, [nameIn(target, name) ?? name]: value };
    journal.record(() => {
      target.properties = before;
    });
  } else return false;
  return true;
}

/** Replaces `removed` elements of a list at `at` by others, in place. */
export function spliceList(
  list: readonly ScriptValue[],
  at: number,
  removed: number,
  added: readonly ScriptValue[],
  journal: ChangeJournal,
): void {
  const own = list as ScriptValue[];
  const gone = own.splice(at, removed, ...added);
  journal.record(() => own.splice(at, added.length, ...gone));
}
