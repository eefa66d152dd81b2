import type { Tenant } from "../../../engine/model/tenant.ts";
import { type Caller, numberOf } from "./callers.ts";
import type { CallsBy } from "./calls-by.ts";
import { same } from "./names.ts";
import { effective } from "./policies.ts";

/** What the called party is shown, and by which rule. */
export interface Shown {
  readonly callerId: string | null;
  readonly rule: string;
  /** A calling line identity has a say in it: then who called first is not shown of a forwarded call. */
  readonly isByPolicy: boolean;
}

/** What the called party is shown of a caller's own call. */
export function ownCallerId(
  tenant: Tenant,
  caller: Caller,
  callsBy: CallsBy | null,
  hide: boolean,
): Shown {
  const number: Shown = {
    callerId: callsBy?.number ?? null,
    rule: callsBy?.isShared === true ? "shared number" : "own number",
    isByPolicy: false,
  };
  if (!caller.isUser) return { ...number, rule: "an account's own number" };
  const { policy } = effective(tenant, "CallingLineIdentity", caller);
  if (policy.enableUserOverride && hide) return hidden("hidden by caller");
  switch (policy.callingIdSubstitute) {
    case "Anonymous":
      return hidden("hidden by policy");
    case "LineUri":
      return number;
    case "Resource": {
      const account = tenant.resourceAccounts.find((one) =>
        same(one.userPrincipalName, policy.resourceAccount ?? ""),
      );
      const callerId = numberOf(account?.lineUri ?? null);
      return { callerId, rule: "number of another account", isByPolicy: true };
    }
  }
}

function hidden(rule: string): Shown {
  return { callerId: "anonymous", rule, isByPolicy: true };
}
