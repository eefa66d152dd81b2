import type { BlockReason, PolicySource, RouteDecision } from "./decision.ts";
import type { DialOutScope } from "./dial-out-policies.ts";
import type { EmergencyNumber } from "./number-rules.ts";
import type { NumberType } from "./phone-number.ts";
import type { RoutedPolicyType } from "./voice-routing.ts";

/**
 * What deciding tells of itself. The same walk decides with a tracer that listens and with one that does
 * not; folding the steps back gives the decision (a test does).
 *
 * @module
 */

/**
 * Why a pattern cannot say where a number failed: .NET or we do not take it; it matches no number at all; it
 * is matched, but by RE2, being too large for an automaton.
 */
export type PatternFlaw = "does-not-compile" | "matches-nothing" | "too-large";

/** One route tried against the number. */
export interface RouteTrial {
  readonly route: string;
  readonly priority: number;
  readonly numberPattern: string;
  readonly matched: boolean;
  /**
   * Index of the character of the number after which nothing could have made the pattern match; the
   * number's length when more characters could have; `null` when it matched, or has a flaw.
   */
  readonly failedAt: number | null;
  /** `null` also when the pattern matched. */
  readonly flaw: PatternFlaw | null;
}

/**
 * What became of a usage: the first one with a matching route is `selected`; a `failover` is a later one
 * that is used too (option crossUsageFailover); a `later` one matches but is not looked at.
 */
export type UsageStanding = "selected" | "failover" | "later" | "no-match";

/** Why a trunk or gateway can or cannot be tried. */
export type TrunkState = "usable" | "disabled" | "down" | "unknown" | "already-listed";

export interface TrunkTrial {
  readonly name: string;
  readonly state: TrunkState;
}

/** Whether an operator carries calls at present. */
export type OperatorState = "usable" | "down" | "suspended" | "not-active" | "unknown";

/** Where one matched route leads. */
export type TargetKind =
  | "operator"
  | "gateways"
  | "nothing"
  /** Gateways, which an organizer with only an Operator Connect Conferencing licence may not use. */
  | "gateways-not-allowed"
  /** The gateway by which a forwarded call came in: tried first of all. */
  | "ingress-gateway";

/** Which rule gave the caller ID. */
export type CallerIdSource =
  | "line-uri"
  | "anonymous-policy"
  | "resource-account"
  | "hidden-by-caller"
  | "shared-calling"
  | "original-caller"
  | "bridge-default-number"
  | "bridge-source-number";

/** Whose rule of a dial plan it is. */
export type RuleSource = "tenant" | "service-country";

/**
 * What became of one rule. `not-for-plus`: numbers with `+` are for rules that begin with one;
 * `not-external`: it makes internal extensions, and an outside line was asked for; `flawed`: it does not
 * compile.
 */
export type RuleStanding = "applied" | "no-match" | "not-for-plus" | "not-external" | "flawed";

/** One rule of a dial plan tried on what was dialed. */
export interface RuleTrial {
  readonly source: RuleSource;
  readonly rule: string;
  readonly pattern: string;
  readonly translation: string;
  readonly standing: RuleStanding;
  /** What it made of the number; `null` = it was not applied. */
  readonly result: string | null;
}

/** A dial plan with each of its rules up to the one that was applied. */
export interface DialPlanTrial {
  readonly plan: string;
  readonly policySource: PolicySource;
  readonly group: string | null;
  /** The caller's usage location. */
  readonly country: string | null;
  /** Where the rules of that country come from. */
  readonly countryRules: "exported" | "assumed" | "none";
  /** What the rules were tried on: without separators, extension, and legacy prefix. */
  readonly dialed: string;
  /** The legacy external access prefix that was taken off; `null` = none. */
  readonly prefix: string | null;
  readonly rules: readonly RuleTrial[];
}

/** Trunks of equal rank, in the order in which this number tries them. */
export type TrunkSet = readonly string[];

/**
 * Who takes an emergency call: routes of the usage of the policy's entry; the voice routing policy, as any
 * call; Microsoft or the operator, whose numbers go by no policy; nobody, since the caller may not call.
 */
export type EmergencyHandler =
  | "emergency-usage"
  | "voice-routing-policy"
  | "microsoft"
  | "operator"
  | "nobody";

export type TraceStep =
  | { readonly step: "caller"; readonly user: string; readonly known: boolean }
  | {
      readonly step: "number";
      readonly dialed: string;
      /** `null`: not dialable. */
      readonly number: string | null;
      /** What followed `;ext=`; not visible to patterns. */
      readonly extension: string | null;
      /** The dial plan rule that was applied; `null` = none. */
      readonly dialPlanRule: string | null;
      /** The dial plan that counts for the caller; `null` when nothing was dialed that a rule could take. */
      readonly dialPlan: DialPlanTrial | null;
    }
  | {
      /** Told only of emergency calls. */
      readonly step: "emergency";
      /** What is called: the dial string of the policy's entry, else the number as it is. */
      readonly number: string;
      /** The emergency call routing policy that counts where the caller is. */
      readonly policy: string;
      readonly policySource: PolicySource;
      readonly group: string | null;
      /** The network site whose policy it is, when `policySource` is `site`. */
      readonly site: string | null;
      /** The policy's entry that the number means; `null` = an emergency number of the caller's country. */
      readonly entry: EmergencyNumber | null;
      readonly handledBy: EmergencyHandler;
    }
  | {
      readonly step: "on-net";
      /** False for a meeting in a tenant that has turned the look-up off. */
      readonly lookedUp: boolean;
      readonly onNet: boolean;
    }
  | {
      /** The caller has no number of her own and calls by that of a resource account. */
      readonly step: "shared-calling";
      /** Of type TeamsSharedCallingRoutingPolicy. */
      readonly policy: string;
      readonly policySource: PolicySource;
      /** The group whose assignment counts, when `policySource` is `group`. */
      readonly group: string | null;
      readonly resourceAccount: string;
      /** `null`: the account has none, so that the call fails. */
      readonly number: string | null;
      /**
       * Her voice routing policy, when it has PSTN usages: users of shared calling must have none, and what
       * matches is taken all the same. `null` = as it should be, or refused before any policy counted.
       */
      readonly misconfiguredBy: string | null;
    }
  | {
      readonly step: "entitlement";
      /** Which kind of policy the call goes by; `null` when it is refused. */
      readonly policyType: RoutedPolicyType | null;
      readonly refused: BlockReason | null;
      /** Type of the number by which the call goes; `null` when refused, or when it does not matter. */
      readonly numberType: NumberType | null;
    }
  | {
      /** The outbound calling restriction that counts for the call. */
      readonly step: "restriction";
      readonly dialOutPolicy: string;
      readonly policySource: PolicySource;
      readonly scope: DialOutScope;
      /** Country that the number is taken to lie in, where the scope asks; `null` = not asked or none. */
      readonly country: string | null;
      readonly refused: boolean;
    }
  | {
      readonly step: "policy";
      readonly policyType: RoutedPolicyType;
      readonly policy: string;
      readonly policySource: PolicySource;
      /** The group whose assignment counts, when `policySource` is `group`. */
      readonly group: string | null;
      readonly usages: readonly string[];
    }
  | {
      readonly step: "usage";
      readonly usage: string;
      readonly standing: UsageStanding;
      readonly routes: readonly RouteTrial[];
    }
  | {
      readonly step: "target";
      readonly usage: string;
      readonly route: string;
      readonly target: TargetKind;
      readonly operator: string | null;
      readonly operatorState: OperatorState | null;
      readonly bridgeSourcePhoneNumber: string | null;
      readonly candidates: readonly TrunkTrial[];
      readonly sets: readonly TrunkSet[];
    }
  | {
      readonly step: "no-trunk";
      readonly outcome: "microsoft" | "blocked";
      readonly reason: BlockReason | null;
      readonly route: string;
      readonly usage: string;
    }
  | {
      readonly step: "no-match";
      readonly outcome: "operator" | "microsoft" | "blocked";
      readonly reason: BlockReason | null;
      readonly operator: string | null;
      readonly candidates: readonly TrunkTrial[];
      readonly sets: readonly TrunkSet[];
      /** Country of the number where a calling plan was asked for it; `null` = not asked or none. */
      readonly country: string | null;
    }
  | {
      readonly step: "caller-id";
      readonly callerId: string | null;
      readonly source: CallerIdSource;
    };

/** Hears every step of one decision, in order. */
export interface Tracer {
  step(step: TraceStep): void;
}

/** Listens to nothing; a walk that is given this one builds no steps at all. */
export const SILENT_TRACER: Tracer = { step() {} };

/** A decision with the steps that led to it. */
export interface TracedDecision {
  readonly decision: RouteDecision;
  /** The number that was routed; `null` when what was dialed is not dialable. */
  readonly number: string | null;
  readonly steps: readonly TraceStep[];
}

/** A tracer that keeps what it hears. */
export function recordingTracer(): Tracer & { readonly steps: TraceStep[] } {
  const steps: TraceStep[] = [];
  return { steps, step: (step) => void steps.push(step) };
}
