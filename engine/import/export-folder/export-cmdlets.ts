/**
 * Every cmdlet whose objects are read: what its file is called, what stands in it, why it is needed, and
 * how it is exported. `outdial collect` prints from this table what the reader looks for.
 *
 * @module
 */
import * as accounts from "./account-fields.ts";
import type { FieldTable } from "./map-records.ts";
import * as rules from "./number-rules-fields.ts";
import * as routing from "./voice-routing-fields.ts";

/** A cmdlet of Teams (or Graph) whose output is read. */
export interface ExportCmdlet {
  /** Also the name of its file, with an ending. */
  readonly cmdlet: string;
  /** What a published backup script calls the file, if it has one. */
  readonly backupName: string | null;
  readonly table: FieldTable;
  /** What it says about the tenant, for the person who runs the export. */
  readonly why: string;
  /** The PowerShell whose objects are written; default: the cmdlet alone. */
  readonly collect: readonly string[] | null;
}

function cmdlet(
  name: string,
  table: FieldTable,
  why: string,
  more: { readonly backup?: string; readonly collect?: readonly string[] } = {},
): ExportCmdlet {
  const { backup = null, collect = null } = more;
  return { cmdlet: name, backupName: backup, table, why, collect };
}

const NOTHING: FieldTable = { fields: [], unread: [] };

/** In the order in which they are collected and read: names that others use come first. */
export const EXPORT_CMDLETS: readonly ExportCmdlet[] = [
  cmdlet(
    "Get-CsTenant",
    accounts.TENANT_FIELDS,
    "Who the tenant is: domains that gateways may have, coexistence mode",
    {
      collect: [
        "Get-CsTenant | Select-Object TenantId, DisplayName, CountryAbbreviation, VerifiedDomains, TeamsUpgradeEffectiveMode",
      ],
    },
  ),
  cmdlet(
    "Get-CsOnlinePstnUsage",
    routing.PSTN_USAGE_FIELDS,
    "PSTN usages: what ties voice routes to policies",
    { backup: "PSTNUsages" },
  ),
  cmdlet(
    "Get-CsOnlinePSTNGateway",
    routing.GATEWAY_FIELDS,
    "Session Border Controllers of Direct Routing",
    { backup: "PSTNGateways" },
  ),
  cmdlet(
    "Get-CsTeamsTranslationRule",
    rules.TRANSLATION_RULE_FIELDS,
    "Rules by which gateways rewrite numbers",
    { backup: "TranslationRules" },
  ),
  cmdlet(
    "Get-CsOnlineVoiceRoute",
    routing.VOICE_ROUTE_FIELDS,
    "Voice routes: which numbers leave over which gateways",
    { backup: "VoiceRoutes" },
  ),
  cmdlet(
    "Get-CsOnlineVoiceRoutingPolicy",
    routing.ROUTING_POLICY_FIELDS,
    "Voice routing policies: which usages a user's own calls may take",
    { backup: "VoiceRoutingPolicies" },
  ),
  cmdlet(
    "Get-CsOnlineAudioConferencingRoutingPolicy",
    routing.ROUTING_POLICY_FIELDS,
    "The same for calls out of meetings",
  ),
  cmdlet(
    "Get-CsTenantDialPlan",
    rules.DIAL_PLAN_FIELDS,
    "Dial plans: how dialed digits become numbers",
    {
      backup: "Dialplans",
    },
  ),
  cmdlet(
    "Get-CsEffectiveTenantDialPlan",
    rules.EFFECTIVE_DIAL_PLAN_FIELDS,
    "The rules that Microsoft has for each country; one user of each usage location shows them",
    {
      collect: [
        "$users | Where-Object { $_.UsageLocation } | Group-Object UsageLocation | ForEach-Object {",
        "  $country = $_.Name",
        "  $user = $_.Group[0]",
        "  $plan = Get-CsEffectiveTenantDialPlan -Identity $user.UserPrincipalName",
        "  [PSCustomObject]@{ UsageLocation = $country; Identity = $plan.Identity; NormalizationRules = $plan.NormalizationRules }",
        "}",
      ],
    },
  ),
  cmdlet(
    "Get-CsCallingLineIdentity",
    rules.CALLING_LINE_IDENTITY_FIELDS,
    "Caller ID policies: what the called party is shown",
  ),
  cmdlet(
    "Get-CsTeamsSharedCallingRoutingPolicy",
    rules.SHARED_CALLING_FIELDS,
    "Shared calling: users who call by the number of a resource account",
  ),
  cmdlet(
    "Get-CsTeamsEmergencyCallRoutingPolicy",
    rules.EMERGENCY_POLICY_FIELDS,
    "Emergency numbers and the usages that carry them",
  ),
  cmdlet(
    "Get-CsOnlineDialOutPolicy",
    NOTHING,
    "Outbound calling restrictions: built in, so only their assignment to users is read",
  ),
  cmdlet(
    "Get-CsTenantNetworkSite",
    rules.NETWORK_SITE_FIELDS,
    "Network sites with emergency policies of their own",
  ),
  cmdlet("Get-CsOnlineLisCivicAddress", rules.CIVIC_ADDRESS_FIELDS, "Emergency addresses"),
  cmdlet("Get-CsOnlineLisLocation", rules.LOCATION_FIELDS, "Places inside emergency addresses"),
  cmdlet(
    "Get-CsGroupPolicyAssignment",
    routing.GROUP_ASSIGNMENT_FIELDS,
    "Policies that users have through a group",
  ),
  cmdlet(
    "Get-MgGroupMember",
    routing.GROUP_MEMBER_FIELDS,
    "Members of those groups: needs the module Microsoft.Graph.Groups and Connect-MgGraph -Scopes GroupMember.Read.All, and is left out without them",
    {
      collect: [
        "if (Get-Command Get-MgGroupMember -ErrorAction SilentlyContinue) {",
        "  Get-CsGroupPolicyAssignment | Select-Object -ExpandProperty GroupId -Unique | ForEach-Object {",
        "    $group = $_",
        "    Get-MgGroupMember -GroupId $group -All | ForEach-Object {",
        "      [PSCustomObject]@{ GroupId = $group; UserPrincipalName = $_.AdditionalProperties['userPrincipalName'] }",
        "    }",
        "  }",
        "}",
      ],
    },
  ),
  cmdlet(
    "Get-CsOnlineUser",
    accounts.USER_FIELDS,
    "Users: licences, numbers and directly assigned policies",
    { collect: ["$users"] },
  ),
  cmdlet(
    "Get-CsOnlineApplicationInstance",
    accounts.APPLICATION_INSTANCE_FIELDS,
    "Resource accounts of auto attendants and call queues",
  ),
  cmdlet(
    "Get-CsPhoneNumberAssignment",
    accounts.PHONE_NUMBER_FIELDS,
    "Telephone numbers, 1,000 at a time: more are not given at once",
    {
      collect: [
        "$skip = 0",
        "do {",
        "  $page = @(Get-CsPhoneNumberAssignment -Top 1000 -Skip $skip)",
        "  $page",
        "  $skip = $skip + 1000",
        "} while ($page.Count -eq 1000)",
      ],
    },
  ),
  cmdlet(
    "Get-CsOnlineDialInConferencingBridge",
    accounts.BRIDGE_FIELDS,
    "The audio conferencing bridge and its default number, the caller ID of most meetings",
  ),
  cmdlet(
    "Get-CsOnlineDialInConferencingServiceNumber",
    accounts.SERVICE_NUMBER_FIELDS,
    "Numbers of the bridge",
  ),
  cmdlet(
    "Get-CsOnlineDialInConferencingUser",
    accounts.CONFERENCING_USER_FIELDS,
    "Numbers in the invites of each organizer",
    { collect: ["Get-CsOnlineDialInConferencingUser -ResultSize 1000000"] },
  ),
];

/** Endings of files that are read. */
export const EXPORT_ENDINGS: readonly string[] = [".json", ".txt", ".csv"];

const BY_NAME: ReadonlyMap<string, ExportCmdlet> = new Map(
  EXPORT_CMDLETS.flatMap((one) => [
    [one.cmdlet.toLowerCase(), one] as const,
    ...(one.backupName === null ? [] : [[one.backupName.toLowerCase(), one] as const]),
  ]),
);

/** The cmdlet whose output a file of this name holds; `null` = none that is read. */
export function cmdletOfFile(name: string): ExportCmdlet | null {
  const dot = name.lastIndexOf(".");
  if (dot < 0 || !EXPORT_ENDINGS.includes(name.slice(dot).toLowerCase())) return null;
  return BY_NAME.get(name.slice(0, dot).toLowerCase()) ?? null;
}

/** Whether the file holds what no cmdlet exports, by the keys of the canonical tenant file. */
export function isOperatorsFile(name: string): boolean {
  return /^operators\.(?:ya?ml|json)$/i.test(name);
}
