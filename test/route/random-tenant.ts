/**
 * Random tenants and calls in which everything happens: every licence, every outcome, overlapping
 * patterns, names written in other cases, things down, suspended, disabled. The same seed gives the same
 * tenants.
 *
 * @module
 */

import { CALL_KINDS, type Call, type DecisionContext } from "../../engine/model/call.ts";
import type { CallingLineIdentity } from "../../engine/model/number-rules.ts";
import type { Operator, Trunk } from "../../engine/model/operator.ts";
import type { NumberType, PhoneNumber } from "../../engine/model/phone-number.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import {
  type License,
  RESOURCE_ACCOUNT_DEFAULTS,
  USER_DEFAULTS,
  type User,
} from "../../engine/model/user.ts";
import type { PstnGateway, RoutingPolicy, VoiceRoute } from "../../engine/model/voice-routing.ts";
import { GATEWAY_DEFAULTS, NO_GLOBAL_POLICIES } from "../../engine/model/voice-routing.ts";

/** A source of chance. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 ≤ n < `below` (mulberry32). */
  below(below: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }

  some<T>(items: readonly T[], most: number): T[] {
    const count = this.below(Math.min(most, items.length) + 1);
    return this.shuffled(items).slice(0, count);
  }

  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const [a, b] = [result[i], result[j]] as [T, T];
      result[i] = b;
      result[j] = a;
    }
    return result;
  }

  /** As it is, or in capitals. */
  inAnyCase(name: string): string {
    return this.once(4) ? name.toUpperCase() : name;
  }
}

/** Valid in .NET and in JS, with one meaning. */
const PATTERNS = [
  ".*",
  "\\d+",
  "^\\+1(425|206)(\\d{7})$",
  "^\\+1\\d{10}$",
  "^\\+44",
  "^\\+44(20|113)\\d+$",
  "^\\+(?!1)\\d{7,15}$",
  "^\\+?(?!44)\\d*$",
  "^\\+442079460\\d{3}$",
  "^(112|911|999)$",
  "^\\d{3,5}$",
  "0$",
  "42",
  "^\\+33[1-59]\\d{8}$",
  "^(\\+1|1)?425555\\d{4}$",
  "^\\+(?=4[49])\\d+$",
  "[*#]",
  "^\\+49|^\\+33",
];

const USAGES = ["Local", "National", "International", "Service", "Never"];
const POLICIES = ["Global", "Sales", "Support", "Field"];
const GROUPS = ["g-one", "g-two", "g-three"];
const GATEWAYS = ["sbc1.contoso.com", "sbc2.contoso.com", "sbc3.contoso.com", "sbc4.contoso.com"];
const OPERATORS = ["pure-ip", "bt", "ntt"];
const ACCOUNTS = ["ra1@contoso.com", "ra2@contoso.com"];
const COUNTRIES = ["US", "GB", "FR"];
const NUMBER_TYPES: readonly NumberType[] = [
  "CallingPlan",
  "OperatorConnect",
  "DirectRouting",
  "TeamsPhoneMobile",
];
const OTHER_LICENSES: readonly License[] = [
  "CallingPlan",
  "CallingPlanDomestic",
  "CallingPlanInternational",
  "AudioConferencing",
  "OperatorConnectConferencing",
  "CommunicationsCredits",
];
/** Numbers of the tenant. */
const OWN_NUMBERS = Array.from({ length: 12 }, (_, i) => `+142555501${String(i).padStart(2, "0")}`);

function randomTrunk(chance: Chance, name: string): Trunk {
  return {
    name,
    host: "127.0.0.1",
    port: 5071,
    transport: "udp",
    priority: chance.below(2),
    weight: chance.below(4),
    maxConcurrentCalls: null,
    callsPerSecond: null,
    enabled: !chance.once(8),
    policeCallerId: false,
  };
}

function randomOperator(chance: Chance, id: string): Operator {
  const status = chance.once(3)
    ? chance.pick(["Available", "Suspended", "Suspended", "Removed"] as const)
    : "Active";
  const count = chance.below(5);
  return {
    id,
    name: id,
    website: null,
    status,
    products: ["Calling", "Conferencing"],
    countries: COUNTRIES,
    contact: null,
    dataTransferNotice: null,
    emergencyAddressScenario: "adminSets",
    failoverResponseCodes: [408, 503, 504],
    trunks: Array.from({ length: count }, (_, i) => randomTrunk(chance, `${id}-${i + 1}`)),
  };
}

function randomNumber(chance: Chance, telephoneNumber: string): PhoneNumber {
  const numberType = chance.once(2) ? "OperatorConnect" : chance.pick(NUMBER_TYPES);
  const isOperators = numberType === "OperatorConnect" || numberType === "TeamsPhoneMobile";
  return {
    telephoneNumber,
    numberType,
    operator: isOperators && !chance.once(8) ? chance.inAnyCase(chance.pick(OPERATORS)) : null,
    capability: [],
    isoCountryCode: "US",
    tollFree: false,
    pstnAssignmentStatus: chance.once(3) ? "Unassigned" : "UserAssigned",
    assignedPstnTargetId: null,
    locationId: null,
    locationUpdateSupported: true,
  };
}

function randomLineUri(chance: Chance, index: number): string | null {
  if (chance.once(10)) return null;
  const extension = chance.once(6) ? `;ext=${100 + chance.below(3)}` : "";
  return `tel:${OWN_NUMBERS[index] ?? "+14255550100"}${extension}`;
}

function randomUser(chance: Chance, index: number): User {
  const licenses = chance.some(OTHER_LICENSES, 3);
  if (!chance.once(5)) licenses.push(chance.once(5) ? "TeamsPhoneMobile" : "TeamsPhone");
  return {
    ...USER_DEFAULTS,
    userPrincipalName: `user${index}@contoso.com`,
    usageLocation: chance.once(8) ? null : chance.pick(COUNTRIES),
    licenses,
    teamsUpgradeEffectiveMode: chance.once(6) ? "Islands" : "TeamsOnly",
    enterpriseVoiceEnabled: !chance.once(8),
    lineUri: randomLineUri(chance, index),
    numberType: chance.once(2) ? chance.pick(NUMBER_TYPES) : null,
    groups: chance.some(GROUPS, 3).map((group) => chance.inAnyCase(group)),
    onlineVoiceRoutingPolicy: chance.once(2) ? chance.inAnyCase(chance.pick(POLICIES)) : null,
    onlineAudioConferencingRoutingPolicy: chance.once(2) ? chance.pick(POLICIES) : null,
    callingLineIdentity: chance.once(3) ? chance.inAnyCase(chance.pick(["Hidden", "Desk"])) : null,
  };
}

function randomRoute(chance: Chance, index: number): VoiceRoute {
  const isBridge = chance.once(3);
  const isBoth = chance.once(12);
  const gateways = chance.some(GATEWAYS, 4).map((name) => chance.inAnyCase(name));
  return {
    identity: `Route ${index}`,
    priority: chance.below(5),
    numberPattern: chance.pick(PATTERNS),
    onlinePstnUsages: chance.some(USAGES.slice(0, 4), 2).map((usage) => chance.inAnyCase(usage)),
    onlinePstnGatewayList: isBridge && !isBoth ? [] : gateways,
    bridgeSourcePhoneNumber: isBridge || isBoth ? chance.pick(OWN_NUMBERS) : null,
    description: null,
  };
}

function randomPolicies(chance: Chance): RoutingPolicy[] {
  return POLICIES.map((identity) => {
    const usages = chance.some(USAGES, 4);
    const again = chance.once(6) ? usages.slice(0, 1) : [];
    const onlinePstnUsages = [...usages, ...again].map((usage) => chance.inAnyCase(usage));
    return { identity, onlinePstnUsages, description: null };
  });
}

function randomGateway(chance: Chance, identity: string): PstnGateway {
  return {
    ...GATEWAY_DEFAULTS,
    identity,
    sipSignalingPort: 5067,
    enabled: !chance.once(6),
    derived: chance.once(5),
  };
}

function randomIdentity(chance: Chance, identity: string): CallingLineIdentity {
  return {
    identity,
    callingIdSubstitute: chance.pick(["LineUri", "Anonymous", "Resource"] as const),
    resourceAccount: chance.pick(ACCOUNTS),
    enableUserOverride: chance.once(2),
    companyName: null,
    description: null,
  };
}

/** A tenant of about ten users, routes and numbers. */
export function randomTenant(chance: Chance): Tenant {
  const users = Array.from({ length: 6 }, (_, index) => randomUser(chance, index));
  const grants = chance.some(
    GROUPS.flatMap((groupId) => [
      { groupId, policyType: "OnlineVoiceRoutingPolicy" },
      { groupId, policyType: "OnlineAudioConferencingRoutingPolicy" },
    ]),
    6,
  );
  return {
    ...EMPTY_TENANT,
    tenant: {
      ...EMPTY_TENANT.tenant,
      environment: chance.once(10) ? chance.pick(["gcc", "gcchigh", "dod"] as const) : "commercial",
      coexistenceMode: chance.once(2) ? "Islands" : "TeamsOnly",
    },
    options: {
      ...EMPTY_TENANT.options,
      nationalEmergencyNumbers: false,
      crossUsageFailover: chance.once(3),
      assumedServiceCountryDialPlans: false,
      onNetForMeetings: !chance.once(3),
      bridgeSourceFallbackToMicrosoft: chance.once(3),
      suspendedOperatorCarriesCalls: chance.once(2),
    },
    operators: OPERATORS.map((id) => randomOperator(chance, id)),
    phoneNumbers: OWN_NUMBERS.filter(() => !chance.once(5)).map((number) =>
      randomNumber(chance, number),
    ),
    conferencingBridge: chance.once(6)
      ? null
      : { name: "Bridge", defaultServiceNumber: "+14255550199", serviceNumbers: [] },
    users,
    resourceAccounts: ACCOUNTS.map((userPrincipalName, index) => ({
      ...RESOURCE_ACCOUNT_DEFAULTS,
      userPrincipalName,
      application: "CallQueue",
      lineUri: randomLineUri(chance, 8 + index),
    })),
    onlinePstnUsages: USAGES,
    onlineVoiceRoutes: Array.from({ length: chance.below(9) }, (_, i) => randomRoute(chance, i)),
    onlineVoiceRoutingPolicies: randomPolicies(chance),
    onlineAudioConferencingRoutingPolicies: randomPolicies(chance),
    globalPolicies: {
      ...NO_GLOBAL_POLICIES,
      onlineVoiceRoutingPolicy: chance.once(3) ? chance.pick(POLICIES) : null,
      onlineAudioConferencingRoutingPolicy: chance.once(3) ? chance.pick(POLICIES) : null,
    },
    groupPolicyAssignments: grants.map((grant) => ({
      ...grant,
      policyName: chance.inAnyCase(chance.pick(POLICIES)),
      rank: 1 + chance.below(4),
    })),
    onlinePstnGateways: GATEWAYS.filter(() => !chance.once(5)).map((name) =>
      randomGateway(chance, name),
    ),
    callingLineIdentities: ["Global", "Hidden", "Desk"]
      .filter(() => !chance.once(3))
      .map((identity) => randomIdentity(chance, identity)),
  };
}

const DIALED = [
  "+14255550190",
  "+1 (425) 555-0191",
  "+12065550100",
  "+13215550100",
  "+442079460123",
  "tel:+44 113 496 0000",
  "+33199000123",
  "+4915112345678",
  "4255550190",
  "14255550190",
  "112",
  "911",
  "1234",
  "*67#",
  "+",
  "",
  "0800CONTOSO",
  "+1+2",
  "123456789012345678901",
  "+12345678901234567890",
  "00442079460123;ext=7",
];

/** A call in such a tenant. */
export function randomCall(chance: Chance): Call {
  return {
    dialed: randomDialed(chance),
    user: chance.once(30)
      ? "nobody@contoso.com"
      : chance.inAnyCase(`user${chance.below(6)}@contoso.com`),
    kind: chance.pick(CALL_KINDS),
    site: null,
    ingressTrunk: chance.once(2) ? chance.inAnyCase(chance.pick(GATEWAYS)) : null,
    hideCallerId: chance.once(3),
  };
}

function randomDialed(chance: Chance): string {
  if (chance.once(6)) {
    return chance.pick(OWN_NUMBERS) + (chance.once(3) ? `;ext=${100 + chance.below(3)}` : "");
  }
  if (chance.once(3)) {
    const digits = Array.from({ length: 1 + chance.below(13) }, () => chance.below(10)).join("");
    return chance.pick(["+", "+1425", "+4420", "+33", ""]) + digits;
  }
  return chance.pick(DIALED);
}

/** What is down, and a seed. */
export function randomContext(chance: Chance): DecisionContext {
  const names = [...GATEWAYS, ...OPERATORS, ...OPERATORS.flatMap((id) => [`${id}-1`, `${id}-2`])];
  const down = chance.once(2) ? [] : chance.some(names, 5);
  return { down: new Set(down), seed: chance.below(2 ** 32) };
}

/** A rough country for tests: by the first digits of an E.164 number. */
export function roughCountry(number: string): string | null {
  if (number.startsWith("+1")) return "US";
  if (number.startsWith("+44")) return "GB";
  return number.startsWith("+33") ? "FR" : null;
}
