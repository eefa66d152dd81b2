import { problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { changed, refused } from "./cmdlet.ts";
import type { CmdletResult } from "./cmdlet-invocation.ts";
import { type Account, withUser } from "./find-account.ts";

/**
 * Turns Enterprise Voice on or off, which needs a Teams Phone licence to go on.
 *
 * @problem NUMBER_PREREQ_LICENCE, CMDLET_INVALID_VALUE for a resource account, which has no such switch
 */
export function setEnterpriseVoice(
  tenant: Tenant,
  account: Account,
  enabled: boolean,
  at: SourcePlace | null,
): CmdletResult {
  if (account.kind === "resource")
    return refused(tenant, [
      problem(
        "CMDLET_INVALID_VALUE",
        `Resource account ${account.account.userPrincipalName} has no Enterprise Voice`,
        "give the user principal name of a person",
        at,
      ),
    ]);
  const { user } = account;
  if (enabled && !user.licenses.includes("TeamsPhone"))
    return refused(tenant, [
      problem(
        "NUMBER_PREREQ_LICENCE",
        `User '${user.userPrincipalName}' lacks the Teams Phone licence that Enterprise Voice needs`,
        "assign a Teams Phone licence first",
        at,
      ),
    ]);
  return changed(withUser(tenant, user, { ...user, enterpriseVoiceEnabled: enabled }));
}
