import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import { findResourceAccount } from "./find-account.ts";

/**
 * The account of `-ResourceAccount` in its own spelling: `undefined` keeps `old`, `$null` takes it away.
 * Teams takes an object id; here the user principal name will do too, and is what is kept.
 *
 * @problem CMDLET_NOT_FOUND
 */
export function readResourceAccount(
  tenant: Tenant,
  old: string | null,
  args: CmdletArguments,
  problems: Problem[],
): string | null {
  const written = args.text("ResourceAccount");
  if (written === undefined) return old;
  if (written === null || written.trim() === "") return null;
  const key = nameKey(written).replace(/^sip:/, "");
  const found = findResourceAccount(tenant, key);
  if (found !== undefined) return found.userPrincipalName;
  const names = tenant.resourceAccounts.map((account) => account.userPrincipalName);
  problems.push(
    problem(
      "CMDLET_NOT_FOUND",
      `Cannot find a resource account named "${written}"`,
      didYouMean(written, names) ?? "list them with Get-CsOnlineApplicationInstance",
      args.at,
    ),
  );
  return old;
}
