/**
 * What is read of users, resource accounts, numbers, the conferencing bridge and the tenant itself
 * (Microsoft: Get-CsOnlineUser, Get-CsOnlineApplicationInstance, Get-CsPhoneNumberAssignment,
 * Get-CsOnlineDialInConferencingBridge, Get-CsOnlineDialInConferencingServiceNumber,
 * Get-CsOnlineDialInConferencingUser, Get-CsTenant).
 *
 * @module
 */
import * as read from "./convert-values.ts";
import { isRecord } from "./export-document.ts";
import { assignedPlans, featureTypes } from "./licenses.ts";
import { type FieldTable, field, objects } from "./map-records.ts";

const MODES = [
  "TeamsOnly",
  "Islands",
  "SfBOnly",
  "SfBWithTeamsCollab",
  "SfBWithTeamsCollabAndMeetings",
];

const POLICIES = [
  field("onlineVoiceRoutingPolicy", read.policy, "OnlineVoiceRoutingPolicy"),
  field(
    "onlineAudioConferencingRoutingPolicy",
    read.policy,
    "OnlineAudioConferencingRoutingPolicy",
  ),
  field("tenantDialPlan", read.policy, "TenantDialPlan"),
  field("onlineDialOutPolicy", read.policy, "OnlineDialOutPolicy"),
  field("callingLineIdentity", read.policy, "CallingLineIdentity"),
  field("teamsEmergencyCallRoutingPolicy", read.policy, "TeamsEmergencyCallRoutingPolicy"),
  field("teamsSharedCallingRoutingPolicy", read.policy, "TeamsSharedCallingRoutingPolicy"),
];

/** Microsoft Graph nests the assignment, older modules do not. */
const assignments: read.Reading = (raw, known) => {
  const flat = (Array.isArray(raw) ? raw : [raw]).map((entry: unknown) => {
    const nested = isRecord(entry) ? read.ownValue(entry, ["policyassignment"]) : null;
    return isRecord(entry) && isRecord(nested) ? { ...nested, ...entry } : entry;
  });
  const found = ASSIGNMENTS(flat, known);
  // WHY: it decides nothing, so an assignment that does not say by whom is left out.
  if (!Array.isArray(found)) return found;
  const whole = found as readonly Readonly<Record<string, unknown>>[];
  return whole.filter((one) =>
    ["policyType", "policyName", "assignmentType"].every((key) => one[key] !== undefined),
  );
};

const ASSIGNMENTS = objects([
  field("policyType", read.text, "PolicyType"),
  field("policyName", read.identity, "PolicyName", "DisplayName"),
  field("assignmentType", read.oneOf({ Direct: "Direct", Group: "Group" }), "AssignmentType"),
  field("groupId", read.id, "GroupId", "Reference"),
]);

export const USER_FIELDS: FieldTable = {
  fields: [
    field("userPrincipalName", read.text, "UserPrincipalName"),
    field("objectId", read.text, "ObjectId", "Identity", "Guid"),
    field("displayName", read.label, "DisplayName"),
    field("usageLocation", read.country, "UsageLocation"),
    field("featureTypes", featureTypes, "FeatureTypes"),
    field("assignedPlans", assignedPlans, "AssignedPlan", "AssignedPlans", "ServicePlans"),
    field(
      "teamsUpgradeEffectiveMode",
      read.oneOf(Object.fromEntries(MODES.map((mode) => [mode, mode]))),
      "TeamsUpgradeEffectiveMode",
    ),
    field("enterpriseVoiceEnabled", read.flag, "EnterpriseVoiceEnabled"),
    field("lineUri", read.lineUri, "LineUri"),
    field("onPremLineUri", read.lineUri, "OnPremLineURI"),
    field("onPremLineUriManuallySet", read.flag, "OnPremLineURIManuallySet"),
    field("accountType", read.text, "AccountType", "InterpretedUserType"),
    field("effectivePolicyAssignments", assignments, "EffectivePolicyAssignments"),
    ...POLICIES,
  ],
  unread: [],
};

/** Application ids of Microsoft's two voice applications (documented: New-CsOnlineApplicationInstance). */
const application = read.oneOf({
  "ce933385-9390-45d1-9512-c8d228074e07": "AutoAttendant",
  "11cd3e2e-fccb-42ad-ad00-878b93575e07": "CallQueue",
});

export const APPLICATION_INSTANCE_FIELDS: FieldTable = {
  fields: [
    field("userPrincipalName", read.text, "UserPrincipalName"),
    field("objectId", read.text, "ObjectId"),
    field("displayName", read.label, "DisplayName"),
    field("application", application, "ApplicationId"),
    field("lineUri", read.lineUri, "PhoneNumber", "LineUri"),
  ],
  unread: ["TenantId", "AcsResourceId"],
};

const STATUSES = [
  "Unassigned",
  "UserAssigned",
  "ConferenceAssigned",
  "VoiceApplicationAssigned",
  "ThirdPartyAppAssigned",
  "PolicyAssigned",
];

const CAPABILITIES = [
  "UserAssignment",
  "VoiceApplicationAssignment",
  "ConferenceAssignment",
  "FirstPartyAppAssignment",
  "ThirdPartyAppAssignment",
  "InboundCalling",
  "OutboundCalling",
  "Mobile",
  "TollFree",
  "Office365",
];
const CAPABILITY_BY_KEY = new Map(CAPABILITIES.map((word) => [word.toLowerCase(), word]));

/** Capabilities that are known; those of other services (Geographic, Azure …) count for nothing. */
const capabilities: read.Reading = (raw, known) => {
  const listed = read.names(null)(raw, known);
  if (!Array.isArray(listed)) return listed;
  return listed.flatMap((word: string) => CAPABILITY_BY_KEY.get(word.toLowerCase()) ?? []);
};

export const PHONE_NUMBER_FIELDS: FieldTable = {
  fields: [
    field("telephoneNumber", read.telephoneNumber, "TelephoneNumber", "Id"),
    field(
      "numberType",
      read.oneOf({
        CallingPlan: "CallingPlan",
        OperatorConnect: "OperatorConnect",
        DirectRouting: "DirectRouting",
        TeamsPhoneMobile: "TeamsPhoneMobile",
        OCMobile: "TeamsPhoneMobile",
        OperatorConnectMobile: "TeamsPhoneMobile",
      }),
      "NumberType",
      "PhoneNumberType",
    ),
    field("capability", capabilities, "Capability"),
    field("isoCountryCode", read.country, "IsoCountryCode"),
    field(
      "pstnAssignmentStatus",
      read.oneOf(Object.fromEntries(STATUSES.map((status) => [status, status]))),
      "PstnAssignmentStatus",
    ),
    field("assignedPstnTargetId", read.id, "AssignedPstnTargetId"),
    field("locationId", read.id, "LocationId"),
    field("locationUpdateSupported", read.flag, "LocationUpdateSupported"),
    field("partnerName", read.text, "PstnPartnerName"),
  ],
  unread: [
    "ActivationState",
    "AssignmentBlockedState",
    "AssignmentBlockedUntil",
    "AssignmentCategory",
    "City",
    "CivicAddressId",
    "IsoSubdivision",
    "IsManagedByServiceDesk",
    "NetworkSiteId",
    "NumberSource",
    "OperatorId",
    "PortInOrderStatus",
    "PstnPartnerId",
    "ReverseNumberLookup",
    "SmsActivationState",
    "SupportedCustomerActions",
    "Tag",
    "TeamsPhoneNumberTags",
  ],
};

export const BRIDGE_FIELDS: FieldTable = {
  fields: [
    field("name", read.label, "Name"),
    field("identity", read.text, "Identity"),
    field("isDefault", read.flag, "IsDefault"),
    field("defaultServiceNumber", read.telephoneNumber, "DefaultServiceNumber"),
    field("serviceNumbers", serviceNumbers, "ServiceNumbers"),
  ],
  unread: ["Region", "IsShared", "TenantId"],
};

/** Objects with Number, or what they were flattened into: every number that a text holds. */
function serviceNumbers(raw: unknown, known: read.KnownNames): unknown {
  const listed: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const found = listed.flatMap((entry) =>
    typeof entry === "string" ? (entry.match(/\+?[1-9]\d{6,14}/g) ?? []) : [entry],
  );
  const numbers = found.map((entry) => read.telephoneNumber(entry, known));
  return numbers.includes(read.NOT_UNDERSTOOD) ? read.NOT_UNDERSTOOD : numbers;
}

export const SERVICE_NUMBER_FIELDS: FieldTable = {
  fields: [
    field("number", read.telephoneNumber, "Number"),
    field("bridgeId", read.id, "BridgeId"),
    field("type", read.text, "Type"),
  ],
  unread: ["City", "Country", "IsShared", "PrimaryLanguage", "SecondaryLanguages", "TenantId"],
};

export const CONFERENCING_USER_FIELDS: FieldTable = {
  fields: [
    field("userPrincipalName", read.text, "UserPrincipalName", "SipAddress"),
    field("objectId", read.text, "Identity", "ObjectId"),
    field("serviceNumber", read.telephoneNumber, "ServiceNumber"),
    field("tollFreeServiceNumber", read.telephoneNumber, "TollFreeServiceNumber"),
  ],
  unread: [],
};

/** Characters of a domain's name that are looked at (RFC 1035: 255). */
const MAX_DOMAIN = 255;

/** Names of domains, also inside objects and texts. */
const domains: read.Reading = (raw, known) => {
  const listed = Array.isArray(raw)
    ? raw.map((domain: unknown) =>
        typeof domain === "string" ? domain : read.identity(domain, known),
      )
    : read.names(null)(raw, known);
  if (!Array.isArray(listed)) return listed;
  return listed.flatMap((domain: unknown) => {
    const found = /[\w-]+(?:\.[\w-]+)+/.exec(String(domain).slice(0, MAX_DOMAIN))?.[0];
    return found === undefined ? [] : [found.toLowerCase()];
  });
};

export const TENANT_FIELDS: FieldTable = {
  fields: [
    field("id", read.id, "TenantId", "Identity", "ObjectId"),
    field("name", read.label, "DisplayName", "Name"),
    field("country", read.country, "CountryAbbreviation", "CountryLetterCode", "CountryOrRegion"),
    field("domains", domains, "VerifiedDomains", "Domains", "SipDomain"),
    field(
      "coexistenceMode",
      read.oneOf(Object.fromEntries(MODES.map((mode) => [mode, mode]))),
      "TeamsUpgradeEffectiveMode",
    ),
  ],
  unread: [],
};
