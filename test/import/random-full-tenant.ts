/**
 * Random tenants that hold every kind of object, right by the rules of loading: no name twice, no
 * reference that leads nowhere. Names are awkward for PowerShell, YAML and JSON alike. The same seed gives
 * the same tenant.
 *
 * @module
 */
import type { NormalizationRule } from "../../engine/model/number-rules.ts";
import type { PhoneNumber } from "../../engine/model/phone-number.ts";
import { POLICY_TYPES, type PolicyProperty } from "../../engine/model/policy-types.ts";
import { DEFAULT_OPTIONS, EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import {
  RESOURCE_ACCOUNT_DEFAULTS,
  type ResourceAccount,
  USER_DEFAULTS,
  type User,
} from "../../engine/model/user.ts";
import {
  GATEWAY_DEFAULTS,
  type GroupPolicyAssignment,
  NO_GLOBAL_POLICIES,
  type PstnGateway,
  type RoutingPolicy,
  type VoiceRoute,
} from "../../engine/model/voice-routing.ts";
import {
  AWKWARD,
  COUNTRIES,
  LICENSES,
  Maker,
  type Names,
  PATTERNS,
  randomNames,
  TRANSLATIONS,
} from "./awkward-names.ts";

function normalizationRules(maker: Maker): readonly NormalizationRule[] {
  return maker.names("normal", maker.once(20) ? 55 : 4).map((name) => ({
    name,
    pattern: maker.pick(PATTERNS),
    translation: maker.pick(TRANSLATIONS),
    description: maker.text(),
    isInternalExtension: maker.once(3),
  }));
}

function gateway(maker: Maker, names: Names, identity: string): PstnGateway {
  const rules = (): readonly string[] => maker.some(names.rules, 2);
  const mediaBypass = maker.once(2);
  return {
    ...GATEWAY_DEFAULTS,
    identity,
    sipSignalingPort: 5060 + maker.below(9),
    enabled: maker.once(2),
    failoverResponseCodes: maker.some([404, 408, 503, 504, 603], 4),
    failoverTimeSeconds: 1 + maker.below(30),
    maxConcurrentSessions: maker.maybe([1, 100]),
    forwardCallHistory: maker.once(2),
    forwardPai: maker.once(2),
    sendSipOptions: maker.once(2),
    mediaBypass,
    bypassMode: maker.pick(["None", "Always", "OnlyForLocalUsers"] as const),
    ipAddressVersion: mediaBypass && !maker.wild ? "IPv4" : maker.pick(["IPv4", "IPv6"] as const),
    pidfLoSupported: maker.once(2),
    gatewaySiteId: maker.maybe(["London", "It's"]),
    gatewaySiteLbrEnabled: maker.once(2),
    gatewayLbrEnabledUserOverride: maker.once(2),
    mediaRelayRoutingLocationOverride: maker.maybe(["GB"]),
    proxySbc: maker.maybe(["proxy.contoso.com"]),
    description: maker.text(),
    inboundTeamsNumberTranslationRules: rules(),
    inboundPstnNumberTranslationRules: rules(),
    outboundTeamsNumberTranslationRules: rules(),
    outboundPstnNumberTranslationRules: rules(),
    derived: maker.wild && maker.once(3),
  };
}

function routes(maker: Maker, names: Names): readonly VoiceRoute[] {
  return maker.names("route", 4).map((identity, index) => {
    const bridge = maker.wild && maker.once(3);
    return {
      identity,
      priority: maker.wild ? maker.below(4) : index,
      numberPattern: maker.pick(PATTERNS),
      onlinePstnUsages: maker.some(names.usages, 3),
      onlinePstnGatewayList: bridge ? [] : maker.some(names.gateways, 3),
      bridgeSourcePhoneNumber: bridge ? "+14255550199" : null,
      description: maker.text(),
    };
  });
}

function routingPolicies(maker: Maker, names: Names): readonly RoutingPolicy[] {
  const policies = ["Global", ...names.policies].map((identity) => ({
    identity,
    onlinePstnUsages: maker.some(names.usages, 4),
    description: maker.text(),
  }));
  return maker.wild ? maker.shuffled(policies) : policies;
}

/** Names of the policies of the kinds that need not list their Global. */
function listed(maker: Maker, names: Names): readonly string[] {
  return maker.shuffled(maker.once(2) ? names.policies : [...names.policies, "Global"]);
}

/** Dial plans have narrower names than other policies; only wild tenants use the awkward ones. */
function dialPlanNames(maker: Maker, names: Names): readonly string[] {
  return maker.wild ? names.policies : names.policies.map((_, i) => `Plan-${i}`);
}

function emergencyNumbers(
  maker: Maker,
  names: Names,
): Tenant["teamsEmergencyCallRoutingPolicies"][number]["emergencyNumbers"] {
  return maker.some(["911", "112", "999"], 3).map((emergencyDialString, i) => ({
    emergencyDialString,
    emergencyDialMask: maker.once(2) ? null : `93${i}; 00${i}`,
    onlinePstnUsage: maker.maybe(names.usages),
  }));
}

type Grants = Readonly<Record<PolicyProperty, readonly string[]>>;

function grantsOf(maker: Maker, tenant: Tenant): Grants {
  const of = (property: PolicyProperty): readonly string[] => {
    const list = POLICY_TYPES.find((type) => type.property === property)?.list ?? null;
    if (list === null) return ["DialoutCPCandPSTNDomestic", "DialoutCPCZoneAPSTNDisabled"];
    const all = tenant[list].map((policy) => policy.identity);
    return maker.wild ? all : all.filter((name) => name !== "Global");
  };
  return Object.fromEntries(POLICY_TYPES.map(({ property }) => [property, of(property)])) as Record<
    PolicyProperty,
    readonly string[]
  >;
}

function policiesFor(maker: Maker, grants: Grants): Record<PolicyProperty, string | null> {
  return Object.fromEntries(
    POLICY_TYPES.map(({ property }) => [property, maker.maybe(grants[property])]),
  ) as Record<PolicyProperty, string | null>;
}

function user(maker: Maker, names: Names, grants: Grants, userPrincipalName: string): User {
  const number = maker.maybe(names.numbers);
  return {
    ...USER_DEFAULTS,
    userPrincipalName,
    displayName: maker.maybe(AWKWARD),
    usageLocation: maker.maybe(COUNTRIES),
    licenses: maker.some(LICENSES, 3),
    enterpriseVoiceEnabled: maker.once(2),
    lineUri: number === null ? null : `tel:${number}`,
    numberType: number === null ? null : "DirectRouting",
    groups: maker.some(names.groups, 3),
    ...policiesFor(maker, grants),
    audioConferencing: maker.maybe([
      { serviceNumber: "+14255550100", tollFreeServiceNumber: null },
    ]),
  };
}

function account(maker: Maker, grants: Grants, userPrincipalName: string): ResourceAccount {
  const held = policiesFor(maker, grants);
  return {
    ...RESOURCE_ACCOUNT_DEFAULTS,
    userPrincipalName,
    application: maker.pick(["AutoAttendant", "CallQueue"] as const),
    licenses: maker.some(["TeamsPhoneResourceAccount"] as const, 1),
    onlineVoiceRoutingPolicy: held.onlineVoiceRoutingPolicy,
    tenantDialPlan: held.tenantDialPlan,
    onlineDialOutPolicy: held.onlineDialOutPolicy,
    teamsEmergencyCallRoutingPolicy: held.teamsEmergencyCallRoutingPolicy,
  };
}

/** Ranks without gaps as cmdlets make them, in any order of the list. */
function groupAssignments(
  maker: Maker,
  names: Names,
  grants: Grants,
): readonly GroupPolicyAssignment[] {
  const made = POLICY_TYPES.filter((type) => type.forGroups).flatMap(({ type, property }) => {
    const groups = grants[property].length === 0 ? [] : maker.some(names.groups, 3);
    const ranks = maker.shuffled(groups.map((_, i) => i + 1));
    return groups.map((groupId, i) => ({
      groupId,
      policyType: type,
      policyName: maker.pick(grants[property]),
      rank: (ranks[i] ?? 1) * (maker.wild ? 2 : 1),
    }));
  });
  const other = { groupId: "g", policyType: "TeamsMeetingPolicy", policyName: "M", rank: 1 };
  return maker.shuffled(maker.wild ? [...made, other] : made);
}

function phoneNumber(maker: Maker, telephoneNumber: string): PhoneNumber {
  return {
    telephoneNumber,
    numberType: "DirectRouting",
    operator: null,
    capability: ["UserAssignment"],
    isoCountryCode: maker.maybe(COUNTRIES),
    tollFree: maker.once(5),
    pstnAssignmentStatus: "Unassigned",
    assignedPstnTargetId: null,
    locationId: maker.maybe(["loc-1"]),
    locationUpdateSupported: maker.once(2),
  };
}

/** What a user's export said, true or not. */
function exported(maker: Maker, tenant: Tenant): Tenant {
  const entry = {
    policyType: "TenantDialPlan",
    policyName: "Plan-0",
    assignmentType: "Direct",
    groupId: null,
  } as const;
  const users = tenant.users.map((each) =>
    maker.once(3) ? { ...each, effectivePolicyAssignments: [entry] } : each,
  );
  return { ...tenant, users };
}

/** All objects that name no policy. */
function withPolicies(maker: Maker, names: Names): Tenant {
  return {
    ...EMPTY_TENANT,
    tenant: {
      ...EMPTY_TENANT.tenant,
      name: maker.pick(AWKWARD),
      country: maker.maybe(COUNTRIES),
      domains: maker.some(["contoso.com"], 1),
    },
    options: { ...DEFAULT_OPTIONS, newDialPlanHasDefaultRule: maker.once(2) },
    phoneNumbers: names.numbers.map((number) => phoneNumber(maker, number)),
    conferencingBridge: maker.maybe([
      { name: "It's a bridge", defaultServiceNumber: "+14255550100", serviceNumbers: [] },
    ]),
    onlinePstnUsages: names.usages,
    teamsTranslationRules: names.rules.map((identity) => ({
      identity,
      pattern: maker.pick(PATTERNS),
      translation: maker.pick(TRANSLATIONS),
      description: maker.text(),
    })),
    onlinePstnGateways: names.gateways.map((identity) => gateway(maker, names, identity)),
    onlineVoiceRoutes: routes(maker, names),
    onlineVoiceRoutingPolicies: routingPolicies(maker, names),
    onlineAudioConferencingRoutingPolicies: routingPolicies(maker, names),
    tenantDialPlans: dialPlanNames(maker, names).map((identity) => ({
      identity,
      simpleName: maker.maybe(["Simple", "It's"]),
      description: maker.text(),
      externalAccessPrefix: maker.maybe(["9", "00"]),
      optimizeDeviceDialing: maker.once(3),
      normalizationRules: normalizationRules(maker),
    })),
    serviceCountryDialPlans: maker
      .some(COUNTRIES, 1)
      .map((country) => ({ country, normalizationRules: normalizationRules(maker) })),
    callingLineIdentities: listed(maker, names).map((identity) => {
      const resourceAccount = maker.maybe(names.accounts);
      return {
        identity,
        callingIdSubstitute:
          resourceAccount === null && !maker.wild
            ? maker.pick(["LineUri", "Anonymous"] as const)
            : "Resource",
        resourceAccount,
        enableUserOverride: maker.once(2),
        companyName: maker.text(),
        description: maker.text(),
      };
    }),
    teamsEmergencyCallRoutingPolicies: listed(maker, names).map((identity) => ({
      identity,
      allowEnhancedEmergencyServices: maker.once(2),
      emergencyNumbers: emergencyNumbers(maker, names),
      description: maker.text(),
    })),
    teamsSharedCallingRoutingPolicies: listed(maker, names).map((identity, i) => ({
      identity,
      resourceAccount: maker.maybe(names.accounts),
      emergencyNumbers: maker.some([`+4420794601${10 + i}`], 1),
      description: maker.text(),
    })),
    emergencyAddresses: maker.some(["civic-1"], 1).map((civicAddressId) => ({
      civicAddressId,
      companyName: maker.pick(AWKWARD),
      countryOrRegion: "US",
      houseNumber: null,
      streetName: maker.text(),
      city: null,
      stateOrProvince: null,
      postalCode: null,
      description: maker.text(),
      locations: [{ locationId: "loc-1", location: maker.text() }],
    })),
  };
}

/** A tenant that every reader accepts. */
export function randomFullTenant(seed: number): Tenant {
  const maker = new Maker(seed);
  const names = randomNames(maker);
  const tenant = withPolicies(maker, names);
  const grants = grantsOf(maker, tenant);
  const full: Tenant = {
    ...tenant,
    users: names.people.map((name) => user(maker, names, grants, name)),
    resourceAccounts: names.accounts.map((name) => account(maker, grants, name)),
    globalPolicies: { ...NO_GLOBAL_POLICIES, ...policiesFor(maker, grants) },
    groupPolicyAssignments: groupAssignments(maker, names, grants),
    networkSites: maker.names("site", 3).map((identity) => ({
      identity,
      description: maker.text(),
      networkRegionId: maker.maybe(["West"]),
      teamsEmergencyCallRoutingPolicy: maker.maybe(grants.teamsEmergencyCallRoutingPolicy),
    })),
  };
  return maker.wild ? exported(maker, full) : full;
}
