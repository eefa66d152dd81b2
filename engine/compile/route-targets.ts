import { nameKey } from "../model/name-key.ts";
import type { Operator, Trunk } from "../model/operator.ts";
import type { Tenant } from "../model/tenant.ts";
import type { VoiceRoute } from "../model/voice-routing.ts";
import type { CompiledOperator, CompiledRoute, CompiledTrunk } from "./compiled-tenant.ts";

/**
 * Where routes lead: a BridgeSource route to the operator that owns its number, any other to the
 * gateways it names.
 *
 * @module
 */

/** Who owns which number of the tenant. */
export interface NumberOwners {
  /** Index of the operator of a number; -1 = Microsoft, the tenant itself, or nobody known. */
  ownerOf(telephoneNumber: string): number;
}

/** Reads the owners off the tenant's numbers. O(numbers) once, O(1) a look-up. */
export function numberOwners(tenant: Tenant): NumberOwners {
  const operators = new Map(tenant.operators.map(({ id }, index) => [nameKey(id), index]));
  const owners = new Map<string, number>();
  for (const { telephoneNumber, operator } of tenant.phoneNumbers) {
    const index = operator === null ? undefined : operators.get(nameKey(operator));
    owners.set(telephoneNumber, index ?? -1);
  }
  return { ownerOf: (telephoneNumber) => owners.get(telephoneNumber) ?? -1 };
}

/**
 * An operator's trunks in the order of their priorities. A suspended operator goes on carrying calls
 * over the numbers it has given unless option suspendedOperatorCarriesCalls says no (assumed; Microsoft
 * does not say what suspending does). Available and removed ones carry none.
 */
export function compileOperator(operator: Operator, tenant: Tenant): CompiledOperator {
  const trunks = [...operator.trunks].sort((a, b) => a.priority - b.priority);
  return {
    id: operator.id,
    standing: standingOf(operator, tenant),
    trunks: trunks.map(ofOperator),
  };
}

function standingOf(operator: Operator, tenant: Tenant): CompiledOperator["standing"] {
  if (operator.status === "Active") return "usable";
  if (operator.status !== "Suspended") return "not-active";
  return tenant.options.suspendedOperatorCarriesCalls ? "usable" : "suspended";
}

function ofOperator({ name, priority, weight, enabled }: Trunk): CompiledTrunk {
  return { name, priority, weight, enabled, unknown: false };
}

/** Gateways by the form in which their names are compared. */
export type GatewayIndex = ReadonlyMap<string, CompiledTrunk>;

export function gatewayIndex(tenant: Tenant): GatewayIndex {
  const gateways = new Map<string, CompiledTrunk>();
  for (const { identity, enabled } of tenant.onlinePstnGateways) {
    const key = nameKey(identity);
    if (gateways.has(key)) continue;
    gateways.set(key, { name: identity, priority: 0, weight: 1, enabled, unknown: false });
  }
  return gateways;
}

/**
 * A route with its targets. A route with both a BridgeSource number and gateways, which the cmdlets
 * refuse, counts as a BridgeSource route (assumed).
 */
export function compileRoute(
  route: VoiceRoute,
  owners: NumberOwners,
  gateways: GatewayIndex,
): CompiledRoute {
  const { identity, priority, numberPattern, bridgeSourcePhoneNumber } = route;
  const isBridge = bridgeSourcePhoneNumber !== null;
  const names = new Set<string>();
  const named: CompiledTrunk[] = [];
  for (const name of isBridge ? [] : route.onlinePstnGatewayList) {
    const key = nameKey(name);
    if (names.has(key)) continue;
    names.add(key);
    named.push(gateways.get(key) ?? { name, priority: 0, weight: 1, enabled: true, unknown: true });
  }
  return {
    identity,
    priority,
    numberPattern,
    bridgeSourcePhoneNumber,
    operator: isBridge ? owners.ownerOf(bridgeSourcePhoneNumber) : -1,
    gateways: named,
  };
}
