import type {
  AttemptOutcome,
  CallAttempt,
  CallDetailRecord,
  OperatorCallRecord,
  OperatorCallResult,
} from "../model/call-detail-record.ts";

/**
 * Holds the records of the side that placed calls against those of the operators that received them:
 * every INVITE of the one should be in the other, once, with the same result and about the same length.
 * The key is the SIP Call-ID. Pure; records may come in any order and from both sides in turn.
 *
 * @module
 */

/**
 * What became of one INVITE in the comparison.
 *
 * | finding | means |
 * |---|---|
 * | `matched` | both have it, and agree |
 * | `unheard` | the caller had no answer to it, and no operator has it: it was lost on the way |
 * | `only-at-caller` | the caller had an answer, and no operator has it |
 * | `only-at-operator` | an operator has it, the caller does not |
 * | `duplicate` | one side has it twice; the first counts |
 * | `result-differs` | both have it, with results that cannot both be true |
 * | `duration-differs` | answered at both, with lengths further apart than is tolerated |
 */
export type FindingKind =
  | "matched"
  | "unheard"
  | "only-at-caller"
  | "only-at-operator"
  | "duplicate"
  | "result-differs"
  | "duration-differs";

export const FINDING_KINDS: readonly FindingKind[] = [
  "matched",
  "unheard",
  "only-at-caller",
  "only-at-operator",
  "duplicate",
  "result-differs",
  "duration-differs",
];

/** One INVITE that is not simply matched. */
export interface Finding {
  readonly kind: Exclude<FindingKind, "matched">;
  readonly callId: string;
  readonly trunk: string;
  /** Operator id; `null` for a gateway. */
  readonly operator: string | null;
  /** Names both sides' view; no final period. */
  readonly what: string;
}

/** INVITEs of one side by result. `sent` is the sum of the others: none is lost, none counted twice. */
export interface SideCounts {
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly cancelled: number;
}

/** One operator's part, or that of all gateways (`null`), or the whole. */
export interface ReconciliationCounts {
  readonly caller: SideCounts;
  readonly operator: SideCounts;
  readonly findings: Readonly<Record<FindingKind, number>>;
}

export interface Reconciliation {
  readonly total: ReconciliationCounts;
  /** By operator id; `null` = gateways. */
  readonly byOperator: ReadonlyMap<string | null, ReconciliationCounts>;
}

/** Lengths may differ by this, or by {@link RELATIVE_TOLERANCE}, whichever is more (assumed). */
const TOLERANCE_SECONDS = 2;
const RELATIVE_TOLERANCE = 0.01;

/** What the operator may have recorded of an attempt that ended so. */
const COMPATIBLE: Readonly<Record<AttemptOutcome, readonly OperatorCallResult[]>> = {
  answered: ["answered"],
  rejected: ["failed"],
  // Taken back by a CANCEL; or that never came through, or crossed a refusal that came too late.
  "no-response": ["cancelled", "timed-out", "failed"],
  cancelled: ["cancelled", "timed-out", "failed"],
  // The connection broke at whatever point.
  "transport-failed": ["failed", "cancelled", "timed-out"],
  "not-attempted": [],
};

/** Outcomes that an INVITE lost on its way leads to. */
const UNHEARD: ReadonlySet<AttemptOutcome> = new Set([
  "no-response",
  "transport-failed",
  "cancelled",
]);

type CountedResult = Exclude<keyof SideCounts, "sent">;

interface SentInvite {
  readonly attempt: CallAttempt;
  readonly result: CountedResult;
  /** Seconds from answer to BYE; 0 when it did not carry the call. */
  readonly duration: number;
}

/** Compares two streams of records. Holds one entry for each INVITE. */
export class CallReconciliation {
  readonly #onFinding: (finding: Finding) => void;
  readonly #sent = new Map<string, SentInvite>();
  readonly #received = new Map<string, OperatorCallRecord>();
  readonly #total = newCounts();
  readonly #byOperator = new Map<string | null, MutableCounts>();

  constructor(onFinding: (finding: Finding) => void = () => {}) {
    this.#onFinding = onFinding;
  }

  /** A call as its caller recorded it; attempts that sent nothing count for nothing. */
  addCall(record: CallDetailRecord): void {
    const sent = record.attempts.filter(({ outcome }) => outcome !== "not-attempted");
    for (const [at, attempt] of sent.entries()) {
      const { callId, trunk, operator } = attempt;
      if (this.#sent.has(callId)) {
        this.#find({ kind: "duplicate", callId, trunk, operator, what: "twice at the caller" });
        continue;
      }
      const carries = record.result === "answered" && at === sent.length - 1;
      const invite = {
        attempt,
        result: resultOf(attempt, record),
        duration: carries ? record.durationSeconds : 0,
      };
      this.#sent.set(callId, invite);
      this.#count(operator, "caller", invite.result);
    }
  }

  /** A call as an operator recorded it. */
  addOperatorRecord(record: OperatorCallRecord): void {
    const { callId, trunk, operator } = record;
    if (this.#received.has(callId)) {
      this.#find({ kind: "duplicate", callId, trunk, operator, what: "twice at the operator" });
      return;
    }
    this.#received.set(callId, record);
    this.#count(operator, "operator", OPERATOR_COUNTS[record.result]);
  }

  /** Compares all that was added, in the order of the caller's records, then of the operators'. */
  finish(): Reconciliation {
    for (const [callId, invite] of this.#sent) this.#compare(callId, invite);
    for (const [callId, { trunk, operator, result }] of this.#received) {
      if (this.#sent.has(callId)) continue;
      const what = `${result} at the operator, unknown to the caller`;
      this.#find({ kind: "only-at-operator", callId, trunk, operator, what });
    }
    return { total: this.#total, byOperator: this.#byOperator };
  }

  #compare(callId: string, { attempt, duration }: SentInvite): void {
    const { trunk, operator, outcome } = attempt;
    const received = this.#received.get(callId);
    const at = { callId, trunk, operator };
    if (received === undefined) {
      const kind = UNHEARD.has(outcome) ? "unheard" : "only-at-caller";
      this.#find({ ...at, kind, what: `${outcome} at the caller, unknown to the operator` });
      return;
    }
    if (!COMPATIBLE[outcome].includes(received.result)) {
      const what = `${outcome} at the caller, ${received.result} at the operator`;
      this.#find({ ...at, kind: "result-differs", what });
      return;
    }
    const longer = Math.max(duration, received.durationSeconds);
    const tolerated = Math.max(TOLERANCE_SECONDS, longer * RELATIVE_TOLERANCE);
    const isLongerThanTolerated = Math.abs(duration - received.durationSeconds) > tolerated;
    // An answer that never reached the caller has a length at the operator only.
    if (outcome === "answered" && isLongerThanTolerated) {
      const what = `${duration} s at the caller, ${received.durationSeconds} s at the operator`;
      this.#find({ ...at, kind: "duration-differs", what });
      return;
    }
    this.#total.findings.matched++;
    this.#of(operator).findings.matched++;
  }

  #find(finding: Finding): void {
    this.#total.findings[finding.kind]++;
    this.#of(finding.operator).findings[finding.kind]++;
    this.#onFinding(finding);
  }

  #count(operator: string | null, side: "caller" | "operator", result: CountedResult): void {
    for (const counts of [this.#total, this.#of(operator)]) {
      counts[side].sent++;
      counts[side][result]++;
    }
  }

  #of(operator: string | null): MutableCounts {
    const known = this.#byOperator.get(operator);
    if (known !== undefined) return known;
    const counts = newCounts();
    this.#byOperator.set(operator, counts);
    return counts;
  }
}

interface MutableCounts {
  readonly caller: { -readonly [Key in keyof SideCounts]: number };
  readonly operator: { -readonly [Key in keyof SideCounts]: number };
  readonly findings: Record<FindingKind, number>;
}

const NO_CALLS: SideCounts = { sent: 0, answered: 0, failed: 0, timedOut: 0, cancelled: 0 };

function newCounts(): MutableCounts {
  const findings: Record<FindingKind, number> = {
    matched: 0,
    unheard: 0,
    "only-at-caller": 0,
    "only-at-operator": 0,
    duplicate: 0,
    "result-differs": 0,
    "duration-differs": 0,
  };
  return { caller: { ...NO_CALLS }, operator: { ...NO_CALLS }, findings };
}

const OPERATOR_COUNTS: Readonly<Record<OperatorCallResult, CountedResult>> = {
  answered: "answered",
  failed: "failed",
  "timed-out": "timedOut",
  cancelled: "cancelled",
};

function resultOf({ outcome }: CallAttempt, record: CallDetailRecord): CountedResult {
  switch (outcome) {
    case "answered":
      return "answered";
    case "no-response":
      return "timedOut";
    case "cancelled":
      return record.result === "timed-out" ? "timedOut" : "cancelled";
    case "rejected":
    case "transport-failed":
    case "not-attempted":
      return "failed";
  }
}

/**
 * Whether no call was lost or counted twice on either side: what was sent is what was answered, failed,
 * timed out or was cancelled, and what the caller sent is what the operators received but for what was
 * lost on the way.
 */
export function isConserved({ caller, operator, findings }: ReconciliationCounts): boolean {
  const isWhole = (side: SideCounts): boolean =>
    side.sent === side.answered + side.failed + side.timedOut + side.cancelled;
  const missing = findings.unheard + findings["only-at-caller"];
  const extra = findings["only-at-operator"];
  return (
    isWhole(caller) &&
    isWhole(operator) &&
    findings.duplicate === 0 &&
    caller.sent - missing === operator.sent - extra
  );
}
