import type { NumberType } from "../../../engine/model/phone-number.ts";
import {
  type License,
  RESOURCE_ACCOUNT_DEFAULTS,
  type ResourceAccount,
  USER_DEFAULTS,
  type User,
} from "../../../engine/model/user.ts";
import type { Chance } from "./chance.ts";
import type { Family } from "./families.ts";
import { randomDialOutPolicy, randomPolicyName } from "./random-policies.ts";
import { ACCOUNTS, COUNTRIES, GROUPS, OWN_NUMBERS, USERS } from "./vocabulary.ts";

export const NUMBER_TYPES: readonly NumberType[] = [
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

function randomLineUri(chance: Chance, index: number): string {
  const extension = chance.once(6) ? `;ext=${100 + chance.below(3)}` : "";
  return `tel:${OWN_NUMBERS[index] ?? "+14255550100"}${extension}`;
}

/** A policy granted to every other person. */
function granted(chance: Chance, families: ReadonlySet<Family>, family: Family): string | null {
  return families.has(family) && chance.once(2) ? randomPolicyName(chance, families) : null;
}

function grantedDialOut(chance: Chance, families: ReadonlySet<Family>): string | null {
  return families.has("restrictions") && chance.once(3) ? randomDialOutPolicy(chance) : null;
}

function userLicenses(chance: Chance): License[] {
  const licenses = chance.some(OTHER_LICENSES, 3);
  if (!chance.once(8)) licenses.push(chance.once(5) ? "TeamsPhoneMobile" : "TeamsPhone");
  return licenses;
}

/** The users of a tenant. */
export function randomUsers(chance: Chance, families: ReadonlySet<Family>): User[] {
  return USERS.map((userPrincipalName, index) => {
    return {
      ...USER_DEFAULTS,
      userPrincipalName,
      usageLocation: chance.once(8) ? null : chance.pick(COUNTRIES),
      licenses: userLicenses(chance),
      teamsUpgradeEffectiveMode: chance.once(8) ? "Islands" : "TeamsOnly",
      enterpriseVoiceEnabled: !chance.once(12),
      lineUri: chance.once(families.has("shared-calling") ? 4 : 10)
        ? null
        : randomLineUri(chance, index),
      numberType: chance.once(2) ? chance.pick(NUMBER_TYPES) : null,
      groups: chance.some(GROUPS, 3).map((group) => chance.inAnyCase(group)),
      onlineVoiceRoutingPolicy: granted(chance, families, "voice-routing"),
      onlineAudioConferencingRoutingPolicy: granted(chance, families, "voice-routing"),
      tenantDialPlan: granted(chance, families, "dial-plans"),
      callingLineIdentity: granted(chance, families, "caller-id"),
      teamsEmergencyCallRoutingPolicy: granted(chance, families, "emergency"),
      teamsSharedCallingRoutingPolicy: granted(chance, families, "shared-calling"),
      onlineDialOutPolicy: grantedDialOut(chance, families),
    };
  });
}

/** The auto attendants and call queues of a tenant. */
export function randomAccounts(chance: Chance, families: ReadonlySet<Family>): ResourceAccount[] {
  return ACCOUNTS.map((userPrincipalName, index) => {
    const licenses: License[] = chance.some(OTHER_LICENSES, 2);
    if (!chance.once(5)) licenses.push("TeamsPhoneResourceAccount");
    return {
      ...RESOURCE_ACCOUNT_DEFAULTS,
      userPrincipalName,
      application: "CallQueue",
      usageLocation: chance.once(8) ? null : chance.pick(COUNTRIES),
      licenses,
      lineUri: chance.once(8) ? null : randomLineUri(chance, 8 + index),
      numberType: chance.once(2) ? chance.pick(NUMBER_TYPES) : null,
      onlineVoiceRoutingPolicy: granted(chance, families, "voice-routing"),
      tenantDialPlan: granted(chance, families, "dial-plans"),
      teamsEmergencyCallRoutingPolicy: granted(chance, families, "emergency"),
      onlineDialOutPolicy: grantedDialOut(chance, families),
    };
  });
}
