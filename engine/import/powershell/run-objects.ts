/**
 * ForEach-Object, Where-Object, Sort-Object, Group-Object, Measure-Object, Add-Member.
 *
 * @module
 */

import { runBlockOn } from "./call-function.ts";
import { callMethod } from "./call-method.ts";
import { makeObject, propertyOf, setProperty } from "./change-object.ts";
import { compareValues, orderOf } from "./compare-values.ts";
import { asOperand } from "./compute-value.ts";
import {
  allItems,
  type Evaluation,
  type PipelineItems,
  refuseUnresolved,
  spend,
  valueOfItems,
} from "./evaluation.ts";
import type { CommandArgument } from "./read-arguments.ts";
import { matchRegex } from "./script-regex.ts";
import {
  collapse,
  elementsOf,
  isBlockValue,
  isTruthy,
  type ScriptValue,
  toText,
} from "./script-value.ts";

type Run = (
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
) => PipelineItems | undefined;

const COMMANDS: Readonly<Record<string, Run>> = {
  "ForEach-Object": forEachObject,
  "Where-Object": whereObject,
  "Sort-Object": sortObject,
  "Group-Object": groupObject,
  "Measure-Object": measureObject,
  "Add-Member": addMember,
};

/** Runs one of them on what the pipeline carries. */
export function runObjects(
  name: string,
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  return COMMANDS[name]?.(args, input, offset, evaluation);
}

/** Arguments by the first letters of their names; `switches` take no value. */
interface Sorted {
  readonly values: readonly ScriptValue[];
  readonly named: ReadonlyMap<string, ScriptValue>;
}

function sortArguments(args: readonly CommandArgument[], switches: RegExp): Sorted {
  const values: ScriptValue[] = [];
  const named = new Map<string, ScriptValue>();
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    if (argument === undefined) break;
    if (argument.kind === "value") {
      values.push(argument.value);
      continue;
    }
    const next = args[i + 1];
    const name = argument.name.toLowerCase();
    if (argument.attached !== undefined) named.set(name, argument.attached);
    else if (switches.test(name) || next?.kind !== "value") named.set(name, true);
    else {
      named.set(name, next.value);
      i++;
    }
  }
  return { values, named };
}

/** The value of the first of these names that was given; names may be cut short. */
function given(sorted: Sorted, ...names: readonly string[]): ScriptValue | undefined {
  for (const [written, value] of sorted.named) {
    if (names.some((name) => name.startsWith(written))) return value;
  }
  return undefined;
}

function forEachObject(
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const sorted = sortArguments(args, /^(?:asjob|usenewrunspace)/);
  const member = given(sorted, "membername") ?? sorted.values[0];
  if (typeof member === "string") return membersOf(member, sorted, input, offset, evaluation);
  const blocks = sorted.values.flatMap(elementsOf);
  const process =
    given(sorted, "process", "parallel") ?? blocks[blocks.length === 1 ? 0 : 1] ?? blocks[0];
  const begin = given(sorted, "begin") ?? (blocks.length > 1 ? blocks[0] : undefined);
  const end = given(sorted, "end") ?? (blocks.length > 2 ? blocks[2] : undefined);
  if (!isBlockValue(process)) {
    return refuseUnresolved(evaluation, offset, "ForEach-Object has no block that is known");
  }
  const items: ScriptValue[] = [];
  let missing: string | null = null;
  const run = (block: ScriptValue | undefined, item: ScriptValue): boolean => {
    if (!isBlockValue(block)) return block === undefined;
    const output = runBlockOn(block.block, item, evaluation);
    if (output === undefined) return false;
    missing ??= output.missing;
    for (const one of output.items) items.push(one);
    return spend(evaluation, 1, offset);
  };
  const done =
    run(begin, null) && input.items.every((item) => run(process, item)) && run(end, null);
  return done ? { items, selected: false, missing } : undefined;
}

/** `ForEach-Object Name`: a property of each, or a method without arguments. */
function membersOf(
  name: string,
  sorted: Sorted,
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const items: ScriptValue[] = [];
  for (const item of input.items) {
    const own = propertyOf(item, name);
    const value =
      own !== undefined
        ? own
        : ((/^(?:count|length)$/i.test(name) && typeof item === "string"
            ? item.length
            : undefined) ??
          callMethod(item, name.toLowerCase(), sorted.values.slice(1), evaluation.journal));
    if (value === undefined) {
      return refuseUnresolved(evaluation, offset, `"${name}" of these objects is not known`);
    }
    items.push(...elementsOf(value));
  }
  return allItems(items);
}

const TESTS =
  /^[ci]?(?:eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|notcontains|in|notin|is|isnot)$/;

function whereObject(
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const sorted = sortArguments(args, /^not$/);
  const block = given(sorted, "filterscript") ?? sorted.values[0];
  const test = isBlockValue(block)
    ? (item: ScriptValue): boolean | undefined => {
        const output = runBlockOn(block.block, item, evaluation);
        const items = output && valueOfItems(output, offset, evaluation);
        return items === undefined ? undefined : isTruthy(collapse(items));
      }
    : simpleTest(args, offset, evaluation);
  if (test === undefined) return undefined;
  const kept: ScriptValue[] = [];
  for (const item of input.items) {
    const isKept = spend(evaluation, 1, offset) ? test(item) : undefined;
    if (isKept === undefined) return undefined;
    if (isKept) kept.push(item);
  }
  return { items: kept, selected: input.selected, missing: null };
}

/** `Where-Object Name -eq value`, `Where-Object Enabled`, `Where-Object -Not Enabled`. */
function simpleTest(
  args: readonly CommandArgument[],
  offset: number,
  evaluation: Evaluation,
): ((item: ScriptValue) => boolean | undefined) | undefined {
  const sorted = sortArguments(args, /^not$/);
  const property = given(sorted, "property") ?? sorted.values[0];
  const operator = [...sorted.named.keys()].find((name) => TESTS.test(name));
  const unknown = `Where-Object has no condition that is known`;
  if (typeof property !== "string") return refuseUnresolved(evaluation, offset, unknown);
  const own = (item: ScriptValue): ScriptValue =>
    propertyOf(item, property) ??
    (/^length$/i.test(property) && typeof item === "string" ? item.length : null);
  if (operator === undefined) {
    const negative = sorted.named.get("not") === true;
    return (item) => isTruthy(own(item)) !== negative;
  }
  const right = given(sorted, "value") ?? sorted.named.get(operator) ?? null;
  return (item) => {
    const result = test(operator, own(item), right);
    if (result !== undefined) return isTruthy(result);
    return refuseUnresolved(
      evaluation,
      offset,
      `-${operator} of these values needs PowerShell to run`,
    );
  };
}

function test(operator: string, left: ScriptValue, right: ScriptValue): ScriptValue | undefined {
  const matching = /^([ci]?)(not)?match$/.exec(operator);
  if (matching === null) return compareValues(operator, left, right);
  const found = matchRegex(toText(right), toText(left), matching[1] === "c");
  return found === undefined ? undefined : (found === null) === (matching[2] !== undefined);
}

/** What to sort or group by: the item itself, a property, or what a block gives for it. */
function keyOf(
  property: ScriptValue | undefined,
  item: ScriptValue,
  offset: number,
  evaluation: Evaluation,
): ScriptValue | undefined {
  if (property === undefined) return item;
  if (!isBlockValue(property)) return propertyOf(item, toText(property)) ?? null;
  const output = runBlockOn(property.block, item, evaluation);
  const items = output && valueOfItems(output, offset, evaluation);
  return items === undefined ? undefined : collapse(items);
}

function sortObject(
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const sorted = sortArguments(args, /^(?:d|u|st|ca)/);
  const by = elementsOf(given(sorted, "property") ?? sorted.values[0] ?? null);
  const keyed: { item: ScriptValue; keys: ScriptValue[] }[] = [];
  for (const item of input.items) {
    const keys: ScriptValue[] = [];
    for (const property of by.length > 0 ? by : [undefined]) {
      const key = keyOf(property, item, offset, evaluation);
      if (key === undefined) return undefined;
      keys.push(key);
    }
    keyed.push({ item, keys });
  }
  if (!spend(evaluation, keyed.length * 10, offset)) return undefined;
  const sign = given(sorted, "descending") === true ? -1 : 1;
  const order = (a: readonly ScriptValue[], b: readonly ScriptValue[]): number => {
    for (const [i, key] of a.entries()) {
      const found = orderOf(key, b[i] ?? null) ?? 0;
      if (found !== 0) return sign * found;
    }
    return 0;
  };
  keyed.sort((a, b) => order(a.keys, b.keys));
  const unique = given(sorted, "unique") === true;
  const kept = keyed.filter(
    ({ keys }, i) => !unique || i === 0 || order(keyed[i - 1]?.keys ?? [], keys) !== 0,
  );
  return { items: kept.map(({ item }) => item), selected: input.selected, missing: null };
}

function groupObject(
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const sorted = sortArguments(args, /^(?:no|ca|asst|ash)/);
  if (given(sorted, "ashashtable") === true) {
    return refuseUnresolved(evaluation, offset, "Group-Object -AsHashTable is not run");
  }
  const property = elementsOf(given(sorted, "property") ?? sorted.values[0] ?? null)[0];
  const groups = new Map<string, { key: ScriptValue; items: ScriptValue[] }>();
  for (const item of input.items) {
    const key = keyOf(property, item, offset, evaluation);
    if (key === undefined) return undefined;
    const name = toText(key).toLowerCase();
    const group = groups.get(name) ?? { key, items: [] };
    group.items.push(item);
    groups.set(name, group);
  }
  return allItems(
    [...groups.values()].map(({ key, items }) =>
      makeObject([
        ["Count", items.length],
        ["Name", toText(key)],
        ["Group", items],
      ]),
    ),
  );
}

function measureObject(
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const sorted = sortArguments(args, /^(?:a|su|mi|ma|al|l|w|c)/);
  const property = given(sorted, "property") ?? sorted.values[0];
  const values = input.items.map((item) =>
    property === undefined ? item : (propertyOf(item, toText(property)) ?? null),
  );
  const wantsNumbers = ["sum", "average", "minimum", "maximum", "allstats"].some(
    (name) => given(sorted, name) === true,
  );
  const numbers = values.map(asOperand).filter((n) => n !== null);
  if (wantsNumbers && numbers.length !== values.length) {
    return refuseUnresolved(evaluation, offset, "Measure-Object meets values that are no numbers");
  }
  const sum = numbers.reduce((total, n) => total + n, 0);
  const some = wantsNumbers && numbers.length > 0;
  const least = numbers.reduce((low, n) => Math.min(low, n), Number.POSITIVE_INFINITY);
  const most = numbers.reduce((high, n) => Math.max(high, n), Number.NEGATIVE_INFINITY);
  return allItems([
    makeObject([
      ["Count", values.length],
      ["Average", some ? sum / numbers.length : null],
      ["Sum", some ? sum : null],
      ["Maximum", some ? most : null],
      ["Minimum", some ? least : null],
      ["Property", property === undefined ? null : toText(property)],
    ]),
  ]);
}

function addMember(
  args: readonly CommandArgument[],
  input: PipelineItems,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const sorted = sortArguments(args, /^(?:f|pa)/);
  const [type, ...rest] = sorted.values;
  const typed =
    given(sorted, "membertype") === undefined && /^noteproperty$/i.test(toText(type ?? ""));
  const [first, second] = typed ? rest : sorted.values;
  const name = given(sorted, "name", "notepropertyname") ?? first;
  const value = given(sorted, "value", "notepropertyvalue") ?? (name === first ? second : first);
  const target = given(sorted, "inputobject");
  const kind = toText(given(sorted, "membertype") ?? "NoteProperty");
  if (name === undefined || value === undefined || !/^noteproperty$/i.test(kind)) {
    return refuseUnresolved(evaluation, offset, "Add-Member adds only note properties here");
  }
  const targets = target === undefined ? input.items : elementsOf(target);
  for (const item of targets) {
    if (setProperty(item, toText(name), value, evaluation.journal)) continue;
    return refuseUnresolved(evaluation, offset, "this value takes no properties");
  }
  return allItems(given(sorted, "passthru") === true ? targets : []);
}
