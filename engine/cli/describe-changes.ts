/**
 * What differs between two tenants, object by object. Which calls would go another way is another
 * question.
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import { canonicalJson } from "../model/revision.ts";
import type { Tenant } from "../model/tenant.ts";

type ListKey = {
  [K in keyof Tenant]: Tenant[K] extends readonly unknown[] ? K : never;
}[keyof Tenant];

type SingleKey = Exclude<keyof Tenant, ListKey | "outdial">;

/** What an entry of each list is called, and the fields that name it. */
const LISTS: Readonly<Record<ListKey, readonly [kind: string, ...name: string[]]>> = {
  operators: ["operator", "id"],
  operatorDirectory: ["operator on offer", "id"],
  phoneNumbers: ["phone number", "telephoneNumber"],
  users: ["user", "userPrincipalName"],
  resourceAccounts: ["resource account", "userPrincipalName"],
  onlinePstnUsages: ["PSTN usage"],
  onlineVoiceRoutes: ["voice route", "identity"],
  onlineVoiceRoutingPolicies: ["voice routing policy", "identity"],
  onlineAudioConferencingRoutingPolicies: ["Audio Conferencing routing policy", "identity"],
  groupPolicyAssignments: ["group assignment", "policyType", "groupId"],
  onlinePstnGateways: ["PSTN gateway", "identity"],
  tenantDialPlans: ["dial plan", "identity"],
  serviceCountryDialPlans: ["service-country dial plan", "country"],
  teamsTranslationRules: ["translation rule", "identity"],
  callingLineIdentities: ["calling line identity", "identity"],
  teamsEmergencyCallRoutingPolicies: ["emergency call routing policy", "identity"],
  teamsSharedCallingRoutingPolicies: ["shared calling policy", "identity"],
  networkSites: ["network site", "identity"],
  emergencyAddresses: ["emergency address", "civicAddressId"],
};

const SINGLES: Readonly<Record<SingleKey, string>> = {
  tenant: "tenant identity",
  options: "options",
  conferencingBridge: "conferencing bridge",
  globalPolicies: "global policy assignments",
};

/** `+ voice route "International"`, `~ …` for what became different, `- …`; empty = the same tenant. */
export function describeChanges(before: Tenant, after: Tenant): readonly string[] {
  const lines: string[] = [];
  for (const key of Object.keys(SINGLES) as SingleKey[]) {
    const fields = changedFields(before[key], after[key]);
    if (fields !== null) lines.push(`~ ${SINGLES[key]}${fields}`);
  }
  for (const key of Object.keys(LISTS) as ListKey[]) {
    lines.push(...describeList(LISTS[key], before[key], after[key]));
  }
  return lines;
}

function describeList(
  [kind, ...nameFields]: readonly [string, ...string[]],
  before: readonly unknown[],
  after: readonly unknown[],
): readonly string[] {
  if (before === after || canonicalJson(before) === canonicalJson(after)) return [];
  const nameOf = (entry: unknown): string =>
    typeof entry === "string"
      ? entry
      : nameFields.map((field) => String((entry as Record<string, unknown>)[field])).join(" of ");
  const old = new Map(before.map((entry) => [nameKey(nameOf(entry)), entry]));
  const fresh = new Map(after.map((entry) => [nameKey(nameOf(entry)), entry]));
  const shown = (entry: unknown): string => `${kind} ${JSON.stringify(nameOf(entry))}`;
  const lines: string[] = [];
  for (const [name, entry] of old) if (!fresh.has(name)) lines.push(`- ${shown(entry)}`);
  for (const [name, entry] of fresh) {
    const was = old.get(name);
    if (was === undefined) lines.push(`+ ${shown(entry)}`);
    else {
      const fields = changedFields(was, entry);
      if (fields !== null) lines.push(`~ ${shown(entry)}${fields}`);
    }
  }
  return lines.length > 0 ? lines : [`~ order of the ${kind} list`];
}

/** `: priority 3 → 1, description "a" → null`; `null` when nothing differs. */
function changedFields(before: unknown, after: unknown): string | null {
  if (canonicalJson(before) === canonicalJson(after)) return null;
  if (!isRecord(before) || !isRecord(after)) return `: ${short(before)} → ${short(after)}`;
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = keys
    .filter((key) => canonicalJson(before[key]) !== canonicalJson(after[key]))
    .map((key) => `${key} ${short(before[key])} → ${short(after[key])}`);
  return `: ${changes.join(", ")}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

const MAX_SHOWN = 120;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
