import { z } from "zod";
import type {
  GlobalPolicies,
  GroupPolicyAssignment,
  PstnGateway,
  RoutingPolicy,
  VoiceRoute,
} from "../../../model/voice-routing.ts";
import {
  e164,
  failoverResponseCodes,
  flag,
  list,
  name,
  oneOf,
  optional,
  policyName,
  text,
  wholeNumber,
} from "./values.ts";

const MAX_PRIORITY = 2_147_483_647;

const usages = list(name()).describe("PSTN usages, each one of onlinePstnUsages");

/** A voice route as written: without a priority it gets the next free one, as from the cmdlet. */
export type WrittenVoiceRoute = Omit<VoiceRoute, "priority"> & { readonly priority: number | null };

/** A voice route (Microsoft: New-CsOnlineVoiceRoute). */
export const voiceRouteSchema: z.ZodType<WrittenVoiceRoute> = z.strictObject({
  identity: name(),
  priority: optional(wholeNumber(0, MAX_PRIORITY)).describe(
    "0 is tried first; equal priorities stand in the order of this file; default: after all others",
  ),
  numberPattern: text().describe("A .NET regular expression; unanchored unless it says so"),
  onlinePstnUsages: usages,
  onlinePstnGatewayList: list(name()).describe("Gateways, each one of onlinePstnGateways"),
  bridgeSourcePhoneNumber: optional(e164()).describe(
    "An operator's bridge number: its operator carries the call and shows it as caller ID",
  ),
  description: optional(text()),
});

/** A voice routing or Audio Conferencing routing policy: usages in the order they are tried. */
export const routingPolicySchema: z.ZodType<RoutingPolicy> = z.strictObject({
  identity: policyName().describe("Global, or a name; a prefix Tag: is taken off"),
  onlinePstnUsages: usages,
  description: optional(text()),
});

/** What Grant -Global points at. */
export const globalPoliciesSchema: z.ZodType<GlobalPolicies> = z.strictObject({
  onlineVoiceRoutingPolicy: optional(policyName()),
  onlineAudioConferencingRoutingPolicy: optional(policyName()),
  tenantDialPlan: optional(policyName()),
  onlineDialOutPolicy: optional(policyName()),
  callingLineIdentity: optional(policyName()),
  teamsEmergencyCallRoutingPolicy: optional(policyName()),
  teamsSharedCallingRoutingPolicy: optional(policyName()),
});

/** A policy assigned to a group (Microsoft: New-CsGroupPolicyAssignment). */
export const groupPolicyAssignmentSchema: z.ZodType<GroupPolicyAssignment> = z.strictObject({
  groupId: name(),
  policyType: name().describe("OnlineVoiceRoutingPolicy, OnlineAudioConferencingRoutingPolicy, …"),
  policyName: policyName(),
  rank: wholeNumber(1, MAX_PRIORITY)
    .default(1)
    .describe("The smallest rank of a user's groups wins"),
});

const rules = (what: string) =>
  list(name()).describe(`Translation rules for ${what}, each one of teamsTranslationRules`);

/** A Session Border Controller of Direct Routing (Microsoft: New-CsOnlinePSTNGateway). */
export const pstnGatewaySchema: z.ZodType<PstnGateway> = z.strictObject({
  identity: name().describe("FQDN of the SBC"),
  sipSignalingPort: wholeNumber(1, 65_535).default(5061),
  enabled: flag(false),
  failoverResponseCodes: failoverResponseCodes(),
  failoverTimeSeconds: wholeNumber(1, 86_400).default(10),
  maxConcurrentSessions: optional(wholeNumber(1, 100_000)).describe("Alerts only, never blocks"),
  forwardCallHistory: flag(false),
  forwardPai: flag(false),
  sendSipOptions: flag(true),
  mediaBypass: flag(false),
  bypassMode: oneOf(["None", "Always", "OnlyForLocalUsers"]).default("None"),
  ipAddressVersion: oneOf(["IPv4", "IPv6"]).default("IPv4"),
  pidfLoSupported: flag(false),
  gatewaySiteId: optional(name()),
  gatewaySiteLbrEnabled: flag(false),
  gatewayLbrEnabledUserOverride: flag(false),
  mediaRelayRoutingLocationOverride: optional(name()),
  proxySbc: optional(name()),
  description: optional(text()),
  inboundTeamsNumberTranslationRules: rules("inbound calls to Teams"),
  inboundPstnNumberTranslationRules: rules("inbound calls from the PSTN"),
  outboundTeamsNumberTranslationRules: rules("the calling number of outbound calls"),
  outboundPstnNumberTranslationRules: rules("the called number of outbound calls"),
  derived: flag(false).describe("A carrier's derived trunk, which the tenant does not own"),
});
