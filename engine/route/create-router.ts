import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import { type CountryOf, createCountryOf } from "../compile/destination-country.ts";
import type { Call, CallKind, DecisionContext } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import { nameKey } from "../model/name-key.ts";
import { SILENT_TRACER, type Tracer } from "../model/trace.ts";
import { callPlace, ingressOf, NONE } from "./call-place.ts";
import { type WalkCall, Walker } from "./decide.ts";
import { MAX_DIALED_LENGTH } from "./normalise-dialed-number.ts";
import {
  shownOriginalCaller,
  showOriginalCaller,
  showOriginalToTrunks,
  tellOriginalCaller,
} from "./original-caller.ts";
import { NOT_KEPT, type Outline } from "./outline.ts";
import { NOT_PLAIN, type PlainCalls } from "./plain-calls.ts";
import type { Router } from "./router.ts";
import { SharedDecisions } from "./shared-decisions.ts";
import type { TrunkRank } from "./trunk-ranks.ts";

/**
 * A router over a compiled tenant. Cost: O(callers); the tables are shared.
 *
 * @param countryOf - Where numbers lie; libphonenumber's metadata unless said otherwise.
 */
export function createRouter(
  compiled: CompiledTenant,
  context: DecisionContext,
  countryOf: CountryOf = createCountryOf(compiled.destinations),
): Router {
  return new TenantRouter(compiled, context, countryOf);
}

class TenantRouter implements Router {
  readonly revision: string;
  private readonly compiled: CompiledTenant;
  private readonly walker: Walker;
  private readonly plain: PlainCalls;
  private readonly decisions: SharedDecisions;
  private readonly callers: ReadonlyMap<string, number>;
  private readonly gateways: ReadonlyMap<string, number>;
  private readonly sites: ReadonlyMap<string, number>;
  // WHY: one object for all calls, so that deciding allocates none.
  private readonly call = {
    caller: NONE,
    dialed: "",
    user: "",
    kind: "user-call" as CallKind,
    hideCallerId: false,
    ingress: NONE,
    site: NONE,
  };
  private readonly typed = new Uint8Array(MAX_DIALED_LENGTH + 1);

  constructor(compiled: CompiledTenant, { down, seed }: DecisionContext, countryOf: CountryOf) {
    this.revision = compiled.revision;
    this.compiled = compiled;
    const keys = new Set([...down].map(nameKey));
    this.walker = new Walker({ compiled, down: keys, countryOf, seed });
    this.plain = this.walker.plain;
    this.decisions = new SharedDecisions(compiled.callerIds);
    this.callers = indexByName(compiled.callers);
    this.gateways = indexByName(compiled.gateways);
    this.sites = indexByName(compiled.emergency.sites);
  }

  callerIndex(userPrincipalName: string): number {
    return this.callers.get(nameKey(userPrincipalName)) ?? NONE;
  }

  gatewayIndex(identity: string): number {
    return this.gateways.get(nameKey(identity)) ?? NONE;
  }

  siteIndex(identity: string): number {
    return this.sites.get(nameKey(identity)) ?? NONE;
  }

  outlineBytes(
    caller: number,
    kind: CallKind,
    hideCallerId: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
    ingressGateway = NONE,
    site = NONE,
  ): number {
    if (caller >= 0 && ingressOf(kind, ingressGateway) < 0) {
      const at = callPlace(caller, kind, hideCallerId);
      const outline = this.plain.outline(at, bytes, start, end);
      if (outline !== NOT_PLAIN) return outline;
    }
    return this.walkBytes(caller, kind, hideCallerId, bytes, start, end, ingressGateway, site);
  }

  private walkBytes(
    caller: number,
    kind: CallKind,
    hideCallerId: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
    ingressGateway: number,
    site: number,
  ): number {
    const { call } = this;
    call.caller = caller;
    call.kind = kind;
    call.hideCallerId = hideCallerId;
    call.ingress = ingressGateway;
    call.site = site;
    return this.walker.walk(call, bytes, start, end, SILENT_TRACER);
  }

  decideBytes(
    caller: number,
    kind: CallKind,
    hideCallerId: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
    ingressGateway = NONE,
    site = NONE,
  ): RouteDecision {
    return this.decided(
      this.outlineBytes(caller, kind, hideCallerId, bytes, start, end, ingressGateway, site),
    );
  }

  outline(index: number): Outline {
    return this.walker.outline(index);
  }

  get generation(): number {
    return this.walker.generation;
  }

  get exactCalls(): number {
    return this.walker.walked;
  }

  get callerId(): number {
    return this.walker.callerId;
  }

  shownCallerId(index: number): string | null {
    return this.compiled.callerIds[index]?.callerId ?? null;
  }

  get numberBytes(): Uint8Array {
    return this.walker.number.bytes;
  }

  get numberStart(): number {
    return this.walker.number.start;
  }

  get numberEnd(): number {
    return this.walker.number.end;
  }

  decide(call: Call, tracer: Tracer = SILENT_TRACER): RouteDecision {
    const walked = this.walkCall(call);
    const original = shownOriginalCaller(this.compiled, walked.caller, call);
    if (original === null) return this.walk(walked, tracer);
    const isTraced = tracer !== SILENT_TRACER;
    const decision = this.walk(walked, isTraced ? tellOriginalCaller(tracer, original) : tracer);
    return this.walker.isEmergency ? decision : showOriginalCaller(decision, original);
  }

  trunkRanks(call: Call): readonly TrunkRank[] {
    const walked = this.walkCall(call);
    const decision = this.walk(walked, SILENT_TRACER);
    const ranks = this.walker.ranks(walked, decision);
    if (this.walker.isEmergency) return ranks;
    const original = shownOriginalCaller(this.compiled, walked.caller, call);
    return original === null ? ranks : showOriginalToTrunks(ranks, decision, original);
  }

  private walk(call: WalkCall, tracer: Tracer): RouteDecision {
    const length = asciiInto(this.typed, call.dialed);
    return this.decided(this.walker.walk(call, this.typed, 0, length, tracer));
  }

  /** The decision that the last call came to, by its outline. */
  private decided(index: number): RouteDecision {
    const { callerId, generation } = this.walker;
    if (index === NOT_KEPT) return this.decisions.make(this.walker.outline(index), callerId);
    return this.decisions.find(index, generation, callerId) ?? this.decideAnew(index);
  }

  private decideAnew(index: number): RouteDecision {
    const { walker } = this;
    return this.decisions.add(walker.outline(index), index, walker.generation, walker.callerId);
  }

  private walkCall({ dialed, user, kind, ingressTrunk, hideCallerId, site }: Call): WalkCall {
    return {
      caller: this.callerIndex(user),
      dialed,
      user,
      kind,
      hideCallerId,
      ingress: ingressTrunk === null ? NONE : this.gatewayIndex(ingressTrunk),
      site: site === null ? NONE : this.siteIndex(site),
    };
  }
}

/** Writes text as bytes, others than ASCII as 0, and cut one past the longest that is dialable. */
function asciiInto(bytes: Uint8Array, text: string): number {
  const length = Math.min(text.length, bytes.length);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    bytes[i] = code < 0x80 ? code : 0;
  }
  return length;
}

/** The first of several equal names counts. */
function indexByName(names: readonly string[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    if (!index.has(nameKey(name))) index.set(nameKey(name), at);
  }
  return index;
}
