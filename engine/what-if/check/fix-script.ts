import { formatInvocation } from "../../import/powershell/format-invocation.ts";
import { printableLine } from "../../model/printable-line.ts";
import { hasErrors } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";
import { runCmdlet } from "../../tenant/run-cmdlet.ts";
import type { CheckFinding } from "./check-finding.ts";
import { type CheckedFamily, checkTenant } from "./check-tenant.ts";

/** A script that mends what has one obvious cure. */
export interface FixScript {
  /** PowerShell; each group of commands stands behind a comment that names its finding. */
  readonly text: string;
  /** Findings that it removes. */
  readonly cured: readonly CheckFinding[];
  /** The tenant as it is afterwards. */
  readonly after: Tenant;
}

/**
 * The cures of all findings, one after the other, each tried on the tenant first: a command that Teams
 * would refuse, or that leaves its finding where it is, does not stand in the script.
 *
 * Cost: the commands, and another check of the tenant, or one more for each cure that was in vain.
 */
export function fixScript(tenant: Tenant, families: readonly CheckedFamily[]): FixScript {
  let candidates = families
    .flatMap(({ findings }) => findings)
    .filter(({ cure }) => cure.length > 0);
  for (;;) {
    const { after, cures } = applied(tenant, candidates);
    const left = new Set(checkTenant(after).flatMap(({ findings }) => findings.map(keyOf)));
    const cured = cures.filter(({ finding }) => !left.has(keyOf(finding)));
    if (cured.length === cures.length) {
      const findings = cures.map(({ finding }) => finding);
      return { text: scriptOf(tenant, cures), cured: findings, after };
    }
    candidates = cured.map(({ finding }) => finding);
  }
}

interface Cure {
  readonly finding: CheckFinding;
  /** Without those that an earlier finding's cure holds already. */
  readonly commands: readonly string[];
}

/** The tenant after all cures that no command of is refused. */
function applied(
  tenant: Tenant,
  findings: readonly CheckFinding[],
): { readonly after: Tenant; readonly cures: readonly Cure[] } {
  let after = tenant;
  const cures: Cure[] = [];
  const given = new Set<string>();
  for (const finding of findings) {
    const fresh = finding.cure.filter((call) => !given.has(formatInvocation(call)));
    const made = runAll(after, fresh);
    if (made === null) continue;
    after = made;
    const commands = fresh.map(formatInvocation);
    for (const command of commands) given.add(command);
    cures.push({ finding, commands });
  }
  return { after, cures };
}

/** Two findings are the same when they say the same. */
function keyOf({ code, what }: CheckFinding): string {
  return `${code} ${what}`;
}

function runAll(tenant: Tenant, calls: readonly CmdletInvocation[]): Tenant | null {
  let after = tenant;
  for (const call of calls) {
    const result = runCmdlet(after, call);
    if (hasErrors(result.problems)) return null;
    after = result.tenant;
  }
  return after;
}

function scriptOf(tenant: Tenant, cures: readonly Cure[]): string {
  const head = [
    `# Cures for what outdial check found in ${printableLine(tenant.tenant.name)}.`,
    "# Read it before you run it: each command stands behind the finding that it removes.",
    "# Try it first: outdial apply FILE.ps1 --tenant TENANT -o AFTER.yaml",
  ];
  const parts = cures.flatMap(({ finding, commands }) => [
    "",
    `# ${finding.code}: ${printableLine(finding.what)}`,
    ...commands,
  ]);
  return `${[...head, ...parts].join("\n")}\n`;
}
