/**
 * Puts together what the files of an export say of the same things: users with their conferencing numbers
 * and groups, numbers with those who have them, addresses with their places.
 *
 * @module
 */
import { nameKey } from "../../model/name-key.ts";
import type { TenantListKey } from "../../model/tenant-lists.ts";
import { accountEntries } from "./assemble-accounts.ts";
import { numberEntries } from "./assemble-numbers.ts";
import { type Draft, type DraftEntry, entryOf } from "./draft-tenant.ts";
import {
  type ExportedFiles,
  entriesOf,
  listOf,
  textOf,
  type Values,
  valuesOf,
} from "./exported-files.ts";

/** Lists that are no more than what their cmdlet says. */
const PLAIN_LISTS: readonly (readonly [cmdlet: string, list: TenantListKey])[] = [
  ["Get-CsOnlineVoiceRoute", "onlineVoiceRoutes"],
  ["Get-CsOnlineVoiceRoutingPolicy", "onlineVoiceRoutingPolicies"],
  ["Get-CsOnlineAudioConferencingRoutingPolicy", "onlineAudioConferencingRoutingPolicies"],
  ["Get-CsOnlinePSTNGateway", "onlinePstnGateways"],
  ["Get-CsTeamsTranslationRule", "teamsTranslationRules"],
  ["Get-CsTeamsEmergencyCallRoutingPolicy", "teamsEmergencyCallRoutingPolicies"],
  ["Get-CsTenantNetworkSite", "networkSites"],
  ["Get-CsGroupPolicyAssignment", "groupPolicyAssignments"],
];

/** The draft of the tenant that the files describe. */
export function assembleTenant(files: ExportedFiles): Draft {
  const lists = new Map<TenantListKey, readonly DraftEntry[]>();
  for (const [cmdlet, list] of PLAIN_LISTS) lists.set(list, entriesOf(files, cmdlet));
  lists.set("onlinePstnUsages", usageEntries(files));
  lists.set("tenantDialPlans", dialPlanEntries(files));
  lists.set("serviceCountryDialPlans", serviceCountryEntries(files));
  lists.set("emergencyAddresses", addressEntries(files));
  const accounts = accountEntries(files);
  lists.set("users", accounts.users);
  lists.set("resourceAccounts", accounts.resourceAccounts);
  lists.set("phoneNumbers", numberEntries(files, accounts.byObjectId));
  for (const [cmdlet, list] of [
    ["Get-CsCallingLineIdentity", "callingLineIdentities"],
    ["Get-CsTeamsSharedCallingRoutingPolicy", "teamsSharedCallingRoutingPolicies"],
  ] as const) {
    const named = entriesOf(files, cmdlet, (value) => withAccountName(value, accounts.byObjectId));
    lists.set(list, named);
  }
  const singles = new Map<string, DraftEntry>();
  const tenant = tenantEntry(files, accounts.users);
  if (tenant !== null) singles.set("tenant", tenant);
  const bridge = bridgeEntry(files);
  if (bridge !== null) singles.set("conferencingBridge", bridge);
  return { lists, singles, overlay: null };
}

function usageEntries(files: ExportedFiles): readonly DraftEntry[] {
  const exported = files.get("Get-CsOnlinePstnUsage");
  if (exported === undefined) return [];
  const { file, entries } = exported;
  return entries.flatMap(({ value, record }) =>
    listOf(value, "usages").map((usage) => entryOf(usage, { file, record })),
  );
}

/** Rules in the order of their priorities where an export has them, else as they stand. */
export function orderedRules(value: Values): Values {
  const rules = listOf(value, "normalizationRules") as readonly Values[];
  const sorted = rules.every((rule) => typeof rule["priority"] === "number")
    ? [...rules].sort((a, b) => Number(a["priority"]) - Number(b["priority"]))
    : rules;
  const bare = sorted.map(({ priority: _, ...rule }) => ({ translation: "", ...rule }));
  return { ...value, normalizationRules: bare };
}

function dialPlanEntries(files: ExportedFiles): readonly DraftEntry[] {
  return entriesOf(files, "Get-CsTenantDialPlan", orderedRules);
}

/**
 * An effective dial plan is the tenant's rules and behind them those of the country; what is left without
 * the tenant's is the country's (documented: Microsoft, what-are-dial-plans).
 */
function serviceCountryEntries(files: ExportedFiles): readonly DraftEntry[] {
  const own = new Set(
    valuesOf(files, "Get-CsTenantDialPlan").flatMap((plan) =>
      listOf(plan, "normalizationRules").map((rule) => ruleKey(rule as Values)),
    ),
  );
  const seen = new Set<string>();
  return entriesOf(files, "Get-CsEffectiveTenantDialPlan", orderedRules).flatMap((entry) => {
    const value = entry.value as Values;
    const country = countryOf(value);
    if (country === "" || seen.has(country)) return [];
    seen.add(country);
    const rules = listOf(value, "normalizationRules") as readonly Values[];
    const normalizationRules = rules.filter((rule) => !own.has(ruleKey(rule)));
    return [{ ...entry, value: { country, normalizationRules } }];
  });
}

function ruleKey(rule: Values): string {
  return JSON.stringify([rule["name"], rule["pattern"], rule["translation"] ?? ""]);
}

/** The country that an export names, or that the plan's name holds: `…_GB`. */
function countryOf(value: Values): string {
  const named = textOf(value, "country");
  return named !== ""
    ? named
    : (/(?:^|_)([A-Z]{2})(?:$|_)/.exec(textOf(value, "identity"))?.[1] ?? "");
}

function withAccountName(value: Values, byObjectId: ReadonlyMap<string, string>): Values {
  const account = textOf(value, "resourceAccount");
  const name = byObjectId.get(nameKey(account));
  return name === undefined ? value : { ...value, resourceAccount: name };
}

function addressEntries(files: ExportedFiles): readonly DraftEntry[] {
  const places = new Map<string, Values[]>();
  for (const { civicAddressId, locationId, location } of valuesOf(
    files,
    "Get-CsOnlineLisLocation",
  )) {
    if (typeof civicAddressId !== "string" || typeof locationId !== "string") continue;
    const list = places.get(civicAddressId) ?? [];
    list.push({ locationId, location: location ?? null });
    places.set(civicAddressId, list);
  }
  return entriesOf(files, "Get-CsOnlineLisCivicAddress", (value) => ({
    // WHY: old addresses may lack the name that new ones must have.
    companyName: value["description"] ?? value["civicAddressId"],
    ...value,
    locations: places.get(textOf(value, "civicAddressId")) ?? [],
  }));
}

/** The tenant's coexistence mode: where anyone is not TeamsOnly, each user's own mode counts. */
function tenantEntry(files: ExportedFiles, users: readonly DraftEntry[]): DraftEntry | null {
  const exported = files.get("Get-CsTenant");
  const mapped = exported?.entries[0];
  const modes = [
    mapped?.value["coexistenceMode"],
    ...users.map(({ value }) => (value as Values)["teamsUpgradeEffectiveMode"]),
  ];
  const mixed = modes.some((mode) => mode !== undefined && mode !== "TeamsOnly");
  if (exported === undefined || mapped === undefined) {
    return mixed ? entryOf({ coexistenceMode: "Islands" }, null) : null;
  }
  const coexistenceMode = mixed ? "Islands" : "TeamsOnly";
  const origin = { file: exported.file, record: mapped.record };
  return entryOf({ ...mapped.value, coexistenceMode }, origin);
}

function bridgeEntry(files: ExportedFiles): DraftEntry | null {
  const exported = files.get("Get-CsOnlineDialInConferencingBridge");
  const all = exported?.entries ?? [];
  const bridge = all.find(({ value }) => value["isDefault"] === true) ?? all[0];
  const numbers = valuesOf(files, "Get-CsOnlineDialInConferencingServiceNumber");
  const identity = bridge === undefined ? "" : textOf(bridge.value, "identity");
  const own = numbers.filter((number) => ["", identity].includes(textOf(number, "bridgeId")));
  const first = bridge === undefined ? [] : listOf(bridge.value, "serviceNumbers");
  const serviceNumbers = [...new Set([...first, ...own.map(({ number }) => number)])].filter(
    (number) => number !== undefined,
  );
  if (bridge === undefined)
    return serviceNumbers.length > 0 ? entryOf({ serviceNumbers }, null) : null;
  const { name, defaultServiceNumber } = bridge.value;
  const value = { name, defaultServiceNumber: defaultServiceNumber ?? null, serviceNumbers };
  const file = exported?.file;
  return entryOf(value, file === undefined ? null : { file, record: bridge.record });
}
