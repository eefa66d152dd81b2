import { nameKey } from "../../model/name-key.ts";
import { type Problem, problem } from "../../model/problem.ts";
import { entryKey, TENANT_LISTS, type TenantListKey } from "../../model/tenant-lists.ts";
import { USER_FIELDS } from "../export-folder/account-fields.ts";
import { orderedRules } from "../export-folder/assemble-tenant.ts";
import type { KnownNames } from "../export-folder/convert-values.ts";
import * as read from "../export-folder/convert-values.ts";
import { type Draft, entryOf, type OriginFile } from "../export-folder/draft-tenant.ts";
import type { Values } from "../export-folder/exported-files.ts";
import { type FieldTable, field, mapRecords } from "../export-folder/map-records.ts";
import { mappingProblems } from "../export-folder/mapping-problems.ts";
import * as rules from "../export-folder/number-rules-fields.ts";
import * as routing from "../export-folder/voice-routing-fields.ts";
import type { SourcePlaces } from "../powershell/source-places.ts";
import type { DscResource, UnresolvedValue } from "./scan-resources.ts";

/** What a type of resource block is about. */
interface ResourceType {
  readonly list: TenantListKey;
  readonly table: FieldTable;
  /** Makes the canonical object, where it is not what the properties say. */
  readonly shape?: (value: Values) => unknown;
  /** What takes an absent object's place; default: the object is removed. */
  readonly absent?: (value: Values) => Values;
}

/** How Microsoft365DSC signs in: no part of the tenant. */
const SIGN_IN = [
  "AccessTokens",
  "ApplicationId",
  "ApplicationSecret",
  "CertificatePassword",
  "CertificatePath",
  "CertificateThumbprint",
  "Credential",
  "DependsOn",
  "Ensure",
  "GlobalAdminAccount",
  "IsSingleInstance",
  "ManagedIdentity",
  "PsDscRunAsCredential",
  "TenantId",
];

function dsc(table: FieldTable): FieldTable {
  return { ...table, unread: [...table.unread, ...SIGN_IN] };
}

const USER_POLICIES: FieldTable = {
  fields: [
    field("userPrincipalName", read.text, "User"),
    ...USER_FIELDS.fields.filter(({ to }) => /polic|dialplan|lineidentity/i.test(to)),
  ],
  unread: SIGN_IN,
};

const VOICE_USER: FieldTable = {
  fields: [
    field("userPrincipalName", read.text, "Identity"),
    field("telephoneNumber", read.telephoneNumber, "TelephoneNumber"),
  ],
  unread: [...SIGN_IN, "LocationID"],
};

/** By name in lower case (Microsoft365DSC: resources of Teams). */
const TYPES: ReadonlyMap<string, ResourceType> = new Map<string, ResourceType>([
  [
    "teamspstnusage",
    {
      list: "onlinePstnUsages",
      table: dsc({ strict: true, fields: [field("usage", read.text, "Usage")], unread: [] }),
      shape: (value) => value["usage"],
    },
  ],
  ["teamsvoiceroute", { list: "onlineVoiceRoutes", table: dsc(routing.VOICE_ROUTE_FIELDS) }],
  [
    "teamsvoiceroutingpolicy",
    { list: "onlineVoiceRoutingPolicies", table: dsc(routing.ROUTING_POLICY_FIELDS) },
  ],
  [
    "teamsonlinevoiceroutingpolicy",
    { list: "onlineVoiceRoutingPolicies", table: dsc(routing.ROUTING_POLICY_FIELDS) },
  ],
  [
    "teamstranslationrule",
    { list: "teamsTranslationRules", table: dsc(rules.TRANSLATION_RULE_FIELDS) },
  ],
  [
    "teamstenantdialplan",
    { list: "tenantDialPlans", table: dsc(rules.DIAL_PLAN_FIELDS), shape: orderedRules },
  ],
  [
    "teamsemergencycallroutingpolicy",
    { list: "teamsEmergencyCallRoutingPolicies", table: dsc(rules.EMERGENCY_POLICY_FIELDS) },
  ],
  ["teamstenantnetworksite", { list: "networkSites", table: dsc(rules.NETWORK_SITE_FIELDS) }],
  [
    "teamsgrouppolicyassignment",
    {
      list: "groupPolicyAssignments",
      table: dsc({ ...routing.GROUP_ASSIGNMENT_FIELDS, unread: ["GroupDisplayName"] }),
    },
  ],
  ["teamsuserpolicyassignment", { list: "users", table: USER_POLICIES }],
  [
    "teamsonlinevoiceuser",
    {
      list: "users",
      table: VOICE_USER,
      shape: ({ telephoneNumber, ...user }) =>
        telephoneNumber === undefined
          ? user
          : { ...user, lineUri: `tel:${String(telephoneNumber)}`, enterpriseVoiceEnabled: true },
      absent: (user) => ({ ...user, lineUri: null, enterpriseVoiceEnabled: false }),
    },
  ],
]);

/** The properties that are read of a type of resource block; `null` = it is not read. */
export function resourceTable(type: string): FieldTable | null {
  return TYPES.get(nameKey(type))?.table ?? null;
}

/** Sets or removes the object that one block declares. */
export function applyResource(
  draft: Draft,
  resource: DscResource,
  file: string,
  places: SourcePlaces,
): { readonly draft: Draft; readonly problems: readonly Problem[] } {
  const type = TYPES.get(nameKey(resource.type));
  if (type === undefined) return { draft, problems: [] };
  const unresolved = unresolvedProblems(resource, type.table, places);
  if (unresolved.length > 0) return { draft, problems: unresolved };
  const ensured = ensuredBy(resource, places);
  if (typeof ensured !== "string") return { draft, problems: [ensured] };
  const origin = originOf(resource, type.table, file, places);
  const record = Object.fromEntries(resource.properties.map(({ name, value }) => [name, value]));
  const mapped = mapRecords([record], type.table, knownNames(draft));
  const problems = mappingProblems(file, resource.type, type.table, mapped, origin.locate);
  const values = mapped.entries[0]?.value ?? {};
  const value = type.shape?.(values) ?? values;
  const list = TENANT_LISTS[type.list];
  const key = entryKey(list, value);
  const entries = draft.lists.get(type.list) ?? [];
  const index = entries.findIndex((entry) => entryKey(list, entry.value) === key);
  const before = entries[index]?.value;
  const isAbsent = ensured === "absent";
  const next = isAbsent ? type.absent?.(merged(before, value)) : merged(before, value);
  const lists = new Map(draft.lists);
  const others = entries.filter((_, at) => at !== index);
  const entry = entryOf(next, { file: origin, record: 0 });
  if (isAbsent && (next === undefined || index < 0)) lists.set(type.list, others);
  else if (index < 0) lists.set(type.list, [...entries, entry]);
  else
    lists.set(
      type.list,
      entries.map((old, at) => (at === index ? entry : old)),
    );
  return { draft: { ...draft, lists }, problems };
}

/** Whether the object is to be there; what says neither would set what should be removed. */
function ensuredBy(
  { properties }: DscResource,
  places: SourcePlaces,
): "present" | "absent" | Problem {
  const ensure = properties.find(({ name }) => nameKey(name) === "ensure");
  const value = nameKey(String(ensure?.value ?? "Present"));
  if (value === "present" || value === "absent") return value;
  const what = `Ensure is ${JSON.stringify(ensure?.value).slice(0, 60)}, which is neither`;
  const at = places.at(ensure?.start ?? 0);
  return problem("TENANT_INVALID_VALUE", what, "write Present or Absent", at);
}

/** An object with what the block says over what it was; a name stays what the block writes. */
function merged(before: unknown, value: unknown): Values {
  if (typeof value !== "object" || value === null) return value as Values;
  return { ...(before as Values | undefined), ...value };
}

function unresolvedProblems(
  { properties }: DscResource,
  { unread }: FieldTable,
  places: SourcePlaces,
): readonly Problem[] {
  const passed = new Set(unread.map(nameKey));
  return properties.flatMap(({ name, start, value }) => {
    const isRead = !passed.has(nameKey(name)) || nameKey(name) === "ensure";
    const found = isRead ? unresolvedIn(value) : null;
    if (found === null) return [];
    const what = `${name} is ${found.unresolved.slice(0, 60)}, which needs PowerShell to run`;
    return [
      problem("IMPORT_UNRESOLVED", what, "write the value itself in its place", places.at(start)),
    ];
  });
}

function unresolvedIn(value: unknown): UnresolvedValue | null {
  if (value === null || typeof value !== "object") return null;
  if (Object.hasOwn(value, "unresolved")) return value as UnresolvedValue;
  for (const inner of Object.values(value)) {
    const found = unresolvedIn(inner);
    if (found !== null) return found;
  }
  return null;
}

function originOf(
  resource: DscResource,
  table: FieldTable,
  file: string,
  places: SourcePlaces,
): OriginFile {
  const startOf = (names: readonly string[]): number => {
    const wanted = new Set(names.map(nameKey));
    const found = resource.properties.find(({ name }) => wanted.has(nameKey(name)));
    return found?.start ?? resource.start;
  };
  const locate: OriginFile["locate"] = (references) =>
    references.map(({ names }) => places.at(startOf(names)));
  return { path: file, table, locate };
}

/** Names that exist so far, for lists that were joined with blanks. */
function knownNames({ lists }: Draft): KnownNames {
  const keys = (list: TenantListKey): ReadonlySet<string> =>
    new Set((lists.get(list) ?? []).map(({ value }) => entryKey(TENANT_LISTS[list], value)));
  return {
    usages: keys("onlinePstnUsages"),
    gateways: keys("onlinePstnGateways"),
    translationRules: keys("teamsTranslationRules"),
  };
}
