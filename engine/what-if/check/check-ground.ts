import { parseLineUri } from "../../model/line-uri.ts";
import { nameKey } from "../../model/name-key.ts";
import type { NumberType, PhoneNumber } from "../../model/phone-number.ts";
import type { PolicyType } from "../../model/policy-types.ts";
import type { Tenant } from "../../model/tenant.ts";
import type { User } from "../../model/user.ts";
import type { VoiceRoute } from "../../model/voice-routing.ts";
import { type CompiledPattern, compilePattern } from "../../pattern/compile-pattern.ts";
import type { Dfa } from "../../pattern/dfa.ts";
import { numbersOnly } from "../../pattern/number-space.ts";
import { type PolicyHolding, policyHolding } from "./policy-holding.ts";
import { type RouteMap, routeMap } from "./route-map.ts";

/**
 * A tenant that is checked, with what is expensive and looked at by many checks. Everything is made when
 * it is first asked for, and kept.
 */
export interface CheckGround {
  readonly tenant: Tenant;
  /** The automaton of a pattern, or why there is none. */
  readonly patternOf: (source: string) => CompiledPattern;
  /** What of dialable numbers a pattern matches; `null` when it does not compile or is too large. */
  readonly numbersOf: (source: string) => Dfa | null;
  /** Who has which policy of a type. */
  readonly holding: <T extends PolicyType>(type: T) => PolicyHolding<T>;
  /** How the voice routes cover each other. */
  readonly routes: () => RouteMap;
  /** Voice routes by the key of each of their usages. */
  readonly routesByUsage: ReadonlyMap<string, readonly VoiceRoute[]>;
  /** Position of a voice route in the tenant. */
  readonly indexOfRoute: (route: VoiceRoute) => number;
  /** The tenant's numbers by E.164. */
  readonly numbers: ReadonlyMap<string, NumberRecord>;
  /** Type of the number of a user or resource account; `null` when there is none. */
  readonly numberTypeOf: (holder: NumberHolder) => NumberType | null;
}

/** A user or a resource account. */
export type NumberHolder = Pick<User, "lineUri" | "numberType">;

/** A number of the tenant and its place in the list. */
export interface NumberRecord {
  readonly record: PhoneNumber;
  readonly index: number;
}

/** Prepares a tenant for being checked. O(users + numbers + routes) before anything is asked. */
export function checkGround(tenant: Tenant): CheckGround {
  const patterns = remembering(compilePattern);
  const holdings = new Map<PolicyType, unknown>();
  const indices = new Map(tenant.onlineVoiceRoutes.map((route, index) => [route, index]));
  const numbers = new Map(
    tenant.phoneNumbers.map((record, index) => [record.telephoneNumber, { record, index }]),
  );
  let routes: RouteMap | null = null;
  const ground: CheckGround = {
    tenant,
    patternOf: patterns,
    numbersOf: remembering((source) => {
      const compiled = patterns(source);
      return compiled.ok ? numbersOnly(compiled.dfa) : null;
    }),
    holding<T extends PolicyType>(type: T): PolicyHolding<T> {
      const made = holdings.get(type) ?? policyHolding(tenant, type);
      holdings.set(type, made);
      return made as PolicyHolding<T>;
    },
    routes: () => {
      routes ??= routeMap(ground);
      return routes;
    },
    routesByUsage: routesByUsage(tenant),
    indexOfRoute: (route) => indices.get(route) ?? -1,
    numbers,
    numberTypeOf: ({ lineUri, numberType }) => {
      const number = parseLineUri(lineUri)?.number;
      if (number === undefined) return null;
      const told = numberType ?? numbers.get(number)?.record.numberType;
      return told ?? tenant.options.numberTypeWhenUntold;
    },
  };
  return ground;
}

function routesByUsage({ onlineVoiceRoutes }: Tenant): ReadonlyMap<string, readonly VoiceRoute[]> {
  const byUsage = new Map<string, VoiceRoute[]>();
  for (const route of onlineVoiceRoutes) {
    for (const key of new Set(route.onlinePstnUsages.map(nameKey))) {
      const routes = byUsage.get(key);
      if (routes === undefined) byUsage.set(key, [route]);
      else routes.push(route);
    }
  }
  return byUsage;
}

function remembering<T>(make: (source: string) => T): (source: string) => T {
  const known = new Map<string, T>();
  return (source) => {
    const made = known.get(source);
    if (made !== undefined || known.has(source)) return made as T;
    const fresh = make(source);
    known.set(source, fresh);
    return fresh;
  };
}
