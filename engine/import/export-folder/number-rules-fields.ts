/**
 * What is read of dial plans, translation rules, calling line identities, shared calling, emergency
 * policies, sites and addresses (Microsoft: Get-CsTenantDialPlan, Get-CsEffectiveTenantDialPlan,
 * Get-CsTeamsTranslationRule, Get-CsCallingLineIdentity, Get-CsTeamsSharedCallingRoutingPolicy,
 * Get-CsTeamsEmergencyCallRoutingPolicy, Get-CsTenantNetworkSite, Get-CsOnlineLisCivicAddress,
 * Get-CsOnlineLisLocation).
 *
 * @module
 */
import * as read from "./convert-values.ts";
import { type FieldTable, field, objects } from "./map-records.ts";

/** The name behind the last slash: old exports name a rule `Tag:Plan/Rule`. */
const ruleName: read.Reading = (raw, known) => {
  const found = read.identity(raw, known);
  return typeof found === "string" ? found.slice(found.lastIndexOf("/") + 1) : found;
};

const NORMALIZATION_RULES = objects([
  field("name", ruleName, "Name", "Identity"),
  field("pattern", read.text, "Pattern"),
  field("translation", read.text, "Translation"),
  field("description", read.text, "Description"),
  field("isInternalExtension", read.flag, "IsInternalExtension"),
  field("priority", read.wholeNumber, "Priority"),
]);

export const DIAL_PLAN_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity"),
    field("simpleName", read.text, "SimpleName"),
    field("description", read.text, "Description"),
    field("externalAccessPrefix", read.text, "ExternalAccessPrefix"),
    field("optimizeDeviceDialing", read.flag, "OptimizeDeviceDialing"),
    field("normalizationRules", NORMALIZATION_RULES, "NormalizationRules"),
  ],
  unread: ["State", "Name"],
};

export const EFFECTIVE_DIAL_PLAN_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity"),
    field("country", read.country, "UsageLocation", "Country"),
    field("tenantDialPlan", read.policy, "TenantDialPlan"),
    field("normalizationRules", NORMALIZATION_RULES, "NormalizationRules"),
  ],
  unread: [
    "Description",
    "SimpleName",
    "ExternalAccessPrefix",
    "OptimizeDeviceDialing",
    "EffectiveTenantDialPlanName",
    "UserPrincipalName",
  ],
};

export const TRANSLATION_RULE_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity", "Name"),
    field("pattern", read.text, "Pattern"),
    field("translation", read.text, "Translation"),
    field("description", read.text, "Description"),
  ],
  unread: [],
};

export const CALLING_LINE_IDENTITY_FIELDS: FieldTable = {
  fields: [
    field("identity", read.identity, "Identity"),
    field(
      "callingIdSubstitute",
      read.oneOf({ LineUri: "LineUri", Anonymous: "Anonymous", Resource: "Resource" }),
      "CallingIDSubstitute",
    ),
    field("resourceAccount", read.id, "ResourceAccount"),
    field("enableUserOverride", read.flag, "EnableUserOverride"),
    field("companyName", read.text, "CompanyName"),
    field("description", read.text, "Description"),
  ],
  unread: ["BlockIncomingPstnCallerID", "ServiceNumber"],
};

export const SHARED_CALLING_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity"),
    field("resourceAccount", read.id, "ResourceAccount"),
    field("emergencyNumbers", telephoneNumbers, "EmergencyNumbers"),
    field("description", read.text, "Description"),
  ],
  unread: [],
};

function telephoneNumbers(raw: unknown, known: read.KnownNames): unknown {
  const listed = read.names(null)(raw, known);
  if (!Array.isArray(listed)) return read.NOT_UNDERSTOOD;
  const numbers = listed.map((number: unknown) => read.telephoneNumber(number, known));
  return numbers.includes(read.NOT_UNDERSTOOD) ? read.NOT_UNDERSTOOD : numbers;
}

export const EMERGENCY_POLICY_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity"),
    field("allowEnhancedEmergencyServices", read.flag, "AllowEnhancedEmergencyServices"),
    field(
      "emergencyNumbers",
      objects([
        field("emergencyDialString", read.text, "EmergencyDialString"),
        field("emergencyDialMask", read.text, "EmergencyDialMask"),
        field("onlinePstnUsage", read.identity, "OnlinePSTNUsage"),
      ]),
      "EmergencyNumbers",
    ),
    field("description", read.text, "Description"),
  ],
  unread: [],
};

export const NETWORK_SITE_FIELDS: FieldTable = {
  fields: [
    field("identity", read.identity, "Identity", "NetworkSiteID"),
    field("description", read.text, "Description"),
    field("networkRegionId", read.text, "NetworkRegionID"),
    field("teamsEmergencyCallRoutingPolicy", read.policy, "EmergencyCallRoutingPolicy"),
  ],
  unread: [
    "BWPolicyProfileID",
    "BypassID",
    "EmergencyCallingPolicy",
    "EnableLocationBasedRouting",
    "LocationPolicy",
    "NetworkRoamingPolicy",
    "OnlineVoiceRoutingPolicy",
    "OnlineVoiceRoutingPolicyTagID",
    "EmergencyCallingPolicyTagID",
    "EmergencyCallRoutingPolicyTagID",
    "NetworkRoamingPolicyTagID",
    "SiteAddress",
  ],
};

const ADDRESS_UNREAD = [
  "AdditionalInfo",
  "CityAlias",
  "CompanyTaxId",
  "Confidence",
  "DefaultLocationId",
  "Elin",
  "HouseNumberSuffix",
  "Latitude",
  "Longitude",
  "NumberOfTelephoneNumbers",
  "NumberOfVoiceUsers",
  "PartnerId",
  "PostDirectional",
  "PreDirectional",
  "StreetSuffix",
  "TenantId",
  "ValidationStatus",
  "CountyOrDistrict",
];

export const CIVIC_ADDRESS_FIELDS: FieldTable = {
  fields: [
    field("civicAddressId", read.id, "CivicAddressId"),
    field("companyName", read.text, "CompanyName"),
    field("countryOrRegion", read.country, "CountryOrRegion"),
    field("houseNumber", read.text, "HouseNumber"),
    field("streetName", read.text, "StreetName"),
    field("city", read.text, "City"),
    field("stateOrProvince", read.text, "StateOrProvince"),
    field("postalCode", read.text, "PostalCode"),
    field("description", read.text, "Description"),
  ],
  unread: ADDRESS_UNREAD,
};

export const LOCATION_FIELDS: FieldTable = {
  fields: [
    field("civicAddressId", read.id, "CivicAddressId"),
    field("locationId", read.id, "LocationId"),
    field("location", read.text, "Location"),
  ],
  unread: [
    ...ADDRESS_UNREAD,
    ...CIVIC_ADDRESS_FIELDS.fields
      .flatMap(({ names }) => names)
      .filter((n) => n !== "CivicAddressId"),
  ],
};
