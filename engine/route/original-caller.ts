/**
 * What the called party sees of a forwarded or simultaneously rung call: who called first, unless the
 * forwarding user's calling line identity says otherwise (documented: Microsoft, caller-id-policies and
 * direct-routing-protocols-sip). Where it is not known who that was, the forwarding user's number is shown
 * (assumed). Emergency services must reach the user, and see hers. It changes nothing else of a decision, and so is put into it at its end: decisions stay shared
 * by all the calls that are decided alike.
 *
 * @module
 */
import {
  CALL_HIDDEN,
  CALL_SHOWN,
  CALLER_STRIDE,
  type CompiledTenant,
} from "../compile/compiled-tenant.ts";
import type { Call } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { CallerIdSource, Tracer } from "../model/trace.ts";
import type { TrunkRank } from "./trunk-ranks.ts";

/** Ways to a caller ID by which the caller's number is shown for want of a rule. */
const OWN_NUMBER: ReadonlySet<CallerIdSource> = new Set(["line-uri", "shared-calling"]);

/**
 * Who called first, where that is to be shown; `null` = everything is shown as decided.
 *
 * @param caller - Index of the forwarding user.
 */
export function shownOriginalCaller(
  { callerCallerIds, callerIds }: CompiledTenant,
  caller: number,
  { kind, hideCallerId, originalCaller = null }: Call,
): string | null {
  if (kind !== "forward" || originalCaller === null || caller < 0) return null;
  const at = caller * CALLER_STRIDE + (hideCallerId ? CALL_HIDDEN : CALL_SHOWN);
  const own = callerIds[callerCallerIds[at] ?? 0];
  return own !== undefined && OWN_NUMBER.has(own.source) ? originalCaller : null;
}

/** The decision with the original caller shown. A BridgeSource route still shows its number. */
export function showOriginalCaller(decision: RouteDecision, original: string): RouteDecision {
  const { outcome, route } = decision;
  const isPlaced = outcome !== "blocked" && outcome !== "on-net";
  const isBridgeSource = outcome === "operator" && route !== null;
  return isPlaced && !isBridgeSource
    ? Object.freeze({ ...decision, callerId: original })
    : decision;
}

/** The same for each trunk: operators behind routes are reached by a BridgeSource number of theirs. */
export function showOriginalToTrunks(
  ranks: readonly TrunkRank[],
  { route }: RouteDecision,
  original: string,
): readonly TrunkRank[] {
  return ranks.map((rank) =>
    rank.operator === null || route === null ? { ...rank, callerId: original } : rank,
  );
}

/** A tracer that tells of the original caller where the walk tells of the forwarding user's number. */
export function tellOriginalCaller(tracer: Tracer, original: string): Tracer {
  let isEmergency = false;
  return {
    step(step) {
      isEmergency ||= step.step === "emergency";
      const isOwn = !isEmergency && step.step === "caller-id" && OWN_NUMBER.has(step.source);
      tracer.step(
        isOwn ? { step: "caller-id", callerId: original, source: "original-caller" } : step,
      );
    },
  };
}
