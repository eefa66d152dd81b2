import type { RouteDecision } from "../../../engine/model/decision.ts";
import { blocked, byGateway, byMicrosoft, byOperator, type Place } from "./answers.ts";
import type { Right } from "./entitlement.ts";
import { same } from "./names.ts";
import type { Situation } from "./situation.ts";
import {
  gatewayName,
  isGatewayUsable,
  isSuspendedNow,
  operatorTrunks,
  ownerOf,
  routeGateways,
} from "./trunk-order.ts";
import type { Match } from "./voice-routes.ts";
import { sentTo } from "./wire.ts";

/** What delivering needs beside the routes. */
export interface Delivery extends Situation {
  readonly right: Right;
  /** Where the decision is taken, as long as no route is. */
  readonly place: Place;
  /** Shown where the route has no number of its own to show. */
  readonly callerId: string | null;
}

/** Over which trunks a call goes that routes have taken: the ingress trunk first, then route by route. */
export function deliver(delivery: Delivery, matches: readonly Match[]): RouteDecision {
  const { tenant, right, moment, place } = delivery;
  const trunks: string[] = [];
  const gateways: string[] = [];
  let first = ingressMatch(delivery, matches);
  if (first !== null) gateways.push(gatewayName(tenant, delivery.call.ingressTrunk ?? ""));
  trunks.push(...gateways);
  for (const match of matches) {
    const { bridgeSourcePhoneNumber, onlinePstnGatewayList } = match.route;
    let more: string[] = [];
    if (bridgeSourcePhoneNumber !== null) {
      more = operatorTrunks(tenant, ownerOf(tenant, bridgeSourcePhoneNumber), moment, trunks);
    } else if (right !== "occ") {
      more = routeGateways(tenant, onlinePstnGatewayList, moment, trunks);
      gateways.push(...more);
    }
    if (more.length > 0) first ??= match;
    trunks.push(...more);
  }
  if (first === null) return withoutTrunk(delivery, matches);
  for (const gateway of gateways) delivery.hear(sentTo(delivery, gateway));
  const at: Place = { ...place, route: first.route.identity, usage: first.usage };
  const bridgeSource = first.route.bridgeSourcePhoneNumber;
  if (bridgeSource === null) return byGateway(trunks, delivery.callerId, at);
  const operator = ownerOf(tenant, bridgeSource)?.id ?? "";
  return byOperator(operator, trunks, bridgeSource, at);
}

/** The match that lists the gateway by which a forwarded call came in, when it can be tried. */
function ingressMatch(
  { tenant, call, right, moment }: Delivery,
  matches: readonly Match[],
): Match | null {
  const ingress = call.kind === "forward" ? call.ingressTrunk : null;
  if (ingress === null || right === "occ" || !isGatewayUsable(tenant, ingress, moment)) return null;
  const listing = matches.find(
    ({ route }) =>
      route.bridgeSourcePhoneNumber === null &&
      route.onlinePstnGatewayList.some((name) => same(name, ingress)),
  );
  return listing ?? null;
}

/** What becomes of a call when no route that took it has anything usable behind it. */
function withoutTrunk(
  { tenant, right, place, callerId }: Delivery,
  matches: readonly Match[],
): RouteDecision {
  const bridges = matches.filter(({ route }) => route.bridgeSourcePhoneNumber !== null);
  if (
    right === "standard" &&
    tenant.options.bridgeSourceFallbackToMicrosoft &&
    bridges.length === matches.length
  ) {
    return byMicrosoft(callerId, place);
  }
  const top = matches[0];
  const at: Place = { ...place, route: top?.route.identity ?? null, usage: top?.usage ?? null };
  const isSuspended = bridges.some(({ route }) =>
    isSuspendedNow(tenant, ownerOf(tenant, route.bridgeSourcePhoneNumber)),
  );
  if (isSuspended) return blocked("OPERATOR_SUSPENDED", at);
  const hasGateways = matches.some(
    ({ route }) => route.bridgeSourcePhoneNumber === null && route.onlinePstnGatewayList.length > 0,
  );
  if (right === "occ" && hasGateways && bridges.length === 0) {
    return blocked("OCC_GATEWAY_NOT_ALLOWED", at);
  }
  return blocked("NO_TRUNK", at);
}
