/**
 * The values a script computes with, and PowerShell's conversions between them.
 *
 * @module
 */
import type { ArgumentValue, OutputObject, ParameterType } from "../../tenant/cmdlet-invocation.ts";

/** A number that remembers how it was written. */
export interface WrittenNumber {
  readonly kind: "number";
  readonly value: number;
  /** The word as typed among arguments: a string parameter gets this, as `007` stays `007`. */
  readonly text: string | null;
  /** Offset of the `+` that an expression such as `$n = +14255550101` has swallowed. */
  readonly lostPlusAt: number | null;
}

/** A hashtable. */
export interface ScriptTable {
  readonly kind: "table";
  readonly entries: readonly (readonly [key: string, value: ScriptValue])[];
}

/** Any value a script can hold. */
export type ScriptValue =
  | string
  | number
  | boolean
  | null
  | WrittenNumber
  | ScriptTable
  | OutputObject
  | readonly ScriptValue[];

/** Whether it is an array. */
export function isArray(value: ScriptValue): value is readonly ScriptValue[] {
  return Array.isArray(value);
}

function kindOf(value: ScriptValue): "number" | "table" | "object" | null {
  return value !== null && typeof value === "object" && !isArray(value) ? value.kind : null;
}

/** Whether it is a hashtable. */
export function isTable(value: ScriptValue): value is ScriptTable {
  return kindOf(value) === "table";
}

/** Whether it is an object with properties. */
export function isObject(value: ScriptValue): value is OutputObject {
  return kindOf(value) === "object";
}

/** Whether it is a number that remembers its spelling. */
export function isWrittenNumber(value: ScriptValue): value is WrittenNumber {
  return kindOf(value) === "number";
}

/** The number a value is, or `null` when it is none. */
export function asNumber(value: ScriptValue): number | null {
  if (typeof value === "number") return value;
  return isWrittenNumber(value) ? value.value : null;
}

/** What `[string]` and string expansion make of a value: `$true` → `True`, an array → blanks between. */
export function toText(value: ScriptValue): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isArray(value)) return value.map(toText).join(" ");
  if (isTable(value)) return "System.Collections.Hashtable";
  if (isObject(value)) {
    const pairs = Object.entries(value.properties).map(([k, v]) => `${k}=${toText(v)}`);
    return `@{${pairs.join("; ")}}`;
  }
  return String(asNumber(value) ?? value);
}

/** The elements of an array, nothing of `$null`, or the one value: what a pipeline passes on. */
export function elementsOf(value: ScriptValue): readonly ScriptValue[] {
  if (isArray(value)) return value;
  return value === null ? [] : [value];
}

/** What assigning a pipeline's output stores: nothing → `$null`, one → itself, more → an array. */
export function collapse(items: readonly ScriptValue[]): ScriptValue {
  return items.length > 1 ? items : (items[0] ?? null);
}

/** A property or key by its name, case-insensitively; `undefined` when there is none. */
export function propertyOf(value: ScriptValue, name: string): ScriptValue | undefined {
  const wanted = name.toLowerCase();
  if (isTable(value)) return value.entries.find(([key]) => key.toLowerCase() === wanted)?.[1];
  if (!isObject(value)) return undefined;
  const key = Object.keys(value.properties).find((k) => k.toLowerCase() === wanted);
  return key === undefined ? undefined : value.properties[key];
}

/** The value as a parameter of this type receives it; what does not convert is left for the cmdlet. */
export function toArgument(value: ScriptValue, type: ParameterType): ArgumentValue {
  const number = asNumber(value);
  if (number !== null) {
    if (type === "string" || type === "list") return textOfNumber(value, number);
    return type === "bool" || type === "switch" ? number !== 0 : number;
  }
  if (type === "int" && typeof value === "string" && /^\s*[+-]?\d{1,9}\s*$/.test(value)) {
    return Number(value);
  }
  return toPlain(value, type);
}

function textOfNumber(value: ScriptValue, number: number): string {
  return isWrittenNumber(value) ? (value.text ?? String(number)) : String(number);
}

function toPlain(value: ScriptValue, type: ParameterType): ArgumentValue {
  if (isArray(value)) return value.map((element) => toArgument(element, type));
  if (isTable(value)) {
    return { kind: "table", entries: value.entries.map(([k, v]) => [k, toArgument(v, type)]) };
  }
  return isWrittenNumber(value) ? value.value : value;
}

/** Every number inside a value that lost its `+`. */
export function lostPluses(value: ScriptValue): readonly WrittenNumber[] {
  if (isWrittenNumber(value)) return value.lostPlusAt === null ? [] : [value];
  if (isArray(value)) return value.flatMap(lostPluses);
  return isTable(value) ? value.entries.flatMap(([, v]) => lostPluses(v)) : [];
}
