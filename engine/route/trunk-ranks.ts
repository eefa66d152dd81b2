import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import type { CallerSide, Conclusion } from "./conclude.ts";
import { selectCallerId } from "./select-caller-id.ts";
import type { RouteLeg } from "./select-voice-route.ts";

/**
 * A decision taken apart for whoever places the call: which of its trunks are of equal rank, and what
 * each of them is shown.
 *
 * @module
 */

/** Trunks of equal rank: they may be tried in any order, before those of the next rank. */
export interface TrunkRank {
  /** Trunk names, or FQDNs of gateways; never empty. */
  readonly names: readonly string[];
  /** Their shares, each above 0. */
  readonly weights: readonly number[];
  /** Operator id; `null` for gateways. */
  readonly operator: string | null;
  /**
   * What the called party sees: the BridgeSource number of the route that leads here, where there is one
   * (so a backup route shows its own), else the caller's. E.164, `anonymous`, or `null` = nothing.
   */
  readonly callerId: string | null;
}

/** The ranks of a call, in order of attempt; empty when it goes to no trunk. */
export function trunkRanks(
  compiled: CompiledTenant,
  { routing, own }: CallerSide,
  conclusion: Conclusion,
  legs: readonly RouteLeg[] | null,
): readonly TrunkRank[] {
  if (legs === null) {
    const callerId = conclusion.callerId?.callerId ?? null;
    return conclusion.ranks.map((rank) => ({ ...rank, operator: conclusion.operator, callerId }));
  }
  return legs.flatMap(({ ranks, target, operator, route }) => {
    const bridgeSource = target === "operator" ? route.bridgeSourcePhoneNumber : null;
    const { callerId } = selectCallerId(compiled, routing, own, bridgeSource, false);
    return ranks.map((rank) => ({ ...rank, operator: operator?.id ?? null, callerId }));
  });
}
