import { type Call, isMeetingCall } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import { nameKey } from "../model/name-key.ts";
import type { Tenant } from "../model/tenant.ts";
import type { TraceStep } from "../model/trace.ts";

/** A call that was decided, and how. */
export interface DecidedCall {
  readonly call: Call;
  readonly decision: RouteDecision;
  /** The number that was routed; `null` when what was dialed is not dialable. */
  readonly number: string | null;
  readonly steps: readonly TraceStep[];
}

/**
 * What the tenant or the call says that had no part in the decision although an administrator would
 * expect it to: settings that are not applied, and inputs that this call has no use for. In plain words,
 * empty when there is nothing of the kind.
 */
export function notConsidered(tenant: Tenant, decided: DecidedCall): readonly string[] {
  const { call, number } = decided;
  const user = tenant.users.find((one) => nameKey(one.userPrincipalName) === nameKey(call.user));
  if (user === undefined || number === null) return [];
  return [site(decided), ingress(decided), hiding(decided), originalCaller(decided)].filter(
    (text) => text !== null,
  );
}

function site({ call, steps }: DecidedCall): string | null {
  if (call.site === null) return null;
  const head = `network site "${call.site}"`;
  const emergency = steps.find((step) => step.step === "emergency");
  if (emergency?.step !== "emergency") return `${head}: it counts for emergency calls only`;
  return emergency.policySource === "site"
    ? null
    : `${head}: it has no emergency call routing policy`;
}

function ingress({ call, steps }: DecidedCall): string | null {
  if (call.ingressTrunk === null) return null;
  const name = `gateway "${call.ingressTrunk}", by which the call came in`;
  if (call.kind !== "forward") return `${name}: it counts for forwarded calls only`;
  const isTried = steps.some((step) => step.step === "target" && step.target === "ingress-gateway");
  return isTried ? null : `${name}: no route that matches can use it`;
}

function originalCaller({ call, decision, steps }: DecidedCall): string | null {
  const original = call.originalCaller ?? null;
  if (original === null || decision.callerId === null) return null;
  const name = `${original}, who called first`;
  if (call.kind !== "forward") return `${name}: it counts for forwarded calls only`;
  const source = steps.find((step) => step.step === "caller-id")?.source;
  if (source === "original-caller") return null;
  return source === "bridge-source-number"
    ? `${name}: a BridgeSource route always shows its number`
    : `${name}: the forwarding user's calling line identity shows something else`;
}

function hiding({ call, decision, steps }: DecidedCall): string | null {
  if (!call.hideCallerId || decision.callerId === null || decision.callerId === "anonymous") {
    return null;
  }
  const wish = "the wish to hide the number";
  if (steps.some((step) => step.step === "emergency")) {
    return `${wish}: an emergency call always shows it`;
  }
  if (isMeetingCall(call.kind)) return `${wish}: it counts for calls of one's own only`;
  const isBridge = steps.some(
    (step) => step.step === "caller-id" && step.source === "bridge-source-number",
  );
  return isBridge
    ? `${wish}: a BridgeSource route always shows its number`
    : `${wish}: the user's calling line identity does not allow it`;
}
