/**
 * Commands that make values: `Import-Csv` and its kin out of files beside the script, `New-Object`,
 * paths. Nothing outside of the script's folder is read, nothing is written.
 *
 * @module
 */
import type { CmdletSignature } from "../../tenant/cmdlet-invocation.ts";
import { MAX_ELEMENTS } from "../budgets.ts";
import { parseCsvTable } from "../parse-csv-table.ts";
import { bindParameters } from "./bind-parameters.ts";
import { makeInstance } from "./call-static.ts";
import { makeObject } from "./change-object.ts";
import { typeName } from "./compute-value.ts";
import {
  allItems,
  type Evaluation,
  type PipelineItems,
  refuse,
  refuseUnresolved,
  spend,
} from "./evaluation.ts";
import { valueOfJson } from "./json-value.ts";
import type { CommandArgument } from "./read-arguments.ts";
import { elementsOf, isTable, type ScriptValue, toText } from "./script-value.ts";

type Bound = ReadonlyMap<string, ScriptValue>;

interface MakingCommand {
  readonly signature: CmdletSignature;
  readonly run: (
    bound: Bound,
    input: PipelineItems | null,
    offset: number,
    evaluation: Evaluation,
  ) => PipelineItems | undefined;
}

/** A signature: names in order of position, switches with `?`, aliases behind `|`, by name only with `-`. */
function signature(name: string, ...parameters: readonly string[]): CmdletSignature {
  let next = 0;
  return {
    name,
    parameters: parameters.map((written) => {
      const [plain = "", ...aliases] = written.replace(/[-?]$/, "").split("|");
      const isSwitch = written.endsWith("?");
      const position = isSwitch || written.endsWith("-") ? null : next++;
      return { name: plain, type: isSwitch ? "switch" : "object", aliases, position };
    }),
  };
}

const COMMANDS: Readonly<Record<string, MakingCommand>> = {
  "Import-Csv": {
    signature: signature(
      "Import-Csv",
      "Path|LiteralPath|PSPath",
      "Delimiter",
      "Header-",
      "Encoding-",
      "UseCulture?",
    ),
    run: importCsv,
  },
  "ConvertFrom-Csv": {
    signature: signature("ConvertFrom-Csv", "InputObject", "Delimiter", "Header-", "UseCulture?"),
    run: (bound, input, offset, evaluation) =>
      readCsv(linesOf(bound.get("InputObject"), input), bound, offset, evaluation),
  },
  "ConvertFrom-Json": {
    signature: signature(
      "ConvertFrom-Json",
      "InputObject",
      "Depth-",
      "AsHashtable?",
      "NoEnumerate?",
    ),
    run: convertFromJson,
  },
  "Get-Content": {
    signature: signature(
      "Get-Content",
      "Path|LiteralPath|PSPath",
      "Encoding-",
      "TotalCount|First|Head-",
      "Raw?",
    ),
    run: getContent,
  },
  "Test-Path": {
    signature: signature("Test-Path", "Path|LiteralPath", "PathType|Type-"),
    run: testPath,
  },
  "Join-Path": {
    signature: signature("Join-Path", "Path|PSPath", "ChildPath", "AdditionalChildPath"),
    run: joinPath,
  },
  "Split-Path": {
    signature: signature(
      "Split-Path",
      "Path|LiteralPath",
      "Leaf?",
      "Parent?",
      "LeafBase?",
      "Extension?",
    ),
    run: splitPath,
  },
  "New-Object": {
    signature: signature("New-Object", "TypeName", "ArgumentList|Args", "Property-", "ComObject-"),
    run: newObject,
  },
  "Get-Module": {
    signature: signature("Get-Module", "Name", "ListAvailable?", "All?", "Refresh?"),
    run: installed,
  },
  "Get-InstalledModule": {
    signature: signature("Get-InstalledModule", "Name", "AllVersions?"),
    run: installed,
  },
  "Get-Command": { signature: signature("Get-Command", "Name", "Module-"), run: installed },
};

/** Runs one of them. */
export function runMaking(
  name: string,
  args: readonly CommandArgument[],
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const command = COMMANDS[name];
  const bound =
    command === undefined ? undefined : bindParameters(command.signature, args, evaluation);
  return bound === undefined ? undefined : command?.run(bound.raw, input, offset, evaluation);
}

/** The text of a file beside the script; `undefined` when there is none, which is told. */
function textOf(path: ScriptValue, offset: number, evaluation: Evaluation): string | undefined {
  const { files } = evaluation.script;
  const name = toText(path);
  if (files === null) {
    return refuseUnresolved(
      evaluation,
      offset,
      `${name} is read from no folder that is known here`,
    );
  }
  const read = files.read(name);
  if (read.ok) return spend(evaluation, read.text.length >> 4, offset) ? read.text : undefined;
  if (read.tooLarge) return refuse(evaluation, "IMPORT_TOO_LARGE", offset, read.why, "split it");
  const hint = "put the file into the script's folder, and name it there";
  return refuseUnresolved(evaluation, offset, read.why, hint);
}

function pathIn(bound: Bound, input: PipelineItems | null): ScriptValue {
  return bound.get("Path") ?? input?.items[0] ?? "";
}

function importCsv(
  bound: Bound,
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const text = textOf(pathIn(bound, input), offset, evaluation);
  return text === undefined ? undefined : readCsv(text, bound, offset, evaluation);
}

function linesOf(own: ScriptValue | undefined, input: PipelineItems | null): string {
  return elementsOf(own ?? input?.items ?? null)
    .map(toText)
    .join("\n");
}

function readCsv(
  text: string,
  bound: Bound,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const given = elementsOf(bound.get("Header") ?? null).map(toText);
  // WHY: "#TYPE …" is the first line that Export-Csv of Windows PowerShell writes.
  const body = text.replace(/^#TYPE [^\r\n]*(?:\r\n|\n|\r)/i, "");
  const parsed = parseCsvTable(body, toText(bound.get("Delimiter") ?? ","), MAX_ELEMENTS);
  if (!parsed.ok) {
    const where = parsed.line === null ? "" : `line ${parsed.line}: `;
    return refuseUnresolved(evaluation, offset, `the CSV cannot be read: ${where}${parsed.what}`);
  }
  const all = parsed.rows.map(({ fields }) => fields);
  const [first = [], ...rest] = all;
  const header =
    given.length > 0 ? given : first.map((name, i) => (name === "" ? `H${i + 1}` : name));
  const rows = given.length > 0 ? all : rest;
  if (!spend(evaluation, rows.length * Math.max(1, header.length), offset)) return undefined;
  return allItems(rows.map((row) => makeObject(header.map((name, i) => [name, row[i] ?? null]))));
}

function convertFromJson(
  bound: Bound,
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const text = linesOf(bound.get("InputObject"), input);
  if (!spend(evaluation, text.length >> 3, offset)) return undefined;
  const value = valueOfJson(text, bound.get("AsHashtable") === true);
  if (value !== undefined) return allItems(elementsOf(value));
  return refuseUnresolved(evaluation, offset, "this text is no JSON that is read");
}

function getContent(
  bound: Bound,
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const text = textOf(pathIn(bound, input), offset, evaluation);
  if (text === undefined) return undefined;
  if (bound.get("Raw") === true) return allItems([text]);
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const count = bound.get("TotalCount");
  const wanted = count === undefined ? lines : lines.slice(0, Number(toText(count)));
  if (wanted.length <= MAX_ELEMENTS) return allItems(wanted);
  const what = `the file has more than ${MAX_ELEMENTS} lines`;
  return refuse(evaluation, "IMPORT_TOO_LARGE", offset, what, "split it");
}

function testPath(
  bound: Bound,
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const path = toText(pathIn(bound, input));
  const exists = evaluation.script.files?.exists(path) ?? null;
  if (exists !== null) return allItems([exists]);
  return refuseUnresolved(evaluation, offset, `whether ${path} is there is known only at run time`);
}

function joinPath(bound: Bound, input: PipelineItems | null): PipelineItems {
  const parts = [bound.get("Path") ?? input?.items[0] ?? "", bound.get("ChildPath") ?? ""];
  const more = elementsOf(bound.get("AdditionalChildPath") ?? null);
  const words = [...parts, ...more].map(toText).filter((part) => part !== "");
  return allItems([
    words
      .map((word, i) => (i === 0 ? word : word.replace(/^[\\/]+/, "")))
      .reduce((path, word) => (path === "" ? word : `${path.replace(/[\\/]+$/, "")}\\${word}`), ""),
  ]);
}

function splitPath(
  bound: Bound,
  input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const path = toText(pathIn(bound, input)).replace(/[\\/]+$/, "");
  const cut = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  const leaf = path.slice(cut + 1);
  if (bound.get("Leaf") === true) return allItems([leaf]);
  if (bound.get("LeafBase") === true) return allItems([leaf.replace(/\.[^.]*$/, "")]);
  if (bound.get("Extension") === true) return allItems([/\.[^.]*$/.exec(leaf)?.[0] ?? ""]);
  if (spend(evaluation, 1, offset)) return allItems([path.slice(0, Math.max(0, cut))]);
  return undefined;
}

function newObject(
  bound: Bound,
  _input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const type = toText(bound.get("TypeName") ?? "");
  const property = bound.get("Property");
  const made = isTable(property)
    ? makeObject(property.entries)
    : makeInstance(typeName(type), elementsOf(bound.get("ArgumentList") ?? null));
  if (made !== undefined && bound.get("ComObject") === undefined) return allItems([made]);
  const what = `New-Object ${type} makes something that only PowerShell has`;
  return refuseUnresolved(evaluation, offset, what, "leave it out of what is imported");
}

/** Modules and commands count as installed: a script that looks for them goes on. */
function installed(
  bound: Bound,
  _input: PipelineItems | null,
  offset: number,
  evaluation: Evaluation,
): PipelineItems | undefined {
  const name = bound.get("Name");
  if (name !== undefined) return allItems([makeObject([["Name", toText(name)]])]);
  return refuseUnresolved(evaluation, offset, "what is installed is known only at run time");
}
