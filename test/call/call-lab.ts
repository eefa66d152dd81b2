import type { Caller, CallerOptions } from "../../engine/call/caller.ts";
import { createCaller } from "../../engine/call/create-caller.ts";
import { type TrunkTarget, trunkTargets } from "../../engine/call/trunk-targets.ts";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { type Call, EVERYTHING_UP } from "../../engine/model/call.ts";
import type { Operator, Trunk } from "../../engine/model/operator.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS, type User } from "../../engine/model/user.ts";
import { GATEWAY_DEFAULTS, type PstnGateway } from "../../engine/model/voice-routing.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipEndpoint, SipEndpointOptions } from "../../engine/sip/sip-endpoint.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";

const TRUNK: Omit<Trunk, "name" | "port"> = {
  host: "127.0.0.1",
  transport: "udp",
  priority: 0,
  weight: 1,
  maxConcurrentCalls: null,
  callsPerSecond: null,
  enabled: true,
  policeCallerId: false,
};

const OPERATOR: Omit<Operator, "trunks"> = {
  id: "pure-ip",
  name: "Pure IP",
  website: null,
  status: "Active",
  products: ["Calling"],
  countries: ["US"],
  contact: null,
  dataTransferNotice: null,
  emergencyAddressScenario: "operatorSetsEditable",
  failoverResponseCodes: [408, 503, 504],
};

function user(name: string, displayName: string, number: string, type: User["numberType"]): User {
  return {
    ...USER_DEFAULTS,
    userPrincipalName: `${name}@contoso.com`,
    displayName,
    usageLocation: "US",
    licenses: ["TeamsPhone"],
    enterpriseVoiceEnabled: true,
    lineUri: `tel:${number}`,
    numberType: type,
    onlineVoiceRoutingPolicy: type === "DirectRouting" ? "By gateway" : null,
  };
}

/** Megan calls by her operator's trunks, Diego by the gateways, in one route. */
export function labTenant(
  trunks: readonly (Partial<Trunk> & Pick<Trunk, "name">)[],
  gateways: readonly (Partial<PstnGateway> & Pick<PstnGateway, "identity">)[] = [],
  operator: Partial<Operator> = {},
): Tenant {
  return {
    ...EMPTY_TENANT,
    tenant: { ...EMPTY_TENANT.tenant, name: "Contoso", domains: ["contoso.com"] },
    operators: [
      {
        ...OPERATOR,
        ...operator,
        trunks: trunks.map((trunk) => ({ ...TRUNK, port: 5060, ...trunk })),
      },
    ],
    phoneNumbers: [
      {
        telephoneNumber: "+14255550101",
        numberType: "OperatorConnect",
        operator: "pure-ip",
        capability: ["UserAssignment"],
        isoCountryCode: "US",
        tollFree: false,
        pstnAssignmentStatus: "UserAssigned",
        assignedPstnTargetId: "megan@contoso.com",
        locationId: null,
        locationUpdateSupported: true,
      },
    ],
    users: [
      user("megan", "Megan Bowen", "+14255550101", "OperatorConnect"),
      user("diegos", 'Diego "D" Siciliani', "+14255550102", "DirectRouting"),
    ],
    onlinePstnUsages: ["International"],
    onlineVoiceRoutes: [
      {
        identity: "International",
        priority: 0,
        numberPattern: "^\\+44",
        onlinePstnUsages: ["International"],
        onlinePstnGatewayList: gateways.map(({ identity }) => identity),
        bridgeSourcePhoneNumber: null,
        description: null,
      },
    ],
    onlineVoiceRoutingPolicies: [
      ...EMPTY_TENANT.onlineVoiceRoutingPolicies,
      { identity: "By gateway", onlinePstnUsages: ["International"], description: null },
    ],
    teamsTranslationRules: [
      { identity: "Drop 44", pattern: "^\\+44(\\d+)$", translation: "0$1", description: null },
      {
        identity: "Last Four",
        pattern: "^\\+1425555(\\d{4})$",
        translation: "$1",
        description: null,
      },
      { identity: "Spoil", pattern: "^(\\d+|\\+\\d+)$", translation: "tel:$1", description: null },
    ],
    onlinePstnGateways: gateways.map((gateway) => ({
      ...GATEWAY_DEFAULTS,
      sipSignalingPort: 5061,
      enabled: true,
      ...gateway,
    })),
  };
}

export const MEGAN_CALLS: Call = {
  dialed: "+442079460123",
  user: "megan@contoso.com",
  kind: "user-call",
  site: null,
  ingressTrunk: null,
  hideCallerId: false,
};

export const DIEGO_CALLS: Call = { ...MEGAN_CALLS, user: "diegos@contoso.com" };

/** A trunk or gateway (a name with a dot) of the lab, and how it takes a call. */
export interface LabTrunk {
  readonly name: string;
  onInvite?(call: ServerCall): void;
  readonly trunk?: Partial<Trunk>;
  readonly gateway?: Partial<PstnGateway>;
  /** What the caller is to believe of it. */
  readonly target?: Partial<TrunkTarget>;
  readonly endpoint?: Partial<SipEndpointOptions>;
}

export interface CallLab {
  readonly caller: Caller;
  readonly callerEnd: SipEndpoint;
  readonly ends: ReadonlyMap<string, SipEndpoint>;
  /** INVITEs as they came, `trunk-1`, in order. */
  readonly arrived: string[];
  /** Every message that reached or left a trunk: `trunk-1 > INVITE`. */
  readonly wire: string[];
  readonly messages: string[];
  readonly tenant: Tenant;
}

const isGateway = ({ name }: LabTrunk): boolean => name.includes(".");

/** Opens an end for every trunk, and a caller; closes all of them, having checked that nothing is left. */
export async function withCallLab(
  trunks: readonly LabTrunk[],
  run: (lab: CallLab) => Promise<void>,
  options: Partial<CallerOptions> = {},
  operator: Partial<Operator> = {},
): Promise<void> {
  const arrived: string[] = [];
  const wire: string[] = [];
  const messages: string[] = [];
  const ends = new Map<string, SipEndpoint>();
  for (const { name, onInvite, endpoint = {} } of trunks) {
    const end = await openSipEndpoint({
      listen: [{ transport: "udp", host: "127.0.0.1", port: 0 }],
      product: name,
      onInvite(call) {
        arrived.push(name);
        onInvite?.(call);
      },
      tap(direction, message) {
        messages.push(message);
        wire.push(`${name} ${direction === "received" ? ">" : "<"} ${firstWords(message)}`);
      },
      ...endpoint,
    });
    ends.set(name, end);
  }
  const peerOf = (name: string): SipPeer => {
    const [peer] = ends.get(name)?.addresses ?? [];
    if (peer === undefined) throw new Error(`${name} has no address`);
    return peer;
  };
  const tenant = labTenant(
    trunks
      .filter((trunk) => !isGateway(trunk))
      .map(({ name, trunk }) => ({ name, ...peerOf(name), ...trunk })),
    trunks.filter(isGateway).map(({ name, gateway }) => ({ identity: name, ...gateway })),
    operator,
  );
  const mappings = trunks.filter(isGateway).map(({ name }) => ({ name, peer: peerOf(name) }));
  const targets = new Map(trunkTargets(tenant, mappings));
  for (const { name, target } of trunks) {
    const plain = targets.get(name);
    if (plain !== undefined) targets.set(name, { ...plain, ...target });
  }
  const router = createRouter(compileTenant(tenant).compiled, EVERYTHING_UP);
  const callerEnd = await openSipEndpoint({
    listen: [
      { transport: "udp", host: "127.0.0.1", port: 0 },
      { transport: "tcp", host: "127.0.0.1", port: 0 },
    ],
    product: "outdial",
  });
  const ground = { tenant, router, targets, endpoint: callerEnd };
  const caller = createCaller({ ...ground, optionsIntervalSeconds: null, ...options });
  try {
    await run({ caller, callerEnd, ends, arrived, wire, messages, tenant });
  } finally {
    caller.close();
    await Promise.all([callerEnd, ...ends.values()].map((end) => end.close()));
  }
}

/** `INVITE`, or `180 INVITE`. */
function firstWords(message: string): string {
  const start = message.slice(0, message.indexOf("\r\n"));
  const method = /^CSeq:\s*\d+\s+(\S+)/im.exec(message)?.[1] ?? "";
  return start.startsWith("SIP/2.0 ")
    ? `${start.slice(8, 11)} ${method}`
    : (start.split(" ")[0] ?? "");
}
