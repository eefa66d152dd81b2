import type { BlockReason, PolicySource } from "../model/decision.ts";
import type { NumberType } from "../model/phone-number.ts";
import type { TenantOptions } from "../model/tenant.ts";
import type { CallerIdSource } from "../model/trace.ts";
import type { RoutedPolicyType } from "../model/voice-routing.ts";
import type { CallingRestriction } from "./calling-restriction.ts";
import type { DestinationTables } from "./destination-country.ts";
import type { DialPlans } from "./dial-plans.ts";
import type { CompiledEmergency } from "./emergency-calls.ts";
import type { OnNetTable } from "./on-net-table.ts";
import type { PolicyEntry } from "./policy-entries.ts";
import type { MatcherEngine, PatternList } from "./policy-table.ts";

/**
 * A tenant in the form in which calls are decided: everything that does not depend on the number or on
 * the moment is settled, but for the tables of its policies: `PolicyTables` makes each when it is first
 * needed. Plain data: it can be posted to a worker thread, and its typed arrays are shared between threads,
 * not copied.
 *
 * @module
 */

/** One trunk or gateway as routing sees it. */
export interface CompiledTrunk {
  readonly name: string;
  /** Lower is tried first; gateways of one route all have 0. */
  readonly priority: number;
  readonly weight: number;
  readonly enabled: boolean;
  /** Named by a route but not set up in the tenant. */
  readonly unknown: boolean;
}

export interface CompiledOperator {
  readonly id: string;
  readonly standing: "usable" | "suspended" | "not-active";
  /** By priority, then in tenant-file order. */
  readonly trunks: readonly CompiledTrunk[];
}

/** A voice route with its targets looked up. */
export interface CompiledRoute {
  readonly identity: string;
  readonly priority: number;
  readonly numberPattern: string;
  readonly bridgeSourcePhoneNumber: string | null;
  /** Index of the operator that owns the BridgeSource number; -1 = nobody does, or no such number. */
  readonly operator: number;
  /** In the route's order, each once; empty for a BridgeSource route. */
  readonly gateways: readonly CompiledTrunk[];
}

/** A routing policy that counts for somebody, with what it offers. */
export interface CompiledRoutingPolicy {
  readonly policyType: RoutedPolicyType;
  readonly identity: string;
  readonly usages: readonly string[];
  /** In order of attempt: what the entries of its match sets mean. */
  readonly entries: readonly PolicyEntry[];
  /** The patterns of these entries: index into {@link CompiledTenant.patternLists}. */
  readonly patterns: number;
}

/** What happens to a call that no route of the policy takes. */
export type NoMatch =
  | { readonly to: "blocked"; readonly reason: BlockReason }
  | { readonly to: "microsoft" }
  /** The operator that owns the caller's number; index, -1 = nobody does. */
  | { readonly to: "operator"; readonly operator: number }
  /** Microsoft, where the caller's calling plan or credits cover the destination. */
  | {
      readonly to: "calling-plan";
      readonly domestic: boolean;
      readonly international: boolean;
      /** The country that a domestic plan covers; `null` = none is known. */
      readonly home: string | null;
    };

/** By which resource account's number a user without one calls, and which policy says so. */
export interface SharedCalling {
  /** Of type TeamsSharedCallingRoutingPolicy. */
  readonly policy: string;
  readonly policySource: PolicySource;
  readonly group: string | null;
  readonly resourceAccount: string;
  /** E.164; `null` = the account has none, or does not exist. */
  readonly number: string | null;
  /**
   * Shown on emergency calls: the first of the policy's emergency numbers, without any the account's own
   * number (documented: Microsoft, New-CsTeamsSharedCallingRoutingPolicy). That each call reserves its
   * number for 60 minutes, so that the next one shows the next number, is a matter of placing calls.
   */
  readonly emergencyNumber: string | null;
}

/** A caller whose calls of one kind are refused whatever she dials. */
export interface RefusedClass {
  readonly refusal: BlockReason;
  readonly sharedCalling: SharedCalling | null;
}

/** How the calls of one kind of a population of callers are routed. */
export interface RoutedClass {
  readonly refusal: null;
  /** Index into {@link CompiledTenant.policies}; {@link NO_POLICY} = the calls go by none. */
  readonly policy: number;
  readonly policySource: PolicySource;
  readonly group: string | null;
  readonly isMeeting: boolean;
  /** Gateway routes are passed over: the organizer may only go out through an operator. */
  readonly operatorOnly: boolean;
  /** The organizer's own subscription takes the call when BridgeSource routes are unusable. */
  readonly microsoftBehindBridgeSource: boolean;
  readonly noMatch: NoMatch;
  /** Where the calls may go; `null` = anywhere, as in an emergency. */
  readonly restriction: CallingRestriction | null;
  /** Type of the number by which the calls go; `null` where it does not matter to them. */
  readonly numberType: NumberType | null;
  /** `null`: calls go by the caller's own number. */
  readonly sharedCalling: SharedCalling | null;
}

export type RoutingClass = RefusedClass | RoutedClass;

/** What the called party sees of a user, and which rule says so. */
export interface CompiledCallerId {
  readonly callerId: string | null;
  readonly source: CallerIdSource;
}

/** How a kind of call is looked up in {@link CompiledTenant.callerClasses}. */
export const CALL_SHOWN = 0;
export const CALL_HIDDEN = 1;
export const CALL_MEETING = 2;
/** An emergency call, where it goes by no emergency call routing policy. */
export const CALL_EMERGENCY = 3;
/** Entries a caller has in the caller tables. */
export const CALLER_STRIDE = 4;

/** In the place of a policy's index. */
export const NO_POLICY = -1;

/** See the module comment. */
export interface CompiledTenant extends DialPlans {
  readonly revision: string;
  readonly options: TenantOptions;
  /** UPNs of users, then of resource accounts, in tenant-file order. */
  readonly callers: readonly string[];
  /** `callerClasses[caller × 4 + CALL_…]` = index into `classes`. */
  readonly callerClasses: Int32Array;
  /** The same for `callerIds`. */
  readonly callerCallerIds: Int32Array;
  readonly classes: readonly RoutingClass[];
  readonly callerIds: readonly CompiledCallerId[];
  readonly policies: readonly CompiledRoutingPolicy[];
  /** Policies with the same patterns in the same usages share one; tables are made of them when needed. */
  readonly patternLists: readonly PatternList[];
  /** What the tables are made for. */
  readonly matcher: MatcherEngine;
  readonly routes: readonly CompiledRoute[];
  readonly operators: readonly CompiledOperator[];
  /** Gateways of the tenant by name, for calls that came in by one. */
  readonly gateways: readonly string[];
  readonly defaultServiceNumber: string | null;
  /** Numbers of the tenant itself, with their `;ext=` where they have one. */
  readonly onNet: OnNetTable;
  readonly emergency: CompiledEmergency;
  /** What tells in which country a number lies; `null` when the calls of no class depend on it. */
  readonly destinations: DestinationTables | null;
}
