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

/** Tells what policies offer over one list of routes. */
export type PolicyReader = (policy: RoutingPolicy) => readonly PolicyEntry[];

/**
 * What policies offer, in the order in which it is tried: its usages as listed; inside a usage the
 * routes that have it by ascending priority, equal ones in tenant order (Microsoft:
 * direct-routing-voice-routing, documented). A usage listed twice counts where it stands first.
 *
 * Usage names are compared without regard to case or blanks around them. Cost: O(routes × log routes)
 * once, then O(entries) a policy.
 */
export function policyReader(routes: readonly VoiceRoute[]): PolicyReader {
  const routesOf = new Map<string, number[]>();
  const inOrder = routes
    .map(({ priority }, index) => ({ index, priority }))
    .sort((a, b) => a.priority - b.priority || a.index - b.index);
  for (const { index } of inOrder) {
    for (const usage of new Set(routes[index]?.onlinePstnUsages.map(nameKey))) {
      const known = routesOf.get(usage);
      if (known === undefined) routesOf.set(usage, [index]);
      else known.push(index);
    }
  }
  return (policy) => {
    const seen = new Set<string>();
    return policy.onlinePstnUsages.flatMap((usage, usageIndex) => {
      const key = nameKey(usage);
      if (seen.has(key)) return [];
      seen.add(key);
      return (routesOf.get(key) ?? []).map((route) => ({ usage, usageIndex, route }));
    });
  };
}

/** What one policy offers; see {@link policyReader}, which asks for many policies at less cost. */
export function entriesOfPolicy(
  policy: RoutingPolicy,
  routes: readonly VoiceRoute[],
): readonly PolicyEntry[] {
  return policyReader(routes)(policy);
}
