/**
 * The methods of texts, lists, tables and objects that scripts of cmdlets call. Names in lower case;
 * `undefined` = it is not one of them, or only PowerShell could tell.
 *
 * @module
 */
import { MAX_ELEMENTS, MAX_STRING_CHARS } from "../budgets.ts";
import type { ChangeJournal } from "./change-journal.ts";
import {
  isGrowing,
  makeTable,
  propertyOf,
  removeKey,
  setKey,
  spliceList,
} from "./change-object.ts";
import { areEqual } from "./compare-values.ts";
import { asOperand } from "./compute-value.ts";
import { formatNumber } from "./format-text.ts";
import {
  asNumber,
  isArray,
  isObject,
  isTable,
  type ScriptTable,
  type ScriptValue,
  toText,
} from "./script-value.ts";

type Arguments = readonly ScriptValue[];

/** What a method gives; `undefined` when it is not known here. */
export function callMethod(
  target: ScriptValue,
  name: string,
  args: Arguments,
  journal: ChangeJournal,
): ScriptValue | undefined {
  if (name === "gettype" || target === null) return undefined;
  if (typeof target === "string") return callOnText(target, name, args);
  if (isArray(target)) return callOnList(target, name, args, journal);
  if (isTable(target)) return callOnTable(target, name, args, journal);
  const number = asNumber(target);
  if (number !== null && name === "tostring") {
    const how = args[0] === undefined ? "" : toText(args[0]);
    return how === "" ? String(number) : formatNumber(number, how);
  }
  if (name === "tostring" && !isObject(target)) return toText(target);
  if (name === "equals" && args[0] !== undefined) return areEqual(target, args[0]);
  return undefined;
}

type TextMethod = (text: string, args: Arguments) => ScriptValue | undefined;

const TEXT_METHODS: Readonly<Record<string, TextMethod>> = {
  tostring: (text) => text,
  tolower: (text) => text.toLowerCase(),
  tolowerinvariant: (text) => text.toLowerCase(),
  toupper: (text) => text.toUpperCase(),
  toupperinvariant: (text) => text.toUpperCase(),
  trim: (text, args) => trimmed(text, args, true, true),
  trimstart: (text, args) => trimmed(text, args, true, false),
  trimend: (text, args) => trimmed(text, args, false, true),
  startswith: (text, args) => text.startsWith(textAt(args, 0)),
  endswith: (text, args) => text.endsWith(textAt(args, 0)),
  contains: (text, args) => text.includes(textAt(args, 0)),
  indexof: (text, args) => text.indexOf(textAt(args, 0)),
  lastindexof: (text, args) => text.lastIndexOf(textAt(args, 0)),
  equals: (text, args) => (args.length === 1 ? text === textAt(args, 0) : undefined),
  compareto: (text, args) => Math.sign(text.localeCompare(textAt(args, 0), "en")),
  replace: replaceText,
  split: splitText,
  substring: substring,
  padleft: (text, args) => padded(args, (width, fill) => text.padStart(width, fill)),
  padright: (text, args) => padded(args, (width, fill) => text.padEnd(width, fill)),
  insert: (text, [at, added = ""]) =>
    within(text, at, (i) => bounded(text.slice(0, i) + toText(added) + text.slice(i))),
  remove: (text, [at, count]) =>
    within(text, at, (i) =>
      count === undefined
        ? text.slice(0, i)
        : text.slice(0, i) + text.slice(i + (asOperand(count) ?? 0)),
    ),
  tochararray: (text) => text.split(""),
  normalize: (text) => text.normalize(),
};

function callOnText(text: string, name: string, args: Arguments): ScriptValue | undefined {
  const method = Object.hasOwn(TEXT_METHODS, name) ? TEXT_METHODS[name] : undefined;
  return method?.(text, args);
}

function textAt(args: Arguments, i: number): string {
  return toText(args[i] ?? "");
}

function bounded(text: string): string | undefined {
  return text.length > MAX_STRING_CHARS ? undefined : text;
}

function within(
  text: string,
  at: ScriptValue | undefined,
  work: (index: number) => string | undefined,
): string | undefined {
  const index = at === undefined ? null : asOperand(at);
  if (index === null || !Number.isInteger(index) || index < 0 || index > text.length)
    return undefined;
  return work(index);
}

/** .NET throws where JavaScript would shorten: such a call is not known here. */
function substring(text: string, [at, count]: Arguments): string | undefined {
  return within(text, at, (from) => {
    if (count === undefined) return text.slice(from);
    const length = asOperand(count);
    if (length === null || length < 0 || from + length > text.length) return undefined;
    return text.slice(from, from + length);
  });
}

function padded(args: Arguments, pad: (width: number, fill: string) => string): string | undefined {
  const width = asOperand(args[0] ?? null) ?? 0;
  if (width > MAX_STRING_CHARS) return undefined;
  return pad(width, args[1] === undefined ? " " : toText(args[1]));
}

function charactersOf(args: Arguments): string {
  return args
    .map(toText)
    .join("")
    .replaceAll(" ", args.length > 1 ? "" : " ");
}

function trimmed(text: string, args: Arguments, start: boolean, end: boolean): string {
  const unwanted = args.length === 0 ? null : charactersOf(args.flat() as Arguments);
  const goes = (char: string | undefined): boolean =>
    char !== undefined && (unwanted === null ? char.trim() === "" : unwanted.includes(char));
  let from = 0;
  let to = text.length;
  if (start) while (from < to && goes(text[from])) from++;
  if (end) while (to > from && goes(text[to - 1])) to--;
  return text.slice(from, to);
}

function replaceText(text: string, args: Arguments): string | undefined {
  const wanted = textAt(args, 0);
  if (wanted === "" || args.length !== 2) return undefined;
  const by = textAt(args, 1);
  const times = text.split(wanted).length - 1;
  if (text.length + times * by.length > MAX_STRING_CHARS) return undefined;
  return text.replaceAll(wanted, () => by);
}

/** Windows PowerShell's `Split(String)`: each character of the argument separates. */
function splitText(text: string, args: Arguments): ScriptValue | undefined {
  if (args.length > 2) return undefined;
  const [by, option] = args;
  const separators =
    by === undefined ? " \t\r\n" : toText(isArray(by) ? by.map(toText).join("") : by);
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !separators.includes(text[i] ?? "")) continue;
    parts.push(text.slice(from, i));
    from = i + 1;
  }
  if (option === undefined) return parts;
  if (/^removeemptyentries$/i.test(toText(option)) || asNumber(option) === 1) {
    return parts.filter((part) => part !== "");
  }
  return /^none$/i.test(toText(option)) ? parts : undefined;
}

function callOnList(
  list: readonly ScriptValue[],
  name: string,
  args: Arguments,
  journal: ChangeJournal,
): ScriptValue | undefined {
  const [first = null] = args;
  switch (name) {
    case "contains":
      return list.some((element) => areEqual(element, first, true));
    case "indexof":
      return list.findIndex((element) => areEqual(element, first, true));
    case "toarray":
      return [...list];
    case "getenumerator":
      return list;
    default:
      return isGrowing(list)
        ? changeList(list, name, args, journal)
        : eachOf(list, name, args, journal);
  }
}

function changeList(
  list: readonly ScriptValue[],
  name: string,
  args: Arguments,
  journal: ChangeJournal,
): ScriptValue | undefined {
  const [first = null, second = null] = args;
  const added = name === "addrange" ? (isArray(first) ? first : [first]) : [first];
  if (list.length + added.length > MAX_ELEMENTS) return undefined;
  const index = asOperand(first) ?? -1;
  switch (name) {
    case "add":
    case "addrange":
      spliceList(list, list.length, 0, added, journal);
      return name === "add" ? list.length - 1 : null;
    case "insert":
      spliceList(list, index, 0, [second], journal);
      return null;
    case "remove": {
      const at = list.findIndex((element) => areEqual(element, first, true));
      if (at >= 0) spliceList(list, at, 1, [], journal);
      return null;
    }
    case "removeat":
      if (index < 0 || index >= list.length) return undefined;
      spliceList(list, index, 1, [], journal);
      return null;
    case "clear":
      spliceList(list, 0, list.length, [], journal);
      return null;
    default:
      return undefined;
  }
}

/** A method that the list does not have is called on each element. */
function eachOf(
  list: readonly ScriptValue[],
  name: string,
  args: Arguments,
  journal: ChangeJournal,
): ScriptValue | undefined {
  const results: ScriptValue[] = [];
  for (const element of list) {
    if (isArray(element)) return undefined;
    const result = callMethod(element, name, args, journal);
    if (result === undefined) return undefined;
    results.push(result);
  }
  return list.length === 0 ? undefined : results;
}

function callOnTable(
  table: ScriptTable,
  name: string,
  args: Arguments,
  journal: ChangeJournal,
): ScriptValue | undefined {
  const key = toText(args[0] ?? null);
  switch (name) {
    case "containskey":
    case "contains":
      return propertyOf(table, key) !== undefined;
    case "containsvalue":
      return table.entries.some(([, value]) => areEqual(value, args[0] ?? null, true));
    case "add":
      if (propertyOf(table, key) !== undefined || table.entries.length >= MAX_ELEMENTS)
        return undefined;
      setKey(table, key, args[1] ?? null, journal);
      return null;
    case "remove":
      removeKey(table, key, journal);
      return null;
    case "clear":
      for (const [known] of [...table.entries].reverse()) removeKey(table, known, journal);
      return null;
    case "clone":
      return makeTable(table.entries);
    case "getenumerator":
      return table.entries.map(([k, value]) => makePair(k, value));
    default:
      return undefined;
  }
}

/** One entry of a table, as `GetEnumerator()` gives it. */
function makePair(key: string, value: ScriptValue): ScriptValue {
  return { kind: "object", properties: { Name: key, Key: key, Value: value } };
}
