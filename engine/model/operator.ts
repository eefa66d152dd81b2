/**
 * Operators: the telephone companies of Operator Connect and Operator Connect Conferencing, and the
 * SIP trunks that reach them.
 *
 * @module
 */

/** What an operator sells: numbers for users, for the conferencing bridge, or for mobile phones. */
export type OperatorProduct = "Calling" | "Conferencing" | "Mobile";

/** Where an operator stands with the tenant (seed: enable, suspend, remove an operator). */
export type OperatorStatus = "Available" | "Active" | "Suspended" | "Removed";

/** Who sets and who may change the emergency address of a number (semantics 4.6, scenarios A, B, C). */
export type EmergencyAddressScenario = "operatorSetsEditable" | "adminSets" | "operatorSetsFixed";

/** SIP transport of a trunk. */
export type TrunkTransport = "udp" | "tcp" | "tls";

/** One SIP trunk of an operator. */
export interface Trunk {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly transport: TrunkTransport;
  /** Lower is tried first. */
  readonly priority: number;
  /** Share among trunks of equal priority; 0 is only tried after the others. */
  readonly weight: number;
  /** `null` = no limit. */
  readonly maxConcurrentCalls: number | null;
  /** `null` = no limit. */
  readonly callsPerSecond: number | null;
  readonly enabled: boolean;
  /** The operator refuses caller IDs that it does not own. */
  readonly policeCallerId: boolean;
}

/** Whom the operator writes to. */
export interface OperatorContact {
  readonly fullName: string;
  readonly email: string;
  readonly companySize: number | null;
  readonly phone: string | null;
}

/** Who accepted the data transfer notice, when, and in which version. */
export interface DataTransferNotice {
  readonly acceptedBy: string;
  /** ISO 8601, UTC. */
  readonly acceptedAt: string;
  readonly version: string;
}

/** An operator the tenant has dealings with. */
export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly status: OperatorStatus;
  readonly products: readonly OperatorProduct[];
  /** Enabled countries, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly contact: OperatorContact | null;
  readonly dataTransferNotice: DataTransferNotice | null;
  readonly emergencyAddressScenario: EmergencyAddressScenario;
  /** Final SIP codes after which the next trunk is tried. */
  readonly failoverResponseCodes: readonly number[];
  readonly trunks: readonly Trunk[];
}

/** An operator on offer, whether or not the tenant has enabled it. */
export interface OperatorDirectoryEntry {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly products: readonly OperatorProduct[];
  readonly countries: readonly string[];
}
