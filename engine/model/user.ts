import type { NumberType } from "./phone-number.ts";

/** Licences that routing looks at. `CallingPlan` counts as both calling plans. */
export type License =
  | "TeamsPhone"
  | "CallingPlan"
  | "CallingPlanDomestic"
  | "CallingPlanInternational"
  | "AudioConferencing"
  | "OperatorConnectConferencing"
  | "TeamsPhoneMobile"
  | "TeamsPhoneResourceAccount"
  | "CommunicationsCredits";

/** Coexistence mode with Skype for Business. Outbound calls need `TeamsOnly`. */
export type CoexistenceMode =
  | "TeamsOnly"
  | "Islands"
  | "SfBOnly"
  | "SfBWithTeamsCollab"
  | "SfBWithTeamsCollabAndMeetings";

/** A user's own numbers in invites to the meetings she organizes. */
export interface AudioConferencingUser {
  readonly serviceNumber: string | null;
  readonly tollFreeServiceNumber: string | null;
}

/** A person who calls, or who organizes meetings that call. */
export interface User {
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly usageLocation: string | null;
  readonly licenses: readonly License[];
  readonly teamsUpgradeEffectiveMode: CoexistenceMode;
  readonly enterpriseVoiceEnabled: boolean;
  /** `tel:+14255550101`, optionally with `;ext=…`. */
  readonly lineUri: string | null;
  /** Written on premises and synchronised; `null` when managed online. */
  readonly onPremLineUri: string | null;
  readonly numberType: NumberType | null;
  /** Groups of which the user is a direct member. */
  readonly groups: readonly string[];
  /** Policies assigned to the user directly; `null` = none, so group or Global counts. */
  readonly onlineVoiceRoutingPolicy: string | null;
  readonly onlineAudioConferencingRoutingPolicy: string | null;
  readonly tenantDialPlan: string | null;
  readonly onlineDialOutPolicy: string | null;
  readonly callingLineIdentity: string | null;
  readonly teamsEmergencyCallRoutingPolicy: string | null;
  readonly teamsSharedCallingRoutingPolicy: string | null;
  readonly audioConferencing: AudioConferencingUser | null;
  /**
   * What Get-CsOnlineUser said of the policies that count for the user when the tenant was exported; empty
   * = it did not say. Never decides anything: `check` compares it with what we find.
   */
  readonly effectivePolicyAssignments: readonly EffectivePolicyAssignment[];
}

/** One policy that counts for a user, as exported. */
export interface EffectivePolicyAssignment {
  readonly policyType: string;
  readonly policyName: string;
  readonly assignmentType: "Direct" | "Group";
  /** By which group; `null` for direct ones. */
  readonly groupId: string | null;
}

/** An auto attendant or call queue with a number of its own. */
export interface ResourceAccount {
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly application: "AutoAttendant" | "CallQueue";
  readonly usageLocation: string | null;
  readonly licenses: readonly License[];
  readonly lineUri: string | null;
  readonly numberType: NumberType | null;
  readonly onlineVoiceRoutingPolicy: string | null;
  readonly tenantDialPlan: string | null;
  readonly onlineDialOutPolicy: string | null;
  readonly teamsEmergencyCallRoutingPolicy: string | null;
}

/** The values of a user of whom nothing but the name is known. */
export const USER_DEFAULTS: Omit<User, "userPrincipalName"> = {
  displayName: null,
  usageLocation: null,
  licenses: [],
  teamsUpgradeEffectiveMode: "TeamsOnly",
  enterpriseVoiceEnabled: false,
  lineUri: null,
  onPremLineUri: null,
  numberType: null,
  groups: [],
  onlineVoiceRoutingPolicy: null,
  onlineAudioConferencingRoutingPolicy: null,
  tenantDialPlan: null,
  onlineDialOutPolicy: null,
  callingLineIdentity: null,
  teamsEmergencyCallRoutingPolicy: null,
  teamsSharedCallingRoutingPolicy: null,
  audioConferencing: null,
  effectivePolicyAssignments: [],
};

/** The values of a resource account of which nothing but name and application are known. */
export const RESOURCE_ACCOUNT_DEFAULTS: Omit<ResourceAccount, "userPrincipalName" | "application"> =
  {
    displayName: null,
    usageLocation: null,
    licenses: [],
    lineUri: null,
    numberType: null,
    onlineVoiceRoutingPolicy: null,
    tenantDialPlan: null,
    onlineDialOutPolicy: null,
    teamsEmergencyCallRoutingPolicy: null,
  };
