import type {
  CompiledOperator,
  CompiledRoute,
  CompiledTenant,
  RoutedClass,
} from "../compile/compiled-tenant.ts";
import type { PolicyEntry } from "../compile/policy-entries.ts";
import { nameKey } from "../model/name-key.ts";
import type { OperatorState, TargetKind, TrunkTrial } from "../model/trace.ts";
import { type RankedTrunks, selectOperatorTrunks, selectTrunks } from "./select-trunk.ts";

/**
 * From the routes that match a number to where each of them leads, in order of attempt.
 *
 * @module
 */

/** One matched route and the trunks behind it that can be tried. */
export interface RouteLeg {
  readonly usage: string;
  readonly route: CompiledRoute;
  readonly target: TargetKind;
  readonly operator: CompiledOperator | null;
  readonly operatorState: OperatorState | null;
  readonly candidates: readonly TrunkTrial[];
  readonly ranks: readonly RankedTrunks[];
}

/** What legs are made from. */
export interface RouteMoment {
  readonly compiled: CompiledTenant;
  readonly down: ReadonlySet<string>;
}

/**
 * The legs of the matched entries, which stand in order of attempt: routes of the first matching usage
 * by priority, and of later usages only with option crossUsageFailover. Each trunk is in the first leg
 * that can use it. A route with neither gateways nor a BridgeSource number counts as a match with
 * nothing behind it (assumed).
 *
 * @param ingress - Key of the gateway by which a forwarded call came in, `null` = none, as for all calls
 * out of meetings: where a matched route lists it, it is tried first of all (documented: Microsoft,
 * direct-routing-trunk-failover).
 */
export function selectLegs(
  moment: RouteMoment,
  routing: RoutedClass,
  matched: readonly PolicyEntry[],
  ingress: string | null,
): readonly RouteLeg[] {
  const listed = new Set<string>();
  const first = ingress === null ? [] : ingressLegs(moment, matched, ingress, listed);
  return [...first, ...matched.map((entry) => legOf(moment, routing, entry, listed))];
}

function ingressLegs(
  { compiled, down }: RouteMoment,
  matched: readonly PolicyEntry[],
  ingress: string,
  listed: Set<string>,
): readonly RouteLeg[] {
  for (const { usage, route: index } of matched) {
    const route = compiled.routes[index];
    const gateway = route?.gateways.find(({ name }) => nameKey(name) === ingress);
    if (route === undefined || gateway === undefined) continue;
    const selection = selectTrunks([gateway], down, listed);
    if (selection.ranks.length === 0) return [];
    return [{ ...NO_OPERATOR, usage, route, target: "ingress-gateway", ...selection }];
  }
  return [];
}

const NO_OPERATOR = { operator: null, operatorState: null } as const;
const NOTHING_BEHIND = { ...NO_OPERATOR, candidates: [], ranks: [] } as const;

function legOf(
  { compiled, down }: RouteMoment,
  routing: RoutedClass,
  { usage, route: index }: PolicyEntry,
  listed: Set<string>,
): RouteLeg {
  const route = compiled.routes[index] ?? MISSING_ROUTE;
  if (route.bridgeSourcePhoneNumber !== null) {
    const selection = selectOperatorTrunks(compiled, route.operator, down, listed);
    return { usage, route, target: "operator", operatorState: selection.state, ...selection };
  }
  if (route.gateways.length === 0) return { ...NOTHING_BEHIND, usage, route, target: "nothing" };
  if (routing.operatorOnly) {
    return { ...NOTHING_BEHIND, usage, route, target: "gateways-not-allowed" };
  }
  const selection = selectTrunks(route.gateways, down, listed);
  return { ...NO_OPERATOR, usage, route, target: "gateways", ...selection };
}

const MISSING_ROUTE: CompiledRoute = {
  identity: "",
  priority: 0,
  numberPattern: "",
  bridgeSourcePhoneNumber: null,
  operator: -1,
  gateways: [],
};

/** The first leg with something to try: its route, usage and operator are the decision's. */
export function leadingLeg(legs: readonly RouteLeg[]): RouteLeg | null {
  return legs.find((leg) => leg.ranks.length > 0) ?? null;
}
