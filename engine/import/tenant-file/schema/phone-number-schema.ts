import { z } from "zod";
import type { ConferencingBridge, NumberType, PhoneNumber } from "../../../model/phone-number.ts";
import { country, e164, flag, list, name, oneOf, optional, telephoneNumber } from "./values.ts";

/** Number types as tenant files write them. */
export const NUMBER_TYPES = [
  "CallingPlan",
  "OperatorConnect",
  "DirectRouting",
  "TeamsPhoneMobile",
] as const satisfies readonly NumberType[];

/** How a number reaches the telephone network. */
export function numberType() {
  return oneOf(NUMBER_TYPES);
}

/** One telephone number of the tenant (Microsoft: Get-CsPhoneNumberAssignment). */
export const phoneNumberSchema: z.ZodType<PhoneNumber> = z.strictObject({
  telephoneNumber: telephoneNumber(),
  numberType: numberType(),
  operator: optional(name()).describe("Id of the operator that provides it"),
  capability: list(
    oneOf([
      "UserAssignment",
      "VoiceApplicationAssignment",
      "ConferenceAssignment",
      "FirstPartyAppAssignment",
      "ThirdPartyAppAssignment",
      "InboundCalling",
      "OutboundCalling",
      "Mobile",
      "TollFree",
      "Office365",
    ]),
  ).describe("What the number may be assigned to"),
  isoCountryCode: optional(country()),
  tollFree: flag(false),
  pstnAssignmentStatus: oneOf([
    "Unassigned",
    "UserAssigned",
    "ConferenceAssigned",
    "VoiceApplicationAssigned",
    "ThirdPartyAppAssigned",
    "PolicyAssigned",
  ]).default("Unassigned"),
  assignedPstnTargetId: optional(name()).describe("UPN of a user or resource account, or bridge"),
  locationId: optional(name()).describe("Emergency location"),
  locationUpdateSupported: flag(true).describe("Whether the emergency location can be changed"),
});

/** The audio conferencing bridge. */
export const conferencingBridgeSchema: z.ZodType<ConferencingBridge> = z.strictObject({
  name: name().default("Conference Bridge"),
  defaultServiceNumber: optional(e164()).describe(
    "Caller ID of meeting calls that no route with a bridgeSourcePhoneNumber takes",
  ),
  serviceNumbers: list(e164()),
});
