import type { Tenant } from "../model/tenant.ts";
import type { License, User } from "../model/user.ts";
import { type Cmdlet, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { findAccount } from "./find-account.ts";
import { checkBounds } from "./gateway-values.ts";
import { effectiveAssignments } from "./user-policy-cmdlets.ts";

/** The features that licences bring, in the words of Get-CsOnlineUser. */
const FEATURES: readonly (readonly [feature: string, licenses: readonly License[]])[] = [
  ["PhoneSystem", ["TeamsPhone"]],
  ["CallingPlan", ["CallingPlan", "CallingPlanDomestic", "CallingPlanInternational"]],
  ["AudioConferencing", ["AudioConferencing", "OperatorConnectConferencing"]],
  ["TeamsPhoneMobile", ["TeamsPhoneMobile"]],
  ["CommunicationsCredits", ["CommunicationsCredits"]],
];

const MAX_INT32 = 2_147_483_647;

/**
 * `Get-CsOnlineUser`: one user or resource account, or all of them. RegistrarPool is always empty: it
 * names a server of the service itself.
 *
 * @problem USER_NOT_FOUND, CMDLET_INVALID_VALUE
 */
function getOnlineUser(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const identity = args.text("Identity");
  if (identity !== undefined && identity !== null) {
    const found = findAccount(tenant, identity, args.at);
    if (!found.ok) return refused(tenant, [found.problem]);
    const { account } = found;
    return printed(tenant, [
      account.kind === "user" ? userOutput(tenant, account.user) : resourceOutput(account.account),
    ]);
  }
  const limit = args.integer("ResultSize");
  const bad = limit === undefined ? null : checkBounds("ResultSize", limit, 0, MAX_INT32, args.at);
  if (bad !== null) return refused(tenant, [bad]);
  const all = [
    ...tenant.users.map((user) => userOutput(tenant, user)),
    ...tenant.resourceAccounts.map(resourceOutput),
  ];
  return printed(tenant, all.slice(0, limit ?? all.length));
}

function userOutput(tenant: Tenant, user: User): OutputObject {
  const features = FEATURES.filter(([, licenses]) =>
    licenses.some((license) => user.licenses.includes(license)),
  );
  return outputObject({
    Identity: user.userPrincipalName,
    UserPrincipalName: user.userPrincipalName,
    DisplayName: user.displayName,
    AccountType: "User",
    SipAddress: `sip:${user.userPrincipalName}`,
    UsageLocation: user.usageLocation,
    TeamsUpgradeEffectiveMode:
      tenant.tenant.coexistenceMode === "TeamsOnly" ? "TeamsOnly" : user.teamsUpgradeEffectiveMode,
    EnterpriseVoiceEnabled: user.enterpriseVoiceEnabled,
    LineUri: user.lineUri,
    OnPremLineURI: user.onPremLineUri,
    RegistrarPool: null,
    OnlineVoiceRoutingPolicy: user.onlineVoiceRoutingPolicy,
    OnlineAudioConferencingRoutingPolicy: user.onlineAudioConferencingRoutingPolicy,
    TenantDialPlan: user.tenantDialPlan,
    OnlineDialOutPolicy: user.onlineDialOutPolicy,
    CallingLineIdentity: user.callingLineIdentity,
    TeamsEmergencyCallRoutingPolicy: user.teamsEmergencyCallRoutingPolicy,
    TeamsSharedCallingRoutingPolicy: user.teamsSharedCallingRoutingPolicy,
    EffectivePolicyAssignments: effectiveAssignments(tenant, user),
    FeatureTypes: ["Teams", ...features.map(([feature]) => feature)],
    AssignedPlan: user.licenses,
  });
}

function resourceOutput(account: Tenant["resourceAccounts"][number]): OutputObject {
  return outputObject({
    Identity: account.userPrincipalName,
    UserPrincipalName: account.userPrincipalName,
    DisplayName: account.displayName,
    AccountType: "ResourceAccount",
    UsageLocation: account.usageLocation,
    LineUri: account.lineUri,
    OnPremLineURI: null,
    RegistrarPool: null,
    OnlineVoiceRoutingPolicy: account.onlineVoiceRoutingPolicy,
    TenantDialPlan: account.tenantDialPlan,
    OnlineDialOutPolicy: account.onlineDialOutPolicy,
    TeamsEmergencyCallRoutingPolicy: account.teamsEmergencyCallRoutingPolicy,
    FeatureTypes: ["Teams", "PhoneSystem"],
  });
}

/** The cmdlet that prints users. */
export const ONLINE_USER_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Get-CsOnlineUser",
      parameters: [parameter("Identity", "string", 0), parameter("ResultSize", "int")],
    },
    notKept: [],
    run: getOnlineUser,
  },
];
