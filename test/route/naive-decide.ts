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
import { callForHelp } from "./naive/call-for-help.ts";
import { ownCallerId } from "./naive/caller-id.ts";
import { type Caller, findCaller } from "./naive/callers.ts";
import { numberCalledBy } from "./naive/calls-by.ts";
import type { OddCountryOf } from "./naive/countries.ts";
import { deliver } from "./naive/deliver.ts";
import { isDialable, normalise, readTyped } from "./naive/dial-plan.ts";
import { emergencyCallOf } from "./naive/emergency.ts";
import { isRight, type Right, rightOf } from "./naive/entitlement.ts";
import { hasPlan, isCovered, providedByOperator } from "./naive/no-match.ts";
import { isOwnNumber } from "./naive/own-number.ts";
import { type Effective, effective, globalPolicy } from "./naive/policies.ts";
import { judge } from "./naive/restriction.ts";
import type { Note, Situation } from "./naive/situation.ts";
import { turnOf } from "./naive/trunk-order.ts";
import { select } from "./naive/voice-routes.ts";
import type { HearWire } from "./naive/wire.ts";

/** Decides one call. */
export function naiveDecide(
  tenant: Tenant,
  call: Call,
  context: DecisionContext,
  oddCountryOf: OddCountryOf,
  note: Note = () => {},
  hear: HearWire = () => {},
): RouteDecision {
  const caller = findCaller(tenant, call.user);
  if (caller === null) return blocked("USER_UNKNOWN");
  const typed = readTyped(call.dialed);
  if (typed === null) return blocked("NUMBER_NOT_DIALABLE");
  const { front: number, extension } = normalise(tenant, caller, typed, note);
  const isMeeting = call.kind === "dial-out" || call.kind === "call-me-at";
  const moment = { down: context.down, turn: turnOf(context.seed, number) };
  const callsBy = numberCalledBy(tenant, caller);
  const situation = {
    tenant,
    call,
    caller,
    number,
    isMeeting,
    callsBy,
    moment,
    oddCountryOf,
    note,
    hear,
  };
  if (!isMeeting || tenant.options.emergencyFromMeetings) {
    const asTyped = emergencyCallOf(tenant, caller, call.site, typed.front);
    const emergency = asTyped ?? emergencyCallOf(tenant, caller, call.site, number);
    if (emergency !== null) {
      const { called } = emergency;
      const then = { ...moment, turn: turnOf(context.seed, called) };
      return callForHelp({ ...situation, number: called, moment: then }, emergency);
    }
  }
  if (!isDialable(number)) return blocked("NUMBER_NOT_DIALABLE");
  if (!isMeeting || tenant.options.onNetForMeetings) {
    if (isOwnNumber(tenant, number, extension)) return onNet();
  }
  return leave(situation);
}

/** Decides a call that leaves the tenant. */
function leave(situation: Situation): RouteDecision {
  const { tenant, caller, number, isMeeting, callsBy, oddCountryOf } = situation;
  const right = rightOf(tenant, caller, isMeeting, callsBy !== null);
  if (!isRight(right)) return blocked(right);
  situation.note(`${right} right`);
  const { scope, isAllowed } = judge(tenant, caller, isMeeting, number, oddCountryOf);
  situation.note(`${scope} scope: ${isAllowed ? "allowed" : "refused"}`);
  if (!isAllowed) return blocked("DIALOUT_RESTRICTED");
  const { policy, source } = routingPolicy(tenant, caller, right);
  const place: Place = { ...NOWHERE, policy: policy.identity, policySource: source };
  const callerId = isMeeting ? bridgeNumber(tenant) : ownId(situation);
  const matches = select(tenant, policy.onlinePstnUsages, number);
  if (matches.length > 0) {
    return deliver({ ...situation, right, place, callerId }, matches);
  }
  return withoutMatch(situation, right, place);
}

/** What becomes of a call that no route of its policy takes. */
function withoutMatch(situation: Situation, right: Right, place: Place): RouteDecision {
  const { tenant, number, isMeeting, callsBy, moment, oddCountryOf } = situation;
  if (right === "standard") return byMicrosoft(bridgeNumber(tenant), place);
  if (right === "occ") return blocked("OCC_NO_MATCH", place);
  if (right === "government" || callsBy === null) return blocked("NO_MATCH", place);
  if (callsBy.type === "OperatorConnect" || callsBy.type === "TeamsPhoneMobile") {
    return providedByOperator(tenant, callsBy, ownId(situation), place, moment);
  }
  if (!hasPlan(callsBy.payer) && callsBy.type === "DirectRouting")
    return blocked("NO_MATCH", place);
  if (!isCovered(tenant, callsBy.payer, number, oddCountryOf))
    return blocked("CALLING_PLAN_DESTINATION", place);
  return byMicrosoft(isMeeting ? bridgeNumber(tenant) : ownId(situation), place);
}

function bridgeNumber(tenant: Tenant): string | null {
  return tenant.conferencingBridge?.defaultServiceNumber ?? null;
}

/** What is shown of the caller's own call; nobody hides in the calls of a meeting. */
function ownId({ tenant, call, caller, isMeeting, callsBy, note }: Situation): string | null {
  const isHiding = call.hideCallerId && !isMeeting;
  const { callerId, rule, isByPolicy } = ownCallerId(tenant, caller, callsBy, isHiding);
  const original = call.kind === "forward" ? (call.originalCaller ?? null) : null;
  if (original !== null && !isByPolicy) {
    note("shows who called first");
    return original;
  }
  note(`shows ${rule}`);
  return callerId;
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
