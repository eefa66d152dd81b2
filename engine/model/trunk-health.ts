/**
 * Whether a trunk or gateway answers OPTIONS. `healthy`: it answered within three intervals, or it is not
 * asked (SendSipOptions is off, or nobody polls). `demoted`: it is tried after the healthy ones
 * (documented: Microsoft, direct-routing-monitor-and-troubleshoot).
 */
export type TrunkCondition = "healthy" | "demoted";

/** The health of one trunk or gateway at a moment. */
export interface TrunkHealth {
  /** Trunk name, or a gateway's FQDN. */
  readonly trunk: string;
  /** Operator id; `null` for a gateway. */
  readonly operator: string | null;
  readonly condition: TrunkCondition;
  readonly polled: boolean;
  /** Last answered OPTIONS, ISO 8601, UTC; `null` = none yet. */
  readonly lastAnswerAt: string | null;
  /** SIP status of that answer. */
  readonly lastStatus: number | null;
  /** Why the last OPTIONS was not answered; `null` = it was, or none was sent. */
  readonly lastFailure: string | null;
}
