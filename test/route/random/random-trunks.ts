import type { TeamsTranslationRule } from "../../../engine/model/number-rules.ts";
import type { Operator, Trunk } from "../../../engine/model/operator.ts";
import type { PhoneNumber } from "../../../engine/model/phone-number.ts";
import {
  GATEWAY_DEFAULTS,
  type PstnGateway,
  type VoiceRoute,
} from "../../../engine/model/voice-routing.ts";
import type { Chance } from "./chance.ts";
import type { Family } from "./families.ts";
import { NUMBER_TYPES } from "./random-people.ts";
import { COUNTRIES, GATEWAYS, OPERATORS, OWN_NUMBERS, PATTERNS, USAGES } from "./vocabulary.ts";

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

export function randomOperators(chance: Chance): Operator[] {
  return OPERATORS.map((id) => randomOperator(chance, id));
}

/** Most of the tenant's numbers; what is missing is held by users or by nobody. */
export function randomNumbers(chance: Chance): PhoneNumber[] {
  return OWN_NUMBERS.filter(() => !chance.once(5)).map((telephoneNumber) => {
    const numberType = chance.once(3) ? "OperatorConnect" : chance.pick(NUMBER_TYPES);
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
  });
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

export function randomRoutes(chance: Chance): VoiceRoute[] {
  return Array.from({ length: 1 + chance.below(10) }, (_, index) => randomRoute(chance, index));
}

const TRANSLATIONS: readonly (readonly [pattern: string, translation: string])[] = [
  ["^\\+1(\\d{10})$", "$1"],
  ["^\\+(\\d+)$", "00$1"],
  ["^\\+44(\\d+)$", "0$1"],
  ["^(\\d{3})$", "+1$1"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a .NET replacement
  ["^\\+1425(?<line>\\d{7})$", "9${line}"],
  ["^(.*)$", "$1"],
  ["^\\+33(\\d)", "+330$1"],
  ["^(\\+44\\d+)$", "tel:$1"],
  ["^(\\+?\\d{11,})$", "$1$1"],
  ["\\d{4}$", "$0$$"],
  ["^\\+(1)(\\d{3})555", "$2-$1"],
  ["^.*01\\d\\d$", ""],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a .NET replacement
  ["(\\d)0", "${1}1"],
];

export function randomTranslationRules(chance: Chance): TeamsTranslationRule[] {
  return chance.shuffled(TRANSLATIONS).map(([pattern, translation], index) => ({
    identity: `Translation ${index}`,
    pattern,
    translation,
    description: null,
  }));
}

/** Most of the gateways that routes name. */
export function randomGateways(chance: Chance, families: ReadonlySet<Family>): PstnGateway[] {
  const ruleNames = TRANSLATIONS.map((_, index) => `Translation ${index}`);
  const rules = (): string[] =>
    families.has("translations")
      ? chance.some([...ruleNames, "Gone"], 4).map((name) => chance.inAnyCase(name))
      : [];
  return GATEWAYS.filter(() => !chance.once(5)).map((identity) => ({
    ...GATEWAY_DEFAULTS,
    identity,
    sipSignalingPort: 5067,
    enabled: !chance.once(6),
    derived: chance.once(5),
    outboundTeamsNumberTranslationRules: rules(),
    outboundPstnNumberTranslationRules: rules(),
  }));
}
