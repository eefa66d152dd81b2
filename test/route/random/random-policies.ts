import { DIAL_OUT_POLICIES } from "../../../engine/model/dial-out-policies.ts";
import type {
  CallingLineIdentity,
  EmergencyNumber,
  NormalizationRule,
  ServiceCountryDialPlan,
  TeamsEmergencyCallRoutingPolicy,
  TeamsSharedCallingRoutingPolicy,
  TenantDialPlan,
} from "../../../engine/model/number-rules.ts";
import type { RoutingPolicy } from "../../../engine/model/voice-routing.ts";
import type { Chance } from "./chance.ts";
import type { Family } from "./families.ts";
import { ACCOUNTS, OWN_NUMBERS, POLICIES, USAGES } from "./vocabulary.ts";

/** The name of a policy, which may be missing. */
export function randomPolicyName(chance: Chance, families: ReadonlySet<Family>): string {
  if (families.has("dangling") && chance.once(12)) return "Gone";
  return chance.inAnyCase(chance.pick(POLICIES));
}

/** A built-in restriction, written in one of the ways in which people write it. */
export function randomDialOutPolicy(chance: Chance): string {
  const bare = chance.pick(DIAL_OUT_POLICIES).identity.replace(/^Dialout/, "");
  return chance.inAnyCase(chance.pick(["", "Dialout", "tag:Dialout"]) + bare);
}

/** Some of the instances of a type; a `Global` that is not made is a fresh one. */
function some<T>(chance: Chance, make: (identity: string) => T): T[] {
  return POLICIES.filter((name) => name !== "Global" || !chance.once(3)).map(make);
}

export function randomRoutingPolicies(chance: Chance): RoutingPolicy[] {
  return POLICIES.map((identity) => {
    const usages = chance.some(USAGES, 4);
    const again = chance.once(6) ? usages.slice(0, 1) : [];
    const onlinePstnUsages = [...usages, ...again].map((usage) => chance.inAnyCase(usage));
    return { identity, onlinePstnUsages, description: null };
  });
}

export function randomCallingLineIdentities(chance: Chance): CallingLineIdentity[] {
  return some(chance, (identity) => ({
    identity,
    callingIdSubstitute: chance.pick(["LineUri", "Anonymous", "Resource"] as const),
    resourceAccount: chance.once(8) ? "nobody@contoso.com" : chance.pick(ACCOUNTS),
    enableUserOverride: chance.once(2),
    companyName: null,
    description: null,
  }));
}

/** Rules that .NET and JS read alike but for `${name}`. */
const RULES: readonly (readonly [pattern: string, translation: string])[] = [
  ["^(\\d{7})$", "+1425$1"],
  ["^(\\d{10})$", "+1$1"],
  ["^00(\\d+)$", "+$1"],
  ["^0(\\d{9,10})$", "+44$1"],
  ["^9(\\d{10})$", "+1$1"],
  ["^([0-9]\\d{3})$", "+1425555$1"],
  ["^\\+1900(\\d*)$", "+1800$1"],
  ["^\\+44(\\d+)$", "+33$1"],
  ["\\+1(\\d{10})$", "+1$1"],
  ["^(911|112)$", "+$1"],
  ["^\\+(911|112)$", "$1"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a .NET replacement
  ["^(?<local>555\\d{4})$", "+1206${local}"],
  ["^(\\d{3})(\\d{4})$", "+1425$1$2"],
  ["^(\\d{3})(?:(\\d)(\\d{3}))?$", "$1$2$3"],
  ["^1(\\d{3})$", "x$1"],
  ["^\\d{2}$", ""],
  ["^\\*(\\d\\d)#$", "+1425$1$$"],
  ["^1?(\\d{10})$", "+1$1"],
  ["^(\\d{21})$", "+1425555$1"],
  ["^.*$", "$0"],
];

function randomRules(chance: Chance, most: number): NormalizationRule[] {
  return chance.some(RULES, most).map(([pattern, translation], index) => ({
    name: `Rule ${index}`,
    pattern,
    translation,
    description: null,
    isInternalExtension: chance.once(6),
  }));
}

export function randomDialPlans(chance: Chance): TenantDialPlan[] {
  return some(chance, (identity) => ({
    identity,
    simpleName: null,
    description: null,
    externalAccessPrefix: chance.once(4) ? chance.pick(["9", "0", "91", ""]) : null,
    optimizeDeviceDialing: !chance.once(3),
    normalizationRules: randomRules(chance, 5),
  }));
}

export function randomCountryPlans(chance: Chance): ServiceCountryDialPlan[] {
  return chance.some(["US", "GB", "FR"], 3).map((country) => ({
    country,
    normalizationRules: randomRules(chance, 5),
  }));
}

const EMERGENCY: readonly (readonly [string, string | null])[] = [
  ["911", "112;999"],
  ["+112", null],
  ["999", "9911; 1234"],
  ["933", "+911"],
  ["000", "5550190"],
];

function randomEmergencyNumbers(chance: Chance): EmergencyNumber[] {
  return chance.some(EMERGENCY, 3).map(([emergencyDialString, emergencyDialMask]) => ({
    emergencyDialString,
    emergencyDialMask,
    onlinePstnUsage: chance.once(8) ? null : chance.inAnyCase(chance.pick(USAGES.slice(0, 4))),
  }));
}

export function randomEmergencyPolicies(chance: Chance): TeamsEmergencyCallRoutingPolicy[] {
  return some(chance, (identity) => ({
    identity,
    allowEnhancedEmergencyServices: chance.once(2),
    emergencyNumbers: randomEmergencyNumbers(chance),
    description: null,
  }));
}

export function randomSharedCallingPolicies(chance: Chance): TeamsSharedCallingRoutingPolicy[] {
  return some(chance, (identity) => ({
    identity,
    resourceAccount: chance.once(6) ? null : chance.inAnyCase(chance.pick(ACCOUNTS)),
    emergencyNumbers: chance.some(OWN_NUMBERS.slice(10), 2),
    description: null,
  }));
}
