import type { Operator } from "../../../engine/model/operator.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import { same } from "./names.ts";

/** What is out of service, and where equal trunks start. */
export interface Moment {
  readonly down: ReadonlySet<string>;
  /** 0 … 255. */
  readonly turn: number;
}

/** The number's first and last eight symbols, the seed, and MurmurHash3's mixing, in exact arithmetic. */
export function turnOf(seed: number, number: string): number {
  const mask = 0xffff_ffffn;
  const mix = (value: bigint): bigint => {
    let hash = ((value ^ (value >> 16n)) * 0x85ebca6bn) & mask;
    hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & mask;
    return hash ^ (hash >> 16n);
  };
  const padded = number.padEnd(8, "\0");
  const ends = padded.slice(0, 8) + padded.slice(-8);
  let hash = 0n;
  for (const [index, factor] of [0x9e3779b1n, 0x85ebca77n, 0xc2b2ae3dn, 0x27d4eb2fn].entries()) {
    let word = 0n;
    for (let i = 3; i >= 0; i--) word = word * 256n + BigInt(ends.charCodeAt(index * 4 + i));
    hash ^= (word * factor) & mask;
  }
  return Number(mix(mix(hash) ^ (BigInt(seed) & mask)) >> 24n);
}

interface Weighted {
  readonly name: string;
  readonly weight: number;
}

/** Equal trunks from the one whose ticket is drawn, then the others in file order. */
export function turned(set: readonly Weighted[], turn: number): string[] {
  const tickets: number[] = [];
  for (const [index, { weight }] of set.entries()) {
    for (let i = 0; i < weight; i++) tickets.push(index);
  }
  const first = tickets[Math.floor((turn * tickets.length) / 256)] ?? 0;
  return set.map((_, i) => set[(first + i) % set.length]?.name ?? "");
}

/** The trunks of an operator that can be tried, in order; those of `taken` stand elsewhere already. */
export function operatorTrunks(
  tenant: Tenant,
  operator: Operator | null,
  { down, turn }: Moment,
  taken: readonly string[],
): string[] {
  if (operator === null || down.has(operator.id.toLowerCase())) return [];
  if (operator.status !== "Active" && operator.status !== "Suspended") return [];
  if (isSuspendedNow(tenant, operator)) return [];
  const usable = operator.trunks.filter(
    (trunk) =>
      trunk.enabled &&
      !down.has(trunk.name.toLowerCase()) &&
      !taken.some((name) => same(name, trunk.name)),
  );
  const result: string[] = [];
  for (let priority = 0; priority < 10; priority++) {
    const equal = usable.filter((trunk) => trunk.priority === priority);
    const weighted = equal.filter((trunk) => trunk.weight > 0);
    const idle = equal.filter((trunk) => trunk.weight === 0);
    result.push(...turned(weighted, turn));
    result.push(
      ...turned(
        idle.map(({ name }) => ({ name, weight: 1 })),
        turn,
      ),
    );
  }
  return result;
}

/** The operator that provides a number. */
export function ownerOf(tenant: Tenant, number: string | null): Operator | null {
  const id = tenant.phoneNumbers.find((listed) => listed.telephoneNumber === number)?.operator;
  if (id === null || id === undefined) return null;
  return tenant.operators.find((operator) => same(operator.id, id)) ?? null;
}

/** Whether an operator carries no calls because it is suspended. */
export function isSuspendedNow(tenant: Tenant, operator: Operator | null): boolean {
  return operator?.status === "Suspended" && !tenant.options.suspendedOperatorCarriesCalls;
}

/** Whether a gateway takes calls now. */
export function isGatewayUsable(tenant: Tenant, name: string, { down }: Moment): boolean {
  const gateway = tenant.onlinePstnGateways.find((one) => same(one.identity, name));
  return gateway?.enabled === true && !down.has(name.trim().toLowerCase());
}

/** A gateway's name as the tenant lists it. */
export function gatewayName(tenant: Tenant, name: string): string {
  return tenant.onlinePstnGateways.find((one) => same(one.identity, name))?.identity ?? name;
}

/** The gateways of one route that can be tried, in order. */
export function routeGateways(
  tenant: Tenant,
  names: readonly string[],
  moment: Moment,
  taken: readonly string[],
): string[] {
  const set: Weighted[] = [];
  for (const name of names) {
    const isTaken = [...taken, ...set.map((one) => one.name)].some((other) => same(other, name));
    if (isTaken || !isGatewayUsable(tenant, name, moment)) continue;
    set.push({ name: gatewayName(tenant, name), weight: 1 });
  }
  return turned(set, moment.turn);
}
