/**
 * Telephone numbers of the tenant and the audio conferencing bridge they may stand on.
 *
 * @module
 */

/** How a number reaches the telephone network (Get-CsPhoneNumberAssignment `NumberType`, and mobile). */
export type NumberType = "CallingPlan" | "OperatorConnect" | "DirectRouting" | "TeamsPhoneMobile";

/** What a number may be assigned to. */
export type NumberCapability =
  | "UserAssignment"
  | "VoiceApplicationAssignment"
  | "ConferenceAssignment"
  | "FirstPartyAppAssignment"
  | "ThirdPartyAppAssignment"
  | "InboundCalling"
  | "OutboundCalling"
  | "Mobile"
  | "TollFree"
  | "Office365";

/** What a number is assigned to at present. */
export type PstnAssignmentStatus =
  | "Unassigned"
  | "UserAssigned"
  | "ConferenceAssigned"
  | "VoiceApplicationAssigned"
  | "ThirdPartyAppAssigned"
  | "PolicyAssigned";

/** One telephone number that the tenant holds. */
export interface PhoneNumber {
  /** E.164 with its leading `+`. */
  readonly telephoneNumber: string;
  readonly numberType: NumberType;
  /** Id of the operator that provides it; `null` for Microsoft's and the tenant's own. */
  readonly operator: string | null;
  readonly capability: readonly NumberCapability[];
  readonly isoCountryCode: string | null;
  readonly tollFree: boolean;
  readonly pstnAssignmentStatus: PstnAssignmentStatus;
  /** UPN of a user or resource account, or `bridge`; `null` when unassigned. */
  readonly assignedPstnTargetId: string | null;
  readonly locationId: string | null;
  readonly locationUpdateSupported: boolean;
}

/** The tenant's audio conferencing bridge. */
export interface ConferencingBridge {
  readonly name: string;
  /** E.164; caller ID of meeting calls that no route with a BridgeSourcePhoneNumber takes. */
  readonly defaultServiceNumber: string | null;
  readonly serviceNumbers: readonly string[];
}
