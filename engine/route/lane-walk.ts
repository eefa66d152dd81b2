import type { CompiledCallerId, CompiledTenant, RoutedClass } from "../compile/compiled-tenant.ts";
import type { CountryOf } from "../compile/destination-country.ts";
import { NO_MATCH } from "../compile/match-sets.ts";
import type { RouteMatcher } from "../compile/route-matcher.ts";
import { invariant } from "../model/engine-error.ts";
import { nameKey } from "../model/name-key.ts";
import type { Tracer } from "../model/trace.ts";
import {
  type CallerSide,
  type Conclusion,
  concludeMatch,
  concludeNoMatch,
  coversDestination,
  decisionOf,
  NOT_COVERED,
} from "./conclude.ts";
import type { DialedNumber } from "./dialed-number.ts";
import type { Lane } from "./lanes.ts";
import { createNearMisses } from "./near-misses.ts";
import { FIXED_OUTLINES, NO_CALLER_ID, NOT_KEPT, type Outline } from "./outline.ts";
import { OutlineCache, UNKNOWN_OUTLINE } from "./outline-cache.ts";
import { type RouteLeg, selectLegs } from "./select-voice-route.ts";
import {
  asciiText,
  noMatchStep,
  noTrunkStep,
  policySteps,
  targetStep,
  usageSteps,
} from "./trace-walk.ts";
import { type TrunkRank, trunkRanks } from "./trunk-ranks.ts";
import { turnOf } from "./turn.ts";

/** What a walk stands on; all of it is made once per router. */
export interface Ground {
  readonly compiled: CompiledTenant;
  readonly down: ReadonlySet<string>;
  readonly countryOf: CountryOf;
  /** Turns the order of equal-rank trunks. */
  readonly seed: number;
}

/** Stands for the caller's own caller ID in what callers have in common. */
const OWN: CompiledCallerId = { callerId: null, source: "line-uri" };

/** Stands for the match set of a number that no route takes and the calling plan does not cover. */
const NOT_COVERED_SET = -1;

const NO_OUTLINE = FIXED_OUTLINES[NOT_KEPT] as Outline;

/**
 * The lower half of a walk: from a caller who may call the number at hand, and the policy by which she does,
 * to the decision. Not re-entrant.
 */
export class LaneWalk {
  private readonly ground: Ground;
  /** The number at hand. */
  private readonly number: DialedNumber;
  readonly outlines = new OutlineCache(FIXED_OUTLINES);
  /** Index of what the tenant shows of the last call's caller; {@link NO_CALLER_ID} = it was not asked for. */
  callerId = NO_CALLER_ID;
  /** The outline that was not kept, if the last call led to one. */
  notKept: Outline = NO_OUTLINE;
  private readonly nearMisses = createNearMisses();

  constructor(ground: Ground, number: DialedNumber) {
    this.ground = ground;
    this.number = number;
  }

  /** Country of the number at hand. */
  readonly country = (): string | null => {
    const { bytes, start, end } = this.number;
    return this.ground.countryOf(bytes, start, end);
  };

  /** The trunks of a call that is not refused, by rank. */
  ranks({ routing, matcher }: Lane, at: number, ingress: number): readonly TrunkRank[] {
    const { compiled } = this.ground;
    const matchSet = matcher.matchSet(this.match(matcher));
    const own = callerIdAt(compiled, at);
    const { conclusion, legs, caller } = this.conclude(routing, own, ingress, matchSet);
    return trunkRanks(compiled, caller, conclusion, legs);
  }

  /** The policy and what its usages make of the number. */
  tellPolicy(routing: RoutedClass, tracer: Tracer): void {
    const { compiled } = this.ground;
    const { bytes, start, end } = this.number;
    const number = asciiText(bytes, start, end);
    for (const step of policySteps(compiled, routing)) tracer.step(step);
    for (const step of usageSteps(compiled, routing, number, this.nearMisses)) tracer.step(step);
  }

  private turn(): number {
    return turnOf(this.ground.seed, this.number.hash);
  }

  /** The match set of the number at hand. */
  match(matcher: RouteMatcher): number {
    const { bytes, start, end, isDigits } = this.number;
    return isDigits ? matcher.matchDigits(bytes, start, end) : matcher.match(bytes, start, end);
  }

  /** The silent half: index of the outline; what such a call has led to before is looked up. */
  select(lane: Lane, ingress: number): number {
    const matched = this.match(lane.matcher);
    const isRefused = matched === NO_MATCH && !this.isCovered(lane.routing);
    const matchSet = isRefused ? NOT_COVERED_SET : matched;
    const known = this.outlines.find(lane.id, matchSet, ingress, this.turn());
    return known === UNKNOWN_OUTLINE ? this.selectAnew(lane, ingress, matchSet) : known;
  }

  private selectAnew(lane: Lane, ingress: number, matchSet: number): number {
    const { compiled } = this.ground;
    const { routing, matcher } = lane;
    const conclusion =
      matchSet === NOT_COVERED_SET
        ? NOT_COVERED
        : this.conclude(routing, OWN, ingress, matcher.matchSet(matchSet)).conclusion;
    const showsOwnNumber = conclusion.callerId === OWN;
    const outline = (turn: number): Outline => ({
      decision: decisionOf(compiled, routing, conclusion, turn),
      showsOwnNumber,
    });
    // WHY: higher ids do not keep their meaning until the next call.
    if (matchSet >= matcher.stableIds) {
      this.notKept = outline(this.turn());
      return NOT_KEPT;
    }
    const weights = conclusion.ranks.map((rank) => rank.weights);
    this.outlines.add(lane.id, matchSet, ingress, { weights, outline });
    const index = this.outlines.find(lane.id, matchSet, ingress, this.turn());
    invariant(index !== UNKNOWN_OUTLINE, "the cache lost what it was given");
    return index;
  }

  private isCovered(routing: RoutedClass): boolean {
    return coversDestination(routing.noMatch, this.number, this.country);
  }

  /** What both halves do: from the matched routes to where the call leaves. */
  private conclude(
    routing: RoutedClass,
    own: CompiledCallerId,
    ingress: number,
    matchSet: readonly number[],
  ): {
    readonly conclusion: Conclusion;
    readonly legs: readonly RouteLeg[] | null;
    readonly caller: CallerSide;
  } {
    const { compiled } = this.ground;
    const caller: CallerSide = { routing, own };
    if (matchSet.length === 0) {
      return { conclusion: concludeNoMatch(this.ground, caller), legs: null, caller };
    }
    const entries = compiled.policies[routing.policy]?.entries ?? [];
    const matched = matchSet.flatMap((index) => entries[index] ?? []);
    const gateway = compiled.gateways[ingress];
    const ingressKey = gateway === undefined ? null : nameKey(gateway);
    const legs = selectLegs(this.ground, routing, matched, ingressKey);
    return { conclusion: concludeMatch(compiled, caller, legs), legs, caller };
  }

  /** The traced half: the same steps without looking anything up, each of them told. */
  explain(lane: Lane, at: number, ingress: number, tracer: Tracer): number {
    const { compiled } = this.ground;
    const { routing, matcher } = lane;
    this.tellPolicy(routing, tracer);
    const matchSet = matcher.matchSet(this.match(matcher));
    const turn = this.turn();
    const own = callerIdAt(compiled, at);
    const { conclusion, legs } = this.conclude(routing, own, ingress, matchSet);
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
  ): number {
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
  ): number {
    if (conclusion.callerId !== null) tracer.step({ step: "caller-id", ...conclusion.callerId });
    const decision = decisionOf(this.ground.compiled, routing, conclusion, turn);
    this.notKept = { decision, showsOwnNumber: false };
    return NOT_KEPT;
  }
}

/** What the called party sees of the caller whose place in the caller tables this is. */
function callerIdAt({ callerIds, callerCallerIds }: CompiledTenant, at: number): CompiledCallerId {
  return callerIds[callerCallerIds[at] ?? 0] ?? OWN;
}
