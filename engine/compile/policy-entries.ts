import { nameKey } from "../model/name-key.ts";
import type { RoutingPolicy, VoiceRoute } from "../model/voice-routing.ts";

/** One way out that a policy offers: a route, reached through one of the policy's usages. */
export interface PolicyEntry {
  /** As the policy writes it. */
  readonly usage: string;
  /** Position in the policy's list of usages. */
  readonly usageIndex: number;
  /** Position in the tenant's list of voice routes. */
  readonly route: number;
}

/**
 * What a policy offers, in the order in which it is tried: its usages as listed; inside a usage the
 * routes that have it by ascending priority, equal ones in tenant order (Microsoft:
 * direct-routing-voice-routing, documented). A usage listed twice counts where it stands first.
 *
 * Usage names are compared without regard to case or blanks around them. Cost: O(usages × routes).
 */
export function entriesOfPolicy(
  policy: RoutingPolicy,
  routes: readonly VoiceRoute[],
): readonly PolicyEntry[] {
  const inOrder = routes
    .map((route, index) => ({ index, priority: route.priority, usages: usageKeys(route) }))
    .sort((a, b) => a.priority - b.priority || a.index - b.index);
  const seen = new Set<string>();
  return policy.onlinePstnUsages.flatMap((usage, usageIndex) => {
    const key = nameKey(usage);
    if (seen.has(key)) return [];
    seen.add(key);
    return inOrder
      .filter((route) => route.usages.has(key))
      .map((route) => ({ usage, usageIndex, route: route.index }));
  });
}

function usageKeys(route: VoiceRoute): ReadonlySet<string> {
  return new Set(route.onlinePstnUsages.map(nameKey));
}
