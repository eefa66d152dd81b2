/**
 * PowerShell's comparison operators on known values, in any case as long as the operator is not `-c…`
 * (Microsoft: about_Comparison_Operators). `undefined` = only PowerShell could tell.
 *
 * @module
 */
import { asOperand, castValue } from "./compute-value.ts";
import {
  asNumber,
  elementsOf,
  isArray,
  isBlockValue,
  isObject,
  isTable,
  isTruthy,
  isType,
  type ScriptValue,
  toText,
} from "./script-value.ts";
import { matchesWildcard } from "./wildcard.ts";

const COLLATOR = new Intl.Collator("en", { sensitivity: "base" });
const EXACT_COLLATOR = new Intl.Collator("en");

/** The sign of `left - right`, the right one converted to the kind of the left one. */
export function orderOf(
  left: ScriptValue,
  right: ScriptValue,
  exactCase = false,
): number | undefined {
  if (isArray(right)) return undefined;
  if (typeof left === "string") {
    return (exactCase ? EXACT_COLLATOR : COLLATOR).compare(left, toText(right));
  }
  if (left === null && typeof right === "string") return right === "" ? 0 : -1;
  const a = asOperand(left);
  const b = asOperand(right);
  return a === null || b === null ? undefined : Math.sign(a - b);
}

/** `-eq` of two single values. */
export function areEqual(left: ScriptValue, right: ScriptValue, exactCase = false): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === "boolean") return left === isTruthy(right);
  if (asNumber(left) !== null) return !isArray(right) && asOperand(right) === asNumber(left);
  if (typeof left === "string") {
    if (isArray(right)) return false;
    const text = toText(right);
    return exactCase ? left === text : left.toLowerCase() === text.toLowerCase();
  }
  if (isType(left) && isType(right)) return left.name === right.name;
  return left === right;
}

type Test = (left: ScriptValue, right: ScriptValue, exactCase: boolean) => boolean | undefined;

const ordered =
  (holds: (sign: number) => boolean): Test =>
  (left, right, exactCase) => {
    const sign = orderOf(left, right, exactCase);
    return sign === undefined ? undefined : holds(sign);
  };

const like: Test = (left, right, exactCase) =>
  matchesWildcard(toText(left), toText(right), exactCase);

/** Operators that pick the elements for which they hold when the left side is a list. */
const PICKING: Readonly<Record<string, Test>> = {
  eq: areEqual,
  ne: (left, right, exactCase) => !areEqual(left, right, exactCase),
  gt: ordered((sign) => sign > 0),
  ge: ordered((sign) => sign >= 0),
  lt: ordered((sign) => sign < 0),
  le: ordered((sign) => sign <= 0),
  like,
  notlike: (left, right, exactCase) => !like(left, right, exactCase),
};

/** `left operator right`; `operator` in lower case without its dash. */
export function compareValues(
  operator: string,
  left: ScriptValue,
  right: ScriptValue,
): ScriptValue | undefined {
  const plain = /^[ci](?=eq|ne|g[te]|l[te]|like|not|contains|in$)/.test(operator);
  const name = plain ? operator.slice(1) : operator;
  const exactCase = plain && operator.startsWith("c");
  const test = Object.hasOwn(PICKING, name) ? PICKING[name] : undefined;
  if (test !== undefined) return pick(test, left, right, exactCase);
  switch (name) {
    case "contains":
      return holds(left, right, exactCase);
    case "notcontains":
      return !holds(left, right, exactCase);
    case "in":
      return holds(right, left, exactCase);
    case "notin":
      return !holds(right, left, exactCase);
    default:
      return compareType(name, left, right);
  }
}

function pick(
  test: Test,
  left: ScriptValue,
  right: ScriptValue,
  exactCase: boolean,
): ScriptValue | undefined {
  if (!isArray(left)) return test(left, right, exactCase);
  const results = left.map((element) => test(element, right, exactCase));
  if (results.includes(undefined)) return undefined;
  return left.filter((_, i) => results[i]);
}

function holds(list: ScriptValue, value: ScriptValue, exactCase: boolean): boolean {
  const elements = list === null ? [null] : elementsOf(list);
  return elements.some((element) => areEqual(element, value, exactCase));
}

function compareType(name: string, left: ScriptValue, right: ScriptValue): ScriptValue | undefined {
  const type = isType(right)
    ? right.name
    : toText(right)
        .toLowerCase()
        .replace(/^system\./, "");
  if (name === "as") return castValue(type, left) ?? null;
  const isOne = isOfType(left, type);
  if (isOne === undefined) return undefined;
  if (name === "is") return isOne;
  return name === "isnot" ? !isOne : undefined;
}

function isOfType(value: ScriptValue, type: string): boolean | undefined {
  switch (type) {
    case "string":
      return typeof value === "string";
    case "bool":
    case "boolean":
      return typeof value === "boolean";
    case "int":
    case "int32":
      return Number.isInteger(asNumber(value) ?? Number.NaN);
    case "array":
    case "object[]":
      return isArray(value);
    case "hashtable":
      return isTable(value);
    case "pscustomobject":
      return isObject(value);
    case "scriptblock":
      return isBlockValue(value);
    case "collections.ienumerable":
      return isArray(value) || isTable(value) || typeof value === "string";
    default:
      return undefined;
  }
}
