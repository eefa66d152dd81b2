/**
 * Real cmdlets of the MicrosoftTeams module that change nothing of what decides outbound calls here, as
 * administrators' scripts are full of them. The list is written from memory of the module's reference
 * (Microsoft: the Skype and Teams PowerShell reference), not exported from it; what it lacks is told as an
 * unknown command.
 *
 * @module
 */
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";

/** New-, Set-, Get-, Remove- and Grant-, of which some lack one; what follows `Cs` is also what -PolicyType takes. */
const POLICIES: readonly string[] = [
  "ApplicationAccessPolicy",
  "CloudMeetingPolicy",
  "ExternalAccessPolicy",
  "ExternalUserCommunicationPolicy",
  "OnlineVoicemailPolicy",
  "TeamsAIPolicy",
  "TeamsAppPermissionPolicy",
  "TeamsAppSetupPolicy",
  "TeamsAudioConferencingPolicy",
  "TeamsBYODAndDesksPolicy",
  "TeamsCallHoldPolicy",
  "TeamsCallParkPolicy",
  "TeamsCallingPolicy",
  "TeamsChannelsPolicy",
  "TeamsComplianceRecordingPolicy",
  "TeamsCortanaPolicy",
  "TeamsEducationAssignmentsAppPolicy",
  "TeamsEmergencyCallingPolicy",
  "TeamsEnhancedEncryptionPolicy",
  "TeamsEventsPolicy",
  "TeamsFeedbackPolicy",
  "TeamsFilesPolicy",
  "TeamsInteropPolicy",
  "TeamsIPPhonePolicy",
  "TeamsMediaConnectivityPolicy",
  "TeamsMediaLoggingPolicy",
  "TeamsMeetingBrandingPolicy",
  "TeamsMeetingBroadcastPolicy",
  "TeamsMeetingPolicy",
  "TeamsMeetingTemplatePermissionPolicy",
  "TeamsMessagingPolicy",
  "TeamsMobilityPolicy",
  "TeamsNetworkRoamingPolicy",
  "TeamsNotificationAndFeedsPolicy",
  "TeamsPersonalAttendantPolicy",
  "TeamsRecordingRollOutPolicy",
  "TeamsRoomVideoTeleConferencingPolicy",
  "TeamsShiftsPolicy",
  "TeamsSurvivableBranchAppliancePolicy",
  "TeamsSyntheticAutomatedCallPolicy",
  "TeamsTargetingPolicy",
  "TeamsTasksPolicy",
  "TeamsTemplatePermissionPolicy",
  "TeamsUpdateManagementPolicy",
  "TeamsUpgradePolicy",
  "TeamsVdiPolicy",
  "TeamsVerticalPackagePolicy",
  "TeamsVideoInteropServicePolicy",
  "TeamsVirtualAppointmentsPolicy",
  "TeamsVoiceApplicationsPolicy",
  "TeamsWorkLoadPolicy",
  "TeamsWorkLocationDetectionPolicy",
  "UserServicesPolicy",
];

/** Set- and Get-. */
const CONFIGURATIONS: readonly string[] = [
  "OnlineDialInConferencingTenantSettings",
  "OnlineVoicemailUserSettings",
  "PrivacyConfiguration",
  "PushNotificationConfiguration",
  "TeamsAcsFederationConfiguration",
  "TeamsAudioConferencingCustomPromptsConfiguration",
  "TeamsClientConfiguration",
  "TeamsEducationConfiguration",
  "TeamsEventsConfiguration",
  "TeamsExternalAccessConfiguration",
  "TeamsGuestCallingConfiguration",
  "TeamsGuestMeetingConfiguration",
  "TeamsGuestMessagingConfiguration",
  "TeamsMeetingBroadcastConfiguration",
  "TeamsMeetingConfiguration",
  "TeamsMessagingConfiguration",
  "TeamsMultiTenantOrganizationConfiguration",
  "TeamsSettingsCustomApp",
  "TeamsSipDevicesConfiguration",
  "TeamsTenantAbuseConfiguration",
  "TeamsUpgradeConfiguration",
  "TenantFederationConfiguration",
  "TenantHybridConfiguration",
  "TenantPublicProvider",
  "UserCallingSettings",
];

/** New-, Set-, Get- and Remove-: who answers, who is blocked inward, where callers are. */
const OBJECTS: readonly string[] = [
  "AutoAttendant",
  "CallQueue",
  "InboundBlockedNumberPattern",
  "InboundExemptNumberPattern",
  "OnlineLisPort",
  "OnlineLisSubnet",
  "OnlineLisSwitch",
  "OnlineLisWirelessAccessPoint",
  "OnlineSchedule",
  "TeamsSurvivableBranchAppliance",
  "TeamsUnassignedNumberTreatment",
  "TenantNetworkRegion",
  "TenantNetworkSubnet",
  "TenantTrustedIPAddress",
  "VideoInteropServiceProvider",
];

/** By their whole names. */
const OTHERS: readonly string[] = [
  "Get-CsAutoAttendantHolidays",
  "Export-CsAutoAttendantHolidays",
  "Import-CsAutoAttendantHolidays",
  "Update-CsAutoAttendant",
  "New-CsAutoAttendantCallFlow",
  "New-CsAutoAttendantCallHandlingAssociation",
  "New-CsAutoAttendantCallableEntity",
  "New-CsAutoAttendantDialScope",
  "New-CsAutoAttendantMenu",
  "New-CsAutoAttendantMenuOption",
  "New-CsAutoAttendantPrompt",
  "New-CsOnlineDateTimeRange",
  "New-CsOnlineTimeRange",
  "Import-CsOnlineAudioFile",
  "Export-CsOnlineAudioFile",
  "Get-CsOnlineAudioFile",
  "Remove-CsOnlineAudioFile",
  "New-CsOnlineApplicationInstanceAssociation",
  "Get-CsOnlineApplicationInstanceAssociation",
  "Remove-CsOnlineApplicationInstanceAssociation",
  "Get-CsTenantBlockedCallingNumbers",
  "Set-CsTenantBlockedCallingNumbers",
  "Test-CsInboundBlockedNumberPattern",
  "Get-CsOnlineEnhancedEmergencyServiceDisclaimer",
  "Set-CsOnlineEnhancedEmergencyServiceDisclaimer",
  "Grant-CsUserPolicyPackage",
  "Get-CsUserPolicyPackage",
  "Get-CsPolicyPackage",
  "Grant-CsGroupPolicyPackageAssignment",
  "New-CsTeamsComplianceRecordingApplication",
  "Set-CsTeamsComplianceRecordingApplication",
  "Get-CsTeamsComplianceRecordingApplication",
  "Remove-CsTeamsComplianceRecordingApplication",
  "New-CsUserCallingDelegate",
  "Set-CsUserCallingDelegate",
  "Remove-CsUserCallingDelegate",
  "New-Team",
  "Get-Team",
  "Set-Team",
  "Remove-Team",
  "Add-TeamUser",
  "Get-TeamUser",
  "Remove-TeamUser",
  "New-TeamChannel",
  "Get-TeamChannel",
  "Set-TeamChannel",
  "Remove-TeamChannel",
  "Set-TeamPicture",
];

/** They have a part in real calls that is not taken into account here: what it is. */
const UNCONSIDERED: Readonly<Record<string, string>> = {
  teamscallingpolicy:
    "whether users may call privately, forward to phones and bypass toll (PreventTollBypass)",
  teamsupgradepolicy: "the coexistence mode, which must be TeamsOnly for calls",
  teamsworkloadpolicy: "whether users may call at all (AllowCalling)",
  tenantnetworksubnet: "which network site callers are in",
  tenantnetworkregion: "which region a network site is in",
  tenanttrustedipaddress: "whether callers are inside the corporate network",
};

/** How each goes on where it matters. */
const CURES: Readonly<Record<string, string>> = {
  teamsupgradepolicy: "write teamsUpgradeEffectiveMode of the users into the tenant file",
  tenantnetworksubnet: "name the caller's site with --site",
};

const NAMES: readonly string[] = [
  ...written(["New", "Set", "Get", "Remove", "Grant"], POLICIES),
  ...written(["Set", "Get"], CONFIGURATIONS),
  ...written(["New", "Set", "Get", "Remove"], OBJECTS),
  ...OTHERS,
];

function written(verbs: readonly string[], nouns: readonly string[]): readonly string[] {
  return nouns.flatMap((noun) => verbs.map((verb) => `${verb}-Cs${noun}`));
}

const BY_KEY: ReadonlyMap<string, string> = new Map(
  NAMES.map((name) => [name.toLowerCase(), name]),
);
const POLICY_BY_KEY: ReadonlyMap<string, string> = new Map(
  POLICIES.map((type) => [type.toLowerCase(), type]),
);

/** All names, for "did you mean". */
export function passedOverNames(): readonly string[] {
  return NAMES;
}

/** The cmdlet of that name in its own spelling; `null` = it is none of these. */
export function passedOverCmdlet(name: string): string | null {
  return BY_KEY.get(name.toLowerCase().replace(/^microsoftteams\\/, "")) ?? null;
}

/** The policy type in its own spelling, of those that route nothing here; `null` = it is none of these. */
export function passedOverPolicyType(type: string): string | null {
  return POLICY_BY_KEY.get(type.toLowerCase()) ?? null;
}

/** The types of {@link passedOverPolicyType}. */
export function passedOverPolicyTypes(): readonly string[] {
  return POLICIES;
}

/**
 * What is said of a line that is passed over.
 *
 * @param told - The line in short: the cmdlet, or the cmdlet with its -PolicyType.
 * @param subject - The cmdlet, or the policy type.
 * @problem CMDLET_PASSED_OVER
 * @problem CMDLET_NOT_CONSIDERED it has a part in real calls
 */
export function passedOver(told: string, subject: string, at: SourcePlace | null): Problem {
  const key = subject.toLowerCase().replace(/^\w+-cs/, "");
  const part = subject.toLowerCase().startsWith("get-") ? undefined : UNCONSIDERED[key];
  if (part !== undefined) {
    const what = `${told} is passed over, although it bears on calls; not taken into account: ${part}`;
    const cure = CURES[key] ?? "keep it for Teams itself, and its part in mind";
    return problem("CMDLET_NOT_CONSIDERED", what, cure, at);
  }
  const what = `${told} is passed over: it does not affect outbound calls`;
  return problem("CMDLET_PASSED_OVER", what, "nothing is to be done", at);
}
