/**
 * A second implementation of deciding, as plain as it can be: loops over the tenant, JS regular
 * expressions, nothing looked up twice, nothing shared with the engine but the nouns of `model/`. It is
 * for patterns that JS and .NET read alike. Each family of rules has its file in `naive/`.
 *
 * @module
 */
import type { Call, DecisionContext } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { blocked, byMicrosoft, NOWHERE, onNet, type Place } from "./naive/answers.ts";
import { ownCallerId } from "./naive/caller-id.ts";
import { type Caller, findCaller, numberOf, typeOfNumber } from "./naive/callers.ts";
import { deliver } from "./naive/deliver.ts";
import { isDialable, normalise, readTyped } from "./naive/dial-plan.ts";
import { isRight, type Right, rightOf } from "./naive/entitlement.ts";
import { type CallsBy, hasPlan, isCovered, providedByOperator } from "./naive/no-match.ts";
import { isOwnNumber } from "./naive/own-number.ts";
import { type Effective, effective, globalPolicy } from "./naive/policies.ts";
import { type CountryOf, isRestricted } from "./naive/restriction.ts";
import { type Moment, turnOf } from "./naive/trunk-order.ts";
import { select } from "./naive/voice-routes.ts";

/** Hears what happened on the way, in a few words: for counting what a run has tried. */
export type Note = (what: string) => void;

/** What is known of a call from its start to its end. */
interface Situation {
  readonly tenant: Tenant;
  readonly call: Call;
  readonly caller: Caller;
  /** After the dial plan. */
  readonly number: string;
  readonly isMeeting: boolean;
  readonly callsBy: CallsBy | null;
  readonly moment: Moment;
  readonly countryOf: CountryOf;
  readonly note: Note;
}

/** Decides one call. */
export function naiveDecide(
  tenant: Tenant,
  call: Call,
  context: DecisionContext,
  countryOf: CountryOf,
  note: Note = () => {},
): RouteDecision {
  const caller = findCaller(tenant, call.user);
  if (caller === null) return blocked("USER_UNKNOWN");
  const typed = readTyped(call.dialed);
  if (typed === null) return blocked("NUMBER_NOT_DIALABLE");
  const number = normalise(tenant, caller, typed.front, note);
  if (!isDialable(number)) return blocked("NUMBER_NOT_DIALABLE");
  const isMeeting = call.kind === "dial-out" || call.kind === "call-me-at";
  if (!isMeeting || tenant.options.onNetForMeetings) {
    if (isOwnNumber(tenant, number, typed.extension)) return onNet();
  }
  const moment = { down: context.down, turn: turnOf(context.seed, number) };
  const callsBy = numberCalledBy(tenant, caller);
  return leave({ tenant, call, caller, number, isMeeting, callsBy, moment, countryOf, note });
}

/** Decides a call that leaves the tenant. */
function leave(situation: Situation): RouteDecision {
  const { tenant, call, caller, number, isMeeting, callsBy, moment, countryOf } = situation;
  const right = rightOf(tenant, caller, isMeeting, callsBy !== null);
  if (!isRight(right)) return blocked(right);
  if (isRestricted(tenant, caller, isMeeting, number, countryOf)) {
    return blocked("DIALOUT_RESTRICTED");
  }
  const { policy, source } = routingPolicy(tenant, caller, right);
  const place: Place = { ...NOWHERE, policy: policy.identity, policySource: source };
  const callerId = isMeeting ? bridgeNumber(tenant) : ownId(situation);
  const matches = select(tenant, policy.onlinePstnUsages, number);
  if (matches.length > 0) {
    return deliver({ tenant, call, right, moment, place, callerId }, matches);
  }
  return withoutMatch(situation, right, place);
}

/** What becomes of a call that no route of its policy takes. */
function withoutMatch(situation: Situation, right: Right, place: Place): RouteDecision {
  const { tenant, caller, number, isMeeting, callsBy, moment, countryOf } = situation;
  if (right === "standard") return byMicrosoft(bridgeNumber(tenant), place);
  if (right === "occ") return blocked("OCC_NO_MATCH", place);
  if (right === "government" || callsBy === null) return blocked("NO_MATCH", place);
  if (callsBy.type === "OperatorConnect" || callsBy.type === "TeamsPhoneMobile") {
    return providedByOperator(tenant, callsBy, ownId(situation), place, moment);
  }
  if (!hasPlan(caller) && callsBy.type === "DirectRouting") return blocked("NO_MATCH", place);
  if (!isCovered(caller, number, countryOf)) return blocked("CALLING_PLAN_DESTINATION", place);
  return byMicrosoft(isMeeting ? bridgeNumber(tenant) : ownId(situation), place);
}

function bridgeNumber(tenant: Tenant): string | null {
  return tenant.conferencingBridge?.defaultServiceNumber ?? null;
}

/** What is shown of the caller's own call; nobody hides in the calls of a meeting. */
function ownId({ tenant, call, caller, isMeeting, callsBy }: Situation): string | null {
  const shown = callsBy?.number ?? null;
  return ownCallerId(tenant, caller, shown, call.hideCallerId && !isMeeting);
}

/** The policy whose usages route the call. */
function routingPolicy(
  tenant: Tenant,
  caller: Caller,
  right: Right,
): Effective<"OnlineVoiceRoutingPolicy" | "OnlineAudioConferencingRoutingPolicy"> {
  switch (right) {
    case "government":
      return { policy: globalPolicy(tenant, "OnlineVoiceRoutingPolicy"), source: "global" };
    case "own":
      return effective(tenant, "OnlineVoiceRoutingPolicy", caller);
    case "standard":
    case "occ":
      return effective(tenant, "OnlineAudioConferencingRoutingPolicy", caller);
  }
}

/** An own number, else that of the account of a shared calling policy; `null` when there is neither. */
function numberCalledBy(tenant: Tenant, caller: Caller): CallsBy | null {
  const own = numberOf(caller.lineUri);
  if (own !== null) return { number: own, type: typeOfNumber(tenant, caller), isShared: false };
  const { policy } = effective(tenant, "TeamsSharedCallingRoutingPolicy", caller);
  const account = tenant.resourceAccounts.find(
    (one) => one.userPrincipalName.toLowerCase() === policy.resourceAccount?.toLowerCase(),
  );
  const shared = numberOf(account?.lineUri ?? null);
  if (account === undefined || shared === null || !caller.isUser) return null;
  return { number: shared, type: typeOfNumber(tenant, account), isShared: true };
}
