import type { Tenant } from "../../model/tenant.ts";
import type { RoutingPolicy, VoiceRoute } from "../../model/voice-routing.ts";
import type { WrittenTenant } from "./schema/tenant-schema.ts";
import type { WrittenVoiceRoute } from "./schema/voice-routing-schema.ts";

/**
 * Fills in the defaults that depend on other entries: policies `Global` (every tenant has them,
 * Microsoft: Get-CsOnlineVoiceRoutingPolicy) and route priorities (Microsoft: New-CsOnlineVoiceRoute,
 * one more than the highest).
 */
export function completeTenant(written: WrittenTenant): Tenant {
  return {
    ...written,
    onlineVoiceRoutes: withPriorities(written.onlineVoiceRoutes),
    onlineVoiceRoutingPolicies: withGlobal(written.onlineVoiceRoutingPolicies),
    onlineAudioConferencingRoutingPolicies: withGlobal(
      written.onlineAudioConferencingRoutingPolicies,
    ),
  };
}

function withPriorities(routes: readonly WrittenVoiceRoute[]): readonly VoiceRoute[] {
  let highest = routes.reduce((most, { priority }) => Math.max(most, priority ?? -1), -1);
  return routes.map((route) => {
    if (route.priority !== null) return { ...route, priority: route.priority };
    highest += 1;
    return { ...route, priority: highest };
  });
}

function withGlobal(policies: readonly RoutingPolicy[]): readonly RoutingPolicy[] {
  const global = policies.findIndex(({ identity }) => identity.toLowerCase() === "global");
  if (global === -1) {
    return [{ identity: "Global", onlinePstnUsages: [], description: null }, ...policies];
  }
  return policies.map((policy, index) =>
    index === global ? { ...policy, identity: "Global" } : policy,
  );
}
