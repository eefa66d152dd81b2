import type {
  CompiledCallerId,
  CompiledTenant,
  NoMatch,
  RoutedClass,
} from "../compile/compiled-tenant.ts";
import { NANP_COUNTRIES } from "../compile/destination-country.ts";
import type { BlockReason, DecisionOutcome, RouteDecision } from "../model/decision.ts";
import type { TrunkTrial } from "../model/trace.ts";
import type { DialedNumber } from "./dialed-number.ts";
import { isNanpTollFree } from "./restricted-destination.ts";
import { selectCallerId } from "./select-caller-id.ts";
import { inTurn, type RankedTrunks, selectOperatorTrunks } from "./select-trunk.ts";
import { leadingLeg, type RouteLeg, type RouteMoment } from "./select-voice-route.ts";

/**
 * Draws the conclusion from what was selected: where the call leaves and what the called party sees.
 *
 * @module
 */

/** A decision but for the order of equal-rank trunks. */
export interface Conclusion {
  readonly outcome: Exclude<DecisionOutcome, "on-net">;
  readonly reason: BlockReason | null;
  /** Operator id. */
  readonly operator: string | null;
  readonly route: string | null;
  readonly usage: string | null;
  readonly ranks: readonly RankedTrunks[];
  /** `null` when the call is not placed. */
  readonly callerId: CompiledCallerId | null;
  /** Trunks of the caller's own operator, where that takes the call. */
  readonly candidates: readonly TrunkTrial[];
}

const NOTHING = {
  reason: null,
  operator: null,
  route: null,
  usage: null,
  ranks: [],
  callerId: null,
  candidates: [],
} as const;

/** Who calls, for a conclusion. */
export interface CallerSide {
  readonly routing: RoutedClass;
  readonly own: CompiledCallerId;
}

/** Concludes a call that at least one route matches. */
export function concludeMatch(
  compiled: CompiledTenant,
  { routing, own }: CallerSide,
  legs: readonly RouteLeg[],
): Conclusion {
  const leading = leadingLeg(legs);
  if (leading === null) return concludeNoTrunk(compiled, { routing, own }, legs);
  const bridgeSource = leading.target === "operator" ? leading.route.bridgeSourcePhoneNumber : null;
  return {
    ...NOTHING,
    outcome: leading.target === "operator" ? "operator" : "gateway",
    operator: leading.operator?.id ?? null,
    route: leading.route.identity,
    usage: leading.usage,
    ranks: legs.flatMap((leg) => leg.ranks),
    callerId: selectCallerId(compiled, routing, own, bridgeSource, false),
  };
}

/** Routes match, but nothing behind them can be tried. Route and usage are those of the first match. */
function concludeNoTrunk(
  compiled: CompiledTenant,
  { routing, own }: CallerSide,
  legs: readonly RouteLeg[],
): Conclusion {
  const isBridgeSource = (leg: RouteLeg): boolean => leg.target === "operator";
  if (routing.microsoftBehindBridgeSource && legs.every(isBridgeSource)) {
    return toMicrosoft(compiled, { routing, own });
  }
  const route = legs[0]?.route.identity ?? null;
  const usage = legs[0]?.usage ?? null;
  return { ...NOTHING, outcome: "blocked", reason: noTrunkReason(legs), route, usage };
}

function noTrunkReason(legs: readonly RouteLeg[]): BlockReason {
  if (legs.some((leg) => leg.operatorState === "suspended")) return "OPERATOR_SUSPENDED";
  const targets = new Set(legs.map((leg) => leg.target));
  if (targets.has("gateways-not-allowed") && !targets.has("operator")) {
    return "OCC_GATEWAY_NOT_ALLOWED";
  }
  return "NO_TRUNK";
}

/** Concludes a call that no route matches; a calling plan is taken to cover it. */
export function concludeNoMatch(moment: RouteMoment, caller: CallerSide): Conclusion {
  const { noMatch } = caller.routing;
  switch (noMatch.to) {
    case "blocked":
      return { ...NOTHING, outcome: "blocked", reason: noMatch.reason };
    case "microsoft":
    case "calling-plan":
      return toMicrosoft(moment.compiled, caller);
    case "operator":
      return toOwnOperator(moment, caller, noMatch.operator);
  }
}

/** The calling plan does not cover the destination. */
export const NOT_COVERED: Conclusion = {
  ...NOTHING,
  outcome: "blocked",
  reason: "CALLING_PLAN_DESTINATION",
};

function toMicrosoft(compiled: CompiledTenant, { routing, own }: CallerSide): Conclusion {
  const callerId = selectCallerId(compiled, routing, own, null, false);
  return { ...NOTHING, outcome: "microsoft", callerId };
}

function toOwnOperator(moment: RouteMoment, caller: CallerSide, index: number): Conclusion {
  const { compiled, down } = moment;
  const selection = selectOperatorTrunks(compiled, index, down, new Set());
  const { candidates, ranks, state, operator } = selection;
  if (ranks.length === 0) {
    const reason = state === "suspended" ? "OPERATOR_SUSPENDED" : "NO_TRUNK";
    return { ...NOTHING, outcome: "blocked", reason, candidates };
  }
  const callerId = selectCallerId(compiled, caller.routing, caller.own, null, true);
  const id = operator?.id ?? null;
  return { ...NOTHING, outcome: "operator", operator: id, ranks, callerId, candidates };
}

/** Whether {@link coversDestination} says yes to all numbers. */
export function alwaysCovers(noMatch: NoMatch): boolean {
  return noMatch.to !== "calling-plan" || noMatch.international;
}

/**
 * Whether a calling plan covers the number: a plan for its own country, where numbers without `+` are
 * taken to lie and, in the countries of +1, its toll-free numbers (assumed), or for all. The country is
 * asked for only where it matters.
 */
export function coversDestination(
  noMatch: NoMatch,
  number: DialedNumber,
  country: () => string | null,
): boolean {
  if (noMatch.to !== "calling-plan" || noMatch.international) return true;
  if (!noMatch.domestic) return false;
  if (!number.startsWithPlus) return true;
  const { home } = noMatch;
  if (home === null) return false;
  return country() === home || (isNanpTollFree(number) && NANP_COUNTRIES.includes(home));
}

/** The decision for a number with this turn. */
export function decisionOf(
  compiled: CompiledTenant,
  routing: RoutedClass,
  conclusion: Conclusion,
  turn: number,
): RouteDecision {
  const { outcome, reason, operator, route, usage, ranks } = conclusion;
  const policy = compiled.policies[routing.policy]?.identity ?? null;
  const policySource = policy === null ? null : routing.policySource;
  const fields = { route, usage, policy, policySource };
  const callerId = conclusion.callerId?.callerId ?? null;
  const trunks = Object.freeze(inTurn(ranks, turn).flat());
  switch (outcome) {
    case "operator":
      return Object.freeze({
        outcome,
        operator: operator ?? "",
        trunks,
        callerId,
        ...fields,
        reason: null,
      });
    case "gateway":
      return Object.freeze({ outcome, operator: null, trunks, callerId, ...fields, reason: null });
    case "microsoft":
      return Object.freeze({
        outcome,
        operator: null,
        trunks: NO_TRUNKS,
        callerId,
        ...fields,
        reason: null,
      });
    case "blocked":
      return blockedDecision(reason ?? "NO_MATCH", fields);
  }
}

const NO_TRUNKS: readonly [] = Object.freeze([] as const);
const NO_POLICY = { route: null, usage: null, policy: null, policySource: null } as const;

type DecisionFields = Pick<RouteDecision, "route" | "usage" | "policy" | "policySource">;

/** A call that is not placed; by default before any policy was consulted. */
export function blockedDecision(
  reason: BlockReason,
  fields: DecisionFields = NO_POLICY,
): RouteDecision {
  return Object.freeze({
    outcome: "blocked",
    operator: null,
    trunks: NO_TRUNKS,
    callerId: null,
    ...fields,
    reason,
  });
}

/** The number is the tenant's own. */
export const ON_NET: RouteDecision = Object.freeze({
  outcome: "on-net",
  operator: null,
  trunks: NO_TRUNKS,
  callerId: null,
  ...NO_POLICY,
  reason: null,
});
