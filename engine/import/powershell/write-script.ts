/**
 * A tenant as a script of cmdlets that recreates it, exactly: reading the script back gives the same
 * revision. What no cmdlet creates stands in a leading data block; so does every kind of object that the
 * cmdlets would make differently (routes with equal priorities, say), with the kinds that it names.
 *
 * @module
 */
import { hasErrors } from "../../model/problem.ts";
import { canonicalJson } from "../../model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../model/tenant.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { runCmdlet } from "../../tenant/run-cmdlet.ts";
import { MAX_STATEMENT_CHARS } from "../budgets.ts";
import { readDataBlock, writeDataBlock } from "./data-block.ts";
import { formatInvocation } from "./format-invocation.ts";
import type { ObjectKind } from "./written-kind.ts";
import { OBJECT_KINDS } from "./written-objects.ts";

/** Beyond this many commands of a kind, the kind stays in the data block: each costs a pass. */
const MAX_COMMANDS_OF_A_KIND = 5000;

interface Section {
  readonly title: string;
  readonly commands: readonly string[];
}

/** What the script holds, or the kind that its commands would not make as it is. */
type Attempt =
  | { readonly ok: true; readonly base: Tenant; readonly sections: readonly Section[] }
  | { readonly ok: false; readonly failed: ObjectKind };

/** The script. Cost: the cmdlets run once, and once more for each kind that they cannot make. */
export function writeScript(tenant: Tenant): string {
  const kept = new Set<string>();
  let plan = planWithout(tenant, kept);
  while (!plan.ok) {
    keep(plan.failed.name, kept);
    plan = planWithout(tenant, kept);
  }
  if (!readsBack(plan.base)) plan = { ok: true, base: tenant, sections: [] };
  const bare = canonicalJson(plan.base) === canonicalJson(EMPTY_TENANT);
  const sections = plan.sections
    .filter(({ commands }) => commands.length > 0)
    .map(({ title, commands }) => `\n# ${title}\n${commands.join("\n")}\n`);
  return (bare ? "" : writeDataBlock(plan.base)) + sections.join("");
}

/** Keeps a kind in the data block, and every kind that it names: the block must be a tenant by itself. */
function keep(name: string, kept: Set<string>): void {
  if (kept.has(name)) return;
  kept.add(name);
  const kind = OBJECT_KINDS.find((each) => each.name === name);
  for (const needed of kind?.needs ?? []) keep(needed, kept);
}

/** The script when all kinds but the kept ones are made by commands. */
function planWithout(tenant: Tenant, kept: ReadonlySet<string>): Attempt {
  const kinds = OBJECT_KINDS.filter(({ name }) => !kept.has(name));
  // What must be there once the commands of a kind have run: all but the kinds behind it.
  const stages: Tenant[] = [];
  let base = tenant;
  for (const kind of kinds.toReversed()) {
    stages.unshift(base);
    base = kind.without(base);
  }
  const sections: Section[] = [];
  let made = base;
  for (const [index, kind] of kinds.entries()) {
    const calls = kind.calls(tenant);
    const after = run(made, calls);
    const wanted = stages[index] ?? tenant;
    if (after === null || !kind.parts.every((part) => isSame(after[part], wanted[part])))
      return { ok: false, failed: kind };
    made = after;
    sections.push({ title: kind.title, commands: calls.map(formatInvocation) });
  }
  return { ok: true, base, sections };
}

/** The tenant after the calls; `null` when one of them is refused or cannot be written. */
function run(tenant: Tenant, calls: readonly CmdletInvocation[]): Tenant | null {
  if (calls.length > MAX_COMMANDS_OF_A_KIND) return null;
  let made = tenant;
  for (const call of calls) {
    if (isUnfitForScript(formatInvocation(call))) return null;
    const result = runCmdlet(made, call);
    if (hasErrors(result.problems)) return null;
    made = result.tenant;
  }
  return made;
}

/** Equal, entry by entry: most entries of a large list are the very same object. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b)) return canonicalJson(a) === canonicalJson(b);
  return a.length === b.length && a.every((entry, i) => isSame(entry, b[i]));
}

/** Control characters and halves of surrogates do not survive as written; the data block escapes them. */
function isUnfitForScript(command: string): boolean {
  return command.length > MAX_STATEMENT_CHARS || UNFIT.test(command);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNFIT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\p{Cs}]/u;

/** Whether the data block alone is a tenant: nothing in it may name what the commands make later. */
function readsBack(base: Tenant): boolean {
  const read = readDataBlock("", writeDataBlock(base));
  return read?.ok === true && canonicalJson(read.value) === canonicalJson(base);
}
