import { nameKey } from "../model/name-key.ts";
import type { Operator, TrunkTransport } from "../model/operator.ts";
import type { Tenant } from "../model/tenant.ts";
import { GATEWAY_DEFAULTS, type PstnGateway } from "../model/voice-routing.ts";
import { type GatewayTranslations, gatewayTranslations } from "../route/wire-numbers.ts";
import type { SipPeer } from "../sip/sip-peer.ts";

/**
 * Where the calls of a trunk or gateway are sent, and by which rules they are offered to it.
 *
 * @module
 */

/** One trunk or gateway as the caller sees it. */
export interface TrunkTarget {
  /** Trunk name, or a gateway's FQDN. */
  readonly name: string;
  /** Operator id; `null` for a gateway. */
  readonly operator: string | null;
  readonly peer: SipPeer;
  readonly enabled: boolean;
  /** Final codes after which the next one is tried. */
  readonly failoverResponseCodes: readonly number[];
  /** How long it may leave an INVITE without a provisional response other than 100. */
  readonly failoverTimeSeconds: number;
  /** Calls past which the next one is tried; `null` = no limit. */
  readonly maxConcurrentCalls: number | null;
  readonly callsPerSecond: number | null;
  readonly sendSipOptions: boolean;
  readonly forwardCallHistory: boolean;
  readonly forwardPai: boolean;
  /** What becomes of the numbers on the way out; `null` = nothing. */
  readonly translations: GatewayTranslations | null;
}

/** Targets by {@link nameKey} of their names. */
export type TrunkTargets = ReadonlyMap<string, TrunkTarget>;

/** Calls of a trunk or gateway go elsewhere: to a lab's SBC, say. */
export interface TrunkMapping {
  readonly name: string;
  readonly peer: SipPeer;
}

/**
 * A gateway's MaxConcurrentSessions only raises an alert and never blocks a call (documented:
 * New-CsOnlinePSTNGateway), so gateways have no limit here.
 */
const GATEWAY_LIMITS = { maxConcurrentCalls: null, callsPerSecond: null } as const;

/** What operators' trunks have in common: they are trusted with the caller's identity (RFC 3325). */
const OPERATOR_RULES = {
  failoverTimeSeconds: GATEWAY_DEFAULTS.failoverTimeSeconds,
  sendSipOptions: true,
  forwardCallHistory: true,
  forwardPai: true,
  translations: null,
} as const;

const TRANSPORTS: readonly TrunkTransport[] = ["udp", "tcp", "tls"];

/**
 * Every trunk and gateway of a tenant. A gateway is reached by its FQDN over TLS at its SipSignalingPort
 * (documented: Microsoft, direct-routing-plan), unless it is mapped elsewhere. A mapped one must still
 * show a certificate in its own name when it speaks TLS. No name is resolved here: a host that cannot be
 * is a failure of the call's transport. A mapping that names nothing of the tenant is passed over.
 */
export function trunkTargets(tenant: Tenant, mappings: readonly TrunkMapping[]): TrunkTargets {
  const targets = new Map<string, TrunkTarget>();
  const translations = gatewayTranslations(tenant);
  const all = [
    ...tenant.operators.flatMap(trunksOf),
    ...tenant.onlinePstnGateways.map((gateway) =>
      targetOfGateway(gateway, translations.get(nameKey(gateway.identity)) ?? null),
    ),
  ];
  for (const target of all) {
    const key = nameKey(target.name);
    if (!targets.has(key)) targets.set(key, target);
  }
  for (const { name, peer } of mappings) {
    const target = targets.get(nameKey(name));
    if (target !== undefined) {
      targets.set(nameKey(name), { ...target, peer: inNameOf(target, peer) });
    }
  }
  return targets;
}

function inNameOf(target: TrunkTarget, peer: SipPeer): SipPeer {
  const { serverName, ...plain } = peer;
  if (peer.transport !== "tls") return plain;
  return { ...plain, serverName: serverName ?? target.peer.serverName ?? target.peer.host };
}

function trunksOf(operator: Operator): TrunkTarget[] {
  return operator.trunks.map(({ name, host, port, transport, ...trunk }) => ({
    ...OPERATOR_RULES,
    name,
    operator: operator.id,
    peer: { transport, host, port },
    enabled: trunk.enabled,
    failoverResponseCodes: operator.failoverResponseCodes,
    maxConcurrentCalls: trunk.maxConcurrentCalls,
    callsPerSecond: trunk.callsPerSecond,
  }));
}

function targetOfGateway(
  gateway: PstnGateway,
  translations: GatewayTranslations | null,
): TrunkTarget {
  const { identity, sipSignalingPort } = gateway;
  return {
    ...GATEWAY_LIMITS,
    name: identity,
    operator: null,
    peer: { transport: "tls", host: identity, port: sipSignalingPort, serverName: identity },
    enabled: gateway.enabled,
    failoverResponseCodes: gateway.failoverResponseCodes,
    failoverTimeSeconds: gateway.failoverTimeSeconds,
    sendSipOptions: gateway.sendSipOptions,
    forwardCallHistory: gateway.forwardCallHistory,
    forwardPai: gateway.forwardPai,
    translations,
  };
}

const MAPPING =
  /^(?<name>[^=]{1,253})=(?<host>\[[0-9A-Fa-f:.]{2,45}\]|[^\s:;=[\]]{1,253}):(?<port>\d{1,5})(?:;(?:transport=)?(?<transport>\w+))?$/i;
const MAX_PORT = 65_535;

/**
 * Reads `NAME=host:port[;transport=udp|tcp|tls]`, where `transport=` may be left out; `null` = it is not
 * written like that. The transport is UDP when left out, an IPv6 host stands in brackets.
 */
export function parseTrunkMapping(text: string): TrunkMapping | null {
  const groups = MAPPING.exec(text.trim())?.groups;
  if (groups === undefined) return null;
  const port = Number(groups["port"]);
  const named = (groups["transport"] ?? "udp").toLowerCase();
  const transport = TRANSPORTS.find((known) => known === named);
  if (transport === undefined || port < 1 || port > MAX_PORT) return null;
  const host = (groups["host"] ?? "").replace(/^\[|\]$/g, "");
  return { name: (groups["name"] ?? "").trim(), peer: { transport, host, port } };
}
