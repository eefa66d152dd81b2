/**
 * The commands that shape or print what a pipeline carries: Select-Object, Format-List, Format-Table,
 * Out-Null, Write-Output, Write-Host.
 *
 * @module
 */
import type {
  ArgumentValue,
  CmdletSignature,
  OutputObject,
} from "../../tenant/cmdlet-invocation.ts";
import { bindParameters } from "./bind-parameters.ts";
import { type Evaluation, refuseUnresolved } from "./evaluation.ts";
import { formatList, formatTable } from "./format-output.ts";
import type { CommandArgument } from "./read-arguments.ts";
import { elementsOf, isObject, propertyOf, type ScriptValue, toText } from "./script-value.ts";

/** What a stage of a pipeline hands to the next one. */
export interface PipelineItems {
  readonly items: readonly ScriptValue[];
  /** Select-Object made the objects: few properties print as a table. */
  readonly selected: boolean;
}

function signature(
  name: string,
  types: Readonly<Record<string, CmdletSignature["parameters"][number]["type"]>>,
): CmdletSignature {
  const parameters = Object.entries(types).map(([parameter, type]) => {
    const position = parameter === "Property" || parameter === "Object" ? 0 : null;
    return { name: parameter, type, aliases: [] as string[], position };
  });
  return { name, parameters };
}

const SIGNATURES: Readonly<Record<string, CmdletSignature>> = {
  "Select-Object": signature("Select-Object", {
    Property: "list",
    ExpandProperty: "string",
    First: "int",
    Last: "int",
    Unique: "switch",
  }),
  "Format-List": signature("Format-List", { Property: "list" }),
  "Format-Table": signature("Format-Table", {
    Property: "list",
    AutoSize: "switch",
    Wrap: "switch",
    HideTableHeaders: "switch",
  }),
  "Out-Null": signature("Out-Null", {}),
  "Out-Host": signature("Out-Host", {}),
  "Out-Default": signature("Out-Default", {}),
};

/** Runs one of them on what the pipeline carries. */
export function runFilter(
  name: string,
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  if (name === "Write-Host" || name === "Write-Output") return write(name, args, input, evaluation);
  const shape = SIGNATURES[name];
  if (shape === undefined) return refuseUnresolved(evaluation, offset, `${name} is not run`);
  const own = bindParameters(shape, args, evaluation)?.own;
  if (own === undefined) return undefined;
  const names = elementsOf(own.get("Property") ?? null).map(toText);
  if (names.some((n) => n !== "*" && /[*?[\]]/.test(n))) {
    const what = "a wildcard among property names is not expanded";
    return refuseUnresolved(evaluation, offset, what, "write the names of the properties");
  }
  const wanted = names.includes("*") ? [] : names;
  if (name === "Out-Null") return { items: [], selected: false };
  if (name === "Format-List") return printed(formatList(input.items, wanted));
  if (name === "Format-Table") return printed(formatTable(input.items, wanted));
  return name === "Select-Object" ? select(own, wanted, input) : input;
}

function printed(lines: readonly string[]): PipelineItems {
  return { items: lines, selected: false };
}

function select(
  own: ReadonlyMap<string, ArgumentValue>,
  names: readonly string[],
  input: PipelineItems,
): PipelineItems {
  let items = input.items;
  const first = own.get("First");
  const last = own.get("Last");
  if (typeof first === "number") items = items.slice(0, Math.max(0, first));
  if (typeof last === "number") items = last > 0 ? items.slice(-last) : [];
  const expanded = own.get("ExpandProperty");
  if (typeof expanded === "string") {
    items = items.flatMap((item) => elementsOf(propertyOf(item, expanded) ?? null));
  } else if (names.length > 0) items = items.map((item) => pick(item, names));
  if (own.get("Unique") === true) items = unique(items);
  return { items, selected: names.length > 0 || input.selected };
}

function pick(item: ScriptValue, names: readonly string[]): OutputObject {
  const properties: Record<string, ArgumentValue> = Object.create(null);
  for (const name of names) {
    const value = isObject(item) ? (propertyOf(item, name) ?? null) : null;
    properties[name] = value as ArgumentValue;
  }
  return { kind: "object", properties };
}

function unique(items: readonly ScriptValue[]): readonly ScriptValue[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    return !seen.has(key) && seen.add(key);
  });
}

function write(
  name: string,
  args: readonly CommandArgument[],
  input: PipelineItems,
  evaluation: Evaluation,
): PipelineItems | undefined {
  // WHY: of Write-Host's parameters the colours and the separator are followed by their value.
  const values = args.flatMap((argument, i) => {
    const before = args[i - 1];
    if (argument.kind !== "value") return [];
    return before?.kind === "parameter" && /^[fbs]/i.test(before.name) ? [] : [argument.value];
  });
  if (name === "Write-Output") {
    return { items: [...input.items, ...values.flatMap(elementsOf)], selected: input.selected };
  }
  evaluation.output.push(values.map(toText).join(" "));
  return { items: [], selected: false };
}
