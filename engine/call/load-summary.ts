/**
 * What a load of calls came to, in all and by trunk.
 *
 * @module
 */

/** Percentiles of the post-dial delay in milliseconds; `null` = no call rang or was answered. */
export interface DelayPercentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/** Figures of calls, or of one trunk's attempts. */
export interface LoadFigures {
  /** Calls; for a trunk: INVITEs sent to it. */
  readonly attempts: number;
  readonly answered: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly cancelled: number;
  /** Attempts after which the next trunk was tried. */
  readonly failovers: number;
  /** Answered to all, 0 to 1 (ITU-T E.411 answer seizure ratio); `null` = there were none. */
  readonly answerSeizureRatio: number | null;
  /**
   * Answered, busy, not picked up, refused by the called person and wrong numbers to all, 0 to 1
   * (network effectiveness ratio, as Microsoft's health dashboard counts it; see `CallEffect`).
   */
  readonly networkEffectivenessRatio: number | null;
  readonly postDialDelayMs: DelayPercentiles | null;
  /** How often each final status came, by status; 0 stands for none. */
  readonly statuses: ReadonlyMap<number, number>;
}

export interface TrunkFigures extends LoadFigures {
  readonly trunk: string;
  /** Operator id; `null` for a gateway. */
  readonly operator: string | null;
  /** Times it was passed over, being full or out of service. */
  readonly notAttempted: number;
}

export interface LoadSummary {
  /** All calls that were placed. */
  readonly calls: LoadFigures;
  /** Calls that the decision sends to no trunk, by outcome and reason: `blocked NO_MATCH`, `on-net`. */
  readonly notPlaced: ReadonlyMap<string, number>;
  /** By operator, then trunk name; gateways last. */
  readonly trunks: readonly TrunkFigures[];
}
