/**
 * `-f`: .NET's composite formatting of numbers and texts (Microsoft: about_Operators, "Format operator").
 *
 * @module
 */
import { MAX_STRING_CHARS } from "../budgets.ts";
import { asNumber, isArray, type ScriptValue, toText } from "./script-value.ts";

const ITEM = /\{\{|\}\}|\{(\d{1,3})(?:,(-?\d{1,4}))?(?::([^{}]{0,40}))?\}|[{}]/g;

/** The text with its `{0}` filled in; `undefined` for a format that is not read, or too long a text. */
export function formatText(format: string, argument: ScriptValue): string | undefined {
  const values = isArray(argument) ? argument : [argument];
  let known = true;
  let length = format.length;
  const text = format.replace(
    ITEM,
    (found, index: string | undefined, width: string | undefined, how: string | undefined) => {
      if (found === "{{" || found === "}}") return found[0] ?? "";
      const value = index === undefined ? undefined : values[Number(index)];
      const shown = value === undefined ? undefined : formatOne(value, how ?? "");
      if (shown === undefined || length > MAX_STRING_CHARS) {
        known = false;
        return "";
      }
      const columns = Number(width ?? 0);
      const padded = columns < 0 ? shown.padEnd(-columns) : shown.padStart(columns);
      length += padded.length;
      return padded;
    },
  );
  return known && text.length <= MAX_STRING_CHARS ? text : undefined;
}

function formatOne(value: ScriptValue, how: string): string | undefined {
  if (how === "") return toText(value);
  const number = asNumber(value);
  if (number === null) return toText(value);
  return formatNumber(number, how);
}

/** `D4`, `N2`, `F1`, `X`, `000`, `P`; `undefined` for any other. */
export function formatNumber(number: number, how: string): string | undefined {
  const [, letter = "", digits = ""] = /^([a-z])(\d{0,2})$/i.exec(how) ?? [];
  const places = digits === "" ? null : Number(digits);
  switch (letter.toLowerCase()) {
    case "d":
      return Number.isInteger(number) ? padNumber(number, places ?? 0) : undefined;
    case "n":
      return grouped(number.toFixed(places ?? 2));
    case "f":
      return number.toFixed(places ?? 2);
    case "x":
      return hexadecimal(number, letter, places ?? 0);
    case "p":
      return `${grouped((number * 100).toFixed(places ?? 2))}%`;
    default:
      return /^0+$/.test(how) ? padNumber(Math.round(number), how.length) : undefined;
  }
}

function padNumber(number: number, width: number): string {
  return `${number < 0 ? "-" : ""}${String(Math.abs(number)).padStart(width, "0")}`;
}

function hexadecimal(number: number, letter: string, width: number): string | undefined {
  if (!Number.isInteger(number) || number < 0) return undefined;
  const text = number.toString(16).padStart(width, "0");
  return letter === "X" ? text.toUpperCase() : text;
}

function grouped(text: string): string {
  const [whole = "", rest] = text.split(".");
  const shown = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return rest === undefined ? shown : `${shown}.${rest}`;
}
