import { problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { License, User } from "../model/user.ts";
import { type Cmdlet, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { findAccount } from "./find-account.ts";
import { checkBounds } from "./gateway-values.ts";
import { readUserFilter } from "./user-filter.ts";
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

/** Properties that a filter can ask for: those whose words are the service's own. */
const FILTERED: readonly string[] = [
  "Identity",
  "UserPrincipalName",
  "DisplayName",
  "AccountType",
  "SipAddress",
  "UsageLocation",
  "TeamsUpgradeEffectiveMode",
  "EnterpriseVoiceEnabled",
  "LineUri",
  "OnPremLineURI",
  "OnlineVoiceRoutingPolicy",
  "OnlineAudioConferencingRoutingPolicy",
  "TenantDialPlan",
  "OnlineDialOutPolicy",
  "CallingLineIdentity",
  "TeamsEmergencyCallRoutingPolicy",
  "TeamsSharedCallingRoutingPolicy",
  "FeatureTypes",
];

/**
 * `Get-CsOnlineUser`: one user or resource account, those that -Filter accepts, or all of them.
 * RegistrarPool is always empty: it names a server of the service itself.
 *
 * @problem USER_NOT_FOUND, CMDLET_INVALID_VALUE, IMPORT_UNRESOLVED (a filter that is not evaluated)
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
  const written = args.text("Filter") ?? "";
  const filter = readUserFilter(written === "" ? "Identity -like *" : written, FILTERED);
  if (!filter.ok) {
    const what = `Get-CsOnlineUser -Filter is not evaluated here: ${filter.cause}`;
    const hint = `compare properties with literals, such as -Filter "LineUri -like 'tel:+1425*'", or use Where-Object`;
    return refused(tenant, [problem("IMPORT_UNRESOLVED", what, hint, args.at)]);
  }
  const all = [
    ...tenant.users.map((user) => userOutput(tenant, user)),
    ...tenant.resourceAccounts.map(resourceOutput),
  ].filter(filter.accepts);
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

/**
 * Every property that a user has, so that a pipeline over all accounts can ask each for it. Voice is
 * enabled with the number, and resource accounts are in Teams only (both assumed).
 */
function resourceOutput(account: Tenant["resourceAccounts"][number]): OutputObject {
  return outputObject({
    Identity: account.userPrincipalName,
    UserPrincipalName: account.userPrincipalName,
    DisplayName: account.displayName,
    AccountType: "ResourceAccount",
    SipAddress: `sip:${account.userPrincipalName}`,
    UsageLocation: account.usageLocation,
    TeamsUpgradeEffectiveMode: "TeamsOnly",
    EnterpriseVoiceEnabled: account.lineUri !== null,
    LineUri: account.lineUri,
    OnPremLineURI: null,
    RegistrarPool: null,
    OnlineVoiceRoutingPolicy: account.onlineVoiceRoutingPolicy,
    TenantDialPlan: account.tenantDialPlan,
    OnlineDialOutPolicy: account.onlineDialOutPolicy,
    TeamsEmergencyCallRoutingPolicy: account.teamsEmergencyCallRoutingPolicy,
    OnlineAudioConferencingRoutingPolicy: null,
    CallingLineIdentity: null,
    TeamsSharedCallingRoutingPolicy: null,
    EffectivePolicyAssignments: [],
    FeatureTypes: ["Teams", "PhoneSystem"],
    AssignedPlan: account.licenses,
  });
}

/** The cmdlet that prints users. */
export const ONLINE_USER_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Get-CsOnlineUser",
      parameters: [
        parameter("Identity", "string", 0),
        parameter("ResultSize", "int"),
        parameter("Filter", "string"),
      ],
    },
    notKept: [],
    run: getOnlineUser,
  },
];
