import { nameKey } from "../model/name-key.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { changeNames, usageVocabulary } from "./change-names.ts";
import { type Cmdlet, changed, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult } from "./cmdlet-invocation.ts";
import { fitsWildcard, missingParameter } from "./find-named.ts";

/** How many users of a usage a refusal lists by name. */
const LISTED_HOLDERS = 5;

function onlyGlobal(args: CmdletArguments): Problem | null {
  const identity = args.text("Identity") ?? "Global";
  if (nameKey(identity) === "global") return null;
  return problem(
    "CMDLET_INVALID_VALUE",
    `There is no list of PSTN usages "${identity}"; the only one is Global`,
    "write -Identity Global",
    args.at,
  );
}

/** Everything that names the usage, in words. */
function holdersOf(tenant: Tenant, usage: string): string[] {
  const key = nameKey(usage);
  const names = (list: readonly string[]): boolean => list.some((name) => nameKey(name) === key);
  const inWords = (kind: string, objects: readonly UsageNaming[]): string[] =>
    objects.filter((o) => names(o.onlinePstnUsages)).map((o) => `${kind} "${o.identity}"`);
  return [
    ...inWords("voice route", tenant.onlineVoiceRoutes),
    ...inWords("voice routing policy", tenant.onlineVoiceRoutingPolicies),
    ...inWords("audio conferencing routing policy", tenant.onlineAudioConferencingRoutingPolicies),
    ...tenant.teamsEmergencyCallRoutingPolicies
      .filter((policy) => names(policy.emergencyNumbers.flatMap((n) => n.onlinePstnUsage ?? [])))
      .map((policy) => `emergency call routing policy "${policy.identity}"`),
  ];
}

interface UsageNaming {
  readonly identity: string;
  readonly onlinePstnUsages: readonly string[];
}

function usagesInUse(
  tenant: Tenant,
  removed: readonly string[],
  at: SourcePlace | null,
): readonly Problem[] {
  return removed.flatMap((usage) => {
    const holders = holdersOf(tenant, usage);
    if (holders.length === 0) return [];
    const rest = holders.length - LISTED_HOLDERS;
    const listed = holders.slice(0, LISTED_HOLDERS).join(", ");
    return problem(
      "USAGE_IN_USE",
      `PSTN usage "${usage}" is used by ${listed}${rest > 0 ? ` and ${rest} more` : ""}`,
      "take it out of them first, or add -Force to take it out of all of them",
      at,
    );
  });
}

/** The tenant without any mention of the usages, so that nothing dangles. */
function withoutUsages(tenant: Tenant, removed: readonly string[]): Tenant {
  const gone = new Set(removed.map(nameKey));
  const strip = <T extends UsageNaming>(objects: readonly T[]): readonly T[] =>
    objects.map((object) =>
      object.onlinePstnUsages.some((usage) => gone.has(nameKey(usage)))
        ? {
            ...object,
            onlinePstnUsages: object.onlinePstnUsages.filter((u) => !gone.has(nameKey(u))),
          }
        : object,
    );
  return {
    ...tenant,
    onlineVoiceRoutes: strip(tenant.onlineVoiceRoutes),
    onlineVoiceRoutingPolicies: strip(tenant.onlineVoiceRoutingPolicies),
    onlineAudioConferencingRoutingPolicies: strip(tenant.onlineAudioConferencingRoutingPolicies),
    teamsEmergencyCallRoutingPolicies: tenant.teamsEmergencyCallRoutingPolicies.map((policy) => ({
      ...policy,
      emergencyNumbers: policy.emergencyNumbers.map((number) =>
        number.onlinePstnUsage !== null && gone.has(nameKey(number.onlinePstnUsage))
          ? { ...number, onlinePstnUsage: null }
          : number,
      ),
    })),
  };
}

/**
 * `Set-CsOnlinePstnUsage` (Microsoft: Set-CsOnlinePstnUsage). Refusing to remove a usage that is in
 * use is assumed; with -Force it is taken out of everything that names it.
 *
 * @problem USAGE_IN_USE, USAGE_DUPLICATE, USAGE_NOT_PRESENT, CMDLET_INVALID_VALUE
 */
function setPstnUsage(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const notGlobal = onlyGlobal(args);
  if (notGlobal !== null) return refused(tenant, [notGlobal]);
  const change = args.list("Usage");
  if (change === undefined)
    return refused(tenant, [missingParameter("Usage", "Set-CsOnlinePstnUsage", args.at)]);
  const wanted = [...tenant.onlinePstnUsages, ...(change.replace ?? []), ...change.add];
  const list = changeNames(
    tenant.onlinePstnUsages,
    change,
    usageVocabulary(firstSpellings(wanted), "ROUTE_UNKNOWN_USAGE"),
    { words: "The tenant's list of PSTN usages", at: args.at },
  );
  const kept = new Set(list.names.map(nameKey));
  const removed = tenant.onlinePstnUsages.filter((usage) => !kept.has(nameKey(usage)));
  const inUse = args.flag("Force") === true ? [] : usagesInUse(tenant, removed, args.at);
  if (inUse.length > 0) return refused(tenant, inUse);
  const stripped = removed.length === 0 ? tenant : withoutUsages(tenant, removed);
  return changed({ ...stripped, onlinePstnUsages: list.names }, list.problems);
}

/** Each name once, as it is first spelled: a usage keeps its spelling when it is written again. */
function firstSpellings(names: readonly string[]): readonly string[] {
  const spelling = new Map<string, string>();
  for (const name of names)
    if (!spelling.has(nameKey(name))) spelling.set(nameKey(name), name.trim());
  return [...spelling.values()];
}

/** `Get-CsOnlinePstnUsage`: one object that holds the whole list. */
function getPstnUsage(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const notGlobal = onlyGlobal(args);
  if (notGlobal !== null) return refused(tenant, [notGlobal]);
  if (!fitsWildcard("Global", args.text("Filter") ?? "*")) return printed(tenant, []);
  return printed(tenant, [outputObject({ Identity: "Global", Usage: tenant.onlinePstnUsages })]);
}

/** The cmdlets of the tenant's list of PSTN usages. There is no New- and no Remove-: the list is one. */
export const PSTN_USAGE_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Set-CsOnlinePstnUsage",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("Usage", "list"),
        parameter("Force", "switch"),
      ],
    },
    notKept: [],
    run: setPstnUsage,
  },
  {
    signature: {
      name: "Get-CsOnlinePstnUsage",
      parameters: [parameter("Identity", "string", 0), parameter("Filter", "string")],
    },
    notKept: [],
    run: getPstnUsage,
  },
];
