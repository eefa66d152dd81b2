/**
 * The few operators of the closed subset on known values. `undefined` = not one of them.
 *
 * @module
 */
import { MAX_ELEMENTS, MAX_STRING_CHARS } from "../budgets.ts";
import {
  asNumber,
  isArray,
  isTable,
  isWrittenNumber,
  propertyOf,
  type ScriptValue,
  toText,
} from "./script-value.ts";

/** `left + right` and, of numbers, `left - right`. Texts are joined, arrays are lengthened. */
export function addValues(
  operator: string,
  left: ScriptValue,
  right: ScriptValue,
): ScriptValue | undefined {
  if (operator === "-") return addNumbers(left, right, -1);
  if (operator !== "+") return undefined;
  if (left === null) return right;
  if (isArray(left)) {
    const sum = isArray(right) ? [...left, ...right] : [...left, right];
    return sum.length > MAX_ELEMENTS ? undefined : sum;
  }
  if (typeof left !== "string") return addNumbers(left, right, 1);
  const sum = left + toText(right);
  return sum.length > MAX_STRING_CHARS ? undefined : sum;
}

function addNumbers(left: ScriptValue, right: ScriptValue, sign: 1 | -1): number | undefined {
  const a = asNumber(left);
  const b = asNumber(right);
  return a === null || b === null ? undefined : safe(a + sign * b);
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

/** A number behind `+` or `-`; a `+` is forgotten by PowerShell, so its place is remembered. */
export function negate(
  operator: string,
  value: ScriptValue,
  offset: number,
): ScriptValue | undefined {
  const number = asNumber(value);
  if (number === null) return undefined;
  if (operator === "+") return { kind: "number", value: number, text: null, lostPlusAt: offset };
  if (operator !== "-") return undefined;
  const text = isWrittenNumber(value) && value.text !== null ? `-${value.text}` : null;
  return { kind: "number", value: -number, text, lostPlusAt: null };
}

/** `value[key]`: elements from 0, from the end with negative numbers, `$null` beyond the ends. */
export function indexValue(value: ScriptValue, key: ScriptValue): ScriptValue | undefined {
  if (isTable(value)) return propertyOf(value, toText(key)) ?? null;
  const index = asNumber(key);
  if (index === null || !Number.isInteger(index)) return undefined;
  if (isArray(value)) return value.at(index) ?? null;
  if (typeof value === "string") return value.at(index) ?? null;
  return index === 0 ? value : undefined;
}

type Cast = (value: ScriptValue) => ScriptValue | undefined;

const asList: Cast = (value) => (isArray(value) ? value : [value]);
const asFlag: Cast = (value) => (typeof value === "boolean" ? value : undefined);
const asTable: Cast = (value) => (isTable(value) ? value : undefined);
const asTexts: Cast = (value) => (isArray(value) ? value : [value]).map(castToString);

const CASTS: Readonly<Record<string, Cast>> = {
  "[void]": () => null,
  "[string]": castToString,
  "[int]": castToInteger,
  "[int32]": castToInteger,
  "[int64]": castToInteger,
  "[long]": castToInteger,
  "[bool]": asFlag,
  "[switch]": asFlag,
  "[array]": asList,
  "[object[]]": asList,
  "[string[]]": asTexts,
  "[hashtable]": asTable,
  "[ordered]": asTable,
};

/** `[type]value` for the types that scripts of cmdlets use. */
export function castValue(type: string, value: ScriptValue): ScriptValue | undefined {
  const name = type.replace(/\s/g, "").toLowerCase().replace("[system.", "[");
  return Object.hasOwn(CASTS, name) ? CASTS[name]?.(value) : undefined;
}

function castToString(value: ScriptValue): ScriptValue {
  // WHY: a number that lost its `+` must stay known as one, so that the loss is told where it is used.
  if (isWrittenNumber(value) && value.lostPlusAt !== null) return value;
  return toText(value);
}

function castToInteger(value: ScriptValue): ScriptValue | undefined {
  const number = asNumber(value);
  if (number !== null) return Number.isInteger(number) ? number : undefined;
  const text = typeof value === "string" ? value.trim() : "";
  return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
}
