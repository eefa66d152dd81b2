import { hasErrors, type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { VoiceRoute } from "../model/voice-routing.ts";
import { checkBridgeSource, newMixtures } from "./bridge-source-rules.ts";
import {
  type Cmdlet,
  changed,
  created,
  outputObject,
  parameter,
  printed,
  refused,
} from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import {
  alreadyExists,
  findNamed,
  fitsWildcard,
  missingParameter,
  notFound,
} from "./find-named.ts";
import { makeRoomAt, nextPriority } from "./voice-route-priority.ts";
import { emptyLists, fillInRoute } from "./voice-route-values.ts";

/** The pattern of a route for which none was given (Microsoft: New-CsOnlineVoiceRoute). */
const DEFAULT_NUMBER_PATTERN = "[0-9]{10}";
const KIND = "voice route";

function newVoiceRoute(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = identityOrName(args);
  if (typeof identity !== "string") return refused(tenant, [identity]);
  if (findNamed(tenant.onlineVoiceRoutes, identity) !== undefined)
    return refused(tenant, [alreadyExists(KIND, identity, "Set-CsOnlineVoiceRoute", args.at)]);
  const blank: VoiceRoute = {
    identity,
    priority: 0,
    numberPattern: DEFAULT_NUMBER_PATTERN,
    onlinePstnUsages: [],
    onlinePstnGatewayList: [],
    bridgeSourcePhoneNumber: null,
    description: null,
  };
  const wanted = args.integer("Priority") ?? nextPriority(tenant.onlineVoiceRoutes);
  return placeRoute(tenant, blank, tenant.onlineVoiceRoutes, wanted, args);
}

function setVoiceRoute(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = identityOrName(args);
  if (typeof identity !== "string") return refused(tenant, [identity]);
  const old = findNamed(tenant.onlineVoiceRoutes, identity);
  if (old === undefined)
    return refused(tenant, [notFound(KIND, identity, tenant.onlineVoiceRoutes, args.at)]);
  const others = tenant.onlineVoiceRoutes.filter((route) => route !== old);
  const wanted = args.integer("Priority") ?? old.priority;
  return placeRoute(tenant, old, others, wanted, args);
}

/** Fills in what was given, judges the route and puts it where it belongs. */
function placeRoute(
  tenant: Tenant,
  base: VoiceRoute,
  others: readonly VoiceRoute[],
  wanted: number | null,
  args: CmdletArguments,
): CmdletResult {
  const filled = fillInRoute(tenant, base, args);
  const isNew = !tenant.onlineVoiceRoutes.includes(base);
  const moves = wanted !== base.priority || isNew;
  const room = roomFor(others, wanted, moves, args.at);
  const route = { ...filled.value, priority: room.priority };
  const after: Tenant = {
    ...tenant,
    onlineVoiceRoutes: inOldOrder(tenant.onlineVoiceRoutes, room.others, base, route),
  };
  const problems = [
    ...filled.problems,
    ...room.problems,
    ...checkBridgeSource(tenant, route, args.at),
    ...newMixtures(tenant, after, args.at),
  ];
  if (hasErrors(problems)) return refused(tenant, problems);
  const told = [...problems, ...emptyLists(route, args.at)];
  return isNew ? created(after, asOutput(route), told) : changed(after, told);
}

/** A changed route keeps its place in the file; a new one comes last. */
function inOldOrder(
  old: readonly VoiceRoute[],
  others: readonly VoiceRoute[],
  base: VoiceRoute,
  route: VoiceRoute,
): readonly VoiceRoute[] {
  const place = old.indexOf(base);
  return place < 0
    ? [...others, route]
    : [...others.slice(0, place), route, ...others.slice(place)];
}

function roomFor(
  others: readonly VoiceRoute[],
  wanted: number | null,
  moves: boolean,
  at: SourcePlace | null,
): {
  readonly others: readonly VoiceRoute[];
  readonly priority: number;
  readonly problems: readonly Problem[];
} {
  const room = wanted === null || wanted < 0 ? null : moves ? makeRoomAt(others, wanted) : others;
  if (wanted !== null && room !== null) return { others: room, priority: wanted, problems: [] };
  const refusal = problem(
    "CMDLET_INVALID_VALUE",
    `There is no room for a voice route at priority ${wanted ?? "after the last"}`,
    "give -Priority 0 or a small whole number",
    at,
  );
  return { others, priority: 0, problems: [refusal] };
}

/** Identity and Name are one value; New- takes either, not both (Microsoft: New-CsOnlineVoiceRoute). */
function identityOrName(args: CmdletArguments): string | Problem {
  const given = args.text("Identity");
  const name = args.text("Name");
  if (given && name)
    return problem(
      "CMDLET_CONFLICTING_PARAMETERS",
      "-Identity and -Name are the same thing and cannot both be given",
      "leave -Name out",
      args.at,
    );
  const identity = (given || name || "").trim();
  return identity === ""
    ? missingParameter("Identity", "The voice route cmdlet", args.at)
    : identity;
}

/** Policies keep their usages (Microsoft: Remove-CsOnlineVoiceRoute). */
function removeVoiceRoute(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = identityOrName(args);
  if (typeof identity !== "string") return refused(tenant, [identity]);
  const old = findNamed(tenant.onlineVoiceRoutes, identity);
  if (old === undefined)
    return refused(tenant, [notFound(KIND, identity, tenant.onlineVoiceRoutes, args.at)]);
  return changed({
    ...tenant,
    onlineVoiceRoutes: tenant.onlineVoiceRoutes.filter((route) => route !== old),
  });
}

/** Prints routes in the order in which they are tried. */
function getVoiceRoute(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity")?.trim();
  const filter = args.text("Filter") ?? "*";
  const found = identity === undefined ? null : findNamed(tenant.onlineVoiceRoutes, identity);
  if (identity !== undefined && found === undefined)
    return refused(tenant, [notFound(KIND, identity, tenant.onlineVoiceRoutes, args.at)]);
  const routes = found
    ? [found]
    : tenant.onlineVoiceRoutes.toSorted((a, b) => a.priority - b.priority);
  return printed(tenant, routes.filter((r) => fitsWildcard(r.identity, filter)).map(asOutput));
}

function asOutput(route: VoiceRoute): OutputObject {
  return outputObject({
    Identity: route.identity,
    Priority: route.priority,
    Description: route.description,
    NumberPattern: route.numberPattern,
    OnlinePstnUsages: route.onlinePstnUsages,
    OnlinePstnGatewayList: route.onlinePstnGatewayList,
    BridgeSourcePhoneNumber: route.bridgeSourcePhoneNumber,
    Name: route.identity,
  });
}

const NAMES: readonly CmdletParameter[] = [
  parameter("Identity", "string", 0),
  parameter("Name", "string"),
];
const VALUES: readonly CmdletParameter[] = [
  ...NAMES,
  parameter("BridgeSourcePhoneNumber", "string"),
  parameter("Description", "string"),
  parameter("NumberPattern", "string"),
  parameter("OnlinePstnGatewayList", "list"),
  parameter("OnlinePstnUsages", "list"),
  parameter("Priority", "int"),
  parameter("Force", "switch"),
];

/** The cmdlets of voice routes. */
export const VOICE_ROUTE_CMDLETS: readonly Cmdlet[] = [
  {
    signature: { name: "New-CsOnlineVoiceRoute", parameters: VALUES },
    notKept: [],
    run: newVoiceRoute,
  },
  {
    signature: { name: "Set-CsOnlineVoiceRoute", parameters: VALUES },
    notKept: [],
    run: setVoiceRoute,
  },
  {
    signature: {
      name: "Get-CsOnlineVoiceRoute",
      parameters: [parameter("Identity", "string", 0), parameter("Filter", "string")],
    },
    notKept: [],
    run: getVoiceRoute,
  },
  {
    signature: {
      name: "Remove-CsOnlineVoiceRoute",
      parameters: [parameter("Identity", "string", 0), parameter("Force", "switch")],
    },
    notKept: [],
    run: removeVoiceRoute,
  },
];
