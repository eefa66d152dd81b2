import { nameKey } from "../../model/name-key.ts";
import type { DraftEntry } from "./draft-tenant.ts";
import {
  type ExportedFiles,
  entriesOf,
  listOf,
  textOf,
  type Values,
  valuesOf,
} from "./exported-files.ts";
import { mergedLicenses } from "./licenses.ts";

/** Users and resource accounts. */
export interface AccountEntries {
  readonly users: readonly DraftEntry[];
  readonly resourceAccounts: readonly DraftEntry[];
  /** UPNs by object id, in lower case. */
  readonly byObjectId: ReadonlyMap<string, string>;
}

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** Keys that a user's values carry for putting files together only. */
const JOINED = [
  "objectId",
  "featureTypes",
  "assignedPlans",
  "onPremLineUriManuallySet",
  "accountType",
];

/** Policies and other keys that a resource account has of a user's. */
const OF_RESOURCE_ACCOUNTS = [
  "displayName",
  "usageLocation",
  "lineUri",
  "onlineVoiceRoutingPolicy",
  "tenantDialPlan",
  "onlineDialOutPolicy",
  "teamsEmergencyCallRoutingPolicy",
];

/** What is said of accounts elsewhere, by their names in lower case. */
interface Joins {
  readonly numberTypes: ReadonlyMap<string, unknown>;
  readonly groups: ReadonlyMap<string, ReadonlySet<string>>;
  readonly conferencing: ReadonlyMap<string, Values>;
}

/**
 * Users and resource accounts. Get-CsOnlineUser also lists resource accounts: an account that
 * Get-CsOnlineApplicationInstance names, or that says so itself, is no user.
 */
export function accountEntries(files: ExportedFiles): AccountEntries {
  const instances = entriesOf(files, "Get-CsOnlineApplicationInstance");
  const listed = entriesOf(files, "Get-CsOnlineUser");
  const byObjectId = new Map<string, string>();
  for (const { value } of [...listed, ...instances]) {
    const upn = textOf(value as Values, "userPrincipalName");
    const id = objectIdOf(value as Values);
    if (upn !== "" && id !== "") byObjectId.set(id, upn);
  }
  const joins = joinsOf(files, byObjectId);
  const accounts = new Map(instances.map((entry) => [upnKey(entry), entry]));
  const asUsers = new Map<string, Values>();
  const users: DraftEntry[] = [];
  for (const entry of listed) {
    const value = entry.value as Values;
    const key = upnKey(entry);
    const isAccount = accounts.has(key) || /resourceaccount/i.test(textOf(value, "accountType"));
    if (isAccount) asUsers.set(key, value);
    else users.push({ ...entry, value: userOf(value, joins) });
  }
  const resourceAccounts = instances.map((entry) => ({
    ...entry,
    value: resourceAccountOf(entry.value as Values, asUsers.get(upnKey(entry)), joins),
  }));
  return { users, resourceAccounts, byObjectId };
}

function upnKey({ value }: DraftEntry): string {
  return nameKey(textOf(value as Values, "userPrincipalName"));
}

/** The GUID; older modules have it inside a distinguished name. */
function objectIdOf(value: Values): string {
  const written = textOf(value, "objectId");
  return (GUID.exec(written)?.[0] ?? written).toLowerCase();
}

function userOf(value: Values, joins: Joins): Values {
  const key = nameKey(textOf(value, "userPrincipalName"));
  const user: Record<string, unknown> = { ...value };
  for (const joined of JOINED) delete user[joined];
  user["licenses"] = mergedLicenses(value["featureTypes"], value["assignedPlans"]);
  // WHY: OnPremLineURI also shows numbers that were assigned online, and then says so.
  if (value["onPremLineUriManuallySet"] !== false) delete user["onPremLineUri"];
  const groups = [...(joins.groups.get(key) ?? []), ...groupsOf(value)];
  if (groups.length > 0) user["groups"] = [...new Set(groups)];
  const numberType = joins.numberTypes.get(numberKey(value));
  if (numberType !== undefined) user["numberType"] = numberType;
  const conferencing = joins.conferencing.get(key) ?? joins.conferencing.get(objectIdOf(value));
  if (conferencing !== undefined) user["audioConferencing"] = conferencing;
  return user;
}

function resourceAccountOf(value: Values, asUser: Values | undefined, joins: Joins): Values {
  const account: Record<string, unknown> = {};
  for (const source of [asUser ?? {}, value]) {
    for (const key of OF_RESOURCE_ACCOUNTS) {
      if (source[key] !== undefined) account[key] = source[key];
    }
  }
  account["userPrincipalName"] = value["userPrincipalName"];
  // WHY: accounts of other applications have numbers too, and those are what counts for routing.
  account["application"] = value["application"] ?? "AutoAttendant";
  account["licenses"] = mergedLicenses(asUser?.["featureTypes"], asUser?.["assignedPlans"]);
  const numberType = joins.numberTypes.get(numberKey(account));
  if (numberType !== undefined) account["numberType"] = numberType;
  return account;
}

/** A line URI as the number that Get-CsPhoneNumberAssignment lists. */
function numberKey(value: Values): string {
  return textOf(value, "lineUri").replace(/^tel:/, "").replace(/;.*$/, "");
}

/** Groups by which policies count for the user: the only membership that Teams itself exports. */
function groupsOf(value: Values): readonly string[] {
  return (listOf(value, "effectivePolicyAssignments") as readonly Values[]).flatMap(
    (assignment) => {
      const groupId = textOf(assignment, "groupId");
      return assignment["assignmentType"] === "Group" && groupId !== "" ? [groupId] : [];
    },
  );
}

function joinsOf(files: ExportedFiles, byObjectId: ReadonlyMap<string, string>): Joins {
  const numberTypes = new Map<string, unknown>();
  for (const number of valuesOf(files, "Get-CsPhoneNumberAssignment")) {
    const listed = textOf(number, "telephoneNumber").replace(/;.*$/, "");
    if (number["numberType"] !== undefined) numberTypes.set(listed, number["numberType"]);
  }
  const groups = new Map<string, Set<string>>();
  for (const row of valuesOf(files, "Get-MgGroupMember")) {
    const member = nameKey(textOf(row, "member"));
    const group = textOf(row, "groupId");
    if (group === "" || member === "") continue;
    groups.set(member, (groups.get(member) ?? new Set()).add(group));
  }
  const conferencing = new Map<string, Values>();
  for (const row of valuesOf(files, "Get-CsOnlineDialInConferencingUser")) {
    const { serviceNumber = null, tollFreeServiceNumber = null } = row;
    const sip = nameKey(textOf(row, "userPrincipalName")).replace(/^sips?:/, "");
    const id = objectIdOf(row);
    const numbers = { serviceNumber, tollFreeServiceNumber };
    for (const key of [sip, id, nameKey(byObjectId.get(id) ?? "")]) {
      if (key !== "") conferencing.set(key, numbers);
    }
  }
  return { numberTypes, groups, conferencing };
}
