import type { PolicyEntry } from "../../compile/policy-entries.ts";
import { nameKey } from "../../model/name-key.ts";
import type { VoiceRoute } from "../../model/voice-routing.ts";
import { type CheckFinding, counted, fewOf, fewQuoted, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";
import type { RouteInPolicy } from "./route-map.ts";

/**
 * Voice routes that no number takes, or none takes first, decided on automata over all dialable numbers
 * (documented: Microsoft, direct-routing-voice-routing: the first usage of a policy with a route that
 * matches takes the call, later usages are not looked at; inside a usage the lowest Priority is first).
 *
 * Policies that somebody has decide; unassigned ones only for routes that stand in no other. A route that
 * matches the very same numbers as the one before it is a backup on purpose and is not told.
 *
 * @problem ROUTE_SHADOWED, ROUTE_SHADOWED_IN_POLICY, ROUTE_NEVER_FIRST, CHECK_NOT_DECIDED
 */
export function shadowFindings(ground: CheckGround): readonly CheckFinding[] {
  const byRoute = new Map<number, RouteInPolicy[]>();
  for (const standing of ground.routes().standings) {
    const standings = byRoute.get(standing.route);
    if (standings === undefined) byRoute.set(standing.route, [standing]);
    else standings.push(standing);
  }
  const emergencyUsages = usagesOfEmergency(ground);
  return ground.tenant.onlineVoiceRoutes.flatMap((route, index) => {
    const standings = byRoute.get(index) ?? [];
    const inEffect = standings.filter(({ policy }) => policy.isAssigned);
    const deciding = inEffect.length > 0 ? inEffect : standings;
    // WHY: an emergency policy reaches its usage's routes by itself, whatever stands before them elsewhere.
    const isEmergency = route.onlinePstnUsages.some((usage) => emergencyUsages.has(nameKey(usage)));
    if (deciding.length === 0 || isEmergency || !ground.routes().matchesAny(index)) return [];
    return judgeRoute(ground, route, index, deciding);
  });
}

function usagesOfEmergency({ tenant }: CheckGround): ReadonlySet<string> {
  return new Set(
    tenant.teamsEmergencyCallRoutingPolicies.flatMap(({ emergencyNumbers }) =>
      emergencyNumbers.map(({ onlinePstnUsage }) => nameKey(onlinePstnUsage ?? "")),
    ),
  );
}

function judgeRoute(
  ground: CheckGround,
  route: VoiceRoute,
  index: number,
  standings: readonly RouteInPolicy[],
): readonly CheckFinding[] {
  const shadowed = standings.filter(({ standing }) => standing === "shadowed");
  const [first] = shadowed;
  if (first !== undefined && shadowed.length === standings.length) {
    return [shadowedEverywhere(ground, route, index, first, standings)];
  }
  if (first !== undefined) return [shadowedSomewhere(ground, route, index, shadowed)];
  if (standings.some(({ standing }) => standing === "not-decided")) {
    return [notDecided(route, index)];
  }
  const [backup] = standings;
  const isNeverFirst = standings.every(({ standing }) => standing === "backup");
  if (backup === undefined || !isNeverFirst) return [];
  const { matchSame } = ground.routes();
  const isOnPurpose = backup.coveredBy().some((entry) => matchSame(entry.route, index));
  return isOnPurpose ? [] : [neverFirst(ground, route, index, backup)];
}

function shadowedEverywhere(
  ground: CheckGround,
  route: VoiceRoute,
  index: number,
  example: RouteInPolicy,
  standings: readonly RouteInPolicy[],
): CheckFinding {
  const others = standings.length - 1;
  const elsewhere =
    others === 0
      ? ""
      : `, and likewise in ${counted(others, "other policy")}`.replace("policys", "policies");
  const takers = `${coveringRoutes(ground, example.coveredBy())} in policy "${example.policy.policy.identity}"${elsewhere}`;
  const unassigned = example.policy.isAssigned ? "" : ", which nobody has";
  if (ground.tenant.options.crossUsageFailover) {
    return finding(
      "ROUTE_NEVER_FIRST",
      `Voice route "${route.identity}" is never first, still backup: every number it matches is taken by earlier usages, by ${takers}${unassigned}`,
      HINT_SHADOWED,
      ["onlineVoiceRoutes", index],
    );
  }
  return finding(
    "ROUTE_SHADOWED",
    `Voice route "${route.identity}" is never used: every number it matches is taken by earlier usages, by ${takers}${unassigned}`,
    HINT_SHADOWED,
    ["onlineVoiceRoutes", index],
  );
}

const HINT_SHADOWED =
  "move its usage before theirs in the policy, or remove the route if the others are meant to carry these calls";

function shadowedSomewhere(
  ground: CheckGround,
  route: VoiceRoute,
  index: number,
  shadowed: readonly RouteInPolicy[],
): CheckFinding {
  const names = fewQuoted(shadowed.map(({ policy }) => policy.policy.identity));
  const takers = coveringRoutes(ground, shadowed[0]?.coveredBy() ?? []);
  return finding(
    "ROUTE_SHADOWED_IN_POLICY",
    `Voice route "${route.identity}" is never used in policy ${names}: every number it matches is taken there by earlier usages, by ${takers}; in other policies it is used`,
    "nothing, if that is meant; else reorder the usages of the policy",
    ["onlineVoiceRoutes", index],
  );
}

function neverFirst(
  ground: CheckGround,
  route: VoiceRoute,
  index: number,
  { coveredBy, policy }: RouteInPolicy,
): CheckFinding {
  const takers = coveringRoutes(ground, coveredBy());
  return finding(
    "ROUTE_NEVER_FIRST",
    `Voice route "${route.identity}" (Priority ${route.priority}) is never first: every number it matches is taken first by ${takers} in policy "${policy.policy.identity}"; it is still backup of that`,
    "give the narrower route the lower Priority, if it is meant to be tried first",
    ["onlineVoiceRoutes", index, "priority"],
  );
}

function notDecided(route: VoiceRoute, index: number): CheckFinding {
  return finding(
    "CHECK_NOT_DECIDED",
    `Whether other routes leave any number to voice route "${route.identity}" is not decided: the automata of the patterns pass their budget`,
    "anchor the patterns with ^, so that they need not look for digits at the end of a number",
    ["onlineVoiceRoutes", index],
  );
}

/** `voice route "A" (usage "U")`: the covering routes, few by name. */
function coveringRoutes({ tenant }: CheckGround, entries: readonly PolicyEntry[]): string {
  const names = entries.map(
    ({ route, usage }) => `"${tenant.onlineVoiceRoutes[route]?.identity}" (usage "${usage}")`,
  );
  return `voice route${names.length === 1 ? "" : "s"} ${fewOf(names, 6)}`;
}
