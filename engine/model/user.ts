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
  readonly audioConferencing: AudioConferencingUser | null;
}

/** An auto attendant or call queue with a number of its own. */
export interface ResourceAccount {
  readonly userPrincipalName: string;
  readonly displayName: string | null;
  readonly application: "AutoAttendant" | "CallQueue";
  readonly usageLocation: string | null;
  readonly lineUri: string | null;
  readonly numberType: NumberType | null;
  readonly onlineVoiceRoutingPolicy: string | null;
}
