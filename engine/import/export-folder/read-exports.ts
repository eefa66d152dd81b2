/**
 * Reads the files that Get- cmdlets were written to, as one tenant.
 *
 * @module
 */
import { nameKey } from "../../model/name-key.ts";
import { hasErrors, type Outcome, type Problem, problem } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import { MAX_EXPORT_BYTES } from "../budgets.ts";
import { decodeText } from "../tenant-file/decode-text.ts";
import { parseJson } from "../tenant-file/parse-json.ts";
import { parseYaml } from "../tenant-file/parse-yaml.ts";
import { readTenantDocument } from "../tenant-file/read-tenant-file.ts";
import type { SourceDocument } from "../tenant-file/source-document.ts";
import { assembleTenant } from "./assemble-tenant.ts";
import type { KnownNames } from "./convert-values.ts";
import { type Draft, draftDocument, withOverlay } from "./draft-tenant.ts";
import {
  cmdletOfFile,
  EXPORT_CMDLETS,
  type ExportCmdlet,
  isOperatorsFile,
} from "./export-cmdlets.ts";
import { isRecord } from "./export-document.ts";
import { type ExportedFile, listOf, textOf } from "./exported-files.ts";
import { fillMissingObjects } from "./fill-missing-objects.ts";
import { RecordMapper } from "./map-records.ts";
import { mappingProblems } from "./mapping-problems.ts";
import { nameOperators } from "./name-operators.ts";
import { recordsOfText } from "./records-of-text.ts";

/** A file of an export; its bytes are asked for once, when it is its turn. */
export interface ExportFile {
  /** Without folders. */
  readonly name: string;
  /** For places. */
  readonly path: string;
  readonly bytes: () => Promise<Outcome<Uint8Array>>;
}

/** Whether a folder or archive with files of these names is an export. */
export function looksLikeExport(names: readonly string[]): boolean {
  return names.some((name) => cmdletOfFile(name) !== null);
}

/**
 * The tenant that exported files describe, each object and number checked as in a tenant file. `source` is
 * the folder or archive, for problems of no file. Nothing comes of an export of which one file cannot be
 * read: half a tenant would route wrongly.
 *
 * Cost: linear; the text of each file is kept until the end, its objects are not.
 *
 * @problem EXPORT_FILE_MISSING, EXPORT_NOT_READ, EXPORT_NOT_UNDERSTOOD, EXPORT_ASSUMED, and the codes of
 * tenant files
 */
export async function readExports(
  source: string,
  files: readonly ExportFile[],
): Promise<Outcome<Tenant>> {
  const chosen = chooseFiles(source, files);
  if (hasErrors(chosen.problems)) return refused(chosen.problems);
  const problems = [...chosen.problems];
  const exported = new Map<string, ExportedFile>();
  const budget = { left: MAX_EXPORT_BYTES };
  for (const [cmdlet, file] of chosen.files) {
    const read = await readFile(file, cmdlet, knownNames(exported), budget);
    problems.push(...read.problems);
    if (read.ok) exported.set(cmdlet.cmdlet, read.value);
  }
  const overlay = chosen.operators === null ? null : await readOverlay(chosen.operators, budget);
  problems.push(...(overlay?.problems ?? []));
  if (hasErrors(problems)) return refused(problems);
  const assembled = assembleTenant(exported);
  const document = overlay?.ok === true ? overlay.value : null;
  const numbersExported = exported.has("Get-CsPhoneNumberAssignment");
  // WHY: what the files gave is in the draft, and need not stand beside the tenant that is made of it.
  exported.clear();
  return judged(source, document === null ? assembled : withOverlay(assembled, document), {
    problems,
    numbersExported,
  });
}

function judged(
  source: string,
  draft: Draft,
  context: { readonly problems: readonly Problem[]; readonly numbersExported: boolean },
): Outcome<Tenant> {
  const named = nameOperators(draft);
  const filled = fillMissingObjects(named.draft);
  const read = readTenantDocument(draftDocument(filled.draft, source));
  const told = [...context.problems, ...named.problems, ...filled.problems];
  // WHY: without the file of numbers none of them can be in it, which its absence says already.
  const ofTenant = context.numbersExported
    ? read.problems
    : read.problems.filter(({ code }) => code !== "TENANT_UNKNOWN_NUMBER");
  const all = [...told, ...ofTenant];
  return read.ok ? { ...read, problems: all } : refused(all);
}

/** Nothing is taken to be missing from a tenant that does not come about. */
function refused(problems: readonly Problem[]): Outcome<Tenant> {
  return { ok: false, problems: problems.filter(({ code }) => code !== "EXPORT_FILE_MISSING") };
}

interface ChosenFiles {
  /** In the order of {@link EXPORT_CMDLETS}. */
  readonly files: readonly (readonly [ExportCmdlet, ExportFile])[];
  readonly operators: ExportFile | null;
  readonly problems: readonly Problem[];
}

function chooseFiles(source: string, files: readonly ExportFile[]): ChosenFiles {
  const problems: Problem[] = [];
  const chosen: (readonly [ExportCmdlet, ExportFile])[] = [];
  const missing: string[] = [];
  for (const cmdlet of EXPORT_CMDLETS) {
    const found = files.filter(({ name }) => cmdletOfFile(name) === cmdlet);
    if (found.length > 1) problems.push(bothFiles(found));
    if (found[0] === undefined) missing.push(cmdlet.cmdlet);
    else chosen.push([cmdlet, found[0]]);
  }
  const overlays = files.filter(({ name }) => isOperatorsFile(name));
  if (overlays.length > 1) problems.push(bothFiles(overlays));
  const others = files.filter(({ name }) => cmdletOfFile(name) === null && !isOperatorsFile(name));
  const at = { file: source, line: 1, column: 1 };
  if (missing.length > 0) {
    const what = `there is no file of ${missing.join(", ")}, so the tenant is taken to have none of these`;
    problems.push(
      problem("EXPORT_FILE_MISSING", what, "export them if it has: see outdial collect", at),
    );
  }
  if (others.length > 0) {
    const names = others.map(({ name }) => name);
    const shown = names.length > 20 ? [...names.slice(0, 20), `${names.length - 20} more`] : names;
    const what = `not read: ${shown.join(", ")}`;
    const hint = "leave them; nothing of what they hold decides where a call goes";
    problems.push(problem("EXPORT_NOT_READ", what, hint, at));
  }
  return { files: chosen, operators: overlays[0] ?? null, problems };
}

function bothFiles(files: readonly ExportFile[]): Problem {
  // WHY: an archive may hold files of one name in several folders.
  const isNamed = new Set(files.map(({ name }) => name)).size === files.length;
  const names = files.map(({ name, path }) => (isNamed ? name : path)).join(" and ");
  const at = { file: files[1]?.path ?? "", line: 1, column: 1 };
  return problem(
    "TENANT_UNSUPPORTED_SOURCE",
    `${names} hold the same objects`,
    "keep one of them",
    at,
  );
}

async function textOfFile(file: ExportFile, budget: { left: number }): Promise<Outcome<string>> {
  const bytes = await file.bytes();
  if (!bytes.ok) return bytes;
  budget.left -= bytes.value.length;
  if (budget.left < 0) {
    const what = `the files of this export have more than ${MAX_EXPORT_BYTES} bytes`;
    const at = { file: file.path, line: 1, column: 1 };
    const found = problem("TENANT_TOO_LARGE", what, "export only the properties that are read", at);
    return { ok: false, problems: [found] };
  }
  return decodeText(file.path, bytes.value);
}

async function readFile(
  file: ExportFile,
  { cmdlet, table }: ExportCmdlet,
  known: KnownNames,
  budget: { left: number },
): Promise<Outcome<ExportedFile>> {
  const text = await textOfFile(file, budget);
  if (!text.ok) return text;
  const mapper = new RecordMapper(table, known);
  const read = recordsOfText(file.path, text.value, mapper.take);
  if (!read.ok) return read;
  const mapped = mapper.mapped();
  const { locate } = read;
  const problems = [...read.problems, ...mappingProblems(file.path, cmdlet, table, mapped, locate)];
  const value = { file: { path: file.path, table, locate }, entries: mapped.entries };
  return { ok: true, value, problems };
}

async function readOverlay(
  file: ExportFile,
  budget: { left: number },
): Promise<Outcome<SourceDocument>> {
  const text = await textOfFile(file, budget);
  if (!text.ok) return text;
  const isJson = /^\s*\{\s*["}]/.test(text.value);
  const parsed = isJson ? parseJson(file.path, text.value) : parseYaml(file.path, text.value);
  if (!parsed.ok) return { ok: false, problems: parsed.problems };
  const { document } = parsed;
  if (document.value === null || isRecord(document.value)) {
    return { ok: true, value: document, problems: [] };
  }
  const at = { file: file.path, line: 1, column: 1 };
  const hint = "write keys of the tenant file, such as operators:";
  return { ok: false, problems: [problem("TENANT_SYNTAX", "the file holds no keys", hint, at)] };
}

function knownNames(files: ReadonlyMap<string, ExportedFile>): KnownNames {
  const of = (
    cmdlet: string,
    namesOf: (value: ExportedFile["entries"][number]["value"]) => unknown[],
  ) =>
    new Set(
      (files.get(cmdlet)?.entries ?? []).flatMap(({ value }) =>
        namesOf(value).map((name) => nameKey(String(name))),
      ),
    );
  return {
    usages: of("Get-CsOnlinePstnUsage", (value) => [...listOf(value, "usages")]),
    gateways: of("Get-CsOnlinePSTNGateway", (value) => [textOf(value, "identity")]),
    translationRules: of("Get-CsTeamsTranslationRule", (value) => [textOf(value, "identity")]),
  };
}
