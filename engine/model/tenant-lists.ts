/**
 * The lists of a tenant: what an entry of each is called, and by which of its fields it is known. Names
 * are compared as {@link nameKey} says.
 *
 * @module
 */
import { nameKey } from "./name-key.ts";
import type { Tenant } from "./tenant.ts";

/** A key of a tenant under which a list stands. */
export type TenantListKey = {
  [K in keyof Tenant]: Tenant[K] extends readonly unknown[] ? K : never;
}[keyof Tenant];

/** What an entry of a list is called, and the fields that name it; none = the entry is its own name. */
export interface TenantList {
  readonly kind: string;
  readonly nameFields: readonly string[];
}

function named(kind: string, ...nameFields: readonly string[]): TenantList {
  return { kind, nameFields };
}

export const TENANT_LISTS: Readonly<Record<TenantListKey, TenantList>> = {
  operators: named("operator", "id"),
  operatorDirectory: named("operator on offer", "id"),
  phoneNumbers: named("phone number", "telephoneNumber"),
  users: named("user", "userPrincipalName"),
  resourceAccounts: named("resource account", "userPrincipalName"),
  onlinePstnUsages: named("PSTN usage"),
  onlineVoiceRoutes: named("voice route", "identity"),
  onlineVoiceRoutingPolicies: named("voice routing policy", "identity"),
  onlineAudioConferencingRoutingPolicies: named("Audio Conferencing routing policy", "identity"),
  groupPolicyAssignments: named("group assignment", "policyType", "groupId"),
  onlinePstnGateways: named("PSTN gateway", "identity"),
  tenantDialPlans: named("dial plan", "identity"),
  serviceCountryDialPlans: named("service-country dial plan", "country"),
  teamsTranslationRules: named("translation rule", "identity"),
  callingLineIdentities: named("calling line identity", "identity"),
  teamsEmergencyCallRoutingPolicies: named("emergency call routing policy", "identity"),
  teamsSharedCallingRoutingPolicies: named("shared calling policy", "identity"),
  networkSites: named("network site", "identity"),
  emergencyAddresses: named("emergency address", "civicAddressId"),
};

/** All keys of lists, in the order of the tenant file. */
export const TENANT_LIST_KEYS = Object.keys(TENANT_LISTS) as readonly TenantListKey[];

/** An entry's name, for people. */
export function entryName({ nameFields }: TenantList, entry: unknown): string {
  if (typeof entry === "string") return entry;
  return nameFields.map((field) => String(fieldOf(entry, field))).join(" of ");
}

/** An entry's name in the form in which names are compared; `Tag:` of a policy counts for nothing. */
export function entryKey(list: TenantList, entry: unknown): string {
  return nameKey(entryName(list, entry)).replace(/^(?:tag:\s*)+/, "");
}

function fieldOf(entry: unknown, field: string): unknown {
  if (entry === null || typeof entry !== "object" || !Object.hasOwn(entry, field)) return "";
  return (entry as Readonly<Record<string, unknown>>)[field];
}
