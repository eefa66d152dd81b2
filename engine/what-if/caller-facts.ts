import {
  hasAudioConferencing,
  hasCallingPlan,
  hasOperatorConnectConferencing,
} from "../compile/caller-entitlement.ts";
import { sharedCallingRule } from "../compile/shared-calling.ts";
import { type Call, type CallKind, isMeetingCall } from "../model/call.ts";
import { type Caller, callerHolder, callerName, callersOf } from "../model/callers.ts";
import { nameKey } from "../model/name-key.ts";
import type { Tenant } from "../model/tenant.ts";
import type { License } from "../model/user.ts";

/** What the words about a call need to know of its caller, and the trace does not tell. */
export interface CallerFacts {
  readonly kind: "user" | "organizer" | "resource-account";
  /** Whether the holder of the number has a plan: the caller, or the account of shared calling. */
  readonly hasCallingPlan: boolean;
  readonly hasCommunicationsCredits: boolean;
  /** Whether the account of a shared calling policy is not in the tenant. */
  readonly sharedAccountMissing: boolean;
  /** Whether an organizer has the standard conferencing licence beside Operator Connect's. */
  readonly hasBothConferencing: boolean;
  /** GCC High and DoD, where only the Global policy counts for calls out of meetings. */
  readonly isSovereign: boolean;
}

/**
 * What is known of the callers of calls; of one who is not in the tenant, nothing. O(callers) once, then
 * O(groups) a call.
 */
export function callerFactsRule(tenant: Tenant): (call: Call) => CallerFacts {
  const callers = new Map(callersOf(tenant).map((one) => [nameKey(callerName(one)), one]));
  const sharedCallingOf = sharedCallingRule(tenant, []);
  const isSovereign = ["gcchigh", "dod"].includes(tenant.tenant.environment);
  return ({ user: name, kind }) => {
    const caller = callers.get(nameKey(name)) ?? null;
    const user = caller?.kind === "user" ? caller.user : null;
    const shared = user === null ? null : sharedCallingOf(user);
    const holder = shared === null ? caller && callerHolder(caller) : shared.account;
    const licenses: readonly License[] = holder?.licenses ?? [];
    return {
      kind: kindOf(caller, kind),
      hasCallingPlan: hasCallingPlan({ licenses }),
      hasCommunicationsCredits: licenses.includes("CommunicationsCredits"),
      sharedAccountMissing: shared !== null && shared.account === null,
      hasBothConferencing:
        user !== null && hasAudioConferencing(user) && hasOperatorConnectConferencing(user),
      isSovereign,
    };
  };
}

function kindOf(caller: Caller | null, kind: CallKind): CallerFacts["kind"] {
  if (caller?.kind === "resource-account") return "resource-account";
  return isMeetingCall(kind) ? "organizer" : "user";
}

const WORDS: Readonly<Record<CallerFacts["kind"], string>> = {
  user: "the user",
  organizer: "the organizer",
  "resource-account": "the resource account",
};

/** The caller in a sentence. */
export function callerWords({ kind }: CallerFacts): string {
  return WORDS[kind];
}
