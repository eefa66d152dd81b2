import type { Call, CallKind } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { Tracer } from "../model/trace.ts";
import type { Outline } from "./outline.ts";
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
   * The same, but gives the index of the call's outline: whoever keeps something for each outline needs
   * no decision object. {@link callerId} tells the rest.
   */
  outlineBytes(
    caller: number,
    kind: CallKind,
    hideCallerId: boolean,
    bytes: Uint8Array,
    start: number,
    end: number,
    ingressGateway?: number,
    site?: number,
  ): number;
  /**
   * An outline by its index, which is below {@link FIXED_OUTLINES}' length for ever, and above it until
   * {@link generation} changes; {@link NOT_KEPT} is that of the last call alone.
   */
  outline(index: number): Outline;
  /** Changes when all outlines but the fixed ones have new meanings. */
  readonly generation: number;
  /**
   * How many calls were decided step by step so far, and not by the table of the caller's policy alone:
   * those that are told to a tracer or decided as a {@link Call}, and of those given as bytes the ones of
   * callers with a restriction, a refusal or a dial plan that may rewrite the number, those forwarded from
   * a gateway or covered by a calling plan, and all numbers but 9 to 16 symbols, `+` and digits or digits
   * only. The tenant and the call settle it.
   */
  readonly exactCalls: number;
  /** Index of what the tenant shows of the last call's caller; below 0 = it was not asked for. */
  readonly callerId: number;
  /** What the tenant shows of a caller, by {@link callerId}: E.164, `anonymous`, or `null` = nothing. */
  shownCallerId(index: number): string | null;
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
