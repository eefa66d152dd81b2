import type { Tenant } from "../../../engine/model/tenant.ts";
import { type Caller, numberOf } from "./callers.ts";
import { same } from "./names.ts";
import { effective } from "./policies.ts";

/** What the called party is shown of a caller's own call; `shown` is the number the caller calls by. */
export function ownCallerId(
  tenant: Tenant,
  caller: Caller,
  shown: string | null,
  hide: boolean,
): string | null {
  const { policy } = effective(tenant, "CallingLineIdentity", caller);
  if (policy.enableUserOverride && hide) return "anonymous";
  switch (policy.callingIdSubstitute) {
    case "Anonymous":
      return "anonymous";
    case "LineUri":
      return shown;
    case "Resource": {
      const account = tenant.resourceAccounts.find((one) =>
        same(one.userPrincipalName, policy.resourceAccount ?? ""),
      );
      return numberOf(account?.lineUri ?? null);
    }
  }
}
