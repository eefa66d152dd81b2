import {
  CALL_HIDDEN,
  CALL_MEETING,
  CALL_SHOWN,
  CALLER_STRIDE,
  type CompiledTenant,
  type RoutedClass,
} from "../compile/compiled-tenant.ts";
import { findOnNet } from "../compile/on-net-table.ts";
import type { RouteMatcher } from "../compile/route-matcher.ts";
import { type CallKind, isMeetingCall } from "../model/call.ts";
import type { BlockReason, RouteDecision } from "../model/decision.ts";
import { invariant } from "../model/engine-error.ts";
import { nameKey } from "../model/name-key.ts";
import { SILENT_TRACER, type Tracer, type TraceStep } from "../model/trace.ts";
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
import {
  type CachedSelection,
  DecisionCache,
  decisionInTurn,
  newSelection,
} from "./decision-cache.ts";
import { createNearMisses } from "./near-misses.ts";
import {
  appendExtension,
  MAX_EXTENDED_LENGTH,
  normaliseDialedNumber,
} from "./normalise-dialed-number.ts";
import { dependsOnTurn } from "./select-trunk.ts";
import { type RouteLeg, selectLegs } from "./select-voice-route.ts";
import { noMatchStep, noTrunkStep, policyStep, targetStep, usageSteps } from "./trace-walk.ts";
import { turnOf } from "./turn.ts";

/**
 * The walk from a dialed number to a decision, in the order of Teams (documented: Microsoft,
 * dial-plans-routing-overview; the order of the refusals is assumed):
 *
 * ```
 * caller known? → number → (emergency) → on-net? → entitled? → (restricted?) → policy → usage → route
 *   → trunks → caller ID
 * ```
 * The steps in brackets have their place here and are not taken yet: emergency policies, outbound
 * calling restrictions.
 *
 * @module
 */

/** Country of the E.164 number in `bytes[start .. end)`, ISO 3166-1 alpha-2; `null` = none or unknown. */
export type CountryOf = (bytes: Uint8Array, start: number, end: number) => string | null;

/** What a walk stands on; all of it is made once per router. */
export interface Ground {
  readonly compiled: CompiledTenant;
  readonly down: ReadonlySet<string>;
  /** Matcher of each policy. */
  readonly matchers: readonly RouteMatcher[];
  readonly countryOf: CountryOf;
  /** State of the turn's hash after the seed. */
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

const REFUSALS = new Map<BlockReason, RouteDecision>();

function refused(reason: BlockReason): RouteDecision {
  const known = REFUSALS.get(reason) ?? blockedDecision(reason);
  REFUSALS.set(reason, known);
  return known;
}

const PLUS = 0x2b;

/** Walks for one thread; not re-entrant, since it holds the number it works on. */
export class Walker {
  /** The number of the last call, in its first `numberLength` bytes. */
  readonly numberBytes = new Uint8Array(MAX_EXTENDED_LENGTH);
  /** 0 when nothing dialable was dialed. */
  numberLength = 0;
  private readonly ground: Ground;
  private readonly cache = new DecisionCache();
  private readonly nearMisses = createNearMisses();

  /** Country of the number at hand. */
  private readonly country = (): string | null =>
    this.ground.countryOf(this.numberBytes, 0, this.numberLength);

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Decides one call. Silent, and once it has seen such a call before, it allocates nothing. */
  walk(
    call: WalkCall,
    bytes: Uint8Array,
    start: number,
    end: number,
    tracer: Tracer,
  ): RouteDecision {
    const { compiled } = this.ground;
    const isTraced = tracer !== SILENT_TRACER;
    this.numberLength = 0;
    if (isTraced) tracer.step({ step: "caller", user: call.user, known: call.caller >= 0 });
    if (call.caller < 0) return refused("USER_UNKNOWN");

    // Dial plan rules will stand before this: they rewrite what is typed.
    const length = normaliseDialedNumber(bytes, start, end, this.numberBytes);
    if (isTraced) tracer.step(this.numberStep(call.dialed, bytes, start, end, length));
    if (length < 0) return refused("NUMBER_NOT_DIALABLE");
    this.numberLength = length;

    // Emergency numbers will be recognised here, before anything that could refuse them.

    const isMeeting = isMeetingCall(call.kind);
    const looksUp = !isMeeting || compiled.options.onNetForMeetings;
    const isOnNet = looksUp && this.isOnNet(bytes, start, end, length);
    if (isTraced) tracer.step({ step: "on-net", lookedUp: looksUp, onNet: isOnNet });
    if (isOnNet) return ON_NET;

    return this.route(call, isMeeting, tracer);
  }

  /** A call that leaves the tenant, if its caller may make it. */
  private route(call: WalkCall, isMeeting: boolean, tracer: Tracer): RouteDecision {
    const { compiled } = this.ground;
    const isTraced = tracer !== SILENT_TRACER;
    const shown = call.hideCallerId ? CALL_HIDDEN : CALL_SHOWN;
    const at = call.caller * CALLER_STRIDE + (isMeeting ? CALL_MEETING : shown);
    const classIndex = compiled.callerClasses[at] ?? 0;
    const routing = compiled.classes[classIndex];
    invariant(routing !== undefined, `caller ${call.caller} has no class`);
    if (routing.refusal !== null) {
      const refusal = routing.refusal;
      if (isTraced) tracer.step({ step: "entitlement", policyType: null, refused: refusal });
      return refused(refusal);
    }
    // Outbound calling restrictions will be judged here, behind the entitlement.

    const callerId = compiled.callerCallerIds[at] ?? 0;
    const ingress = call.kind === "forward" ? call.ingress : NONE;
    return isTraced
      ? this.explain(routing, callerId, ingress, tracer)
      : this.select(classIndex, routing, callerId, ingress);
  }

  private isOnNet(bytes: Uint8Array, start: number, end: number, length: number): boolean {
    const { onNet } = this.ground.compiled;
    const { numberBytes } = this;
    if (findOnNet(onNet, numberBytes, 0, length) >= 0) return true;
    const extended = appendExtension(bytes, start, end, numberBytes, length);
    return extended > length && findOnNet(onNet, numberBytes, 0, extended) >= 0;
  }

  private turn(): number {
    return turnOf(this.ground.seed, this.numberBytes, this.numberLength);
  }

  /** The silent half: what such a call has led to before is looked up. */
  private select(
    classIndex: number,
    routing: RoutedClass,
    callerId: number,
    ingress: number,
  ): RouteDecision {
    const matcher = this.ground.matchers[routing.policy];
    invariant(matcher !== undefined, `policy ${routing.policy} has no matcher`);
    const matchSet = matcher.match(this.numberBytes, 0, this.numberLength);
    // WHY: higher ids do not keep their meaning until the next call.
    if (matchSet >= matcher.stableIds) {
      return this.pick(
        routing,
        this.selectionOf(routing, callerId, ingress, matcher.matchSet(matchSet)),
      );
    }
    let selection = this.cache.find(classIndex, callerId, matchSet, ingress);
    if (selection === undefined) {
      selection = this.selectionOf(routing, callerId, ingress, matcher.matchSet(matchSet));
      this.cache.add(classIndex, callerId, matchSet, ingress, selection);
    }
    return this.pick(routing, selection);
  }

  private selectionOf(
    routing: RoutedClass,
    callerId: number,
    ingress: number,
    matchSet: readonly number[],
  ): CachedSelection {
    const { compiled } = this.ground;
    const { conclusion, legs } = this.conclude(routing, callerId, ingress, matchSet);
    const mayBeUncovered = legs === null && routing.noMatch.to === "calling-plan";
    return newSelection(
      (turn) => decisionOf(compiled, routing, conclusion, turn),
      dependsOnTurn(conclusion.ranks),
      mayBeUncovered ? decisionOf(compiled, routing, NOT_COVERED, 0) : null,
    );
  }

  /** The decision of a selection for the number at hand. */
  private pick(routing: RoutedClass, selection: CachedSelection): RouteDecision {
    const { uncovered } = selection;
    if (uncovered !== null && !this.isCovered(routing)) return uncovered;
    return decisionInTurn(selection, selection.dependsOnTurn ? this.turn() : 0);
  }

  private isCovered(routing: RoutedClass): boolean {
    return coversDestination(routing.noMatch, this.numberBytes[0] === PLUS, this.country);
  }

  /** What both halves do: from the matched routes to where the call leaves. */
  private conclude(
    routing: RoutedClass,
    callerId: number,
    ingress: number,
    matchSet: readonly number[],
  ): { readonly conclusion: Conclusion; readonly legs: readonly RouteLeg[] | null } {
    const { compiled } = this.ground;
    const own = compiled.callerIds[callerId] ?? { callerId: null, source: "line-uri" };
    const caller: CallerSide = { routing, own };
    if (matchSet.length === 0) {
      return { conclusion: concludeNoMatch(this.ground, caller), legs: null };
    }
    const entries = compiled.policies[routing.policy]?.table.entries ?? [];
    const matched = matchSet.flatMap((index) => entries[index] ?? []);
    const gateway = compiled.gateways[ingress];
    const ingressKey = gateway === undefined ? null : nameKey(gateway);
    const legs = selectLegs(this.ground, routing, matched, ingressKey);
    return { conclusion: concludeMatch(compiled, caller, legs), legs };
  }

  /** The traced half: the same steps without looking anything up, each of them told. */
  private explain(
    routing: RoutedClass,
    callerId: number,
    ingress: number,
    tracer: Tracer,
  ): RouteDecision {
    const { compiled, matchers } = this.ground;
    const policyType = compiled.policies[routing.policy]?.policyType ?? null;
    tracer.step({ step: "entitlement", policyType, refused: null });
    tracer.step(policyStep(compiled, routing));
    const number = textOf(this.numberBytes, this.numberLength);
    for (const step of usageSteps(compiled, routing, number, this.nearMisses)) tracer.step(step);

    const matcher = matchers[routing.policy];
    invariant(matcher !== undefined, `policy ${routing.policy} has no matcher`);
    const matchSet = matcher.matchSet(matcher.match(this.numberBytes, 0, this.numberLength));
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

  private numberStep(
    dialed: string,
    bytes: Uint8Array,
    start: number,
    end: number,
    length: number,
  ): TraceStep {
    const nothing = { step: "number", dialed, dialPlanRule: null } as const;
    if (length < 0) return { ...nothing, number: null, extension: null };
    const extended = appendExtension(bytes, start, end, this.numberBytes, length);
    const extension = extended > length ? extensionIn(this.numberBytes, extended) : null;
    return { ...nothing, number: textOf(this.numberBytes, length), extension };
  }
}

/** ASCII bytes as text; others as `?`. */
function textOf(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length).map((b) => (b < 0x80 ? b : 0x3f)));
}

function extensionIn(bytes: Uint8Array, length: number): string {
  return textOf(bytes, length).split(";ext=")[1] ?? "";
}
