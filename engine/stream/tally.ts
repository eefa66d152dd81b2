import type { BlockReason, DecisionOutcome } from "../model/decision.ts";

/** How many calls went one way. */
export interface TallyLine {
  readonly outcome: DecisionOutcome;
  /** Operator id; `null` for the outcomes without one. */
  readonly operator: string | null;
  /** Set for blocked calls. */
  readonly reason: BlockReason | null;
  count: number;
}

/** Counts calls by outcome, operator and reason. */
export class Tally {
  readonly #lines = new Map<string, TallyLine>();

  /** The line to count on; the same object for the same key. */
  line(outcome: DecisionOutcome, operator: string | null, reason: BlockReason | null): TallyLine {
    const key = JSON.stringify([outcome, operator, reason]);
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = { outcome, operator, reason, count: 0 };
      this.#lines.set(key, line);
    }
    return line;
  }

  /** Adds the counts of another tally. */
  add(lines: readonly TallyLine[]): void {
    for (const { outcome, operator, reason, count } of lines) {
      this.line(outcome, operator, reason).count += count;
    }
  }

  /** Copies of the lines counted on, and zeroes them. */
  take(): TallyLine[] {
    const taken: TallyLine[] = [];
    for (const line of this.#lines.values()) {
      if (line.count > 0) taken.push({ ...line });
      line.count = 0;
    }
    return taken;
  }

  /** The lines as they stand. */
  lines(): readonly Readonly<TallyLine>[] {
    return [...this.#lines.values()];
  }
}
