/**
 * The values a script computes with, and PowerShell's conversions between them.
 *
 * @module
 */
import type { ArgumentValue, ParameterType } from "../../tenant/cmdlet-invocation.ts";
import type { ScriptBlock } from "./script-statement.ts";

/** A number that remembers how it was written. */
export interface WrittenNumber {
  readonly kind: "number";
  readonly value: number;
  /** The word as typed among arguments: a string parameter gets this, as `007` stays `007`. */
  readonly text: string | null;
  /** Offset of the `+` that an expression such as `$n = +14255550101` has swallowed. */
  readonly lostPlusAt: number | null;
}

/** A hashtable; shared by all who hold it, as in PowerShell. Changed only through script-table.ts. */
export interface ScriptTable {
  readonly kind: "table";
  readonly entries: readonly (readonly [key: string, value: ScriptValue])[];
}

/** An object; `properties` is replaced as a whole when one is set (change-object.ts). */
export interface ScriptObject {
  readonly kind: "object";
  properties: Readonly<Record<string, ScriptValue>>;
}

/** `{ … }` as a value. */
export interface ScriptBlockValue {
  readonly kind: "block";
  readonly block: ScriptBlock;
}

/** `[type]` as a value. */
export interface TypeValue {
  readonly kind: "type";
  /** In lower case, without brackets, blanks and `system.`. */
  readonly name: string;
}

/** An argument of a function of the script that is not known; it stays so inside. */
export interface UnknownValue {
  readonly kind: "unknown";
  readonly cause: string;
}

/** Any value a script can hold. */
export type ScriptValue =
  | string
  | number
  | boolean
  | null
  | WrittenNumber
  | ScriptTable
  | ScriptObject
  | ScriptBlockValue
  | TypeValue
  | UnknownValue
  | readonly ScriptValue[];

/** Tables in tables beyond this reach a cmdlet as nothing: they may hold themselves. */
const MAX_DEPTH = 16;

/** Whether it is an array. */
export function isArray(value: ScriptValue | undefined): value is readonly ScriptValue[] {
  return Array.isArray(value);
}

function kindOf(value: ScriptValue | undefined): string | null {
  return value !== null && typeof value === "object" && !isArray(value) ? value.kind : null;
}

/** Whether it is a hashtable. */
export function isTable(value: ScriptValue | undefined): value is ScriptTable {
  return kindOf(value) === "table";
}

/** Whether it is an object with properties. */
export function isObject(value: ScriptValue | undefined): value is ScriptObject {
  return kindOf(value) === "object";
}

/** Whether it is a number that remembers its spelling. */
export function isWrittenNumber(value: ScriptValue | undefined): value is WrittenNumber {
  return kindOf(value) === "number";
}

/** Whether it is a script block. */
export function isBlockValue(value: ScriptValue | undefined): value is ScriptBlockValue {
  return kindOf(value) === "block";
}

/** Whether it is a type. */
export function isType(value: ScriptValue | undefined): value is TypeValue {
  return kindOf(value) === "type";
}

/** Whether it is not known. */
export function isUnknown(value: ScriptValue | undefined): value is UnknownValue {
  return kindOf(value) === "unknown";
}

/** The number a value is, or `null` when it is none. */
export function asNumber(value: ScriptValue): number | null {
  if (typeof value === "number") return value;
  return isWrittenNumber(value) ? value.value : null;
}

/** What `[string]` and string expansion make of a value: `$true` → `True`, an array → blanks between. */
export function toText(value: ScriptValue): string {
  if (isArray(value))
    return value.map((e) => (isArray(e) ? "System.Object[]" : toText(e))).join(" ");
  if (isObject(value)) {
    const pairs = Object.entries(value.properties).map(([k, v]) => `${k}=${textInside(v)}`);
    return `@{${pairs.join("; ")}}`;
  }
  return textOfScalar(value);
}

function textInside(value: ScriptValue): string {
  if (isArray(value)) return "System.Object[]";
  return isObject(value) ? "" : textOfScalar(value);
}

function textOfScalar(value: ScriptValue): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (isTable(value)) return "System.Collections.Hashtable";
  if (isBlockValue(value)) return "{ … }";
  if (isType(value)) return value.name;
  if (isUnknown(value)) return "";
  return String(asNumber(value) ?? value);
}

/** Whether `if` takes it for true (about_Booleans). */
export function isTruthy(value: ScriptValue): boolean {
  if (typeof value === "boolean") return value;
  if (value === null || value === "") return false;
  if (isArray(value)) {
    const [first] = value;
    return value.length > 1 || (first !== undefined && (isArray(first) || isTruthy(first)));
  }
  const number = asNumber(value);
  return number === null || number !== 0;
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

/** The value as a parameter of this type receives it; what does not convert is left for the cmdlet. */
export function toArgument(value: ScriptValue, type: ParameterType, depth = 0): ArgumentValue {
  const number = asNumber(value);
  if (number !== null) {
    if (type === "string" || type === "list") return textOfNumber(value, number);
    return type === "bool" || type === "switch" ? number !== 0 : number;
  }
  if (type === "int" && typeof value === "string" && /^\s*[+-]?\d{1,9}\s*$/.test(value)) {
    return Number(value);
  }
  return depth > MAX_DEPTH ? null : toPlain(value, type, depth + 1);
}

/** Digits as typed, so that `0800` stays what it is where a text is wanted. */
export function textOfNumber(value: ScriptValue, number: number): string {
  return isWrittenNumber(value) ? (value.text ?? String(number)) : String(number);
}

function toPlain(value: ScriptValue, type: ParameterType, depth: number): ArgumentValue {
  const inner = (v: ScriptValue): ArgumentValue => toArgument(v, type, depth);
  if (isArray(value)) return value.map(inner);
  if (isTable(value)) {
    return { kind: "table", entries: value.entries.map(([k, v]) => [k, inner(v)]) };
  }
  if (isObject(value)) {
    const properties: Record<string, ArgumentValue> = Object.create(null);
    for (const [k, v] of Object.entries(value.properties)) {
      properties[k] = toArgument(v, "object", depth);
    }
    return { kind: "object", properties };
  }
  if (isBlockValue(value) || isType(value) || isUnknown(value)) return toText(value);
  return isWrittenNumber(value) ? value.value : value;
}

/** Every number inside a value that lost its `+`. */
export function lostPluses(value: ScriptValue, depth = 0): readonly WrittenNumber[] {
  if (isWrittenNumber(value)) return value.lostPlusAt === null ? [] : [value];
  if (depth > MAX_DEPTH) return [];
  if (isArray(value)) return value.flatMap((v) => lostPluses(v, depth + 1));
  return isTable(value) ? value.entries.flatMap(([, v]) => lostPluses(v, depth + 1)) : [];
}
