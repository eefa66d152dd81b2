import { parseLineUri } from "../model/line-uri.ts";
import { nameKey } from "../model/name-key.ts";
import type { CallingLineIdentity } from "../model/number-rules.ts";
import type { Tenant } from "../model/tenant.ts";
import type { User } from "../model/user.ts";
import type { CompiledCallerId } from "./compiled-tenant.ts";

/** Shows what the called party sees of a user's own calls. */
export type CallerIdRule = (user: User, hideCallerId: boolean) => CompiledCallerId;

/**
 * The tenant's caller ID rules (documented: Microsoft, New-CsCallingLineIdentity): the user's calling
 * line identity, else the instance `Global`, else her own number. Her wish to hide counts only where
 * `EnableUserOverride` allows it; she cannot un-hide what the policy hides. A forwarded call is shown
 * as the forwarding user's own (assumed: the original caller is no input of ours).
 */
export function callerIdRule(tenant: Tenant): CallerIdRule {
  const identities = new Map(
    tenant.callingLineIdentities.map((identity) => [nameKey(identity.identity), identity]),
  );
  const accounts = new Map(
    tenant.resourceAccounts.map((account) => [nameKey(account.userPrincipalName), account]),
  );
  const global = identities.get("global") ?? null;

  function resourceNumber(identity: CallingLineIdentity): string | null {
    const account = accounts.get(nameKey(identity.resourceAccount ?? ""));
    return parseLineUri(account?.lineUri ?? null)?.number ?? null;
  }

  return (user, hideCallerId) => {
    const named = user.callingLineIdentity;
    const identity = named === null ? global : (identities.get(nameKey(named)) ?? global);
    const own = parseLineUri(user.lineUri)?.number ?? null;
    if (identity?.callingIdSubstitute === "Anonymous") {
      return { callerId: "anonymous", source: "anonymous-policy" };
    }
    if (hideCallerId && identity?.enableUserOverride === true) {
      return { callerId: "anonymous", source: "hidden-by-caller" };
    }
    if (identity?.callingIdSubstitute === "Resource") {
      return { callerId: resourceNumber(identity), source: "resource-account" };
    }
    return { callerId: own, source: "line-uri" };
  };
}
