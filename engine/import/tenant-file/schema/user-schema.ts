import { z } from "zod";
import type { CoexistenceMode, License, ResourceAccount, User } from "../../../model/user.ts";
import { numberType } from "./phone-number-schema.ts";
import { country, e164, flag, lineUri, list, name, oneOf, optional, policyName } from "./values.ts";

const LICENSES = [
  "TeamsPhone",
  "CallingPlan",
  "CallingPlanDomestic",
  "CallingPlanInternational",
  "AudioConferencing",
  "OperatorConnectConferencing",
  "TeamsPhoneMobile",
  "TeamsPhoneResourceAccount",
  "CommunicationsCredits",
] as const satisfies readonly License[];

const COEXISTENCE_MODES = [
  "TeamsOnly",
  "Islands",
  "SfBOnly",
  "SfBWithTeamsCollab",
  "SfBWithTeamsCollabAndMeetings",
] as const satisfies readonly CoexistenceMode[];

const grant = (of: string) =>
  optional(policyName()).describe(`${of} granted directly; null = none`);

/** A person who calls, or who organizes meetings that call (Microsoft: Get-CsOnlineUser). */
export const userSchema: z.ZodType<User> = z.strictObject({
  userPrincipalName: name(),
  displayName: optional(name()),
  usageLocation: optional(country()),
  licenses: list(oneOf(LICENSES)),
  teamsUpgradeEffectiveMode: oneOf(COEXISTENCE_MODES)
    .default("TeamsOnly")
    .describe("Counts when the tenant's coexistenceMode is Islands"),
  enterpriseVoiceEnabled: flag(false),
  lineUri: optional(lineUri()).describe("tel:+14255550101, optionally with ;ext=…"),
  onPremLineUri: optional(lineUri()).describe("Written on premises; null when managed online"),
  numberType: optional(numberType()),
  groups: list(name()).describe("Groups of which the user is a direct member"),
  onlineVoiceRoutingPolicy: grant("Voice routing policy"),
  onlineAudioConferencingRoutingPolicy: grant("Audio Conferencing routing policy"),
  tenantDialPlan: grant("Dial plan"),
  onlineDialOutPolicy: grant("Outbound calling restriction"),
  callingLineIdentity: grant("Calling line identity"),
  teamsEmergencyCallRoutingPolicy: grant("Emergency call routing policy"),
  teamsSharedCallingRoutingPolicy: grant("Shared calling policy"),
  audioConferencing: optional(
    z.strictObject({
      serviceNumber: optional(e164()).describe("Toll number in the invites to the user's meetings"),
      tollFreeServiceNumber: optional(e164()),
    }),
  ),
  effectivePolicyAssignments: list(
    z.strictObject({
      policyType: name(),
      policyName: policyName(),
      assignmentType: oneOf(["Direct", "Group"]),
      groupId: optional(name()),
    }),
  ).describe("What Get-CsOnlineUser said counts for the user; check compares it"),
});

/** An auto attendant or call queue. */
export const resourceAccountSchema: z.ZodType<ResourceAccount> = z.strictObject({
  userPrincipalName: name(),
  displayName: optional(name()),
  application: oneOf(["AutoAttendant", "CallQueue"]),
  usageLocation: optional(country()),
  licenses: list(oneOf(LICENSES)),
  lineUri: optional(lineUri()),
  numberType: optional(numberType()),
  onlineVoiceRoutingPolicy: grant("Voice routing policy"),
  tenantDialPlan: grant("Dial plan"),
  onlineDialOutPolicy: grant("Outbound calling restriction"),
  teamsEmergencyCallRoutingPolicy: grant("Emergency call routing policy"),
});
