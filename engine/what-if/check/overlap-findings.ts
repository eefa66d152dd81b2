import { nameKey } from "../../model/name-key.ts";
import type { VoiceRoute } from "../../model/voice-routing.ts";
import { type CheckFinding, fewQuoted, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";
import type { RouteMap } from "./route-map.ts";

/**
 * Voice routes of one usage that match the same numbers: with equal priorities, in other words, or over
 * and over. Exact, on automata; told only where a number matches both.
 *
 * @problem ROUTE_DUPLICATE_PRIORITY, ROUTE_SAME_NUMBERS
 */
export function overlapFindings(ground: CheckGround): readonly CheckFinding[] {
  const map = ground.routes();
  const told = new Set<string>();
  const findings: CheckFinding[] = [];
  for (const routes of ground.routesByUsage.values()) {
    const indices = routes.map(ground.indexOfRoute);
    for (const found of [
      ...equalPriorities(ground, indices, map),
      ...sameNumbers(ground, indices, map),
    ]) {
      if (told.has(found.what)) continue;
      told.add(found.what);
      findings.push(found);
    }
  }
  return findings;
}

/**
 * Equal priorities among routes of a usage that some number matches at once: their order is not defined
 * (assumed here: that of the file).
 */
function equalPriorities(
  { tenant }: CheckGround,
  indices: readonly number[],
  { classes, matchSame }: RouteMap,
): readonly CheckFinding[] {
  const byPriority = groupedBy(indices, (i) => String(tenant.onlineVoiceRoutes[i]?.priority));
  return [...byPriority.values()].flatMap((group) => {
    const [first, second] = group;
    if (first === undefined || second === undefined) return [];
    const together =
      classes === null
        ? group.filter((i) => group.some((j) => i !== j && matchSame(i, j)))
        : overlapping(group, classes);
    const [last] = together.slice(-1);
    if (last === undefined || together.length < 2) return [];
    const names = together.map((i) => tenant.onlineVoiceRoutes[i]?.identity ?? "");
    const priority = tenant.onlineVoiceRoutes[first]?.priority;
    return [
      finding(
        "ROUTE_DUPLICATE_PRIORITY",
        `Voice routes ${fewQuoted(names, 6)} have the same Priority ${priority} and match some of the same numbers: which is tried first is not defined`,
        "give each of them a Priority of its own",
        ["onlineVoiceRoutes", last, "priority"],
      ),
    ];
  });
}

/** Those of a group that share a class with another of it, ascending. */
function overlapping(
  group: readonly number[],
  classes: readonly (readonly number[])[],
): readonly number[] {
  const members = new Set(group);
  const found = new Set<number>();
  for (const routes of classes) {
    const here = routes.filter((route) => members.has(route));
    if (here.length > 1) for (const route of here) found.add(route);
    if (found.size === members.size) break;
  }
  return [...found].sort((a, b) => a - b);
}

/** Routes of one usage with equal languages: a doublet, or a backup whose pattern is written otherwise. */
function sameNumbers(
  { tenant }: CheckGround,
  indices: readonly number[],
  { matchSame }: RouteMap,
): readonly CheckFinding[] {
  const { onlineVoiceRoutes } = tenant;
  return indices.flatMap((index, at) => {
    const earlier = indices.slice(0, at).find((other) => matchSame(other, index));
    const route = onlineVoiceRoutes[index];
    const twin = earlier === undefined ? undefined : onlineVoiceRoutes[earlier];
    if (route === undefined || twin === undefined) return [];
    const isDoublet = targetsOf(route) === targetsOf(twin);
    if (!isDoublet && route.numberPattern === twin.numberPattern) return [];
    const what = isDoublet
      ? `Voice route "${route.identity}" adds nothing to "${twin.identity}": the same numbers go to the same targets`
      : `Voice routes "${twin.identity}" and "${route.identity}" match exactly the same numbers, written as ${twin.numberPattern} and ${route.numberPattern}`;
    const hint = isDoublet
      ? "remove one of them"
      : "write both patterns alike, so that the next reader sees a backup";
    return [
      finding("ROUTE_SAME_NUMBERS", what, hint, ["onlineVoiceRoutes", index, "numberPattern"]),
    ];
  });
}

function targetsOf(route: VoiceRoute): string {
  const gateways = route.onlinePstnGatewayList.map(nameKey).sort();
  return JSON.stringify([gateways, route.bridgeSourcePhoneNumber]);
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
