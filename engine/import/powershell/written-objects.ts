/**
 * Which commands make which objects of a tenant, in the order in which they need each other.
 *
 * @module
 */
import { nameKey } from "../../model/name-key.ts";
import { EMPTY_TENANT, type Tenant } from "../../model/tenant.ts";
import type { PstnGateway, RoutingPolicy, VoiceRoute } from "../../model/voice-routing.ts";
import type { ArgumentValue, CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";

/** One kind of object: the tenant without them, and the calls that put them back. */
export interface ObjectKind {
  readonly title: string;
  readonly without: (tenant: Tenant) => Tenant;
  readonly calls: (tenant: Tenant) => readonly CmdletInvocation[];
}

type Parameters = Readonly<Record<string, ArgumentValue | undefined>>;

/** A call with the parameters that are not `undefined`. */
function call(cmdlet: string, parameters: Parameters): CmdletInvocation {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, ArgumentValue] => entry[1] !== undefined,
  );
  return { cmdlet, parameters: new Map(given), at: null };
}

function listOrNone(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : list;
}

const USAGES: ObjectKind = {
  title: "PSTN usages",
  without: (tenant) => ({
    ...tenant,
    onlinePstnUsages: tenant.onlinePstnUsages.slice(0, usagesToKeep(tenant)),
  }),
  calls: (tenant) =>
    tenant.onlinePstnUsages.slice(usagesToKeep(tenant)).map((usage) =>
      call("Set-CsOnlinePstnUsage", {
        Identity: "Global",
        Usage: { kind: "table", entries: [["Add", usage]] },
      }),
    ),
};

/** How many of the first usages stay: all up to the last that an emergency policy names. */
function usagesToKeep(tenant: Tenant): number {
  const named = new Set(
    tenant.teamsEmergencyCallRoutingPolicies
      .flatMap((policy) => policy.emergencyNumbers)
      .map((number) => nameKey(number.onlinePstnUsage ?? "")),
  );
  return tenant.onlinePstnUsages.findLastIndex((usage) => named.has(nameKey(usage))) + 1;
}

const GATEWAYS: ObjectKind = {
  title: "PSTN gateways",
  without: (tenant) => ({
    ...tenant,
    onlinePstnGateways: tenant.onlinePstnGateways.slice(0, gatewaysToKeep(tenant)),
  }),
  calls: (tenant) => tenant.onlinePstnGateways.slice(gatewaysToKeep(tenant)).map(newGateway),
};

/** How many of the first gateways stay: all up to the last derived trunk, which no cmdlet makes. */
function gatewaysToKeep(tenant: Tenant): number {
  return tenant.onlinePstnGateways.findLastIndex((gateway) => gateway.derived) + 1;
}

function newGateway(gateway: PstnGateway): CmdletInvocation {
  return call("New-CsOnlinePSTNGateway", {
    Identity: gateway.identity,
    SipSignalingPort: gateway.sipSignalingPort,
    Enabled: gateway.enabled,
    FailoverResponseCodes: gateway.failoverResponseCodes.join(", "),
    FailoverTimeSeconds: gateway.failoverTimeSeconds,
    MaxConcurrentSessions: gateway.maxConcurrentSessions ?? undefined,
    ForwardCallHistory: gateway.forwardCallHistory,
    ForwardPai: gateway.forwardPai,
    SendSipOptions: gateway.sendSipOptions,
    MediaBypass: gateway.mediaBypass,
    Description: gateway.description ?? undefined,
    InboundTeamsNumberTranslationRules: listOrNone(gateway.inboundTeamsNumberTranslationRules),
    InboundPstnNumberTranslationRules: listOrNone(gateway.inboundPstnNumberTranslationRules),
    OutboundTeamsNumberTranslationRules: listOrNone(gateway.outboundTeamsNumberTranslationRules),
    OutboundPstnNumberTranslationRules: listOrNone(gateway.outboundPstnNumberTranslationRules),
  });
}

const ROUTES: ObjectKind = {
  title: "Voice routes",
  without: (tenant) => ({ ...tenant, onlineVoiceRoutes: [] }),
  calls: (tenant) => tenant.onlineVoiceRoutes.map(newRoute),
};

function newRoute(route: VoiceRoute): CmdletInvocation {
  return call("New-CsOnlineVoiceRoute", {
    Identity: route.identity,
    NumberPattern: route.numberPattern,
    Priority: route.priority,
    OnlinePstnUsages: listOrNone(route.onlinePstnUsages),
    OnlinePstnGatewayList: listOrNone(route.onlinePstnGatewayList),
    BridgeSourcePhoneNumber: route.bridgeSourcePhoneNumber ?? undefined,
    Description: route.description ?? undefined,
  });
}

const isGlobal = (policy: RoutingPolicy): boolean => nameKey(policy.identity) === "global";

function policyKind(
  noun: "CsOnlineVoiceRoutingPolicy" | "CsOnlineAudioConferencingRoutingPolicy",
  field: "onlineVoiceRoutingPolicies" | "onlineAudioConferencingRoutingPolicies",
  title: string,
): ObjectKind {
  const make = (policy: RoutingPolicy): CmdletInvocation =>
    call(`${isGlobal(policy) ? "Set" : "New"}-${noun}`, {
      Identity: policy.identity,
      OnlinePstnUsages: listOrNone(policy.onlinePstnUsages),
      Description: policy.description ?? undefined,
    });
  const isBlank = (policy: RoutingPolicy): boolean =>
    isGlobal(policy) && policy.onlinePstnUsages.length === 0 && policy.description === null;
  return {
    title,
    without: (tenant) => ({ ...tenant, [field]: EMPTY_TENANT[field] }),
    calls: (tenant) => tenant[field].filter((policy) => !isBlank(policy)).map(make),
  };
}

/** A user or a resource account. */
interface Grantee {
  readonly userPrincipalName: string;
  readonly onlineVoiceRoutingPolicy?: string | null;
  readonly onlineAudioConferencingRoutingPolicy?: string | null;
}

function grantKind(
  noun: "CsOnlineVoiceRoutingPolicy" | "CsOnlineAudioConferencingRoutingPolicy",
  field: "onlineVoiceRoutingPolicy" | "onlineAudioConferencingRoutingPolicy",
  title: string,
): ObjectKind {
  const policyType = noun.slice("Cs".length);
  const cmdlet = `Grant-${noun}`;
  return {
    title,
    without: (tenant) => ({
      ...tenant,
      users: tenant.users.map((user) => ({ ...user, [field]: null })),
      resourceAccounts: tenant.resourceAccounts.map((account) =>
        field in account ? { ...account, [field]: null } : account,
      ),
      globalPolicies: { ...tenant.globalPolicies, [field]: null },
      groupPolicyAssignments: tenant.groupPolicyAssignments.filter(
        (assignment) => assignment.policyType !== policyType,
      ),
    }),
    calls: (tenant) => {
      const everyone = tenant.globalPolicies[field];
      const groups = tenant.groupPolicyAssignments.filter((a) => a.policyType === policyType);
      const accounts: readonly Grantee[] = [...tenant.users, ...tenant.resourceAccounts];
      return [
        ...(everyone === null ? [] : [call(cmdlet, { Global: true, PolicyName: everyone })]),
        ...groups.map(({ groupId, policyName, rank }) =>
          call(cmdlet, { Group: groupId, PolicyName: policyName, Rank: rank }),
        ),
        ...accounts
          .filter((account) => (account[field] ?? null) !== null)
          .map((account) =>
            call(cmdlet, { Identity: account.userPrincipalName, PolicyName: account[field] }),
          ),
      ];
    },
  };
}

/** Every kind that cmdlets can make; a later kind needs the earlier ones. */
export const OBJECT_KINDS: readonly ObjectKind[] = [
  USAGES,
  GATEWAYS,
  ROUTES,
  policyKind("CsOnlineVoiceRoutingPolicy", "onlineVoiceRoutingPolicies", "Voice routing policies"),
  policyKind(
    "CsOnlineAudioConferencingRoutingPolicy",
    "onlineAudioConferencingRoutingPolicies",
    "Audio Conferencing routing policies",
  ),
  grantKind(
    "CsOnlineVoiceRoutingPolicy",
    "onlineVoiceRoutingPolicy",
    "Who has which voice routing policy",
  ),
  grantKind(
    "CsOnlineAudioConferencingRoutingPolicy",
    "onlineAudioConferencingRoutingPolicy",
    "Whose meetings have which Audio Conferencing routing policy",
  ),
];
