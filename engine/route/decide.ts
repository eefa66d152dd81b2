import type { RoutedClass } from "../compile/compiled-tenant.ts";
import { NO_MATCH } from "../compile/match-sets.ts";
import { findHashed, findOnNet, mayBeOnNet, type OnNetTable } from "../compile/on-net-table.ts";
import { type CallKind, isMeetingCall } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import { invariant } from "../model/engine-error.ts";
import { type DialPlanTrial, SILENT_TRACER, type Tracer } from "../model/trace.ts";
import { callPlace, emergencyPlace, ingressOf } from "./call-place.ts";
import { DialPlanRules } from "./dial-plan-rules.ts";
import { dialPlanTrial } from "./dial-plan-trial.ts";
import { DialedNumber } from "./dialed-number.ts";
import { type EmergencyMeaning, EmergencyMeanings } from "./emergency-meanings.ts";
import { type Ground, LaneWalk } from "./lane-walk.ts";
import { type ClosedLane, createLanes, createMatchers, type Lane } from "./lanes.ts";
import {
  NO_CALLER_ID,
  NOT_KEPT,
  ON_NET_OUTLINE,
  type Outline,
  RESTRICTED_OUTLINE,
  refusedOutline,
} from "./outline.ts";
import { PlainCalls } from "./plain-calls.ts";
import { allowsDestination, restrictionStep } from "./restricted-destination.ts";
import { emergencyStep } from "./tell-emergency.ts";
import { tellSharedCalling } from "./tell-shared-calling.ts";
import { asciiText, numberStep } from "./trace-walk.ts";
import type { TrunkRank } from "./trunk-ranks.ts";

/**
 * The walk from a dialed number to a decision, in the order of Teams (documented: Microsoft,
 * dial-plans-routing-overview; the order of the refusals is assumed):
 *
 * ```
 * caller known? → number → emergency? → dial plan → emergency? → on-net? → entitled? → restricted?
 *   → policy → usage → route
 *   → trunks → caller ID
 * ```
 * An emergency call is not looked up on-net and never restricted, and has policies of its own.
 *
 * @module
 */

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
  /** Index of the network site the caller is in, -1 = none. */
  readonly site: number;
}

const USER_UNKNOWN = refusedOutline("USER_UNKNOWN");
const NOT_DIALABLE = refusedOutline("NUMBER_NOT_DIALABLE");

/** Walks for one thread; not re-entrant, since it holds the number it works on. */
export class Walker {
  /** The number of the last call. */
  readonly number = new DialedNumber();
  private readonly ground: Ground;
  // WHY again what the ground holds: every step on the way to it costs each decision a nanosecond.
  private readonly onNet: OnNetTable;
  private readonly onNetForMeetings: boolean;
  private readonly callerClasses: Int32Array;
  private readonly callerCallerIds: Int32Array;
  private readonly lanes: readonly (Lane | ClosedLane)[];
  private readonly dialPlans: DialPlanRules;
  private readonly emergencies: EmergencyMeanings;
  private readonly longestEmergency: number;
  private readonly emergencyFromMeetings: boolean;
  /** What the last call means if it is an emergency call. */
  private meaning: EmergencyMeaning | null = null;
  private readonly lower: LaneWalk;
  /** Decides most calls without a walk. */
  readonly plain: PlainCalls;
  /** How many calls were walked step by step. */
  walked = 0;

  constructor(ground: Ground) {
    this.ground = ground;
    const { compiled } = ground;
    this.onNet = compiled.onNet;
    this.onNetForMeetings = compiled.options.onNetForMeetings;
    this.callerClasses = compiled.callerClasses;
    this.callerCallerIds = compiled.callerCallerIds;
    this.dialPlans = new DialPlanRules(compiled);
    const matchers = createMatchers(compiled);
    this.lanes = createLanes(compiled, matchers);
    this.emergencies = new EmergencyMeanings(compiled, matchers);
    this.longestEmergency = this.emergencies.longest;
    this.lower = new LaneWalk(ground, this.number);
    const { number, lower, dialPlans } = this;
    const laneAt = (at: number): Lane | ClosedLane => this.laneAt(at);
    this.plain = new PlainCalls({ compiled, seed: ground.seed, lower, number, dialPlans, laneAt });
    this.emergencyFromMeetings = compiled.options.emergencyFromMeetings;
  }

  /**
   * Decides one call and gives the index of its outline; a traced call leads to {@link NOT_KEPT}. Silent,
   * and once it has seen such a call before, it allocates nothing.
   */
  walk(call: WalkCall, bytes: Uint8Array, start: number, end: number, tracer: Tracer): number {
    const { number } = this;
    const isTraced = tracer !== SILENT_TRACER;
    this.walked++;
    this.lower.callerId = NO_CALLER_ID;
    if (isTraced) tellCaller(call, tracer);
    if (call.caller < 0) return this.refuseCaller();

    number.read(bytes, start, end);
    const isMeeting = isMeetingCall(call.kind);
    // WHY the length first: it is all that nearly every number needs.
    const isShort = number.length <= this.longestEmergency;
    this.meaning = isShort ? this.emergencyMeaning(call, isMeeting) : null;
    if (this.meaning !== null) {
      if (isTraced) this.tellNumber(call, bytes, start, end, null, tracer);
      return this.routeEmergency(call, this.meaning, tracer);
    }

    const isRewritten = this.rewrite(call, bytes, start, end, tracer);
    if (number.length === 0) return NOT_DIALABLE;
    if (!isRewritten) return this.walkNumber(call, bytes, start, end, tracer);
    const isShortNow = number.length <= this.longestEmergency;
    this.meaning = isShortNow ? this.emergencyMeaning(call, isMeeting) : null;
    if (this.meaning !== null) return this.routeEmergency(call, this.meaning, tracer);
    return this.walkNumber(call, this.dialPlans.bytes, 0, this.dialPlans.length, tracer);
  }

  /** A number that is no emergency number, with what may follow it in `bytes[start .. end)`. */
  private walkNumber(
    call: WalkCall,
    bytes: Uint8Array,
    start: number,
    end: number,
    tracer: Tracer,
  ): number {
    const isMeeting = isMeetingCall(call.kind);
    const looksUp = !isMeeting || this.onNetForMeetings;
    const isOnNet = looksUp && this.isOnNet(bytes, start, end);
    if (tracer !== SILENT_TRACER)
      tracer.step({ step: "on-net", lookedUp: looksUp, onNet: isOnNet });
    return isOnNet ? ON_NET_OUTLINE : this.route(call, tracer);
  }

  /**
   * The trunks of the call that was just decided, by rank. Nothing is looked up: costs what deciding it
   * for the first time did.
   */
  ranks(call: WalkCall, decision: RouteDecision): readonly TrunkRank[] {
    if (decision.trunks.length === 0) return [];
    const { meaning } = this;
    const at =
      meaning === null
        ? callPlace(call.caller, call.kind, call.hideCallerId)
        : emergencyPlace(call.caller);
    const lane = meaning === null ? this.laneAt(at) : this.emergencyLane(meaning, at);
    invariant(lane.refused === null, "a refused caller has trunks");
    return this.lower.ranks(lane, at, ingressOf(call.kind, call.ingress));
  }

  /** A call that leaves the tenant, if its caller may make it. */
  private route(call: WalkCall, tracer: Tracer): number {
    const isTraced = tracer !== SILENT_TRACER;
    const at = callPlace(call.caller, call.kind, call.hideCallerId);
    const lane = this.laneAt(at);
    if (lane.refused !== null) {
      if (isTraced) tellRefusal(lane, tracer);
      return lane.outline;
    }
    // WHY the flag: it is all that callers without a restriction pay.
    const isRefused = lane.isRestricted && !this.allowsDestination(lane.routing);
    if (isTraced) this.tellEntitlement(lane.routing, tracer);
    if (isRefused) return RESTRICTED_OUTLINE;

    const ingress = ingressOf(call.kind, call.ingress);
    if (isTraced) return this.lower.explain(lane, at, ingress, tracer);
    return this.select(lane, at, ingress);
  }

  private select(lane: Lane, at: number, ingress: number): number {
    this.lower.callerId = this.callerCallerIds[at] ?? 0;
    return this.lower.select(lane, ingress);
  }

  /** The outline with this index, of the last call. */
  outline(index: number): Outline {
    return index === NOT_KEPT ? this.lower.notKept : this.lower.outlines.at(index);
  }

  /** See {@link LaneWalk.callerId}. */
  get callerId(): number {
    return this.lower.callerId;
  }

  /** See {@link OutlineCache.generation}. */
  get generation(): number {
    return this.lower.outlines.generation;
  }

  private laneAt(at: number): Lane | ClosedLane {
    const lane = this.lanes[this.callerClasses[at] ?? 0];
    invariant(lane !== undefined, "a caller has no class");
    return lane;
  }

  /** Short numbers only. Out of meetings, what looks like one is a call as any other unless an option says so. */
  private emergencyMeaning(call: WalkCall, isMeeting: boolean): EmergencyMeaning | null {
    if (isMeeting && !this.emergencyFromMeetings) return null;
    const { bytes, start, end, length } = this.number;
    if (length === 0) return null;
    return this.emergencies.find(call.caller, call.site, bytes, start, end);
  }

  private routeEmergency(call: WalkCall, meaning: EmergencyMeaning, tracer: Tracer): number {
    const at = emergencyPlace(call.caller);
    if (meaning.dialString !== null) this.number.replace(meaning.dialString);
    const lane = this.emergencyLane(meaning, at);
    if (tracer !== SILENT_TRACER) return this.explainEmergency(call, meaning, lane, tracer);
    return lane.refused === null
      ? this.select(lane, at, ingressOf(call.kind, call.ingress))
      : lane.outline;
  }

  /** Whether the last call was an emergency call. */
  get isEmergency(): boolean {
    return this.meaning !== null;
  }

  /** Which way an emergency call goes: by the usage of the policy's entry, if a route of that takes it. */
  private emergencyLane(meaning: EmergencyMeaning, at: number): Lane | ClosedLane {
    const own = this.laneAt(at);
    if (own.refused !== null || meaning.lane === null) return own;
    const falls = this.ground.compiled.options.emergencyFallsThrough;
    return falls && this.lower.match(meaning.lane.matcher) === NO_MATCH ? own : meaning.lane;
  }

  private explainEmergency(
    call: WalkCall,
    meaning: EmergencyMeaning,
    lane: Lane | ClosedLane,
    tracer: Tracer,
  ): number {
    const { compiled } = this.ground;
    const { bytes, start, end } = this.number;
    const site = compiled.emergency.sites[call.site] ?? null;
    tracer.step(emergencyStep(compiled, meaning, lane, asciiText(bytes, start, end), site));
    if (lane.refused !== null) {
      tellRefusal(lane, tracer);
      return lane.outline;
    }
    const own = this.laneAt(emergencyPlace(call.caller)).routing ?? lane.routing;
    this.explainEntitlement({ ...own, policy: lane.routing.policy }, tracer);
    const passedOver = lane === meaning.lane ? null : meaning.lane;
    if (passedOver !== null) this.lower.tellPolicy(passedOver.routing, tracer);
    return this.lower.explain(
      lane,
      emergencyPlace(call.caller),
      ingressOf(call.kind, call.ingress),
      tracer,
    );
  }

  private refuseCaller(): number {
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
    return restriction === null || allowsDestination(restriction, this.number, this.lower.country);
  }

  private tellEntitlement(routing: RoutedClass, tracer: Tracer): void {
    this.explainEntitlement(routing, tracer);
    if (routing.restriction === null) return;
    tracer.step(restrictionStep(routing.restriction, this.number, this.lower.country));
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

  /** Applies the caller's dial plan to the number that was just read; whether a rule was applied. */
  private rewrite(
    call: WalkCall,
    bytes: Uint8Array,
    start: number,
    end: number,
    tracer: Tracer,
  ): boolean {
    const { number, dialPlans } = this;
    const { caller } = call;
    const isTraced = tracer !== SILENT_TRACER;
    const trial = isTraced ? this.tryRules(caller) : null;
    const isRewritten =
      dialPlans.concerns(caller, number) && dialPlans.apply(caller, number, bytes, start, end);
    if (!isTraced) return isRewritten;
    if (isRewritten) this.tellNumber(call, dialPlans.bytes, 0, dialPlans.length, trial, tracer);
    else this.tellNumber(call, bytes, start, end, trial, tracer);
    return isRewritten;
  }

  /** The rules of the caller's dial plan on the number that was just read. */
  private tryRules(caller: number): DialPlanTrial | null {
    const { bytes, start, end, length, unroutable } = this.number;
    const to = length === 0 ? unroutable : end;
    return to > start
      ? dialPlanTrial(this.dialPlans.planOf(caller), asciiText(bytes, start, to))
      : null;
  }

  private tellNumber(
    call: WalkCall,
    bytes: Uint8Array,
    start: number,
    end: number,
    dialPlan: DialPlanTrial | null,
    tracer: Tracer,
  ): void {
    const { number } = this;
    const extended = number.length > 0 ? number.endOfExtension(bytes, start, end) : 0;
    tracer.step(numberStep(call.dialed, number, extended, dialPlan));
  }
}

function tellCaller({ user, caller }: WalkCall, tracer: Tracer): void {
  tracer.step({ step: "caller", user, known: caller >= 0 });
}

function tellRefusal({ refused: reason, sharedCalling }: ClosedLane, tracer: Tracer): void {
  tellSharedCalling(sharedCalling, null, tracer);
  tracer.step({ step: "entitlement", policyType: null, refused: reason, numberType: null });
}
