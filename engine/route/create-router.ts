import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import { type CountryOf, createCountryOf } from "../compile/destination-country.ts";
import type { Call, CallKind, DecisionContext } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import { nameKey } from "../model/name-key.ts";
import { SILENT_TRACER, type Tracer } from "../model/trace.ts";
import { NONE, type WalkCall, Walker } from "./decide.ts";
import { MAX_DIALED_LENGTH } from "./normalise-dialed-number.ts";
import {
  shownOriginalCaller,
  showOriginalCaller,
  showOriginalToTrunks,
  tellOriginalCaller,
} from "./original-caller.ts";
import type { TrunkRank } from "./trunk-ranks.ts";

/**
 * Decides the calls of one tenant at one moment. One per thread: it holds the number it works on, so
 * its methods must not be called while another of its calls runs.
 */
export interface Router {
  readonly revision: string;
  /** Index of a user or resource account by UPN, in any case; -1 = unknown. */
  callerIndex(userPrincipalName: string): number;
  /** Index of a gateway of the tenant by FQDN, in any case; -1 = unknown. */
  gatewayIndex(identity: string): number;
  /** Index of a network site of the tenant by name, in any case; -1 = unknown. */
  siteIndex(identity: string): number;
  /**
   * Decides the call of a number as typed, in `bytes[start .. end)`. Decisions are frozen and shared:
   * equal calls give the same object. Allocates nothing for what it has met before.
   *
   * @param caller - From {@link callerIndex}.
   * @param ingressGateway - From {@link gatewayIndex}: by which a forwarded call came in; -1 = none.
   * @param site - From {@link siteIndex}: where the caller is; -1 = not known.
   */
  decideBytes(
    caller: number,
    kind: CallKind,
    hideCallerId: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
    ingressGateway?: number,
    site?: number,
  ): RouteDecision;
  /**
   * The number of the last call after normalisation, in `numberBytes[numberStart .. numberEnd)`; empty
   * when what was dialed is not dialable, or the caller unknown. The bytes may be those of the call: they
   * are valid until these change or the next call is decided.
   */
  readonly numberBytes: Uint8Array;
  readonly numberStart: number;
  readonly numberEnd: number;
  /** The same walk for a {@link Call}; `tracer` hears every step. */
  decide(call: Call, tracer?: Tracer): RouteDecision;
  /**
   * The trunks of a call by rank, for whoever places it; {@link RouteDecision.trunks} are the same ones
   * with the equal ones in the number's turn. Costs what deciding such a call for the first time does;
   * the same for all calls that give the same decision.
   */
  trunkRanks(call: Call): readonly TrunkRank[];
}

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
  const down = new Set([...context.down].map(nameKey));
  const walker = new Walker({ compiled, down, countryOf, seed: context.seed });
  const callers = indexByName(compiled.callers);
  const gateways = indexByName(compiled.gateways);
  const sites = indexByName(compiled.emergency.sites);
  const callerIndex = (name: string): number => callers.get(nameKey(name)) ?? NONE;
  const gatewayIndex = (name: string): number => gateways.get(nameKey(name)) ?? NONE;
  const siteIndex = (name: string): number => sites.get(nameKey(name)) ?? NONE;
  // WHY: one object for all calls, so that deciding allocates none.
  const call = {
    caller: NONE,
    dialed: "",
    user: "",
    kind: "user-call" as CallKind,
    hideCallerId: false,
    ingress: NONE,
    site: NONE,
  };
  const typed = new Uint8Array(MAX_DIALED_LENGTH + 1);
  const walkCall = ({ dialed, user, kind, ingressTrunk, hideCallerId, site }: Call): WalkCall => ({
    caller: callerIndex(user),
    dialed,
    user,
    kind,
    hideCallerId,
    ingress: ingressTrunk === null ? NONE : gatewayIndex(ingressTrunk),
    site: site === null ? NONE : siteIndex(site),
  });

  return {
    revision: compiled.revision,
    callerIndex,
    gatewayIndex,
    siteIndex,
    decideBytes(caller, kind, hideCallerId, bytes, start, end, ingressGateway = NONE, site = NONE) {
      call.caller = caller;
      call.kind = kind;
      call.hideCallerId = hideCallerId;
      call.ingress = ingressGateway;
      call.site = site;
      return walker.walk(call, bytes, start, end, SILENT_TRACER);
    },
    get numberBytes() {
      return walker.number.bytes;
    },
    get numberStart() {
      return walker.number.start;
    },
    get numberEnd() {
      return walker.number.end;
    },
    decide(call, tracer = SILENT_TRACER) {
      const walked = walkCall(call);
      const length = asciiInto(typed, call.dialed);
      const walk = (told: Tracer): RouteDecision => walker.walk(walked, typed, 0, length, told);
      const original = shownOriginalCaller(compiled, walked.caller, call);
      return original === null ? walk(tracer) : walkShowing(original, walker, tracer, walk);
    },
    trunkRanks(call) {
      const walked = walkCall(call);
      const length = asciiInto(typed, call.dialed);
      const decision = walker.walk(walked, typed, 0, length, SILENT_TRACER);
      const ranks = walker.ranks(walked, decision);
      if (walker.isEmergency) return ranks;
      const original = shownOriginalCaller(compiled, walked.caller, call);
      return original === null ? ranks : showOriginalToTrunks(ranks, decision, original);
    },
  };
}

/** Walks a forwarded call and shows who called first; not in an emergency. */
function walkShowing(
  original: string,
  walker: Walker,
  tracer: Tracer,
  walk: (told: Tracer) => RouteDecision,
): RouteDecision {
  const decision = walk(tracer === SILENT_TRACER ? tracer : tellOriginalCaller(tracer, original));
  return walker.isEmergency ? decision : showOriginalCaller(decision, original);
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
