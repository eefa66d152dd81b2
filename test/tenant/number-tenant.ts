import type { PhoneNumber } from "../../engine/model/phone-number.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { RESOURCE_ACCOUNT_DEFAULTS } from "../../engine/model/user.ts";
import { CONTOSO, person } from "./invoke.ts";

function number(telephoneNumber: string, other: Partial<PhoneNumber>): PhoneNumber {
  return {
    telephoneNumber,
    numberType: "OperatorConnect",
    operator: "pure-ip",
    capability: ["UserAssignment"],
    isoCountryCode: "US",
    tollFree: false,
    pstnAssignmentStatus: "Unassigned",
    assignedPstnTargetId: null,
    locationId: null,
    locationUpdateSupported: true,
    ...other,
  };
}

/** Contoso with numbers of each type and people in each state that stands before an assignment. */
export const TENANT: Tenant = {
  ...CONTOSO,
  tenant: { ...CONTOSO.tenant, coexistenceMode: "Islands" },
  users: [
    ...CONTOSO.users,
    person("lee@contoso.com", { licenses: ["TeamsPhone", "CallingPlanDomestic"] }),
    person("joni@contoso.com", { licenses: [] }),
    person("islands@contoso.com", { teamsUpgradeEffectiveMode: "Islands" }),
    person("onprem@contoso.com", {
      onPremLineUri: "tel:+14255550150",
      lineUri: "tel:+14255550150",
      numberType: "DirectRouting",
    }),
    person("mobile@contoso.com", { licenses: ["TeamsPhone", "TeamsPhoneMobile"] }),
  ],
  resourceAccounts: [
    {
      ...RESOURCE_ACCOUNT_DEFAULTS,
      userPrincipalName: "reception@contoso.com",
      application: "AutoAttendant",
      usageLocation: "US",
    },
  ],
  operators: [
    {
      id: "verizon",
      name: "Verizon",
      website: null,
      status: "Active",
      products: ["Calling"],
      countries: ["US"],
      contact: null,
      dataTransferNotice: null,
      emergencyAddressScenario: "adminSets",
      failoverResponseCodes: [503],
      trunks: [],
    },
  ],
  phoneNumbers: [
    ...CONTOSO.phoneNumbers,
    number("+14255550102", { numberType: "CallingPlan", operator: null }),
    number("+442079460102", { numberType: "CallingPlan", operator: null, isoCountryCode: "GB" }),
    number("+14255550103", { operator: "verizon" }),
    number("+14255550104", { capability: ["VoiceApplicationAssignment"] }),
    number("+14255550105", { locationUpdateSupported: false, locationId: "loc-1" }),
    number("+14255550106", { numberType: "TeamsPhoneMobile" }),
    number("+14255550107", {
      pstnAssignmentStatus: "ThirdPartyAppAssigned",
      assignedPstnTargetId: "recorder",
    }),
  ],
  emergencyAddresses: [
    {
      civicAddressId: "civic-1",
      companyName: "Contoso",
      countryOrRegion: "US",
      houseNumber: null,
      streetName: null,
      city: "Redmond",
      stateOrProvince: null,
      postalCode: null,
      description: null,
      locations: [
        { locationId: "loc-1", location: null },
        { locationId: "loc-2", location: "2nd floor" },
      ],
    },
  ],
};
