import { setTimeout as delay } from "node:timers/promises";
import type { CallConduct, Caller } from "../../engine/call/caller.ts";
import { createCaller } from "../../engine/call/create-caller.ts";
import { trunkTargets } from "../../engine/call/trunk-targets.ts";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import type { CallDetailRecord } from "../../engine/model/call-detail-record.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../../engine/model/user.ts";
import { GATEWAY_DEFAULTS } from "../../engine/model/voice-routing.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { SipEndpoint, SipEndpointOptions } from "../../engine/sip/sip-endpoint.ts";
import type { ListenAddress, SipPeer } from "../../engine/sip/sip-peer.ts";
import { closeAfterSuite } from "./peer-suite.ts";

/** Number that a gateway caller dials. */
export const DIALED = "+442079460123";
export const CALLER_ID = "+14255550101";
const USER = "megan@contoso.com";
const USAGE = "International";

/** One gateway, tried after those before it. */
export interface GatewayPlan {
  readonly peer: SipPeer;
  readonly failoverResponseCodes?: readonly number[];
  readonly failoverTimeSeconds?: number;
}

export interface GatewayCaller {
  readonly caller: Caller;
  readonly endpoint: SipEndpoint;
  place(conduct?: CallConduct): Promise<CallDetailRecord>;
  /** Closes both; rejects when something of a call was left. */
  close(): Promise<void>;
}

export const gatewayName = (index: number): string => `sbc${index + 1}.contoso.com`;

/** A tenant whose only user calls everywhere through the gateways, in the order given: a route for each. */
export function gatewayTenant(gateways: readonly GatewayPlan[]): Tenant {
  return {
    ...EMPTY_TENANT,
    users: [
      {
        ...USER_DEFAULTS,
        userPrincipalName: USER,
        displayName: "Megan Bowen",
        usageLocation: "US",
        licenses: ["TeamsPhone"],
        enterpriseVoiceEnabled: true,
        lineUri: `tel:${CALLER_ID}`,
        numberType: "DirectRouting",
        onlineVoiceRoutingPolicy: USAGE,
      },
    ],
    onlinePstnUsages: [USAGE],
    onlineVoiceRoutes: gateways.map((_, priority) => ({
      identity: `Route ${priority}`,
      priority,
      numberPattern: ".*",
      onlinePstnUsages: [USAGE],
      onlinePstnGatewayList: [gatewayName(priority)],
      bridgeSourcePhoneNumber: null,
      description: null,
    })),
    onlineVoiceRoutingPolicies: [
      ...EMPTY_TENANT.onlineVoiceRoutingPolicies,
      { identity: USAGE, onlinePstnUsages: [USAGE], description: null },
    ],
    onlinePstnGateways: gateways.map(({ failoverResponseCodes, failoverTimeSeconds }, index) => ({
      ...GATEWAY_DEFAULTS,
      ...(failoverResponseCodes === undefined ? {} : { failoverResponseCodes }),
      ...(failoverTimeSeconds === undefined ? {} : { failoverTimeSeconds }),
      identity: gatewayName(index),
      sipSignalingPort: 5061,
      enabled: true,
    })),
  };
}

/** A caller of the tenant, listening on every transport that its gateways need. */
export async function openGatewayCaller(
  gateways: readonly GatewayPlan[],
  more: Partial<SipEndpointOptions> = {},
): Promise<GatewayCaller> {
  const tenant = gatewayTenant(gateways);
  const endpoint = await openSipEndpoint({
    listen: listenFor(gateways.map(({ peer }) => peer)),
    product: "outdial",
    ...more,
  });
  closeAfterSuite(() => endpoint.close());
  const mappings = gateways.map(({ peer }, index) => ({ name: gatewayName(index), peer }));
  const caller = createCaller({
    tenant,
    router: createRouter(compileTenant(tenant).compiled, EVERYTHING_UP),
    targets: trunkTargets(tenant, mappings),
    endpoint,
    optionsIntervalSeconds: null,
  });
  const call = {
    dialed: DIALED,
    user: USER,
    kind: "user-call",
    site: null,
    ingressTrunk: null,
    hideCallerId: false,
  } as const;
  return {
    caller,
    endpoint,
    place: (conduct) => caller.place(call, conduct),
    async close() {
      await untilQuiet(endpoint);
      caller.close();
      await endpoint.close();
    },
  };
}

function listenFor(peers: readonly SipPeer[]): ListenAddress[] {
  const wanted = new Map<string, ListenAddress>();
  for (const { transport, host } of peers) {
    const own = host.includes(":") ? "::1" : "127.0.0.1";
    wanted.set(`${transport} ${own}`, { transport, host: own, port: 0 });
  }
  return [...wanted.values()];
}

const QUIET_MS = 3_000;

async function untilQuiet(endpoint: SipEndpoint): Promise<void> {
  const deadline = Date.now() + QUIET_MS;
  for (;;) {
    const { transactions, dialogs } = endpoint.counts();
    if (transactions === 0 && dialogs === 0) return;
    if (Date.now() > deadline) {
      throw new Error(`${transactions} transactions and ${dialogs} dialogs are left`);
    }
    await delay(20);
  }
}
