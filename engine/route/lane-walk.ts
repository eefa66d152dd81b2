import type { CompiledTenant, RoutedClass } from "../compile/compiled-tenant.ts";
import type { CountryOf } from "../compile/destination-country.ts";
import { NO_MATCH } from "../compile/match-sets.ts";
import type { RouteMatcher } from "../compile/route-matcher.ts";
import type { RouteDecision } from "../model/decision.ts";
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
import { DecisionCache } from "./decision-cache.ts";
import type { DialedNumber } from "./dialed-number.ts";
import type { Lane } from "./lanes.ts";
import { createNearMisses } from "./near-misses.ts";
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

/** Stands for the match set of a number that no route takes and the calling plan does not cover. */
const NOT_COVERED_SET = -1;

/**
 * The lower half of a walk: from a caller who may call the number at hand, and the policy by which she does,
 * to the decision. Not re-entrant.
 */
export class LaneWalk {
  private readonly ground: Ground;
  /** The number at hand. */
  private readonly number: DialedNumber;
  private readonly cache = new DecisionCache();
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
    const callerId = compiled.callerCallerIds[at] ?? 0;
    const { conclusion, legs, caller } = this.conclude(routing, callerId, ingress, matchSet);
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

  /** The silent half: what such a call has led to before is looked up. */
  select(lane: Lane, party: number, at: number, ingress: number): RouteDecision {
    const matched = this.match(lane.matcher);
    const isRefused = matched === NO_MATCH && !this.isCovered(lane.routing);
    const matchSet = isRefused ? NOT_COVERED_SET : matched;
    const known = this.cache.find(party, matchSet, ingress, this.turn());
    return known ?? this.selectAnew(lane, party, at, ingress, matchSet);
  }

  private selectAnew(
    lane: Lane,
    party: number,
    at: number,
    ingress: number,
    matchSet: number,
  ): RouteDecision {
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
    this.cache.add(party, matchSet, ingress, { weights, decide });
    const decision = this.cache.find(party, matchSet, ingress, this.turn());
    invariant(decision !== undefined, "the cache lost what it was given");
    return decision;
  }

  private isCovered(routing: RoutedClass): boolean {
    return coversDestination(routing.noMatch, this.number, this.country);
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
  explain(lane: Lane, at: number, ingress: number, tracer: Tracer): RouteDecision {
    const { compiled } = this.ground;
    const { routing, matcher } = lane;
    const callerId = compiled.callerCallerIds[at] ?? 0;
    this.tellPolicy(routing, tracer);
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
}
