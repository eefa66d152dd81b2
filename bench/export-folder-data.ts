import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const GROUPS = 20;
const ZERO = "00000000-0000-0000-0000-000000000000";

function guid(kind: string, index: number): string {
  return `${kind}000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
}

/** Subscriber numbers of a range that is kept for fiction are too few: these are of no country. */
function numberOf(index: number): string {
  return `+999${String(10_000_000 + index)}`;
}

function user(index: number): Readonly<Record<string, unknown>> {
  const upn = `user${index}@contoso.com`;
  const group = guid("9d", index % GROUPS);
  return {
    UserPrincipalName: upn,
    Identity: guid("a1", index),
    DisplayName: `User ${index}`,
    UsageLocation: ["US", "GB", "FR", "DE"][index % 4],
    FeatureTypes: ["Teams", "AudioConferencing", "PhoneSystem"],
    AssignedPlan: ["TEAMS1", "MCOEV", "MCOMEETADV", "EXCHANGE_S_ENTERPRISE"].map((Capability) => ({
      AssignedTimestamp: "2026-01-12T09:00:00Z",
      Capability,
      CapabilityStatus: "Enabled",
      ServicePlanId: guid("57", index % 50),
    })),
    TeamsUpgradeEffectiveMode: "TeamsOnly",
    EnterpriseVoiceEnabled: true,
    LineUri: `tel:${numberOf(index)}`,
    OnPremLineURI: null,
    OnPremLineURIManuallySet: true,
    AccountType: "User",
    EffectivePolicyAssignments: [
      {
        PolicyType: "OnlineVoiceRoutingPolicy",
        PolicyName: "International",
        AssignmentType: "Group",
        GroupId: group,
      },
    ],
    OnlineVoiceRoutingPolicy: null,
    OnlineAudioConferencingRoutingPolicy:
      index % 3 === 0 ? { Name: "Meetings", Authority: "Tenant" } : null,
    TenantDialPlan: "Tag:Redmond",
    OnlineDialOutPolicy: "DialoutCPCandPSTNInternational",
    CallingLineIdentity: null,
    TeamsEmergencyCallRoutingPolicy: null,
    TeamsSharedCallingRoutingPolicy: null,
  };
}

function phoneNumber(index: number): Readonly<Record<string, unknown>> {
  return {
    TelephoneNumber: numberOf(index),
    OperatorId: ZERO,
    NumberType: "OperatorConnect",
    ActivationState: "Activated",
    AssignedPstnTargetId: guid("a1", index),
    AssignmentCategory: "Primary",
    Capability: ["UserAssignment"],
    City: "Redmond",
    CivicAddressId: ZERO,
    IsoCountryCode: "US",
    IsoSubdivision: "US-WA",
    LocationId: ZERO,
    LocationUpdateSupported: true,
    NetworkSiteId: null,
    PortInOrderStatus: null,
    PstnAssignmentStatus: "UserAssigned",
    PstnPartnerId: ZERO,
    PstnPartnerName: "Pure IP",
    NumberSource: "Online",
    ReverseNumberLookup: [],
    Tag: [],
  };
}

/** Writes a folder as `outdial collect` makes one, of a tenant with so many users and numbers. */
export function writeExportFolder(folder: string, users: number): readonly string[] {
  const usages = ["US", "UK", "International"];
  const all = Array.from({ length: users }, (_, index) => index);
  const files: Readonly<Record<string, unknown>> = {
    "Get-CsOnlinePstnUsage.json": [{ Identity: "Global", Usage: usages }],
    "Get-CsOnlinePSTNGateway.json": [{ Identity: "sbc1.contoso.com", Enabled: true }],
    "Get-CsOnlineVoiceRoute.json": usages.map((usage, index) => ({
      Identity: usage,
      Priority: index,
      NumberPattern: `^\\+${index + 1}`,
      OnlinePstnUsages: [usage],
      OnlinePstnGatewayList: ["sbc1.contoso.com"],
    })),
    "Get-CsOnlineVoiceRoutingPolicy.json": [
      { Identity: "Global", OnlinePstnUsages: [] },
      { Identity: "Tag:International", OnlinePstnUsages: usages },
    ],
    "Get-CsOnlineAudioConferencingRoutingPolicy.json": [
      { Identity: "Tag:Meetings", OnlinePstnUsages: ["UK"] },
    ],
    "Get-CsTenantDialPlan.json": [{ Identity: "Tag:Redmond", NormalizationRules: [] }],
    "Get-CsGroupPolicyAssignment.json": Array.from({ length: GROUPS }, (_, index) => ({
      GroupId: guid("9d", index),
      PolicyType: "OnlineVoiceRoutingPolicy",
      PolicyName: "International",
      Rank: 1,
    })),
    "Get-CsOnlineUser.json": all.map(user),
    "Get-CsPhoneNumberAssignment.json": all.map(phoneNumber),
  };
  mkdirSync(folder, { recursive: true });
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    // Windows PowerShell and PowerShell 7 both indent.
    writeFileSync(path, JSON.stringify(content, null, 2));
    return path;
  });
}
