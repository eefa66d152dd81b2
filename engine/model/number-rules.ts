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

/**
 * The rules that Microsoft has for everyone of a country, behind those of the tenant. They are not
 * published: what stands here was exported from a tenant and wins over the assumed built-in ones.
 */
export interface ServiceCountryDialPlan {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
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
  readonly description: string | null;
}

/**
 * `New-CsTeamsSharedCallingRoutingPolicy`: users without a number of their own call by that of a resource
 * account (documented: Microsoft, shared-calling-plan).
 */
export interface TeamsSharedCallingRoutingPolicy {
  readonly identity: string;
  /** UPN of the resource account. */
  readonly resourceAccount: string | null;
  /** Numbers that are shown on emergency calls, so that the callers can be called back. */
  readonly emergencyNumbers: readonly string[];
  readonly description: string | null;
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
  readonly description: string | null;
}

/** A network site and the emergency policy that counts there. */
export interface NetworkSite {
  readonly identity: string;
  readonly description: string | null;
  readonly networkRegionId: string | null;
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
