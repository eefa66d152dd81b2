/** Where a call leaves: see the members of {@link RouteDecision}. */
export type DecisionOutcome = "operator" | "gateway" | "microsoft" | "on-net" | "blocked";

export const DECISION_OUTCOMES: readonly DecisionOutcome[] = [
  "operator",
  "gateway",
  "microsoft",
  "on-net",
  "blocked",
];

/** Why a call is blocked. A closed list: public, extended only here. */
export const BLOCK_REASONS = [
  "NO_MATCH",
  "NO_TRUNK",
  "NOT_TEAMS_ONLY",
  "NO_TEAMS_PHONE",
  "NOT_VOICE_ENABLED",
  "NO_NUMBER",
  "NO_CONFERENCING_LICENSE",
  "DIALOUT_RESTRICTED",
  "OCC_NO_MATCH",
  "OCC_GATEWAY_NOT_ALLOWED",
  "OPERATOR_SUSPENDED",
  "CALLING_PLAN_DESTINATION",
  "USER_UNKNOWN",
  "NUMBER_NOT_DIALABLE",
  "INPUT_MALFORMED",
] as const;

export type BlockReason = (typeof BLOCK_REASONS)[number];

/** How the evaluated policy came to count for the user; `site`: as that of the place she calls from. */
export type PolicySource = "direct" | "group" | "global" | "site";

interface DecisionFields {
  /** First route that has something usable behind it; `null` when no route was used. */
  readonly route: string | null;
  /** Usage through which that route was reached. */
  readonly usage: string | null;
  /** The policy that was evaluated, also when nothing in it matched; `null` when none was. */
  readonly policy: string | null;
  readonly policySource: PolicySource | null;
}

/** An operator's trunk carries the call. */
export interface OperatorDecision extends DecisionFields {
  readonly outcome: "operator";
  /** Operator id. */
  readonly operator: string;
  /** All trunks (and backup gateways) in order of attempt; never empty. */
  readonly trunks: readonly string[];
  /** E.164, `anonymous`, or `null` when there is none to show. */
  readonly callerId: string | null;
  readonly reason: null;
}

/** A Direct Routing gateway carries the call. */
export interface GatewayDecision extends DecisionFields {
  readonly outcome: "gateway";
  readonly operator: null;
  readonly trunks: readonly string[];
  readonly callerId: string | null;
  readonly reason: null;
}

/** Microsoft's own network carries the call: a calling plan, or the audio conferencing default. */
export interface MicrosoftDecision extends DecisionFields {
  readonly outcome: "microsoft";
  readonly operator: null;
  readonly trunks: readonly [];
  readonly callerId: string | null;
  readonly reason: null;
}

/** The number belongs to the tenant; the call never leaves it. */
export interface OnNetDecision extends DecisionFields {
  readonly outcome: "on-net";
  readonly operator: null;
  readonly trunks: readonly [];
  readonly callerId: null;
  readonly reason: null;
}

/** The call is not placed. */
export interface BlockedDecision extends DecisionFields {
  readonly outcome: "blocked";
  readonly operator: null;
  readonly trunks: readonly [];
  readonly callerId: null;
  readonly reason: BlockReason;
}

/** What becomes of one call. All members have the same keys, `null` where one does not apply. */
export type RouteDecision =
  | OperatorDecision
  | GatewayDecision
  | MicrosoftDecision
  | OnNetDecision
  | BlockedDecision;
