/**
 * Objects that rewrite numbers or decide what the called party sees: dial plans, translation rules,
 * calling line identities, emergency routing and addresses.
 *
 * @module
 */

/** One rule of a dial plan: a .NET pattern and a .NET replacement. */
export interface NormalizationRule {
  readonly name: string;
  readonly pattern: string;
  readonly translation: string;
  readonly description: string | null;
  readonly isInternalExtension: boolean;
}

/** `New-CsTenantDialPlan`: rules in the order they are tried. */
export interface TenantDialPlan {
  readonly identity: string;
  readonly simpleName: string | null;
  readonly description: string | null;
  /** Legacy; at most 4 characters. */
  readonly externalAccessPrefix: string | null;
  readonly optimizeDeviceDialing: boolean;
  readonly normalizationRules: readonly NormalizationRule[];
}

/** `New-CsTeamsTranslationRule`: rewrites a number for one gateway. */
export interface TeamsTranslationRule {
  readonly identity: string;
  readonly pattern: string;
  readonly translation: string;
  readonly description: string | null;
}

/** `New-CsCallingLineIdentity`: what the called party is shown. */
export interface CallingLineIdentity {
  readonly identity: string;
  readonly callingIdSubstitute: "LineUri" | "Anonymous" | "Resource";
  /** UPN of the resource account whose number is shown; needed with `Resource`. */
  readonly resourceAccount: string | null;
  readonly enableUserOverride: boolean;
  readonly companyName: string | null;
}

/** One emergency number of an emergency call routing policy. */
export interface EmergencyNumber {
  readonly emergencyDialString: string;
  /** Strings separated by `;` that mean the same number; `null` = none. */
  readonly emergencyDialMask: string | null;
  readonly onlinePstnUsage: string | null;
}

/** `New-CsTeamsEmergencyCallRoutingPolicy`. */
export interface TeamsEmergencyCallRoutingPolicy {
  readonly identity: string;
  readonly allowEnhancedEmergencyServices: boolean;
  readonly emergencyNumbers: readonly EmergencyNumber[];
}

/** A network site and the emergency policy that counts there. */
export interface NetworkSite {
  readonly identity: string;
  readonly teamsEmergencyCallRoutingPolicy: string | null;
}

/** A place inside a civic address. */
export interface EmergencyLocation {
  readonly locationId: string;
  readonly location: string | null;
}

/** `New-CsOnlineLisCivicAddress`, with its locations. */
export interface EmergencyAddress {
  readonly civicAddressId: string;
  readonly companyName: string;
  readonly countryOrRegion: string;
  readonly houseNumber: string | null;
  readonly streetName: string | null;
  readonly city: string | null;
  readonly stateOrProvince: string | null;
  readonly postalCode: string | null;
  readonly description: string | null;
  readonly locations: readonly EmergencyLocation[];
}
