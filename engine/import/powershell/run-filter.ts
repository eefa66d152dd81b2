/**
 * The commands that shape or print what a pipeline carries: Select-Object, Format-List, Format-Table,
 * Out-Null, Write-Output.
 *
 * @module
 */
import type { CmdletSignature } from "../../tenant/cmdlet-invocation.ts";
import { bindParameters } from "./bind-parameters.ts";
import { runBlockOn } from "./call-function.ts";
import { makeObject, propertyOf } from "./change-object.ts";
import {
  allItems,
  type Evaluation,
  NO_ITEMS,
  type PipelineItems,
  refuseUnresolved,
  valueOfItems,
} from "./evaluation.ts";
import { formatList, formatTable } from "./format-output.ts";
import type { CommandArgument } from "./read-arguments.ts";
import {
  asNumber,
  collapse,
  elementsOf,
  isBlockValue,
  isObject,
  isTable,
  type ScriptObject,
  type ScriptValue,
  toText,
} from "./script-value.ts";
import { hasWildcard, matchesWildcard } from "./wildcard.ts";

type Bound = ReadonlyMap<string, ScriptValue>;

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
    ExcludeProperty: "list",
    First: "int",
    Last: "int",
    Skip: "int",
    Index: "int",
    Unique: "switch",
    Wait: "switch",
  }),
  "Format-List": signature("Format-List", { Property: "list", GroupBy: "string" }),
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
  if (name === "Write-Output") return write(args, input);
  const shape = SIGNATURES[name];
  if (shape === undefined) return refuseUnresolved(evaluation, offset, `${name} is not run`);
  const own = bindParameters(shape, args, evaluation)?.raw;
  if (own === undefined) return undefined;
  if (name === "Out-Null") return NO_ITEMS;
  if (name === "Select-Object") return select(own, input, offset, evaluation);
  if (!name.startsWith("Format-")) return input;
  const properties = elementsOf(own.get("Property") ?? null);
  if (properties.some((property) => isTable(property) || hasWildcard(toText(property)))) {
    const picked = pickAll(properties, [], input.items, offset, evaluation);
    return picked === undefined ? undefined : printed(name, picked, []);
  }
  return printed(name, input.items, properties.map(toText));
}

function printed(
  name: string,
  items: readonly ScriptValue[],
  names: readonly string[],
): PipelineItems {
  return allItems(name === "Format-List" ? formatList(items, names) : formatTable(items, names));
}

function select(
  own: Bound,
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const properties = elementsOf(own.get("Property") ?? null);
  const excluded = elementsOf(own.get("ExcludeProperty") ?? null).map(toText);
  const expanded = own.get("ExpandProperty");
  let items = countedItems(own, input.items);
  if (expanded !== undefined) {
    const name = toText(expanded);
    const values = items.map((item) => propertyOf(item, name));
    if (values.some((value) => value === undefined)) {
      return refuseUnresolved(evaluation, offset, `there is no property "${name}" here`);
    }
    items = values.flatMap((value) => elementsOf(value ?? null));
  } else if (properties.length > 0 || excluded.length > 0) {
    const wanted = properties.length > 0 ? properties : ["*"];
    const picked = pickAll(wanted, excluded, items, offset, evaluation);
    if (picked === undefined) return undefined;
    items = picked;
  }
  if (own.get("Unique") === true) items = unique(items);
  return allItems(items, properties.length > 0 || input.selected);
}

function countedItems(own: Bound, all: readonly ScriptValue[]): readonly ScriptValue[] {
  const count = (name: string): number | null => asNumber(own.get(name) ?? null);
  const skip = count("Skip") ?? 0;
  const first = count("First");
  const last = count("Last");
  const index = own.get("Index");
  if (index !== undefined) return elementsOf(index).flatMap((i) => all.at(asNumber(i) ?? 0) ?? []);
  const items = last === null ? all.slice(Math.max(0, skip)) : all;
  if (first !== null) return items.slice(0, Math.max(0, first));
  if (last === null) return items;
  return last > 0 ? items.slice(0, items.length - skip).slice(-last) : [];
}

function pickAll(
  properties: readonly ScriptValue[],
  excluded: readonly string[],
  items: readonly ScriptValue[],
  offset: number,
  evaluation: Evaluation,
): readonly ScriptObject[] | undefined {
  const picked: ScriptObject[] = [];
  for (const item of items) {
    const entries: (readonly [string, ScriptValue])[] = [];
    for (const property of properties) {
      const found = pick(property, item, offset, evaluation);
      if (found === undefined) return undefined;
      entries.push(...found);
    }
    const kept = entries.filter(([name]) => !excluded.some((out) => matchesWildcard(name, out)));
    picked.push(makeObject(kept));
  }
  return picked;
}

/** A property by name or wildcard, or one that `@{Name=…;Expression={…}}` computes. */
function pick(
  property: ScriptValue,
  item: ScriptValue,
  offset: number,
  evaluation: Evaluation,
): readonly (readonly [string, ScriptValue])[] | undefined {
  if (isTable(property)) {
    const name = propertyOf(property, "Name") ?? propertyOf(property, "n") ?? labelOf(property);
    const how = propertyOf(property, "Expression") ?? propertyOf(property, "e");
    if (name === undefined || how === undefined) {
      return refuseUnresolved(evaluation, offset, "this property has no Name or no Expression");
    }
    if (!isBlockValue(how)) return [[toText(name), propertyOf(item, toText(how)) ?? null]];
    const output = runBlockOn(how.block, item, evaluation);
    const items = output && valueOfItems(output, offset, evaluation);
    return items === undefined ? undefined : [[toText(name), collapse(items)]];
  }
  const wanted = toText(property);
  if (!hasWildcard(wanted)) return [[wanted, propertyOf(item, wanted) ?? null]];
  if (!isObject(item)) return [];
  return Object.entries(item.properties).filter(([name]) => matchesWildcard(name, wanted));
}

function labelOf(table: ScriptValue): ScriptValue | undefined {
  return propertyOf(table, "Label") ?? propertyOf(table, "l");
}

function unique(items: readonly ScriptValue[]): readonly ScriptValue[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = isObject(item) ? toText(item) : `${typeof item} ${toText(item)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function write(args: readonly CommandArgument[], input: PipelineItems): PipelineItems {
  const values = args.flatMap((argument, i) => {
    const before = args[i - 1];
    if (argument.kind !== "value") return [];
    const option = before?.kind === "parameter" && !/^i/i.test(before.name);
    return option && !/^no/i.test(before.name) ? [] : [argument.value];
  });
  return allItems([...input.items, ...values.flatMap(elementsOf)], input.selected);
}

/** What Write-Host prints: its values with blanks between them. */
export function chatterOf(args: readonly CommandArgument[], input: PipelineItems | null): string {
  // WHY: of Write-Host's parameters the colours and the separator are followed by their value.
  const values = args.flatMap((argument, i) => {
    const before = args[i - 1];
    if (argument.kind !== "value") return [];
    return before?.kind === "parameter" && /^[fbs]/i.test(before.name) ? [] : [argument.value];
  });
  return [...values, ...(input?.items ?? [])].map(toText).join(" ");
}
