/**
 * Static members of .NET types that scripts of cmdlets use: `[string]::IsNullOrEmpty($x)` and the like.
 *
 * @module
 */
import { MAX_STRING_CHARS } from "../budgets.ts";
import { makeList, makeObject, makeTable } from "./change-object.ts";
import { asOperand, castValue, roundHalfToEven } from "./compute-value.ts";
import { formatText } from "./format-text.ts";
import { elementsOf, isArray, isTable, type ScriptValue, toText } from "./script-value.ts";

type Arguments = readonly ScriptValue[];
type Static = (args: Arguments) => ScriptValue | undefined;

const numeric =
  (work: (...numbers: number[]) => number): Static =>
  (args) => {
    const numbers = args.map(asOperand);
    return numbers.every((n) => n !== null) && numbers.length > 0 ? work(...numbers) : undefined;
  };

const STATICS: Readonly<Record<string, Static>> = {
  "string::isnullorempty": ([text = null]) => toText(text) === "",
  "string::isnullorwhitespace": ([text = null]) => toText(text).trim() === "",
  "string::join": ([by = null, ...rest]) =>
    bounded((rest.length === 1 ? elementsOf(rest[0] ?? null) : rest).map(toText).join(toText(by))),
  "string::format": ([format = null, ...rest]) =>
    formatText(toText(format), rest.flat() as Arguments),
  "string::concat": (args) => bounded(args.map(toText).join("")),
  "string::equals": ([a = null, b = null, how]) =>
    how === undefined ? toText(a) === toText(b) : undefined,
  "math::min": numeric(Math.min),
  "math::max": numeric(Math.max),
  "math::abs": numeric(Math.abs),
  "math::floor": numeric(Math.floor),
  "math::ceiling": numeric(Math.ceil),
  "math::truncate": numeric(Math.trunc),
  "math::round": numeric(rounded),
  "int::parse": ([text = null]) => castValue("int", text),
  "int32::parse": ([text = null]) => castValue("int", text),
  "bool::parse": ([text = null]) => parseBool(toText(text)),
  "convert::toint32": ([text = null]) => castValue("int", text),
  "convert::toboolean": ([text = null]) => parseBool(toText(text)),
  "convert::tostring": ([text = null]) => toText(text),
  "regex::escape": ([text = null]) =>
    bounded(toText(text).replace(/[\\*+?|{[()^$.#\s]/g, escapeOne)),
  "text.regularexpressions.regex::escape": (args) => STATICS["regex::escape"]?.(args),
  "io.path::combine": (args) => args.map(toText).join("\\"),
  "array::reverse": () => undefined,
};

const MEMBERS: Readonly<Record<string, ScriptValue>> = {
  "environment::newline": "\r\n",
  "string::empty": "",
  "int::maxvalue": 2_147_483_647,
  "int32::maxvalue": 2_147_483_647,
  "stringsplitoptions::removeemptyentries": "RemoveEmptyEntries",
  "stringsplitoptions::none": "None",
};

const SPACES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\f": "\\f",
};

function escapeOne(char: string): string {
  return SPACES[char] ?? `\\${char}`;
}

function bounded(text: string): string | undefined {
  return text.length > MAX_STRING_CHARS ? undefined : text;
}

function parseBool(text: string): boolean | undefined {
  if (/^\s*true\s*$/i.test(text)) return true;
  return /^\s*false\s*$/i.test(text) ? false : undefined;
}

function rounded(number: number, digits = 0): number {
  const scale = 10 ** digits;
  return roundHalfToEven(number * scale) / scale;
}

/** `[type]::name(args)`; `undefined` when it is not known here. */
export function callStatic(type: string, name: string, args: Arguments): ScriptValue | undefined {
  if (name === "new") return makeInstance(type, args);
  const key = `${type}::${name}`;
  return Object.hasOwn(STATICS, key) ? STATICS[key]?.(args) : undefined;
}

/** `[type]::name`. */
export function readStatic(type: string, name: string): ScriptValue | undefined {
  const key = `${type}::${name}`;
  return Object.hasOwn(MEMBERS, key) ? MEMBERS[key] : undefined;
}

/** `New-Object type`, `[type]::new()`: lists, tables and empty objects; no other type is made. */
export function makeInstance(type: string, args: Arguments): ScriptValue | undefined {
  const [first] = args;
  if (/^(?:collections\.arraylist|(?:collections\.generic\.)?list\[.*)$/.test(type)) {
    return makeList(isArray(first) ? first : []);
  }
  if (
    /^(?:hashtable|collections\.hashtable|collections\.generic\.dictionary\[.*|collections\.specialized\.ordereddictionary)$/.test(
      type,
    )
  ) {
    return makeTable();
  }
  if (/^(?:psobject|pscustomobject|object|management\.automation\.psobject)$/.test(type)) {
    return isTable(first) ? makeObject(first.entries) : makeObject([]);
  }
  return undefined;
}
