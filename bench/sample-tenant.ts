import { EMPTY_TENANT, type Tenant } from "../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../engine/model/user.ts";
import { GATEWAY_DEFAULTS } from "../engine/model/voice-routing.ts";

const USAGE = "International";

// Names of one length: which of two equal gateways a number gets does not change the length of its row.
const GATEWAYS = Array.from(
  { length: 20 },
  (_, i) => `sbc${String(i).padStart(2, "0")}.contoso.com`,
);

/** UPN of a user of the tenant. */
export function sampleUser(i: number): string {
  return `user${i}@contoso.com`;
}

/**
 * Users with a number each, all with the same policy of one usage, which has all routes; two gateways a
 * route, which share its calls.
 */
export function sampleTenant(patterns: readonly string[], users: number): Tenant {
  return {
    ...EMPTY_TENANT,
    // WHY: the rivals match what was dialed, and have no dial plan.
    options: { ...EMPTY_TENANT.options, assumedServiceCountryDialPlans: false },
    users: Array.from({ length: users }, (_, i) => ({
      ...USER_DEFAULTS,
      userPrincipalName: sampleUser(i),
      displayName: `User ${i}`,
      usageLocation: "US",
      licenses: ["TeamsPhone"],
      enterpriseVoiceEnabled: true,
      lineUri: `tel:+1425555${String(i).padStart(4, "0")}`,
      numberType: "DirectRouting" as const,
      onlineVoiceRoutingPolicy: USAGE,
    })),
    onlinePstnUsages: [USAGE],
    onlineVoiceRoutes: patterns.map((numberPattern, priority) => ({
      identity: String(priority),
      priority,
      numberPattern,
      onlinePstnUsages: [USAGE],
      onlinePstnGatewayList: [0, 7].map((i) => GATEWAYS[(priority + i) % GATEWAYS.length] ?? ""),
      bridgeSourcePhoneNumber: null,
      description: null,
    })),
    onlineVoiceRoutingPolicies: [
      ...EMPTY_TENANT.onlineVoiceRoutingPolicies,
      { identity: USAGE, onlinePstnUsages: [USAGE], description: null },
    ],
    onlinePstnGateways: GATEWAYS.map((identity) => ({
      ...GATEWAY_DEFAULTS,
      identity,
      sipSignalingPort: 5067,
      enabled: true,
    })),
  };
}
