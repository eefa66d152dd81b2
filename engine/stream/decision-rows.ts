import type { BlockReason, RouteDecision } from "../model/decision.ts";
import { MAX_CACHED_DECISIONS } from "./budgets.ts";
import type { RowFormat } from "./row-format.ts";
import { Tally, type TallyLine } from "./tally.ts";

/** A decision as rows need it. */
export interface DecisionRow {
  /** The end of the row. */
  readonly bytes: Uint8Array;
  /** Where it is counted. */
  readonly tally: TallyLine;
}

/** The decision for a record that cannot be decided. */
export function blockedInput(reason: BlockReason): RouteDecision {
  return {
    outcome: "blocked",
    operator: null,
    trunks: [],
    callerId: null,
    route: null,
    usage: null,
    policy: null,
    policySource: null,
    reason,
  };
}

/**
 * The ends of rows by decision. A router hands out the same object for equal decisions, so each is
 * formatted once.
 */
export class DecisionRows {
  readonly tally = new Tally();
  readonly #format: RowFormat;
  readonly #revision: string;
  readonly #rows = new Map<RouteDecision, DecisionRow>();

  constructor(format: RowFormat, revision: string) {
    this.#format = format;
    this.#revision = revision;
  }

  rowOf(decision: RouteDecision): DecisionRow {
    return this.#rows.get(decision) ?? this.#add(decision);
  }

  #add(decision: RouteDecision): DecisionRow {
    if (this.#rows.size >= MAX_CACHED_DECISIONS) this.#rows.clear();
    const { outcome, operator, reason } = decision;
    const row = {
      bytes: this.#format.formatDecision(decision, this.#revision),
      tally: this.tally.line(outcome, operator, reason),
    };
    this.#rows.set(decision, row);
    return row;
  }
}
