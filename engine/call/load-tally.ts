import type {
  AttemptOutcome,
  CallAttempt,
  CallDetailRecord,
  CallResult,
} from "../model/call-detail-record.ts";
import { type CallEnd, isDelivered } from "../model/call-effect.ts";
import { DelayHistogram } from "./delay-histogram.ts";
import type { LoadFigures, LoadSummary, TrunkFigures } from "./load-summary.ts";

/** Counts records one by one, in memory bounded by trunks and codes. */
export class LoadTally {
  readonly #calls = new FigureTally();
  readonly #notPlaced = new Map<string, number>();
  readonly #trunks = new Map<string, TrunkTally>();

  add(record: CallDetailRecord): void {
    if (record.result === "not-placed") {
      const { decision, blockReason } = record;
      const why = blockReason === null ? decision : `${decision} ${blockReason}`;
      this.#notPlaced.set(why, (this.#notPlaced.get(why) ?? 0) + 1);
      return;
    }
    const { result, status, ringingAt, postDialDelaySeconds } = record;
    const failovers = record.attempts.filter((_, at) => hasFailedOver(record, at)).length;
    const delay = postDialDelaySeconds === null ? null : postDialDelaySeconds * 1_000;
    this.#calls.add({ result, status, hasRung: ringingAt !== null, failovers, delay });
    for (const [at, attempt] of record.attempts.entries()) {
      this.#trunkOf(attempt).add(attempt, record, hasFailedOver(record, at) ? 1 : 0);
    }
  }

  summary(): LoadSummary {
    const trunks = [...this.#trunks.values()].map((tally) => tally.figures());
    return {
      calls: this.#calls.figures(),
      notPlaced: new Map(this.#notPlaced),
      trunks: trunks.sort(byOperatorAndName),
    };
  }

  #trunkOf({ trunk, operator }: CallAttempt): TrunkTally {
    const known = this.#trunks.get(trunk);
    if (known !== undefined) return known;
    const tally = new TrunkTally(trunk, operator);
    this.#trunks.set(trunk, tally);
    return tally;
  }
}

interface Counted extends CallEnd {
  readonly failovers: number;
  /** Milliseconds; `null` = it neither rang nor was answered. */
  readonly delay: number | null;
}

class FigureTally {
  readonly #results = new Map<CallResult, number>();
  readonly #statuses = new Map<number, number>();
  readonly #delays = new DelayHistogram();
  #attempts = 0;
  #delivered = 0;
  #failovers = 0;

  add({ failovers, delay, ...end }: Counted): void {
    const { result, status } = end;
    this.#attempts++;
    this.#failovers += failovers;
    count(this.#results, result);
    count(this.#statuses, status ?? 0);
    if (isDelivered(end)) this.#delivered++;
    if (delay !== null) this.#delays.add(delay);
  }

  figures(): LoadFigures {
    const of = (result: CallResult): number => this.#results.get(result) ?? 0;
    const attempts = this.#attempts;
    return {
      attempts,
      answered: of("answered"),
      failed: of("failed"),
      timedOut: of("timed-out"),
      cancelled: of("cancelled"),
      failovers: this.#failovers,
      answerSeizureRatio: attempts === 0 ? null : of("answered") / attempts,
      networkEffectivenessRatio: attempts === 0 ? null : this.#delivered / attempts,
      postDialDelayMs: this.#delays.percentiles(),
      statuses: new Map([...this.#statuses].sort(([a], [b]) => a - b)),
    };
  }
}

class TrunkTally {
  readonly #trunk: string;
  readonly #operator: string | null;
  readonly #figures = new FigureTally();
  #notAttempted = 0;

  constructor(trunk: string, operator: string | null) {
    this.#trunk = trunk;
    this.#operator = operator;
  }

  add(attempt: CallAttempt, record: CallDetailRecord, failovers: number): void {
    const { outcome } = attempt;
    if (outcome === "not-attempted") {
      this.#notAttempted++;
      return;
    }
    this.#figures.add({
      result: resultOf(outcome, record.result),
      status: attempt.status,
      hasRung: attempt.ringingAt !== null,
      failovers,
      delay: delayOf(attempt, record),
    });
  }

  figures(): TrunkFigures {
    return {
      ...this.#figures.figures(),
      trunk: this.#trunk,
      operator: this.#operator,
      notAttempted: this.#notAttempted,
    };
  }
}

const RESULTS = {
  answered: "answered",
  rejected: "failed",
  "transport-failed": "failed",
  "no-response": "timed-out",
} as const;

/** A cancelled attempt timed out when its call did: nobody picked up. */
function resultOf(
  outcome: Exclude<AttemptOutcome, "not-attempted">,
  ofCall: CallResult,
): CallEnd["result"] {
  if (outcome !== "cancelled") return RESULTS[outcome];
  return ofCall === "timed-out" ? "timed-out" : "cancelled";
}

/** Whether the next trunk was tried after an attempt; the same one again is no failover. */
function hasFailedOver({ attempts }: CallDetailRecord, at: number): boolean {
  const attempt = attempts[at];
  if (attempt === undefined || attempt.outcome === "not-attempted") return false;
  return attempt.failover !== null && attempts[at + 1]?.trunk !== attempt.trunk;
}

function delayOf(attempt: CallAttempt, record: CallDetailRecord): number | null {
  const answeredAt = attempt.outcome === "answered" ? record.answeredAt : null;
  const heardAt = attempt.ringingAt ?? answeredAt;
  return heardAt === null ? null : Date.parse(heardAt) - Date.parse(attempt.invitedAt);
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Gateways last. */
function byOperatorAndName(a: TrunkFigures, b: TrunkFigures): number {
  const operators = (a.operator ?? "\uffff").localeCompare(b.operator ?? "\uffff", "en");
  return operators === 0 ? a.trunk.localeCompare(b.trunk, "en") : operators;
}
