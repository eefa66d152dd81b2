import { type Caller, callersOf } from "../model/callers.ts";
import type { BlockReason } from "../model/decision.ts";
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
  type NumberHolder,
  numberTypeOf,
  numberTypes,
  ownCallNoMatch,
  ownCallRefusal,
} from "./caller-entitlement.ts";
import { type CallerIdRule, callerIdRule } from "./caller-id-rule.ts";
import { type CallingRestriction, callingRestrictionRule } from "./calling-restriction.ts";
import {
  CALL_EMERGENCY,
  CALL_HIDDEN,
  CALL_MEETING,
  CALL_SHOWN,
  CALLER_STRIDE,
  type CompiledCallerId,
  type NoMatch,
  type RefusedClass,
  type RoutedClass,
  type RoutingClass,
  type SharedCalling,
} from "./compiled-tenant.ts";
import { type EffectivePolicy, effectivePolicy, type PolicyDirectory } from "./effective-policy.ts";
import type { EmergencyCompiler } from "./emergency-calls.ts";
import { emergencySide } from "./emergency-side.ts";
import type { NumberOwners } from "./route-targets.ts";
import { type SharedCallingUser, sharedCallingRule } from "./shared-calling.ts";

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
  readonly emergency: EmergencyCompiler;
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
  const callerIdOf = callerIdRule(given.tenant, given.problems);
  for (const [index, caller] of callers.entries()) {
    const at = index * CALLER_STRIDE;
    const { ownCall, meeting, own } = classify(caller);
    const ownClass = classes.indexOf(ownCall);
    callerClasses[at + CALL_SHOWN] = ownClass;
    callerClasses[at + CALL_HIDDEN] = ownClass;
    callerClasses[at + CALL_MEETING] = classes.indexOf(meeting);
    const shown = callerIdsOf(caller, own, meeting, callerIdOf);
    callerCallerIds[at + CALL_SHOWN] = callerIds.indexOf(shown.shown);
    callerCallerIds[at + CALL_HIDDEN] = callerIds.indexOf(shown.hidden);
    callerCallerIds[at + CALL_MEETING] = callerIds.indexOf(shown.meeting);
    const emergency = emergencySide(ownCall, own);
    given.emergency.add(caller, emergency.isDirectRouting);
    callerClasses[at + CALL_EMERGENCY] = classes.indexOf(emergency.routing);
    callerCallerIds[at + CALL_EMERGENCY] = callerIds.indexOf(emergency.callerId);
  }
  return { callerClasses, callerCallerIds, classes: classes.values, callerIds: callerIds.values };
}

interface CallerIds {
  readonly shown: CompiledCallerId;
  readonly hidden: CompiledCallerId;
  readonly meeting: CompiledCallerId;
}

function callerIdsOf(
  caller: Caller,
  own: CompiledCallerId,
  meeting: RoutingClass,
  callerIdOf: CallerIdRule,
): CallerIds {
  // Calling line identities are users' (assumed: a resource account shows its own number).
  if (caller.kind === "resource-account") return { shown: own, hidden: own, meeting: NO_CALLER_ID };
  const shown = callerIdOf(caller.user, own, false);
  // WHY: only an operator that takes an organizer's call as it takes her own shows her number; all
  // other meeting calls show a bridge number, and their organizers share decisions.
  const showsOwn = meeting.refusal === null && meeting.noMatch.to === "operator";
  return {
    shown,
    hidden: callerIdOf(caller.user, own, true),
    meeting: showsOwn ? shown : NO_CALLER_ID,
  };
}

interface CallerClasses {
  readonly ownCall: RoutingClass;
  readonly meeting: RoutingClass;
  /** What the calls show when no rule says otherwise. */
  readonly own: CompiledCallerId;
}

function refused(refusal: BlockReason, sharedCalling: SharedCalling | null = null): RefusedClass {
  return { refusal, sharedCalling };
}

function ownNumber({ lineUri }: NumberHolder): CompiledCallerId {
  return { callerId: parseLineUri(lineUri)?.number ?? null, source: "line-uri" };
}

/** By what the calls of a class are routed. */
interface Basis {
  readonly directory: PolicyDirectory<RoutingPolicyType>;
  readonly policy: EffectivePolicy;
  readonly noMatch: NoMatch;
  readonly isMeeting: boolean;
  readonly restriction: CallingRestriction;
}

function routed(
  given: Classifying,
  { directory, policy: { index, policySource, group }, noMatch, isMeeting, restriction }: Basis,
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
    numberType: null,
    sharedCalling: null,
  };
}

function classifier(given: Classifying): (caller: Caller) => CallerClasses {
  const { tenant, voice, conferencing, owners, problems } = given;
  const types = numberTypes(tenant);
  const restrictionOf = callingRestrictionRule(tenant, problems);
  const sharedCallingOf = sharedCallingRule(tenant, problems);
  const sovereign = ["gcchigh", "dod"].includes(tenant.tenant.environment);

  /** A user of shared calling has the way out of the resource account's number. */
  function ownCall(user: User, shared: SharedCallingUser | null, isMeeting: boolean): RoutingClass {
    const holder = shared === null ? user : shared.account;
    const number = parseLineUri(holder?.lineUri ?? null)?.number ?? null;
    const refusal = ownCallRefusal(user, number, tenant);
    const sharedCalling = shared?.told ?? null;
    if (refusal !== null || holder === null) return refused(refusal ?? "NO_NUMBER", sharedCalling);
    const policy = effectivePolicy(voice, user, problems);
    const noMatch = ownCallNoMatch(holder, types, owners, tenant);
    const restriction = restrictionOf(user, isMeeting ? "meetings" : "ownCalls");
    const numberType = numberTypeOf(holder, types);
    const basis = { directory: voice, policy, noMatch, isMeeting, restriction };
    return { ...routed(given, basis), numberType, sharedCalling };
  }

  /**
   * Calls out of a meeting (documented: Microsoft, audio-conferencing-on-network and
   * operator-connect-conferencing-plan): by the organizer's Audio Conferencing routing policy when she
   * has either conferencing licence, else as her own calls. In GCC High and DoD by the voice routing
   * policy that counts globally. An organizer with both licences has the wider right, unless option
   * operatorConnectConferencingWins says otherwise (assumed).
   */
  function meeting(user: User, shared: SharedCallingUser | null): RoutingClass {
    const isOperators = hasOperatorConnectConferencing(user);
    const licensed = isOperators || hasAudioConferencing(user);
    if (!licensed && !hasTeamsPhone(user)) return refused("NO_CONFERENCING_LICENSE");
    const restriction = restrictionOf(user, "meetings");
    const common = { isMeeting: true, restriction };
    if (sovereign) {
      const noMatch: NoMatch = { to: "blocked", reason: "NO_MATCH" };
      return routed(given, { directory: voice, policy: voice.global, noMatch, ...common });
    }
    if (!licensed) return ownCall(user, shared, true);
    const operatorsWins = isOperators && tenant.options.operatorConnectConferencingWins;
    const standard = hasAudioConferencing(user) && !operatorsWins;
    const policy = effectivePolicy(conferencing, user, problems);
    const noMatch: NoMatch = standard
      ? { to: "microsoft" }
      : { to: "blocked", reason: "OCC_NO_MATCH" };
    return {
      ...routed(given, { directory: conferencing, policy, noMatch, ...common }),
      operatorOnly: !standard,
      microsoftBehindBridgeSource: standard && tenant.options.bridgeSourceFallbackToMicrosoft,
    };
  }

  /** Transfers out of an auto attendant or call queue; it organizes no meetings. */
  function ofAccount(account: ResourceAccount): CallerClasses {
    const refusal = accountCallRefusal(account, types);
    const meeting = refused("NO_CONFERENCING_LICENSE");
    const own = ownNumber(account);
    if (refusal !== null) return { ownCall: refused(refusal), meeting, own };
    const policy = effectivePolicy(voice, account, problems);
    const noMatch = ownCallNoMatch(account, types, owners, tenant);
    const restriction = restrictionOf(account, "ownCalls");
    const basis = { directory: voice, policy, noMatch, isMeeting: false, restriction };
    const numberType = numberTypeOf(account, types);
    return { ownCall: { ...routed(given, basis), numberType }, meeting, own };
  }

  function ofUser(user: User): CallerClasses {
    const shared = sharedCallingOf(user);
    return {
      ownCall: ownCall(user, shared, false),
      meeting: meeting(user, shared),
      own:
        shared === null
          ? ownNumber(user)
          : { callerId: shared.told.number, source: "shared-calling" },
    };
  }

  return (caller) =>
    caller.kind === "resource-account" ? ofAccount(caller.account) : ofUser(caller.user);
}
