import type { Tenant } from "../../../engine/model/tenant.ts";
import type { VoiceRoute } from "../../../engine/model/voice-routing.ts";
import { patternOf, same } from "./names.ts";

/** A route that takes the number, and the usage by which it was reached. */
export interface Match {
  readonly usage: string;
  readonly route: VoiceRoute;
}

/** The routes of a usage that take a number, in the order in which they are tried. */
export function routesOf(tenant: Tenant, usage: string, number: string): Match[] {
  return tenant.onlineVoiceRoutes
    .filter((route) => route.onlinePstnUsages.some((one) => same(one, usage)))
    .filter((route) => patternOf(route.numberPattern).test(number))
    .sort((a, b) => a.priority - b.priority)
    .map((route) => ({ usage, route }));
}

/** The first usage in which a route takes the number decides; with crossUsageFailover later ones follow. */
export function select(tenant: Tenant, usages: readonly string[], number: string): Match[] {
  const matches: Match[] = [];
  for (const usage of usages) {
    if (matches.length > 0 && !tenant.options.crossUsageFailover) break;
    matches.push(...routesOf(tenant, usage, number));
  }
  return matches;
}
