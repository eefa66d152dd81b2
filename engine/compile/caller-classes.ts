import { type Caller, callersOf } from "../model/callers.ts";
import { parseLineUri } from "../model/line-uri.ts";
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { ResourceAccount, User } from "../model/user.ts";
import type { RoutingPolicyType } from "../model/voice-routing.ts";
import {
  accountCallRefusal,
  hasAudioConferencing,
  hasOperatorConnectConferencing,
  hasTeamsPhone,
  numberTypes,
  ownCallNoMatch,
  ownCallRefusal,
} from "./caller-entitlement.ts";
import { type CallerIdRule, callerIdRule } from "./caller-id-rule.ts";
import { type CallingRestriction, callingRestrictionRule } from "./calling-restriction.ts";
import {
  CALL_HIDDEN,
  CALL_MEETING,
  CALL_SHOWN,
  CALLER_STRIDE,
  type CompiledCallerId,
  type NoMatch,
  type RoutedClass,
  type RoutingClass,
} from "./compiled-tenant.ts";
import { type EffectivePolicy, effectivePolicy, type PolicyDirectory } from "./effective-policy.ts";
import type { NumberOwners } from "./route-targets.ts";

/**
 * Sorts the callers into classes whose calls are routed alike, so that deciding looks at a class and
 * never at a user or resource account.
 *
 * @module
 */

/** The caller tables of a compiled tenant. */
export interface CallerTables {
  readonly callerClasses: Int32Array;
  readonly callerCallerIds: Int32Array;
  readonly classes: readonly RoutingClass[];
  readonly callerIds: readonly CompiledCallerId[];
}

/** What callers are classified by. */
export interface Classifying {
  readonly tenant: Tenant;
  readonly voice: PolicyDirectory<RoutingPolicyType>;
  readonly conferencing: PolicyDirectory<RoutingPolicyType>;
  readonly owners: NumberOwners;
  /** Index of a policy of a directory in the compiled tenant; asking for it marks it as used. */
  readonly compiledIndex: (directory: PolicyDirectory<RoutingPolicyType>, index: number) => number;
  readonly problems: Problem[];
}

const NO_CALLER_ID: CompiledCallerId = { callerId: null, source: "line-uri" };

/** Gives equal values one number each, in the order of their first appearance. */
function interner<T>(): { readonly values: T[]; indexOf(value: T): number } {
  const values: T[] = [];
  const known = new Map<string, number>();
  return {
    values,
    indexOf(value) {
      const key = JSON.stringify(value);
      const index = known.get(key) ?? values.push(value) - 1;
      known.set(key, index);
      return index;
    },
  };
}

function sharedInt32Array(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT));
}

/** Classifies every caller, in the order of {@link callersOf}. O(callers). @problem POLICY_UNKNOWN */
export function callerTables(given: Classifying): CallerTables {
  const callers = callersOf(given.tenant);
  const classes = interner<RoutingClass>();
  const callerIds = interner<CompiledCallerId>();
  const callerClasses = sharedInt32Array(callers.length * CALLER_STRIDE);
  const callerCallerIds = sharedInt32Array(callers.length * CALLER_STRIDE);
  const classify = classifier(given);
  const callerIdOf = callerIdRule(given.tenant);
  for (const [index, caller] of callers.entries()) {
    const at = index * CALLER_STRIDE;
    const { ownCall, meeting } = classify(caller);
    const ownClass = classes.indexOf(ownCall);
    callerClasses[at + CALL_SHOWN] = ownClass;
    callerClasses[at + CALL_HIDDEN] = ownClass;
    callerClasses[at + CALL_MEETING] = classes.indexOf(meeting);
    const shown = callerIdsOf(caller, meeting, callerIdOf);
    callerCallerIds[at + CALL_SHOWN] = callerIds.indexOf(shown.shown);
    callerCallerIds[at + CALL_HIDDEN] = callerIds.indexOf(shown.hidden);
    callerCallerIds[at + CALL_MEETING] = callerIds.indexOf(shown.meeting);
  }
  return { callerClasses, callerCallerIds, classes: classes.values, callerIds: callerIds.values };
}

interface CallerIds {
  readonly shown: CompiledCallerId;
  readonly hidden: CompiledCallerId;
  readonly meeting: CompiledCallerId;
}

function callerIdsOf(caller: Caller, meeting: RoutingClass, callerIdOf: CallerIdRule): CallerIds {
  if (caller.kind === "resource-account") {
    // Calling line identities are users' (assumed: a resource account shows its own number).
    const callerId = parseLineUri(caller.account.lineUri)?.number ?? null;
    const own: CompiledCallerId = { callerId, source: "line-uri" };
    return { shown: own, hidden: own, meeting: NO_CALLER_ID };
  }
  const shown = callerIdOf(caller.user, false);
  // WHY: only an operator that takes an organizer's call as it takes her own shows her number; all
  // other meeting calls show a bridge number, and their organizers share decisions.
  const showsOwn = meeting.refusal === null && meeting.noMatch.to === "operator";
  return {
    shown,
    hidden: callerIdOf(caller.user, true),
    meeting: showsOwn ? shown : NO_CALLER_ID,
  };
}

interface CallerClasses {
  readonly ownCall: RoutingClass;
  readonly meeting: RoutingClass;
}

function classifier(given: Classifying): (caller: Caller) => CallerClasses {
  const { tenant, voice, conferencing, owners, problems } = given;
  const types = numberTypes(tenant);
  const restrictionOf = callingRestrictionRule(tenant, problems);
  const sovereign = ["gcchigh", "dod"].includes(tenant.tenant.environment);

  function ownCall(user: User, isMeeting: boolean): RoutingClass {
    const refusal = ownCallRefusal(user, tenant);
    if (refusal !== null) return { refusal };
    const policy = effectivePolicy(voice, user, problems);
    const restriction = restrictionOf(user, isMeeting ? "meetings" : "ownCalls");
    return routed(voice, policy, ownCallNoMatch(user, types, owners), isMeeting, restriction);
  }

  /**
   * Calls out of a meeting (documented: Microsoft, audio-conferencing-on-network and
   * operator-connect-conferencing-plan): by the organizer's Audio Conferencing routing policy when she
   * has either conferencing licence, else as her own calls. In GCC High and DoD by the voice routing
   * policy that counts globally. An organizer with both licences has the wider right (assumed).
   */
  function meeting(user: User): RoutingClass {
    const standard = hasAudioConferencing(user);
    const licensed = standard || hasOperatorConnectConferencing(user);
    if (!licensed && !hasTeamsPhone(user)) return { refusal: "NO_CONFERENCING_LICENSE" };
    const restriction = restrictionOf(user, "meetings");
    if (sovereign) {
      return routed(voice, voice.global, { to: "blocked", reason: "NO_MATCH" }, true, restriction);
    }
    if (!licensed) return ownCall(user, true);
    const policy = effectivePolicy(conferencing, user, problems);
    const noMatch: NoMatch = standard
      ? { to: "microsoft" }
      : { to: "blocked", reason: "OCC_NO_MATCH" };
    return {
      ...routed(conferencing, policy, noMatch, true, restriction),
      operatorOnly: !standard,
      microsoftBehindBridgeSource: standard && tenant.options.bridgeSourceFallbackToMicrosoft,
    };
  }

  function routed(
    directory: PolicyDirectory<RoutingPolicyType>,
    { index, policySource, group }: EffectivePolicy,
    noMatch: NoMatch,
    isMeeting: boolean,
    restriction: CallingRestriction,
  ): RoutedClass {
    return {
      refusal: null,
      policy: given.compiledIndex(directory, index),
      policySource,
      group,
      isMeeting,
      operatorOnly: false,
      microsoftBehindBridgeSource: false,
      noMatch,
      restriction,
    };
  }

  /** Transfers out of an auto attendant or call queue; it organizes no meetings. */
  function ofAccount(account: ResourceAccount): CallerClasses {
    const refusal = accountCallRefusal(account, types);
    const meeting = { refusal: "NO_CONFERENCING_LICENSE" } as const;
    if (refusal !== null) return { ownCall: { refusal }, meeting };
    const policy = effectivePolicy(voice, account, problems);
    const noMatch = ownCallNoMatch(account, types, owners);
    const restriction = restrictionOf(account, "ownCalls");
    return { ownCall: routed(voice, policy, noMatch, false, restriction), meeting };
  }

  return (caller) =>
    caller.kind === "resource-account"
      ? ofAccount(caller.account)
      : { ownCall: ownCall(caller.user, false), meeting: meeting(caller.user) };
}
