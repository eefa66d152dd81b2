import type { Call, CallKind } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import type { Router } from "../../engine/route/create-router.ts";

export const DIGIT_USERS = ["megan@contoso.com", 'adele,"v"@contoso.com'];

const byKey = new Map<string, RouteDecision>();

function decisionFor(caller: number, kind: CallKind, hide: boolean, digit: string): RouteDecision {
  const key = `${caller} ${kind} ${hide} ${digit}`;
  const known = byKey.get(key);
  if (known !== undefined) return known;
  const decision: RouteDecision = {
    outcome: "operator",
    operator: `operator-${digit}`,
    trunks: [`trunk-${digit}`, "trunk-b"],
    callerId: hide ? "anonymous" : "+14255550199",
    route: `Route ${caller}, "${kind}"`,
    usage: "International",
    policy: "International Policy",
    policySource: "direct",
    reason: null,
  };
  byKey.set(key, decision);
  return decision;
}

/** A router that decides by the last digit: enough to see whether the stream asks and writes rightly. */
export function digitRouter(): Router {
  const numberBytes = new Uint8Array(64);
  const router = {
    revision: "0123456789abcdef",
    numberBytes,
    numberStart: 0,
    numberEnd: 0,
    gatewayIndex: () => -1,
    trunkRanks: () => [],
    callerIndex: (upn: string) => DIGIT_USERS.indexOf(upn.toLowerCase()),
    decideBytes(
      caller: number,
      kind: CallKind,
      hide: boolean,
      bytes: Uint8Array,
      start: number,
      end: number,
    ): RouteDecision {
      let length = 0;
      for (let i = start; i < end && length < 64; i++) {
        const byte = bytes[i] ?? 0;
        if (byte >= 48 && byte <= 57) numberBytes[length++] = byte;
      }
      router.numberEnd = length;
      const last = length === 0 ? "none" : String.fromCharCode(numberBytes[length - 1] ?? 0);
      return decisionFor(caller, kind, hide, last);
    },
    decide(call: Call): RouteDecision {
      const bytes = new TextEncoder().encode(call.dialed);
      const caller = router.callerIndex(call.user);
      const decision = router.decideBytes(
        caller,
        call.kind,
        call.hideCallerId,
        bytes,
        0,
        bytes.length,
      );
      const place = `${call.site ?? "-"}/${call.ingressTrunk ?? "-"}`;
      return { ...decision, usage: place } as RouteDecision;
    },
  };
  return router;
}
