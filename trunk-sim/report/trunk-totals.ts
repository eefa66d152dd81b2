import type { SimEvent } from "../sim-event.ts";

/** What became of one trunk's calls. `invited` is the sum of the four results and of those that go on. */
export interface TrunkTotals {
  invited: number;
  answered: number;
  failed: number;
  timedOut: number;
  cancelled: number;
  /** Of the failed ones: before a plan was asked. */
  refused: number;
  options: number;
  talkSeconds: number;
}

/** Counts the calls of all trunks, for the summary. */
export class RunTotals {
  readonly #trunks = new Map<string, TrunkTotals>();

  of(trunk: string): TrunkTotals {
    const known = this.#trunks.get(trunk);
    if (known !== undefined) return known;
    const totals = {
      invited: 0,
      answered: 0,
      failed: 0,
      timedOut: 0,
      cancelled: 0,
      refused: 0,
      options: 0,
      talkSeconds: 0,
    };
    this.#trunks.set(trunk, totals);
    return totals;
  }

  hear(event: SimEvent): void {
    const totals = this.of(event.trunk);
    if (event.kind === "invited") totals.invited += 1;
    else if (event.kind === "refused") totals.refused += 1;
    else if (event.kind === "options") totals.options += 1;
    else if (event.kind === "ended") {
      const { result, durationSeconds } = event.record;
      totals[result === "timed-out" ? "timedOut" : result] += 1;
      totals.talkSeconds += durationSeconds;
    }
  }
}
