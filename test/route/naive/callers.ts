import type { NumberType } from "../../../engine/model/phone-number.ts";
import type { PolicyProperty } from "../../../engine/model/policy-types.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import type { License, ResourceAccount, User } from "../../../engine/model/user.ts";
import { same } from "./names.ts";

/** Whoever has licences, and lives somewhere. */
export interface Licensed {
  readonly licenses: readonly License[];
  readonly usageLocation: string | null;
}

/** Whoever calls: a user, or a resource account. */
export interface Caller extends Licensed {
  readonly isUser: boolean;
  readonly isTeamsOnly: boolean;
  readonly isVoiceEnabled: boolean;
  readonly lineUri: string | null;
  readonly numberType: NumberType | null;
  readonly groups: readonly string[];
  /** Policies granted directly. */
  readonly granted: Readonly<Record<PolicyProperty, string | null>>;
}

/** The caller of that name; of a name that is both, the user. */
export function findCaller(tenant: Tenant, name: string): Caller | null {
  for (const user of tenant.users) {
    if (same(user.userPrincipalName, name)) return ofUser(tenant, user);
  }
  for (const account of tenant.resourceAccounts) {
    if (same(account.userPrincipalName, name)) return ofAccount(account);
  }
  return null;
}

function ofUser(tenant: Tenant, user: User): Caller {
  return {
    isUser: true,
    licenses: user.licenses,
    usageLocation: user.usageLocation,
    isTeamsOnly:
      tenant.tenant.coexistenceMode === "TeamsOnly" ||
      user.teamsUpgradeEffectiveMode === "TeamsOnly",
    isVoiceEnabled: user.enterpriseVoiceEnabled,
    lineUri: user.lineUri,
    numberType: user.numberType,
    groups: user.groups,
    granted: user,
  };
}

function ofAccount(account: ResourceAccount): Caller {
  return {
    isUser: false,
    licenses: account.licenses,
    usageLocation: account.usageLocation,
    isTeamsOnly: true,
    isVoiceEnabled: true,
    lineUri: account.lineUri,
    numberType: account.numberType,
    groups: [],
    granted: {
      onlineVoiceRoutingPolicy: account.onlineVoiceRoutingPolicy,
      onlineAudioConferencingRoutingPolicy: null,
      tenantDialPlan: account.tenantDialPlan,
      onlineDialOutPolicy: account.onlineDialOutPolicy,
      callingLineIdentity: null,
      teamsEmergencyCallRoutingPolicy: account.teamsEmergencyCallRoutingPolicy,
      teamsSharedCallingRoutingPolicy: null,
    },
  };
}

/** `+14255550101` of `tel:+14255550101;ext=7`. */
export function numberOf(lineUri: string | null): string | null {
  return lineUri === null ? null : lineUri.replace(/^tel:/i, "").replace(/;.*$/, "");
}

/** The type of somebody's number: as it says itself, else as the inventory says, else as the option. */
export function typeOfNumber(
  tenant: Tenant,
  holder: { readonly lineUri: string | null; readonly numberType: NumberType | null },
): NumberType {
  const own = numberOf(holder.lineUri);
  const listed = tenant.phoneNumbers.find((number) => number.telephoneNumber === own);
  return holder.numberType ?? listed?.numberType ?? tenant.options.numberTypeWhenUntold;
}
