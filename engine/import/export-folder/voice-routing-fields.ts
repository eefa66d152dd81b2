/**
 * What is read of PSTN usages, voice routes, routing policies, gateways and group assignments
 * (Microsoft: Get-CsOnlinePstnUsage, Get-CsOnlineVoiceRoute, Get-CsOnlineVoiceRoutingPolicy,
 * Get-CsOnlineAudioConferencingRoutingPolicy, Get-CsOnlinePSTNGateway, Get-CsGroupPolicyAssignment).
 *
 * @module
 */
import * as read from "./convert-values.ts";
import { type FieldTable, field } from "./map-records.ts";

export const PSTN_USAGE_FIELDS: FieldTable = {
  strict: true,
  fields: [field("usages", read.names("usages"), "Usage", "value")],
  unread: ["Identity"],
};

export const VOICE_ROUTE_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity", "Name"),
    field("priority", read.wholeNumber, "Priority"),
    field("numberPattern", read.text, "NumberPattern"),
    field("onlinePstnUsages", read.names("usages"), "OnlinePstnUsages", "PstnUsages"),
    field("onlinePstnGatewayList", read.names("gateways"), "OnlinePstnGatewayList"),
    field("bridgeSourcePhoneNumber", read.telephoneNumber, "BridgeSourcePhoneNumber"),
    field("description", read.text, "Description"),
  ],
  unread: ["SuppressCallerId", "AlternateCallerId", "RouteType"],
};

export const ROUTING_POLICY_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity", "Name"),
    field("onlinePstnUsages", read.names("usages"), "OnlinePstnUsages", "PstnUsages"),
    field("description", read.text, "Description"),
  ],
  unread: ["RouteType", "AllowSimpleCallForwarding"],
};

export const GROUP_ASSIGNMENT_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("groupId", read.text, "GroupId"),
    field("policyType", read.text, "PolicyType"),
    field("policyName", read.identity, "PolicyName"),
    field("rank", read.wholeNumber, "Rank", "Priority"),
  ],
  unread: ["CreatedTime", "CreatedBy"],
};

/** Rows of a group's members: no cmdlet of Teams exports them, Microsoft Graph's does. */
export const GROUP_MEMBER_FIELDS: FieldTable = {
  fields: [
    field("groupId", read.text, "GroupId"),
    field("member", read.text, "UserPrincipalName", "Member"),
  ],
  unread: ["Id", "DisplayName"],
};

const rules = read.names("translationRules");

export const GATEWAY_FIELDS: FieldTable = {
  strict: true,
  fields: [
    field("identity", read.identity, "Identity", "Fqdn", "Name"),
    field("sipSignalingPort", read.wholeNumber, "SipSignalingPort", "SipSignallingPort"),
    field("enabled", read.flag, "Enabled"),
    field("failoverResponseCodes", read.responseCodes, "FailoverResponseCodes"),
    field("failoverTimeSeconds", read.wholeNumber, "FailoverTimeSeconds"),
    field("maxConcurrentSessions", read.wholeNumber, "MaxConcurrentSessions"),
    field("forwardCallHistory", read.flag, "ForwardCallHistory"),
    field("forwardPai", read.flag, "ForwardPai"),
    field("sendSipOptions", read.flag, "SendSipOptions"),
    field("mediaBypass", read.flag, "MediaBypass"),
    field("bypassMode", read.oneOf(same("None", "Always", "OnlyForLocalUsers")), "BypassMode"),
    field("ipAddressVersion", read.oneOf(same("IPv4", "IPv6")), "IPAddressVersion"),
    field("pidfLoSupported", read.flag, "PidfLoSupported"),
    field("gatewaySiteId", read.text, "GatewaySiteId"),
    field("gatewaySiteLbrEnabled", read.flag, "GatewaySiteLbrEnabled"),
    field("gatewayLbrEnabledUserOverride", read.flag, "GatewayLbrEnabledUserOverride"),
    field("mediaRelayRoutingLocationOverride", read.text, "MediaRelayRoutingLocationOverride"),
    field("proxySbc", read.text, "ProxySbc"),
    field("description", read.text, "Description"),
    field("inboundTeamsNumberTranslationRules", rules, "InboundTeamsNumberTranslationRules"),
    field("inboundPstnNumberTranslationRules", rules, "InboundPstnNumberTranslationRules"),
    field(
      "outboundTeamsNumberTranslationRules",
      rules,
      "OutboundTeamsNumberTranslationRules",
      // WHY: the property was misspelt so for years, and old exports have it.
      "OutbundTeamsNumberTranslationRules",
    ),
    field("outboundPstnNumberTranslationRules", rules, "OutboundPstnNumberTranslationRules"),
  ],
  unread: [
    "GenerateRingingWhileLocatingUser",
    "InboundTeamsNumberTranslationRulesList",
    "InboundPstnNumberTranslationRulesList",
    "OutboundTeamsNumberTranslationRulesList",
    "OutboundPstnNumberTranslationRulesList",
  ],
};

function same(...words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(words.map((word) => [word, word]));
}
