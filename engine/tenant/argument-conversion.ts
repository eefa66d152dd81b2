import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { MAX_NAME_LENGTH, MAX_TEXT_LENGTH, NO_CONTROLS } from "../model/text-limits.ts";
import type { ArgumentTable, ArgumentValue, CmdletParameter } from "./cmdlet-invocation.ts";
import type { ListChange } from "./list-change.ts";

/** An argument as its parameter's type; switches are bools. */
export type ArgumentConversion =
  | { readonly type: "string"; readonly value: string | null }
  | { readonly type: "int"; readonly value: number | null }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "list"; readonly value: ListChange }
  | { readonly type: "object"; readonly value: ArgumentValue };

/** A converted argument, or why it cannot be converted and what to write instead. */
export type ConversionResult =
  | { readonly ok: true; readonly conversion: ArgumentConversion }
  | { readonly ok: false; readonly what: string; readonly hint: string };

const MAX_INT32 = 2_147_483_647;
const LIST_KEYS = ["Add", "Remove", "Replace"];
const LIST_HINT = 'write @{Add="…"}, @{Remove="…"}, both, or @{Replace="…"} alone';

/**
 * Converts one argument to the type of its parameter, as PowerShell's parameter binder does, with one
 * liberty: a bool may be given as the text `True` or `False`, since values read from CSV are texts.
 */
export function convertArgument(
  parameter: CmdletParameter,
  value: ArgumentValue,
): ConversionResult {
  switch (parameter.type) {
    case "string":
      return toText(parameter, value);
    case "int":
      return toInteger(parameter, value);
    case "bool":
    case "switch":
      return toBool(parameter, value);
    case "list":
      return toListChange(parameter, value);
    case "object":
      return { ok: true, conversion: { type: "object", value } };
  }
}

function refusal(parameter: CmdletParameter, value: ArgumentValue, hint: string): ConversionResult {
  return { ok: false, what: `-${parameter.name} cannot be ${inWords(value)}`, hint };
}

function inWords(value: ArgumentValue): string {
  if (value === null) return "$null";
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "object") {
    if (!("kind" in value)) return "an array";
    return value.kind === "table" ? "a hashtable" : "an object";
  }
  return typeof value === "boolean" ? `$${value}` : String(value);
}

/** The text of a value where PowerShell would make one; an object stands for its own identity. */
function textOf(parameter: CmdletParameter, value: ArgumentValue): string | null | undefined {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (!("kind" in value) || value.kind !== "object") return undefined;
  const own = value.properties[parameter.name] ?? value.properties["Identity"];
  return typeof own === "string" ? own : undefined;
}

function toText(parameter: CmdletParameter, value: ArgumentValue): ConversionResult {
  const text = textOf(parameter, value);
  if (text === undefined) return refusal(parameter, value, "give one text in quotes");
  const unfit = text === null ? null : whyUnfit(parameter, text);
  if (unfit !== null) return unfit;
  return { ok: true, conversion: { type: "string", value: text } };
}

/** Parameters of free text; all other strings are names, numbers or words, and patterns have budgets. */
const FREE_TEXTS: ReadonlySet<string> = new Set([
  "Description",
  "Pattern",
  "Translation",
  "EmergencyDialMask",
  "ExternalAccessPrefix",
  "Location",
]);
const PATTERN = "NumberPattern";

/** Why a tenant could not keep a text: its file would be refused; `null` when it can. */
function whyUnfit(
  { name }: CmdletParameter,
  text: string,
): Extract<ConversionResult, { ok: false }> | null {
  if (name === PATTERN) return null;
  const free = FREE_TEXTS.has(name);
  const most = free ? MAX_TEXT_LENGTH : MAX_NAME_LENGTH;
  if (text.length > most) {
    const what = `-${name} has ${text.length} characters`;
    return { ok: false, what, hint: `give at most ${most}` };
  }
  if (free || NO_CONTROLS.test(text)) return null;
  return { ok: false, what: `-${name} holds a control character`, hint: "leave it out" };
}

function toInteger(parameter: CmdletParameter, value: ArgumentValue): ConversionResult {
  if (value === null) return { ok: true, conversion: { type: "int", value: null } };
  const number =
    typeof value === "string" && /^\s*[+-]?\d{1,10}\s*$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number) || Math.abs(number) > MAX_INT32)
    return refusal(parameter, value, "give a whole number");
  return { ok: true, conversion: { type: "int", value: number } };
}

function toBool(parameter: CmdletParameter, value: ArgumentValue): ConversionResult {
  if (typeof value === "boolean") return { ok: true, conversion: { type: "bool", value } };
  if (typeof value === "number")
    return { ok: true, conversion: { type: "bool", value: value !== 0 } };
  const word = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (word === "true" || word === "false")
    return { ok: true, conversion: { type: "bool", value: word === "true" } };
  return refusal(parameter, value, "give $true or $false");
}

function toListChange(parameter: CmdletParameter, value: ArgumentValue): ConversionResult {
  if (value !== null && typeof value === "object" && "kind" in value && value.kind === "table")
    return fromTable(parameter, value);
  const values = textsOf(parameter, value);
  if (!values.ok) return values;
  return {
    ok: true,
    conversion: { type: "list", value: { replace: values.texts, remove: [], add: [] } },
  };
}

type Texts = { readonly ok: true; readonly texts: readonly string[] };

/** `$null` is the empty list; arrays in arrays are flattened once, as PSListModifier does. */
function textsOf(
  parameter: CmdletParameter,
  value: ArgumentValue,
): Texts | Extract<ConversionResult, { ok: false }> {
  if (value === null) return { ok: true, texts: [] };
  const items = typeof value === "object" && !("kind" in value) ? value : [value];
  const texts: string[] = [];
  for (const item of items) {
    const text = textOf(parameter, item);
    if (text === undefined || text === null || text.trim() === "") {
      const what = `-${parameter.name} holds ${item === "" ? "an empty text" : inWords(item)}`;
      return { ok: false, what, hint: "list texts in quotes, or give $null to clear the list" };
    }
    const unfit = whyUnfit(parameter, text);
    if (unfit !== null) return unfit;
    texts.push(text);
  }
  return { ok: true, texts };
}

function fromTable(parameter: CmdletParameter, table: ArgumentTable): ConversionResult {
  const parts = new Map<string, readonly string[]>();
  for (const [key, value] of table.entries) {
    const known = LIST_KEYS.find((name) => nameKey(name) === nameKey(key));
    if (known === undefined || parts.has(known)) return badKey(parameter, key, known);
    const values = textsOf(parameter, value);
    if (!values.ok) return values;
    parts.set(known, values.texts);
  }
  const replace = parts.get("Replace") ?? null;
  const remove = parts.get("Remove") ?? [];
  const add = parts.get("Add") ?? [];
  if (parts.size > 0 && (replace === null || parts.size === 1))
    return { ok: true, conversion: { type: "list", value: { replace, remove, add } } };
  const what = parts.size === 0 ? "an empty hashtable" : "Replace beside Add or Remove";
  return { ok: false, what: `-${parameter.name} has ${what}`, hint: LIST_HINT };
}

function badKey(
  parameter: CmdletParameter,
  key: string,
  known: string | undefined,
): ConversionResult {
  const which = known === undefined ? "an unknown" : "a second";
  const nearest = known === undefined ? didYouMean(key, LIST_KEYS) : null;
  const what = `-${parameter.name} has ${which} key "${key}"`;
  return { ok: false, what, hint: nearest ?? LIST_HINT };
}
