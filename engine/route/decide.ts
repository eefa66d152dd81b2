import {
  CALL_HIDDEN,
  CALL_MEETING,
  CALL_SHOWN,
  CALLER_STRIDE,
  type CompiledTenant,
  type RoutedClass,
} from "../compile/compiled-tenant.ts";
import type { CountryOf } from "../compile/destination-country.ts";
import { NO_MATCH } from "../compile/match-sets.ts";
import { findHashed, findOnNet, mayBeOnNet, type OnNetTable } from "../compile/on-net-table.ts";
import type { RouteMatcher } from "../compile/route-matcher.ts";
import { type CallKind, isMeetingCall } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import { invariant } from "../model/engine-error.ts";
import { nameKey } from "../model/name-key.ts";
import { SILENT_TRACER, type Tracer } from "../model/trace.ts";
import { callerParties } from "./caller-parties.ts";
import {
  blockedDecision,
  type CallerSide,
  type Conclusion,
  concludeMatch,
  concludeNoMatch,
  coversDestination,
  decisionOf,
  NOT_COVERED,
  ON_NET,
} from "./conclude.ts";
import { DecisionCache } from "./decision-cache.ts";
import { DialedNumber } from "./dialed-number.ts";
import { type ClosedLane, createLanes, type Lane } from "./lanes.ts";
import { createNearMisses } from "./near-misses.ts";
import { allowsDestination, restrictionStep } from "./restricted-destination.ts";
import { type RouteLeg, selectLegs } from "./select-voice-route.ts";
import { tellSharedCalling } from "./tell-shared-calling.ts";
import {
  asciiText,
  noMatchStep,
  noTrunkStep,
  numberStep,
  policyStep,
  targetStep,
  usageSteps,
} from "./trace-walk.ts";
import { type TrunkRank, trunkRanks } from "./trunk-ranks.ts";
import { turnOf } from "./turn.ts";

/**
 * The walk from a dialed number to a decision, in the order of Teams (documented: Microsoft,
 * dial-plans-routing-overview; the order of the refusals is assumed):
 *
 * ```
 * caller known? → number → (emergency) → on-net? → entitled? → restricted? → policy → usage → route
 *   → trunks → caller ID
 * ```
 * The step in brackets has its place here and is not taken yet: emergency policies.
 *
 * @module
 */

/** What a walk stands on; all of it is made once per router. */
export interface Ground {
  readonly compiled: CompiledTenant;
  readonly down: ReadonlySet<string>;
  readonly countryOf: CountryOf;
  /** Turns the order of equal-rank trunks. */
  readonly seed: number;
}

/** A call in the form in which it is decided. */
export interface WalkCall {
  /** Index of the caller, -1 = unknown. */
  readonly caller: number;
  /** For the trace: as typed, and whose call it is; empty for calls given by index and bytes. */
  readonly dialed: string;
  readonly user: string;
  readonly kind: CallKind;
  readonly hideCallerId: boolean;
  /** Index of the gateway the call came in by, -1 = none. */
  readonly ingress: number;
}

/** No gateway, or no caller. */
export const NONE = -1;

const USER_UNKNOWN = blockedDecision("USER_UNKNOWN");
const NOT_DIALABLE = blockedDecision("NUMBER_NOT_DIALABLE");
const RESTRICTED = blockedDecision("DIALOUT_RESTRICTED");

/** Stands for the match set of a number that no route takes and the calling plan does not cover. */
const NOT_COVERED_SET = -1;

/** Walks for one thread; not re-entrant, since it holds the number it works on. */
export class Walker {
  /** The number of the last call. */
  readonly number = new DialedNumber();
  private readonly ground: Ground;
  // WHY again what the ground holds: every step on the way to it costs each decision a nanosecond.
  private readonly onNet: OnNetTable;
  private readonly onNetForMeetings: boolean;
  private readonly callerClasses: Int32Array;
  private readonly lanes: readonly (Lane | ClosedLane)[];
  private readonly parties: Int32Array;
  private readonly cache = new DecisionCache();
  private readonly nearMisses = createNearMisses();

  /** Country of the number at hand. */
  private readonly country = (): string | null => {
    const { bytes, start, end } = this.number;
    return this.ground.countryOf(bytes, start, end);
  };

  constructor(ground: Ground) {
    this.ground = ground;
    const { compiled } = ground;
    this.onNet = compiled.onNet;
    this.onNetForMeetings = compiled.options.onNetForMeetings;
    this.callerClasses = compiled.callerClasses;
    this.lanes = createLanes(compiled);
    this.parties = callerParties(compiled);
  }

  /** Decides one call. Silent, and once it has seen such a call before, it allocates nothing. */
  walk(
    call: WalkCall,
    bytes: Uint8Array,
    start: number,
    end: number,
    tracer: Tracer,
  ): RouteDecision {
    const { number } = this;
    const isTraced = tracer !== SILENT_TRACER;
    if (isTraced) tellCaller(call, tracer);
    if (call.caller < 0) return this.refuseCaller();

    // The place of dial plan rules is before this: they rewrite what is typed. None acts yet.
    const isDialable = number.read(bytes, start, end);
    if (isTraced) this.tellNumber(call, bytes, start, end, tracer);
    if (!isDialable) return NOT_DIALABLE;

    // The place of emergency numbers: before anything that could refuse them. None is known yet.

    const isMeeting = isMeetingCall(call.kind);
    const looksUp = !isMeeting || this.onNetForMeetings;
    const isOnNet = looksUp && this.isOnNet(bytes, start, end);
    if (isTraced) tracer.step({ step: "on-net", lookedUp: looksUp, onNet: isOnNet });
    if (isOnNet) return ON_NET;

    return this.route(call, isMeeting, tracer);
  }

  /**
   * The trunks of the call that was just decided, by rank. Nothing is looked up: costs what deciding it
   * for the first time did.
   */
  ranks(call: WalkCall, decision: RouteDecision): readonly TrunkRank[] {
    if (decision.trunks.length === 0) return [];
    const { compiled } = this.ground;
    const at = placeOf(call, isMeetingCall(call.kind));
    const lane = this.lanes[this.callerClasses[at] ?? 0];
    invariant(lane !== undefined && lane.refused === null, "a refused caller has trunks");
    const { routing, matcher } = lane;
    const ingress = call.kind === "forward" ? call.ingress : NONE;
    const matchSet = matcher.matchSet(this.match(matcher));
    const callerId = compiled.callerCallerIds[at] ?? 0;
    const { conclusion, legs, caller } = this.conclude(routing, callerId, ingress, matchSet);
    return trunkRanks(compiled, caller, conclusion, legs);
  }

  /** A call that leaves the tenant, if its caller may make it. */
  private route(call: WalkCall, isMeeting: boolean, tracer: Tracer): RouteDecision {
    const isTraced = tracer !== SILENT_TRACER;
    const at = placeOf(call, isMeeting);
    const lane = this.lanes[this.callerClasses[at] ?? 0];
    invariant(lane !== undefined, "a caller has no class");
    if (lane.refused !== null) {
      if (isTraced) tellRefusal(lane, tracer);
      return lane.refused;
    }
    // WHY the flag: it is all that callers without a restriction pay.
    if (lane.isRestricted && !this.allowsDestination(lane.routing)) {
      return isTraced ? this.explainRestricted(lane.routing, tracer) : RESTRICTED;
    }

    const ingress = call.kind === "forward" ? call.ingress : NONE;
    return isTraced ? this.explain(lane, at, ingress, tracer) : this.select(lane, at, ingress);
  }

  private refuseCaller(): RouteDecision {
    this.number.clear();
    return USER_UNKNOWN;
  }

  private isOnNet(bytes: Uint8Array, start: number, end: number): boolean {
    const { number, onNet } = this;
    // WHY the rest stands apart: this is all that nearly every number needs, and short enough to be
    // compiled into its caller.
    if (number.isDigits && !mayBeOnNet(onNet, number.hash)) return false;
    return this.findOnNet(bytes, start, end);
  }

  private findOnNet(bytes: Uint8Array, start: number, end: number): boolean {
    const { number, onNet } = this;
    if (findHashed(onNet, number.hash, number.bytes, number.start, number.end) >= 0) return true;
    const extended = number.endOfExtension(bytes, start, end);
    return extended > number.end && findOnNet(onNet, number.bytes, number.start, extended) >= 0;
  }

  private allowsDestination({ restriction }: RoutedClass): boolean {
    return allowsDestination(restriction, this.number, this.country);
  }

  private explainRestricted(routing: RoutedClass, tracer: Tracer): RouteDecision {
    this.explainEntitlement(routing, tracer);
    tracer.step(restrictionStep(routing.restriction, this.number, this.country));
    return RESTRICTED;
  }

  private explainEntitlement(
    { policy, numberType, sharedCalling }: RoutedClass,
    tracer: Tracer,
  ): void {
    const compiled = this.ground.compiled.policies[policy] ?? null;
    tellSharedCalling(sharedCalling, compiled, tracer);
    const policyType = compiled?.policyType ?? null;
    tracer.step({ step: "entitlement", policyType, refused: null, numberType });
  }

  private turn(): number {
    return turnOf(this.ground.seed, this.number.hash);
  }

  /** The match set of the number at hand. */
  private match(matcher: RouteMatcher): number {
    const { bytes, start, end, isDigits } = this.number;
    return isDigits ? matcher.matchDigits(bytes, start, end) : matcher.match(bytes, start, end);
  }

  /** The silent half: what such a call has led to before is looked up. */
  private select(lane: Lane, at: number, ingress: number): RouteDecision {
    const matched = this.match(lane.matcher);
    const isRefused = matched === NO_MATCH && !this.isCovered(lane.routing);
    const matchSet = isRefused ? NOT_COVERED_SET : matched;
    const party = this.parties[at] ?? 0;
    const known = this.cache.find(party, matchSet, ingress, this.turn());
    return known ?? this.selectAnew(lane, at, ingress, matchSet);
  }

  private selectAnew(lane: Lane, at: number, ingress: number, matchSet: number): RouteDecision {
    const { compiled } = this.ground;
    const { routing, matcher } = lane;
    const callerId = compiled.callerCallerIds[at] ?? 0;
    const conclusion =
      matchSet === NOT_COVERED_SET
        ? NOT_COVERED
        : this.conclude(routing, callerId, ingress, matcher.matchSet(matchSet)).conclusion;
    const decide = (turn: number): RouteDecision => decisionOf(compiled, routing, conclusion, turn);
    // WHY: higher ids do not keep their meaning until the next call.
    if (matchSet >= matcher.stableIds) return decide(this.turn());
    const weights = conclusion.ranks.map((rank) => rank.weights);
    const party = this.parties[at] ?? 0;
    this.cache.add(party, matchSet, ingress, { weights, decide });
    const decision = this.cache.find(party, matchSet, ingress, this.turn());
    invariant(decision !== undefined, "the cache lost what it was given");
    return decision;
  }

  private isCovered(routing: RoutedClass): boolean {
    return coversDestination(routing.noMatch, this.number.startsWithPlus, this.country);
  }

  /** What both halves do: from the matched routes to where the call leaves. */
  private conclude(
    routing: RoutedClass,
    callerId: number,
    ingress: number,
    matchSet: readonly number[],
  ): {
    readonly conclusion: Conclusion;
    readonly legs: readonly RouteLeg[] | null;
    readonly caller: CallerSide;
  } {
    const { compiled } = this.ground;
    const own = compiled.callerIds[callerId] ?? { callerId: null, source: "line-uri" };
    const caller: CallerSide = { routing, own };
    if (matchSet.length === 0) {
      return { conclusion: concludeNoMatch(this.ground, caller), legs: null, caller };
    }
    const entries = compiled.policies[routing.policy]?.table.entries ?? [];
    const matched = matchSet.flatMap((index) => entries[index] ?? []);
    const gateway = compiled.gateways[ingress];
    const ingressKey = gateway === undefined ? null : nameKey(gateway);
    const legs = selectLegs(this.ground, routing, matched, ingressKey);
    return { conclusion: concludeMatch(compiled, caller, legs), legs, caller };
  }

  /** The traced half: the same steps without looking anything up, each of them told. */
  private explain(lane: Lane, at: number, ingress: number, tracer: Tracer): RouteDecision {
    const { compiled } = this.ground;
    const { routing, matcher } = lane;
    const callerId = compiled.callerCallerIds[at] ?? 0;
    this.explainEntitlement(routing, tracer);
    tracer.step(restrictionStep(routing.restriction, this.number, this.country));
    tracer.step(policyStep(compiled, routing));
    const { bytes, start, end } = this.number;
    const number = asciiText(bytes, start, end);
    for (const step of usageSteps(compiled, routing, number, this.nearMisses)) tracer.step(step);

    const matchSet = matcher.matchSet(this.match(matcher));
    const turn = this.turn();
    const { conclusion, legs } = this.conclude(routing, callerId, ingress, matchSet);
    if (legs === null) return this.explainNoMatch(routing, conclusion, turn, tracer);
    for (const leg of legs) tracer.step(targetStep(leg, turn));
    if (conclusion.ranks.length === 0) tracer.step(noTrunkStep(legs, conclusion));
    return this.explained(routing, conclusion, turn, tracer);
  }

  private explainNoMatch(
    routing: RoutedClass,
    covered: Conclusion,
    turn: number,
    tracer: Tracer,
  ): RouteDecision {
    const isPlan = routing.noMatch.to === "calling-plan";
    const conclusion = this.isCovered(routing) ? covered : NOT_COVERED;
    tracer.step(noMatchStep(conclusion, turn, isPlan ? this.country() : null));
    return this.explained(routing, conclusion, turn, tracer);
  }

  private explained(
    routing: RoutedClass,
    conclusion: Conclusion,
    turn: number,
    tracer: Tracer,
  ): RouteDecision {
    if (conclusion.callerId !== null) tracer.step({ step: "caller-id", ...conclusion.callerId });
    return decisionOf(this.ground.compiled, routing, conclusion, turn);
  }

  private tellNumber(
    call: WalkCall,
    bytes: Uint8Array,
    start: number,
    end: number,
    tracer: Tracer,
  ): void {
    const { number } = this;
    const extended = number.length > 0 ? number.endOfExtension(bytes, start, end) : 0;
    tracer.step(numberStep(call.dialed, number, extended));
  }
}

/** Where the caller tables tell of a call. */
function placeOf({ caller, hideCallerId }: WalkCall, isMeeting: boolean): number {
  const shown = hideCallerId ? CALL_HIDDEN : CALL_SHOWN;
  return caller * CALLER_STRIDE + (isMeeting ? CALL_MEETING : shown);
}

function tellCaller({ user, caller }: WalkCall, tracer: Tracer): void {
  tracer.step({ step: "caller", user, known: caller >= 0 });
}

function tellRefusal({ refused: { reason }, sharedCalling }: ClosedLane, tracer: Tracer): void {
  tellSharedCalling(sharedCalling, null, tracer);
  tracer.step({ step: "entitlement", policyType: null, refused: reason, numberType: null });
}
