/**
 * Functions of a script, and the parameters that `param( … )` declares (Microsoft:
 * about_Functions_Advanced_Parameters).
 *
 * @module
 */
import type { CmdletSignature } from "../../tenant/cmdlet-invocation.ts";
import { typeName } from "./compute-value.ts";
import type { ScriptBlock, ScriptStatement } from "./script-statement.ts";

/** One parameter of a function, a block or the script itself. */
export interface ScriptParameter {
  readonly name: string;
  /** As `typeName` gives it; `null` when any value is taken. */
  readonly type: string | null;
  readonly mandatory: boolean;
  /** `NaN` = none was given. */
  readonly position: number;
  readonly fromPipeline: boolean;
  readonly fromPipelineByName: boolean;
  readonly aliases: readonly string[];
  /** Offsets of the default's expression in the file. */
  readonly default: { readonly from: number; readonly to: number } | null;
  readonly at: number;
}

/** A function as the script defines it. */
export interface ScriptFunction {
  readonly name: string;
  readonly parameters: readonly ScriptParameter[];
  readonly block: ScriptBlock;
  /** `filter`: the body runs once for each item. */
  readonly isFilter: boolean;
}

const FUNCTION =
  /^(function|filter|workflow)\s+((?:global:|script:|local:)?[\p{L}\p{N}_:.-]+)\s*/iu;

/** Reads a `function` statement; `null` when it is none that is understood. */
export function readFunction(statement: ScriptStatement, text: string): ScriptFunction | null {
  const masked = statement.masked();
  const head = FUNCTION.exec(masked);
  if (head === null) return null;
  let at = head[0].length;
  let parameters: readonly ScriptParameter[] | null = [];
  if (masked[at] === "(") {
    const close = closingOf(masked, at);
    if (close < 0) return null;
    parameters = readParameters(masked, at + 1, close, statement.start, text);
    at = close + 1;
  }
  while (/\s/.test(masked[at] ?? "")) at++;
  const block = statement.blocks.get(statement.start + at);
  if (block === undefined) return null;
  const inner = blockParameters(block, text);
  return {
    name: (head[2] ?? "").replace(/^(?:global|script|local):/i, ""),
    parameters: inner.length > 0 ? inner : parameters,
    block,
    isFilter: head[1]?.toLowerCase() === "filter",
  };
}

/** What the `param( … )` of a block declares. */
export function blockParameters(block: ScriptBlock, text: string): readonly ScriptParameter[] {
  const statement = block.statements.find(({ head }) => head === "param");
  return statement === undefined ? [] : readParamStatement(statement, text);
}

/** What a `param( … )` statement declares. */
export function readParamStatement(
  statement: ScriptStatement,
  text: string,
): readonly ScriptParameter[] {
  const masked = statement.masked();
  const open = masked.indexOf("(");
  const close = open < 0 ? -1 : closingOf(masked, open);
  return close < 0 ? [] : readParameters(masked, open + 1, close, statement.start, text);
}

/** Where the bracket of `at` closes; -1 = nowhere. Strings are masked and cannot mislead. */
function closingOf(masked: string, at: number): number {
  let depth = 0;
  for (let i = at; i < masked.length; i++) {
    if ("([{".includes(masked[i] ?? " ")) depth++;
    else if (")]}".includes(masked[i] ?? " ") && --depth === 0) return i;
  }
  return -1;
}

function readParameters(
  masked: string,
  from: number,
  to: number,
  start: number,
  text: string,
): readonly ScriptParameter[] {
  const parameters: ScriptParameter[] = [];
  let begin = from;
  for (let i = from; i <= to; i++) {
    const close = "([{".includes(masked[i] ?? " ") ? closingOf(masked, i) : -1;
    if (close > i && close < to) i = close;
    else if (i === to || masked[i] === ",") {
      const read = readParameter(masked, begin, i, start, text);
      if (read !== null) parameters.push(read);
      begin = i + 1;
    }
  }
  return parameters;
}

function readParameter(
  masked: string,
  from: number,
  to: number,
  start: number,
  text: string,
): ScriptParameter | null {
  const attributes: string[] = [];
  let at = skipBlanks(masked, from, to);
  while (masked[at] === "[") {
    const close = closingOf(masked, at);
    if (close < 0 || close >= to) return null;
    attributes.push(text.slice(start + at, start + close + 1));
    at = skipBlanks(masked, close + 1, to);
  }
  const name = /^\$\{?([\p{L}\p{N}_:]+)\}?\s*/u.exec(masked.slice(at, to));
  if (name === null) return null;
  const behind = at + name[0].length;
  const type = attributes.findLast((attribute) => !/^\[\s*[\w.]+\s*\(/.test(attribute));
  const parameter = attributes
    .filter((attribute) => /^\[\s*Parameter\b/i.test(attribute))
    .join(" ");
  return {
    name: name[1] ?? "",
    type: type === undefined ? null : typeName(type),
    mandatory: isOn(parameter, "Mandatory"),
    position: Number(/\bPosition\s*=\s*(\d{1,3})/i.exec(parameter)?.[1] ?? Number.NaN),
    fromPipeline: isOn(parameter, "ValueFromPipeline"),
    fromPipelineByName: isOn(parameter, "ValueFromPipelineByPropertyName"),
    aliases: aliasesIn(attributes),
    default: masked[behind] === "=" ? { from: start + behind + 1, to: start + to } : null,
    at: start + at,
  };
}

function skipBlanks(masked: string, from: number, to: number): number {
  let at = from;
  while (at < to && /\s/.test(masked[at] ?? "")) at++;
  return at;
}

function isOn(attribute: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b(?!\\s*=\\s*(?:\\$false|0))`, "i").test(attribute);
}

function aliasesIn(attributes: readonly string[]): readonly string[] {
  return attributes
    .filter((attribute) => /^\[\s*Alias\b/i.test(attribute))
    .flatMap((attribute) => [...attribute.matchAll(/['"]([^'"]{1,100})['"]/g)])
    .map((found) => found[1] ?? "");
}

/** The parameters in the form in which arguments are bound to them. */
export function signatureOf(name: string, parameters: readonly ScriptParameter[]): CmdletSignature {
  const explicit = parameters.some((p) => !Number.isNaN(p.position));
  let next = 0;
  return {
    name,
    parameters: parameters.map((parameter) => {
      const isSwitch = isSwitchType(parameter.type);
      const given = Number.isNaN(parameter.position) ? null : parameter.position;
      const position = explicit || isSwitch ? given : next++;
      const type = isSwitch ? "switch" : "object";
      return { name: parameter.name, type, aliases: parameter.aliases, position };
    }),
  };
}

/** Whether a parameter's type makes it a switch. */
export function isSwitchType(type: string | null): boolean {
  return type === "switch" || type === "management.automation.switchparameter";
}
