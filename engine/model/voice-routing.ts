/**
 * The four objects that administrators route with: PSTN usages (plain strings), voice routes, the two
 * kinds of routing policy, and the assignments of policies to people.
 *
 * @module
 */

/** `New-CsOnlineVoiceRoute`: which numbers, and where they leave the tenant. */
export interface VoiceRoute {
  readonly identity: string;
  /** 0 is tried first; equal priorities stand in tenant-file order. */
  readonly priority: number;
  /** A .NET regular expression, unanchored unless it says so. */
  readonly numberPattern: string;
  readonly onlinePstnUsages: readonly string[];
  readonly onlinePstnGatewayList: readonly string[];
  /** An operator's bridge number: its operator carries the call and shows it as caller ID. */
  readonly bridgeSourcePhoneNumber: string | null;
  readonly description: string | null;
}

/** A voice routing or audio conferencing routing policy: usages in the order they are tried. */
export interface RoutingPolicy {
  /** `Global`, or a name without the `Tag:` prefix. */
  readonly identity: string;
  readonly onlinePstnUsages: readonly string[];
  readonly description: string | null;
}

/** The two kinds of policy that route calls: for a user's own calls, and for calls out of meetings. */
export type RoutingPolicyType = "OnlineVoiceRoutingPolicy" | "OnlineAudioConferencingRoutingPolicy";

/** Every kind of policy by which a call can be routed: in an emergency, by a usage of its own. */
export type RoutedPolicyType = RoutingPolicyType | "TeamsEmergencyCallRoutingPolicy";

/** Which policy `Grant … -Global` put in the place of the instance `Global`; `null` = that instance. */
export interface GlobalPolicies {
  readonly onlineVoiceRoutingPolicy: string | null;
  readonly onlineAudioConferencingRoutingPolicy: string | null;
  readonly tenantDialPlan: string | null;
  readonly onlineDialOutPolicy: string | null;
  readonly callingLineIdentity: string | null;
  readonly teamsEmergencyCallRoutingPolicy: string | null;
  readonly teamsSharedCallingRoutingPolicy: string | null;
}

/** Nothing was granted with -Global. */
export const NO_GLOBAL_POLICIES: GlobalPolicies = {
  onlineVoiceRoutingPolicy: null,
  onlineAudioConferencingRoutingPolicy: null,
  tenantDialPlan: null,
  onlineDialOutPolicy: null,
  callingLineIdentity: null,
  teamsEmergencyCallRoutingPolicy: null,
  teamsSharedCallingRoutingPolicy: null,
};

/** A policy assigned to a group; the smallest rank of a user's groups wins. */
export interface GroupPolicyAssignment {
  readonly groupId: string;
  readonly policyType: string;
  readonly policyName: string;
  readonly rank: number;
}

/** For whom media passes by Microsoft's servers. */
export type BypassMode = "None" | "Always" | "OnlyForLocalUsers";

/** `New-CsOnlinePSTNGateway`: a Session Border Controller of Direct Routing. */
export interface PstnGateway {
  /** Its FQDN. */
  readonly identity: string;
  readonly sipSignalingPort: number;
  readonly enabled: boolean;
  readonly failoverResponseCodes: readonly number[];
  readonly failoverTimeSeconds: number;
  readonly maxConcurrentSessions: number | null;
  readonly forwardCallHistory: boolean;
  readonly forwardPai: boolean;
  readonly sendSipOptions: boolean;
  readonly mediaBypass: boolean;
  readonly bypassMode: BypassMode;
  readonly ipAddressVersion: "IPv4" | "IPv6";
  readonly pidfLoSupported: boolean;
  readonly gatewaySiteId: string | null;
  readonly gatewaySiteLbrEnabled: boolean;
  readonly gatewayLbrEnabledUserOverride: boolean;
  readonly mediaRelayRoutingLocationOverride: string | null;
  readonly proxySbc: string | null;
  readonly description: string | null;
  readonly inboundTeamsNumberTranslationRules: readonly string[];
  readonly inboundPstnNumberTranslationRules: readonly string[];
  readonly outboundTeamsNumberTranslationRules: readonly string[];
  readonly outboundPstnNumberTranslationRules: readonly string[];
  /** A carrier's derived trunk: routes may name it although Get-CsOnlinePSTNGateway does not list it. */
  readonly derived: boolean;
}

/** The values of a gateway for which nothing was given (Microsoft: New-CsOnlinePSTNGateway). */
export const GATEWAY_DEFAULTS: Omit<PstnGateway, "identity" | "sipSignalingPort"> = {
  enabled: false,
  failoverResponseCodes: [408, 503, 504],
  failoverTimeSeconds: 10,
  maxConcurrentSessions: null,
  forwardCallHistory: false,
  forwardPai: false,
  sendSipOptions: true,
  mediaBypass: false,
  bypassMode: "None",
  ipAddressVersion: "IPv4",
  pidfLoSupported: false,
  gatewaySiteId: null,
  gatewaySiteLbrEnabled: false,
  gatewayLbrEnabledUserOverride: false,
  mediaRelayRoutingLocationOverride: null,
  proxySbc: null,
  description: null,
  inboundTeamsNumberTranslationRules: [],
  inboundPstnNumberTranslationRules: [],
  outboundTeamsNumberTranslationRules: [],
  outboundPstnNumberTranslationRules: [],
  derived: false,
};
