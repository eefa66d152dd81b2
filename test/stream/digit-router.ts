import type { Call, CallKind } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { FIXED_OUTLINES, type Outline } from "../../engine/route/outline.ts";
import type { Router } from "../../engine/route/router.ts";

export const DIGIT_SITES = ["Paris", "Redmond"];

export const DIGIT_USERS = ["megan@contoso.com", 'adele,"v"@contoso.com'];

const SHOWN = "+14255550199";

const byKey = new Map<string, number>();
const outlines: Outline[] = [...FIXED_OUTLINES];

interface Asked {
  readonly caller: number;
  readonly kind: CallKind;
  readonly hide: boolean;
  readonly site: number;
}

function outlineFor({ caller, kind, hide, site }: Asked, digit: string): number {
  const key = `${caller} ${kind} ${hide} ${site} ${digit}`;
  const known = byKey.get(key);
  if (known !== undefined) return known;
  const decision: RouteDecision = {
    outcome: "operator",
    operator: `operator-${digit}`,
    trunks: [`trunk-${digit}`, "trunk-b"],
    callerId: hide ? "anonymous" : null,
    route: `Route ${caller}, "${kind}"`,
    usage: DIGIT_SITES[site] ?? "International",
    policy: "International Policy",
    policySource: "direct",
    reason: null,
  };
  const index = outlines.push({ decision, showsOwnNumber: !hide }) - 1;
  byKey.set(key, index);
  return index;
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
    siteIndex: (name: string) => DIGIT_SITES.indexOf(name),
    trunkRanks: () => [],
    callerIndex: (upn: string) => DIGIT_USERS.indexOf(upn.toLowerCase()),
    generation: 0,
    exactCalls: 0,
    callerId: 0,
    shownCallerId: () => SHOWN,
    outline(index: number): Outline {
      const outline = outlines[index];
      if (outline === undefined) throw new Error(`no outline ${index}`);
      return outline;
    },
    outlineBytes(
      caller: number,
      kind: CallKind,
      hide: boolean,
      bytes: Uint8Array,
      start: number,
      end: number,
      _gateway = -1,
      site = -1,
    ): number {
      let length = 0;
      for (let i = start; i < end && length < 64; i++) {
        const byte = bytes[i] ?? 0;
        if (byte >= 48 && byte <= 57) numberBytes[length++] = byte;
      }
      router.numberEnd = length;
      const last = length === 0 ? "none" : String.fromCharCode(numberBytes[length - 1] ?? 0);
      return outlineFor({ caller, kind, hide, site }, last);
    },
    decideBytes(...call: Parameters<Router["outlineBytes"]>): RouteDecision {
      const { decision, showsOwnNumber } = router.outline(router.outlineBytes(...call));
      return showsOwnNumber ? ({ ...decision, callerId: SHOWN } as RouteDecision) : decision;
    },
    decide(call: Call): RouteDecision {
      const { user, kind, hideCallerId, site } = call;
      const bytes = new TextEncoder().encode(call.dialed);
      const caller = router.callerIndex(user);
      const at = site === null ? -1 : router.siteIndex(site);
      return router.decideBytes(caller, kind, hideCallerId, bytes, 0, bytes.length, -1, at);
    },
  };
  return router;
}
