/**
 * A tenant as a script of cmdlets that recreates it, exactly: reading the script back gives the same
 * revision. What no cmdlet creates stands in a leading data block; so does everything from the first
 * kind of object on that the cmdlets would make differently (routes with equal priorities, say).
 *
 * @module
 */
import { hasErrors } from "../../model/problem.ts";
import { canonicalJson } from "../../model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../model/tenant.ts";
import { runCmdlet } from "../../tenant/run-cmdlet.ts";
import { MAX_STATEMENT_CHARS } from "../budgets.ts";
import { readDataBlock, writeDataBlock } from "./data-block.ts";
import { formatInvocation } from "./format-invocation.ts";
import { OBJECT_KINDS, type ObjectKind } from "./written-objects.ts";

/** Beyond this many commands of a kind, the kind stays in the data block: each costs a pass. */
const MAX_COMMANDS_OF_A_KIND = 5000;

interface Plan {
  readonly base: Tenant;
  readonly sections: readonly { readonly title: string; readonly commands: readonly string[] }[];
}

/** The script. Cost: the cmdlets run once or, where they cannot make the tenant, up to nine times. */
export function writeScript(tenant: Tenant): string {
  const wanted = canonicalJson(tenant);
  let plan: Plan = { base: tenant, sections: [] };
  for (let kept = 0; kept < OBJECT_KINDS.length; kept++) {
    const attempt = planWith(tenant, OBJECT_KINDS.slice(kept), wanted);
    if (attempt === null) continue;
    plan = attempt;
    break;
  }
  const bare = canonicalJson(plan.base) === canonicalJson(EMPTY_TENANT);
  const sections = plan.sections
    .filter(({ commands }) => commands.length > 0)
    .map(({ title, commands }) => `\n# ${title}\n${commands.join("\n")}\n`);
  return (bare ? "" : writeDataBlock(plan.base)) + sections.join("");
}

/** The script when these kinds are made by cmdlets; `null` when they would not make the same tenant. */
function planWith(tenant: Tenant, kinds: readonly ObjectKind[], wanted: string): Plan | null {
  const base = kinds.reduce((rest, kind) => kind.without(rest), tenant);
  const sections: { title: string; commands: string[] }[] = [];
  let made = base;
  for (const kind of kinds) {
    const calls = kind.calls(tenant);
    const commands = calls.map(formatInvocation);
    if (calls.length > MAX_COMMANDS_OF_A_KIND) return null;
    if (commands.some(isUnfitForScript)) return null;
    for (const call of calls) {
      const result = runCmdlet(made, call);
      if (hasErrors(result.problems)) return null;
      made = result.tenant;
    }
    sections.push({ title: kind.title, commands });
  }
  return canonicalJson(made) === wanted && readsBack(base) ? { base, sections } : null;
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
