/**
 * Arithmetic, ranges, indexes and casts on known values. `undefined` = only PowerShell could tell.
 *
 * @module
 */
import { MAX_ELEMENTS, MAX_STRING_CHARS } from "../budgets.ts";
import { makeList, makeObject, makeTable, propertyOf } from "./change-object.ts";
import {
  asNumber,
  isArray,
  isObject,
  isTable,
  isTruthy,
  isWrittenNumber,
  type ScriptValue,
  toText,
} from "./script-value.ts";

/** `left + right` and, of numbers, `left - right`. Texts are joined, arrays are lengthened. */
export function addValues(
  operator: string,
  left: ScriptValue,
  right: ScriptValue,
): ScriptValue | undefined {
  if (operator === "-") return calculate(left, right, (a, b) => a - b);
  if (operator !== "+") return undefined;
  if (left === null) return right;
  if (isArray(left)) {
    const sum = isArray(right) ? [...left, ...right] : [...left, right];
    return sum.length > MAX_ELEMENTS ? undefined : sum;
  }
  if (isTable(left)) return isTable(right) ? joinTables(left, right) : undefined;
  if (typeof left !== "string") return calculate(left, right, (a, b) => a + b);
  const sum = left + toText(right);
  return sum.length > MAX_STRING_CHARS ? undefined : sum;
}

function joinTables(left: ScriptValue, right: ScriptValue): ScriptValue | undefined {
  if (!isTable(left) || !isTable(right)) return undefined;
  if (right.entries.some(([key]) => propertyOf(left, key) !== undefined)) return undefined;
  return makeTable([...left.entries, ...right.entries]);
}

/** `*`, `/`, `%`; a text or a list times a number is repeated. */
export function multiplyValues(
  operator: string,
  left: ScriptValue,
  right: ScriptValue,
): ScriptValue | undefined {
  if (operator === "*" && (typeof left === "string" || isArray(left))) return repeat(left, right);
  if (operator === "*") return calculate(left, right, (a, b) => a * b);
  if (asOperand(right) === 0) return undefined;
  if (operator === "/") return calculate(left, right, (a, b) => a / b);
  return operator === "%" ? calculate(left, right, (a, b) => a % b) : undefined;
}

function repeat(left: ScriptValue, right: ScriptValue): ScriptValue | undefined {
  const times = asOperand(right);
  if (times === null || times < 0 || !Number.isInteger(times)) return undefined;
  if (typeof left === "string") {
    return left.length * times > MAX_STRING_CHARS ? undefined : left.repeat(times);
  }
  if (!isArray(left) || left.length * times > MAX_ELEMENTS) return undefined;
  return Array.from({ length: times }, () => left).flat();
}

/** A number, or a text that is one, as arithmetic takes it. */
export function asOperand(value: ScriptValue): number | null {
  if (value === null) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return asNumber(value);
  return /^\s*[+-]?(?:\d{1,15}(?:\.\d*)?|\.\d+)\s*$/.test(value) ? Number(value) : null;
}

function calculate(
  left: ScriptValue,
  right: ScriptValue,
  work: (a: number, b: number) => number,
): number | undefined {
  if (typeof left === "string" && asNumber(right) === null) return undefined;
  const a = asOperand(left);
  const b = asOperand(right);
  if (a === null || b === null) return undefined;
  const result = work(a, b);
  return Math.abs(result) <= Number.MAX_SAFE_INTEGER ? result : undefined;
}

/** `-band`, `-bor`, `-bxor` of whole numbers of 32 bits. */
export function combineBits(
  operator: string,
  left: ScriptValue,
  right: ScriptValue,
): number | undefined {
  const a = asOperand(left);
  const b = asOperand(right);
  if (a === null || b === null || (a | 0) !== a || (b | 0) !== b) return undefined;
  if (operator === "-band") return a & b;
  if (operator === "-bor") return a | b;
  return operator === "-bxor" ? a ^ b : undefined;
}

/** `from..to`, upwards or downwards. */
export function rangeOf(from: ScriptValue, to: ScriptValue): readonly number[] | undefined {
  const a = asOperand(from);
  const b = asOperand(to);
  if (a === null || b === null || Math.abs(b - a) >= MAX_ELEMENTS) return undefined;
  const [first, last] = [Math.round(a), Math.round(b)];
  const step = last < first ? -1 : 1;
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, i) => first + i * step);
}

/** A number behind `+` or `-`; a `+` is forgotten by PowerShell, so its place is remembered. */
export function negate(
  operator: string,
  value: ScriptValue,
  offset: number,
): ScriptValue | undefined {
  const number = asOperand(value);
  if (number === null || isArray(value)) return undefined;
  if (operator === "+") return { kind: "number", value: number, text: null, lostPlusAt: offset };
  if (operator !== "-") return undefined;
  const text = isWrittenNumber(value) && value.text !== null ? `-${value.text}` : null;
  return { kind: "number", value: -number, text, lostPlusAt: null };
}

/** `value[key]`: elements from 0, from the end with negative numbers, `$null` beyond the ends. */
export function indexValue(value: ScriptValue, key: ScriptValue): ScriptValue | undefined {
  if (isArray(key)) return indexEach(value, key);
  if (isTable(value)) return propertyOf(value, toText(key)) ?? null;
  const index = asOperand(key);
  if (index === null || !Number.isInteger(index) || value === null) return undefined;
  if (isArray(value) || typeof value === "string") return value.at(index) ?? null;
  return index === 0 || index === -1 ? value : null;
}

/** `value[1, 3]`: what is there; of a table, `$null` for keys that are not. */
function indexEach(
  value: ScriptValue,
  keys: readonly ScriptValue[],
): readonly ScriptValue[] | undefined {
  const found = keys.map((key) => indexValue(value, key));
  if (!found.every((one) => one !== undefined)) return undefined;
  return isTable(value) ? found : found.filter((one) => one !== null);
}

type Cast = (value: ScriptValue) => ScriptValue | undefined;

const asList: Cast = (value) => (isArray(value) ? value : value === null ? null : [value]);
const asTexts: Cast = (value) => (isArray(value) ? value : [value]).map(castToString);
const asGrowingList: Cast = (value) => makeList(isArray(value) ? value : [value]);

const CASTS: Readonly<Record<string, Cast>> = {
  void: () => null,
  string: castToString,
  char: castToCharacter,
  int: castToInteger,
  int32: castToInteger,
  int64: castToInteger,
  long: castToInteger,
  uint32: castToInteger,
  double: castToNumber,
  decimal: castToNumber,
  float: castToNumber,
  bool: (value) => isTruthy(value),
  boolean: (value) => isTruthy(value),
  switch: (value) => isTruthy(value),
  "management.automation.switchparameter": (value) => isTruthy(value),
  array: asList,
  "object[]": asList,
  object: (value) => value,
  psobject: (value) => value,
  "psobject[]": asList,
  "string[]": asTexts,
  "int[]": castToIntegers,
  hashtable: (value) => (isTable(value) ? value : undefined),
  "collections.hashtable": (value) => (isTable(value) ? value : undefined),
  ordered: (value) => (isTable(value) ? value : undefined),
  pscustomobject: castToObject,
  "management.automation.pscustomobject": castToObject,
  "pscustomobject[]": asList,
  "collections.arraylist": asGrowingList,
};

/** The name of a type in the form the tables here use: `[System.String]` → `string`. */
export function typeName(text: string): string {
  const plain = text.replace(/\s/g, "").toLowerCase();
  return (plain.startsWith("[") ? plain.slice(1, -1) : plain).replace(/^system\./, "");
}

/** `[type]value` for the types that scripts of cmdlets use; `type` as `typeName` gives it. */
export function castValue(type: string, value: ScriptValue): ScriptValue | undefined {
  if (Object.hasOwn(CASTS, type)) return CASTS[type]?.(value);
  return /^collections\.generic\.list\[/.test(type) ? asGrowingList(value) : undefined;
}

function castToString(value: ScriptValue): ScriptValue {
  // WHY: a number that lost its `+` must stay known as one, so that the loss is told where it is used.
  if (isWrittenNumber(value) && value.lostPlusAt !== null) return value;
  return toText(value);
}

function castToCharacter(value: ScriptValue): ScriptValue | undefined {
  const number = asNumber(value);
  if (number !== null)
    return number >= 0 && number <= 0xffff ? String.fromCharCode(number) : undefined;
  return typeof value === "string" && value.length === 1 ? value : undefined;
}

function castToNumber(value: ScriptValue): ScriptValue | undefined {
  const number = isArray(value) ? null : asOperand(value === "" ? null : value);
  return number ?? undefined;
}

function castToInteger(value: ScriptValue): ScriptValue | undefined {
  const number = castToNumber(value);
  return typeof number === "number" ? roundHalfToEven(number) : undefined;
}

function castToIntegers(value: ScriptValue): ScriptValue | undefined {
  const numbers = (isArray(value) ? value : [value]).map(castToInteger);
  return numbers.every((one) => one !== undefined) ? numbers : undefined;
}

/** As .NET converts to whole numbers. */
export function roundHalfToEven(number: number): number {
  const below = Math.floor(number);
  if (number - below !== 0.5) return Math.round(number);
  return below % 2 === 0 ? below : below + 1;
}

function castToObject(value: ScriptValue): ScriptValue | undefined {
  if (isTable(value)) return makeObject(value.entries);
  return isObject(value) ? value : undefined;
}
